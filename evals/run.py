"""``python -m evals run SUITE``: one suite, or all of them, and what they measured into the results."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.gate import RESULTS
from evals.options import AsJson, DryRun, Limit, Seed
from evals.results import read_json, write_json, write_text, writing
from evals.suites import SUITES, Suite
from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.settings import read_settings


def run(
    suite: Annotated[str, typer.Argument(help=f"{', '.join(SUITES)}, or all.")],
    out: Annotated[Path, typer.Option(help="Folder for SUITE.json and table.md.")] = RESULTS,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
) -> None:
    """Measure one suite and write SUITE.json and table.md.

    Shared sets are found by INTERVIEWLAB_DATA; what needs a set that is not here is named and left out, and the exit
    status is 1. Where SUITE.json holds whole results (nothing left out, no --limit) and the new ones are not, it stays,
    and the new ones are in SUITE.partial.json. A suite that fails writes nothing. All suites use parts on this machine
    alone: no call, no cost.
    --limit takes the first N samples of each set, for a quick look.
    """
    if suite not in (*SUITES, "all"):
        raise BadInput(f"There is no suite '{suite}'.", f"Choose one of {', '.join(SUITES)}, or all.")
    wanted = SUITES if suite == "all" else {suite: SUITES[suite]}
    if dry_run:
        results = {
            name: {"dry_run": True, "about_s": each.seconds, "calls": 0, "cost_usd": 0.0}
            for name, each in wanted.items()
        }
    else:
        results = {name: _measure(name, each, out, seed, limit) for name, each in wanted.items()}
    for name, result in results.items():
        typer.echo(f"{name}: {_line(result)}", err=as_json)
    if as_json:
        typer.echo(json.dumps(results, indent=2, ensure_ascii=False))
    if any(result.get("left_out") for result in results.values()):
        raise typer.Exit(1)


def _measure(name: str, suite: Suite, out: Path, seed: int, limit: int | None) -> dict[str, Any]:
    """What was measured, kept in ``out`` when all of the suite is over."""
    started, has_failed = time.monotonic(), False
    try:
        result = suite.measure(read_settings(), seed, limit)
    except InterviewLabError as error:
        result, has_failed = {"left_out": [str(error)]}, True
    result = {"suite": name, "seed": seed, "limit": limit, "took_s": round(time.monotonic() - started, 1), **result}
    if not has_failed:
        with writing(out):
            _keep(out / f"{name}.json", result)
            write_text(out / "table.md", to_table(out))
    return result


def _keep(path: Path, result: dict[str, Any]) -> None:
    """As ``path``, or beside it where these results are of a part and those that are there of the whole."""
    partial = path.with_suffix(".partial.json")
    if not _is_whole(result) and _holds_whole(path):
        write_json(partial, result)
        typer.echo(f"{path} stays, as it is of the whole; what was measured now is in {partial}.", err=True)
        return
    write_json(path, result)
    partial.unlink(missing_ok=True)


def _is_whole(result: dict[str, Any]) -> bool:
    return not result.get("left_out") and result.get("limit") is None


def _holds_whole(path: Path) -> bool:
    try:
        return _is_whole(read_json(path))
    except BadInput:
        return False


def _line(result: dict[str, Any]) -> str:
    if result.get("dry_run"):
        return f"about {result['about_s']} s, no call, 0 USD"
    left = "".join(f"; left out: {what}" for what in result.get("left_out", ()))
    return f"took {result['took_s']} s{left}"


def to_table(folder: Path) -> str:
    """Every headline figure of the result files, as Markdown."""
    rows = [row for name in SUITES if (folder / f"{name}.json").is_file() for row in _rows(folder / f"{name}.json")]
    head = "| suite | what | figure | value | 95 % interval | coverage | n | where the truth comes from |\n"
    return head + "|---|---|---|---|---|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _rows(path: Path) -> Iterator[list[str]]:
    result = json.loads(path.read_text(encoding="utf-8"))
    for row in result.get("table", ()):
        interval = row.get("interval")
        coverage = row.get("coverage")
        yield [
            result["suite"],
            row["what"],
            row["figure"],
            "not defined" if row["value"] is None else f"{row['value']:g}",
            f"{interval[0]:g} to {interval[1]:g}" if interval else "",
            "" if coverage is None else f"{coverage:.1%}",
            str(row["n"]),
            row["truth"],
        ]
