"""Bars are held or missed, and what was not measured is missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from evals.gate import Bar, check, measured_of, read_bars
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
