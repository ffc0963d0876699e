"""Bars are held or missed, and what was not measured is missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from evals.gate import Bar, check, measured_of, read_bars
from evals.readme_table import BEGIN, END, put_between, to_row
from interviewlab.errors import BadInput

RESULT = {
    "qwk": {"value": 0.5, "interval": [0.4, 0.6]},
    "r": {"value": None, "interval": None},
    "share": 1.0,
    "name": "x",
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(json.dumps({"part": RESULT}))
    return tmp_path


def bar(figure: str, **more: object) -> Bar:
    return Bar.model_validate({"name": "x", "file": "a.json", "figure": f"part.{figure}", **more})


@pytest.mark.parametrize(
    ("figure", "more", "passed"),
    [
        ("qwk", {"at_least": 0.5}, True),
        ("qwk", {"at_least": 0.51}, False),
        ("qwk", {"at_least": 0.41, "of": "low"}, False),
        ("qwk", {"at_most": 0.6, "of": "high"}, True),
        ("share", {"at_least": 1.0}, True),
        ("r", {"at_least": 0.0}, False),
        ("r", {"at_most": 1.0, "of": "low"}, False),
        ("gone", {"at_least": 0.0}, False),
        ("name", {"at_least": 0.0}, False),
        ("qwk.value.deeper", {"at_least": 0.0}, False),
        ("qwk.value", {"at_least": 0.5}, True),
        ("qwk.value", {"at_least": 0.45, "of": "low"}, False),
    ],
)
def test_a_bar_is_held_or_missed(results: Path, figure: str, more: dict[str, object], passed: bool) -> None:
    assert check(bar(figure, **more), results).passed is passed


def test_a_result_that_is_not_there_is_missed(tmp_path: Path) -> None:
    assert measured_of(bar("share", at_least=0), tmp_path) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        ("[", "not YAML"),
        ("{}", "no list of bars"),
        ("[]", "no list of bars"),
        ("- name: x", "bar 1, field 'file'"),
        ("- {name: x, file: a, figure: b}", "neither at_least nor at_most"),
        ("- {name: x, file: a, figure: b, at_least: 1, colour: red}", "bar 1, field 'colour'"),
    ],
)
def test_bars_that_cannot_be_read_are_named(tmp_path: Path, content: str | None, says: str) -> None:
    path = tmp_path / "bars.yaml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BadInput, match=says):
        read_bars(path)


def test_the_bars_of_the_project_can_be_read() -> None:
    path = Path(__file__).parents[3] / "evals" / "bars.yaml"
    assert len(read_bars(path)) == len(yaml.safe_load(path.read_text()))


def test_a_row_of_the_readme_says_how_sure_the_figure_is_and_on_what_it_rests(results: Path) -> None:
    (results / "b.json").write_text(json.dumps({"n": 9, "coverage": 0.5, "qwk": RESULT["qwk"]}))
    shown = Bar(name="kappa", file="b.json", figure="qwk", of="low", at_least=0.3, aim=0.7)
    assert list(to_row(shown, results).values()) == ["kappa", "0.5", "0.4 to 0.6", "9", "50%", "low end ≥ 0.3", "0.7"]
    assert to_row(bar("gone", at_least=0), results)["measured"] == "not measured"


def test_the_table_takes_the_place_of_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# A\n{BEGIN}\nold\n{END}\nrest\n")
    assert put_between(readme, "new\n") == f"# A\n{BEGIN}\nnew\n{END}\nrest\n"
    readme.write_text("# A\n")
    with pytest.raises(BadInput, match="no place for the table"):
        put_between(readme, "new\n")
