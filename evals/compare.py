"""``python -m evals compare``: two runs of `grade` or `judge` figure by figure, or two transcripts turn by turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.agreement import Judged
from evals.foreign_map import parse_foreign_map
from evals.foreign_talks import read_one
from evals.graded import read_graded
from evals.options import AsJson, DryRun, Interview, Limit, Seed, TalkNames
from evals.replay import read_transcript
from evals.results import GradedRun, write_json, writing
from evals.telling import tell
from interviewlab.errors import BadInput
from interviewlab.types import Reply, Transcript

FIELDS = ("move", "phase", "question_id", "exercise_id", "text", "ended")


def compare(
    first: Annotated[Path, typer.Argument(help="A folder of `grade` or `judge`, or a transcript.")],
    second: Annotated[Path, typer.Argument(help="Another of the same kind.")],
    out: Annotated[Path | None, typer.Option(help="Folder for compare.json.")] = None,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
    names: TalkNames = None,
    interview: Interview = "",
) -> None:
    """Compare two runs over the same rows (or interviews), or two transcripts.

    Runs are compared on what both scored, blanks left out: every figure, the difference with an interval of a
    bootstrap that draws whole questions (or interviews), and a paired test. Transcripts are compared reply by reply;
    with --map (see `judge --help`) both are of another tool. Runs remember how their transcripts were read.
    """
    for path in (first, second):
        if not path.exists():
            raise BadInput(f"There is no {path}.", "Name two folders of runs, or two transcripts.")
    if first.is_dir() != second.is_dir():
        raise BadInput(f"{first} and {second} are not of one kind.", "Name two folders of runs, or two transcripts.")
    if first.is_dir():
        result = _compare_runs(first, second, seed, limit, dry_run)
    else:
        how = parse_foreign_map(names or ())
        one, two = (read_one(path, how, interview) if how else read_transcript(path) for path in (first, second))
        result = {"first": str(first), "second": str(second), **_compare_talks(one, two, limit)}
    if out is not None and not dry_run:
        with writing(out):
            write_json(out / "compare.json", result)
    tell(to_lines(result), result, as_json=as_json)


def _compare_runs(first: Path, second: Path, seed: int, limit: int | None, dry_run: bool) -> dict[str, Any]:
    from evals.comparison import compare as compare_pairs
    from evals.comparison import pair_up

    one, two = read_graded(first), read_graded(second)
    pairs = pair_up(named_rows(one), named_rows(two))[:limit]
    if not pairs:
        raise BadInput("The two runs share no row that both scored and people marked.", "Grade the same rows twice.")
    if dry_run:
        return {"dry_run": True, "n": len(pairs), "of": one.of, "calls": 0, "cost_usd": 0.0}
    found = compare_pairs(pairs, seed, one.levels)
    told = {"first": one.summary["scorer"], "second": two.summary["scorer"], "runs": [_about(one), _about(two)]}
    return {**told, "of": one.of, "seed": seed, **found}


def _about(run: GradedRun) -> dict[str, Any]:
    """Which run it is, through which curve its scores went, and how many marked rows it has scored."""
    scored = sum(judged.machine is not None for _, judged in named_rows(run))
    return {"folder": str(run.folder), "calibration": run.summary.get("calibration"), "scored": scored}


def named_rows(run: GradedRun) -> list[tuple[str, Judged]]:
    """Marked rows without blanks, by question, id and answer: the same row wherever it stands."""
    judged = ((row, row.to_judged()) for row in run.rows)
    return [
        (f"{row.sample.question_id}\n{row.sample.id}\n{row.sample.answer}", mark)
        for row, mark in judged
        if mark is not None and not mark.is_blank
    ]


def _compare_talks(first: Transcript, second: Transcript, limit: int | None) -> dict[str, Any]:
    one, two = first.replies(), second.replies()
    turns = sorted(set(one) | set(two))[:limit]
    changed = [difference for turn in turns for difference in _differences(turn, one.get(turn), two.get(turn))]
    alike = len(turns) - len({difference["turn"] for difference in changed})
    return {"turns": len(turns), "identical": alike, "differences": changed}


def _differences(turn: int, one: Reply | None, two: Reply | None) -> Iterator[dict[str, Any]]:
    if one is None or two is None:
        was, now = (reply.text if reply else None for reply in (one, two))
        yield {"turn": turn, "field": "reply", "first": was, "second": now}
        return
    for name in FIELDS:
        was, now = getattr(one, name), getattr(two, name)
        if was != now:
            yield {"turn": turn, "field": name, "first": was, "second": now}


def to_lines(result: dict[str, Any]) -> Iterator[str]:
    """The result for a reader."""
    if result.get("dry_run"):
        yield f"{result['n']} {result['of']}, no call, 0 USD"
    elif "figures" in result:
        yield f"{result['n']} {result['of']}, " + (
            f"{result['clusters']} questions" if result["of"] == "answers" else "each drawn whole"
        )
        for place, run in zip(("first", "second"), result["runs"], strict=True):
            curve = f", through a curve ({run['calibration']})" if run["calibration"] else ""
            yield f"{place.capitalize()}: {run['folder']}, {result[place]}{curve}, {run['scored']} scored"
        yield from (f"  {name}: {_figure(row)}" for name, row in result["figures"].items())
        yield f"Chance of so large a difference in MAE if they were alike: {_number(result['p_value'])}"
    else:
        for difference in result["differences"]:
            yield f"turn {difference['turn']}, {difference['field']}:"
            yield f"  first:  {difference['first']}"
            yield f"  second: {difference['second']}"
        yield f"identical {result['identical']} of {result['turns']} turns"


def _figure(row: dict[str, Any]) -> str:
    low_high = row["interval"]
    interval = f" [{low_high[0]:+.3f}, {low_high[1]:+.3f}]" if low_high else ""
    return f"{_number(row['first'])} and {_number(row['second'])}, difference {_number(row['difference'])}{interval}"


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"
