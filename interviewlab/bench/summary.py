"""Results of benches for people: ``python -m interviewlab.bench.summary FOLDER``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def to_lines(name: str, figures: Mapping[str, Any]) -> list[str]:
    """One line a figure, those with an aim first."""
    aims = figures.get("aims", [])
    rest = {key: value for key, value in figures.items() if key not in ("aims", "part")}
    return [name, *(f"  {_judged(aim)}" for aim in aims), *(f"    {line}" for line in _flat(rest))]


def _judged(aim: Mapping[str, Any]) -> str:
    word = {True: "met", False: "MISSED", None: "not measured"}[aim["is_met"]]
    return f"{aim['figure']} {aim['value']} (at most {aim['at_most']}): {word}"


def _flat(figures: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in figures.items():
        if isinstance(value, Mapping) and not _is_leaf(value):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}: {_plain(value)}"


def _is_leaf(value: Mapping[str, Any]) -> bool:
    return not any(isinstance(each, (Mapping, list)) for each in value.values())


def _plain(value: Any) -> str:
    return ", ".join(f"{name} {each}" for name, each in value.items()) if isinstance(value, Mapping) else str(value)


def main() -> None:
    """Print every result of a folder."""
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        sys.stdout.write("\n".join(to_lines(path.stem, json.loads(path.read_text("utf-8")))) + "\n")


if __name__ == "__main__":
    main()
