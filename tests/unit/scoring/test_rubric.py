"""Rubrics are data that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interviewlab.errors import BadBank, InterviewLabError, NotFound
from interviewlab.scoring.rubric import list_rubrics, load_rubric


@pytest.mark.parametrize("name", list_rubrics())
def test_a_bundled_rubric_has_five_axes_with_five_anchors(name: str) -> None:
    rubric = load_rubric(name)
    assert len(rubric.axes) == 5
    assert all(len(axis.anchors) == 5 for axis in rubric.axes.values())


def test_two_rubrics_have_two_hashes_and_loading_twice_gives_one() -> None:
    assert load_rubric("default").hash != load_rubric("explain-first").hash
    assert load_rubric("default").hash == load_rubric("default").hash


def test_weights_that_do_not_add_up_are_refused_naming_the_file(tmp_path: Path) -> None:
    data = load_rubric("default").model_dump(mode="json")
    data["axes"]["testing"]["weight"] = 0.9
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(data))
    with pytest.raises(BadBank, match=r"mine\.yaml.*add up to 1"):
        load_rubric(str(path))


def test_a_missing_level_is_refused_naming_the_field(tmp_path: Path) -> None:
    data = load_rubric("default").model_dump(mode="json")
    data["axes"]["testing"]["anchors"].pop()
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(data))
    with pytest.raises(BadBank, match=r"axes\.testing\.anchors"):
        load_rubric(str(path))


def test_an_unknown_rubric_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="default"):
        load_rubric("nonsense")


@pytest.mark.parametrize(("score", "level"), [(0.0, 1), (0.19, 1), (0.2, 2), (0.5, 3), (0.79, 4), (0.8, 5), (1.0, 5)])
def test_levels_begin_at_their_bounds(score: float, level: int) -> None:
    assert load_rubric().level_for(score) == level


def _changed(tmp_path: Path, **fields: object) -> str:
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(load_rubric("default").model_dump(mode="json") | fields, sort_keys=False))
    return str(path)


def test_a_type_with_weights_that_do_not_add_up_is_refused_with_its_line(tmp_path: Path) -> None:
    weights = dict.fromkeys(load_rubric("default").axes, 0.5)
    name = _changed(tmp_path, types={"coding": {"weights": weights}})
    with pytest.raises(
        BadBank, match=r"mine\.yaml, line \d+, field 'types\.coding': .*add up to 1, they add up to 2\.5"
    ):
        load_rubric(name)


def test_bands_that_do_not_rise_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBank, match="the bands must rise"):
        load_rubric(_changed(tmp_path, bands=[0.2, 0.6, 0.4, 0.8]))


def test_parts_of_code_quality_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadBank, match=r"parts of code quality efficiency"):
        load_rubric(_changed(tmp_path, code_parts={"correctness": 0.7, "readability": 0.2, "practice": 0.1}))


def test_broken_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\naxes: [\n")
    with pytest.raises(BadBank, match=r"mine\.yaml, line \d+ is not valid YAML"):
        load_rubric(str(path))


@pytest.mark.parametrize("text", ["name: mine\nsource: 2024-02-30\n", "[" * 5_000])
def test_yaml_that_cannot_be_turned_into_values_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(BadBank, match=r"mine\.yaml is not valid YAML"):
        load_rubric(str(path))


@pytest.mark.parametrize("name", [f"{'x' * 300}.yaml", "x" * 300])
def test_a_name_longer_than_any_file_has_is_refused(name: str) -> None:
    with pytest.raises(InterviewLabError, match=r"There is no rubric|cannot be read"):
        load_rubric(name)


def test_a_path_without_its_ending_names_no_rubric(tmp_path: Path) -> None:
    path = Path(_changed(tmp_path)).with_suffix("")
    with pytest.raises(NotFound, match="There is no rubric"):
        load_rubric(str(path))


def test_types_have_weights_of_their_own_and_others_those_of_the_rubric() -> None:
    rubric = load_rubric("default")
    assert rubric.weights_for("coding")["code_quality"] == 0.3
    assert rubric.weights_for("mixed") == {name: axis.weight for name, axis in rubric.axes.items()}
    assert rubric.weights_for(None) == rubric.weights_for("mixed")


def test_a_change_of_anything_changes_the_hash(tmp_path: Path) -> None:
    assert load_rubric(_changed(tmp_path, bands=[0.1, 0.4, 0.6, 0.8])).hash != load_rubric("default").hash
