"""The README's figures of the sandbox are those of the committed result."""

from __future__ import annotations

import json
from pathlib import Path

from interviewlab.bench.sandbox_table import put_table, to_table

ROOT = Path(__file__).parents[3]


def test_readme_shows_the_committed_figures() -> None:
    table = to_table(json.loads((ROOT / "evals/results/bench/sandbox.json").read_text("utf-8")))
    page = (ROOT / "README.md").read_text("utf-8")
    assert put_table(page, table) == page
    assert "right verdicts" in table


def test_what_was_not_measured_is_a_dash() -> None:
    table = to_table({"docker": {"contract": {"held": 2, "total": 3}}, "wasm": {"missing": "It is not here."}})
    assert table.splitlines()[2] == "| hostile programs held | 2 of 3 | – | – |"
    assert len(table.splitlines()) == 3
