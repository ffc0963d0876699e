"""Rubrics are data that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interviewlab.errors import BadBank, NotFound
from interviewlab.scoring.rubric import level_of, list_rubrics, load_rubric


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
    assert level_of(score) == level
