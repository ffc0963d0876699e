"""The sandbox's figures in the README: ``python -m interviewlab.bench.sandbox_table sandbox.json README.md``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from interviewlab.bench.marks import put_between
from interviewlab.sandbox.choice import BACKENDS

BEGIN, END = "<!-- sandbox figures -->", "<!-- end of sandbox figures -->"
Row = tuple[str, list[str]]


def to_table(found: Mapping[str, Any]) -> str:
    """A Markdown table of a bench's figures: a column a backend, a dash for what was not measured there."""
    rows = [row for row in _rows(found) if any(row[1])]
    lines = [f"| | {' | '.join(BACKENDS)} |", "|---" * (len(BACKENDS) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(cell or '–' for cell in cells)} |" for name, cells in rows]
    return "\n".join(lines) + "\n"


def _rows(found: Mapping[str, Any]) -> Iterator[Row]:
    backends = [found.get(name, {}) for name in BACKENDS]
    yield "hostile programs held", [_share(one.get("contract"), "held", "total") for one in backends]
    for language in _names(backends, "cost"):
        costs = [one.get("cost", {}).get(language) for one in backends]
        name = f"{language}: warm run over a bare process, p50"
        yield name, [f"{cost['over_bare_p50_ms']} ms" if cost else "" for cost in costs]
    crowds = [one.get("at_once") for one in backends]
    yield "50 at once, answered rightly", [_share(one, "answered_rightly", "submissions") for one in crowds]
    yield "50 at once, p95 until the answer", [f"{one['until_answer_s']['p95']:.1f} s" if one else "" for one in crowds]
    yield "50 at once, memory of the machine", [f"{one['machine_memory_mb']} MB" if one else "" for one in crowds]
    for corpus in _names(backends, "verdicts"):
        verdicts = [one.get("verdicts", {}).get(corpus) for one in backends]
        yield f"{corpus}: right verdicts", [_verdicts(one) for one in verdicts]


def _names(backends: list[Mapping[str, Any]], part: str) -> list[str]:
    return list(dict.fromkeys(name for one in backends for name in one.get(part, {})))


def _share(figures: Mapping[str, Any] | None, part: str, whole: str) -> str:
    return f"{figures[part]} of {figures[whole]}" if figures else ""


def _verdicts(figures: Mapping[str, Any] | None) -> str:
    return f"{figures['right']} of {figures['correct'] + figures['buggy']}" if figures else ""


def put_table(page: str, table: str) -> str:
    """The page with the table between its two marks. Raises BadInput where they are not there."""
    return put_between(page, BEGIN, END, table)


def main() -> None:
    """Write the table of a result into a page."""
    result, page = map(Path, sys.argv[1:])
    table = to_table(json.loads(result.read_text("utf-8")))
    page.write_text(put_table(page.read_text("utf-8"), table), encoding="utf-8")


if __name__ == "__main__":
    main()
