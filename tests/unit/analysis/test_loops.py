"""Which loops inside loops may cost: those that start again, not those that go on where they stopped."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from interviewlab.analysis.code import code_facts
from interviewlab.types import Submission

PROGRAMS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "loops" / "programs.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: f"{program['language']}: {program['name']}")
def test_loops_that_go_on_where_they_stopped_are_no_nested_cost(program: dict[str, Any]) -> None:
    """Loops of languages that are not parsed are never said to be nested."""
    depth = code_facts(Submission(code=program["code"], language=program["language"])).loop_depth
    if program["language"] != "python":
        assert depth is None
    else:
        assert depth == (1 if program["is_amortised"] else 2)


@pytest.mark.parametrize(
    ("inner", "depth"),
    [
        ("for step in (1, -1):\n            print(x + step)", 1),
        ("for step in range(4):\n            print(x + step)", 1),
        ("for step in range(100000):\n            print(x + step)", 2),
        ("for y in others:\n            print(x + y)", 2),
        ("for y in x.children:\n            print(y)", 1),
        ("for y in places[x]:\n            print(y)", 2),
    ],
)
def test_loops_over_a_few_things_or_over_what_is_handed_on_add_nothing(inner: str, depth: int) -> None:
    code = f"def f(a, others, places):\n    for x in a:\n        {inner}\n"
    assert code_facts(Submission(code=code, language="python")).loop_depth == depth


def test_many_loops_are_read_in_time_linear_in_their_number() -> None:
    many = "".join(f"    while v < {n}:\n        a[v] += 1\n        v += 1\n" for n in range(1500))
    started = time.perf_counter()
    assert code_facts(Submission(code=f"for x in a:\n{many}", language="python")).loop_depth == 1
    assert time.perf_counter() - started < 20
