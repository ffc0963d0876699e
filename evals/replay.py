"""``python -m evals replay``: a recorded interview through the graph again, compared turn by turn."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interviewlab.errors import BadInput
from interviewlab.settings import Settings, read_settings
from interviewlab.types import Report, Transcript

if TYPE_CHECKING:
    from interviewlab.judging import Bench
    from interviewlab.replaying import ReplayedTurn


def replay(
    transcript: Annotated[Path, typer.Argument(help="A transcript.jsonl.")],
    out: Annotated[Path | None, typer.Option(help="Folder for replay.json and the replayed transcript.jsonl.")] = None,
    until: Annotated[int | None, typer.Option(min=0, help="Replay up to and with this turn.")] = None,
    swap: Annotated[str, typer.Option(metavar="rubric=NAME", help="Judge under this rubric too.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print replay.json to standard output.")] = False,
) -> None:
    """Give the recorded words to a fresh interviewer, and compare moves and texts.

    Code is not run again: its recorded results count. Exit status 1 when something differs.
    """
    settings = read_settings()
    record = read_transcript(transcript)
    result, replayed = asyncio.run(_replay(settings, record, until, _rubric(swap)))
    if out is not None:
        _write(out, result, replayed)
    for line in to_lines(result):
        typer.echo(line, err=as_json)
    if as_json:
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))
    if result["identical"] < result["turns"]:
        raise typer.Exit(1)


def read_transcript(path: Path) -> Transcript:
    """Raises BadInput, BadTranscript naming file, line and field."""
    try:
        with path.open(encoding="utf-8") as lines:
            record = Transcript.from_jsonl(lines, interview_id=path.stem, name=str(path))
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).", "Name a transcript.jsonl.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 at byte {error.start + 1}.", "Save the file as UTF-8.") from error
    if not record.replies():
        raise BadInput(f"{path} holds no reply to compare with.", "Name the transcript of an interview that began.")
    return record


async def _replay(
    settings: Settings, record: Transcript, until: int | None, rubric: str | None
) -> tuple[dict[str, Any], Transcript]:
    # These cost seconds to import: --help does without.
    from interviewlab.bootstrap import open_house
    from interviewlab.replaying import replay, transcript_of_replay

    with TemporaryDirectory(prefix="interviewlab-replay-") as folder:
        fresh = {"data_dir": Path(folder), "database_url": "", "sandbox": "scripted"}
        async with open_house(settings.model_copy(update=fresh)) as house:
            turns = [turn async for turn in replay(record, house.brain, house.bank, until)]
            replayed = transcript_of_replay(record, turns)
            result = to_result(record, turns, house.brain.name, house.adapters.fallbacks)
            if rubric is not None:
                result["rubrics"] = await _judge(house.adapters.bench, replayed, rubric)
    return result, replayed


async def _judge(bench: Bench, replayed: Transcript, rubric: str) -> dict[str, Any]:
    """Scores of the replayed interview under the rubric it was held with and under another, by rubric name."""
    from interviewlab.judging import judge_transcript
    from interviewlab.scoring.rubric import load_rubric

    planned = replayed.plan.rubric if replayed.plan else "default"
    rubrics = [load_rubric(name) for name in (planned, rubric)]
    reports = [await judge_transcript(bench, replayed, chosen) for chosen in rubrics]
    return {report.rubric.name: _scores(report) for report in reports}


def _scores(report: Report) -> dict[str, float | None]:
    return {"overall": report.overall.score, **{name: axis.score for name, axis in report.axes.items()}}


def to_result(
    record: Transcript, turns: Sequence[ReplayedTurn], brain: str, fallbacks: Sequence[str]
) -> dict[str, Any]:
    """The whole of ``replay.json``."""
    return {
        "transcript": record.interview_id,
        "brain": brain,
        "fallbacks": list(fallbacks),
        "turns": len(turns),
        "identical": sum(not turn.differences for turn in turns),
        "differences": [asdict(difference) for turn in turns for difference in turn.differences],
        "rubrics": None,
    }


def to_lines(result: dict[str, Any]) -> Iterator[str]:
    """The result for a reader."""
    yield from result["fallbacks"]
    for difference in result["differences"]:
        yield f"turn {difference['turn']}, {difference['field']}:"
        yield f"  recorded: {difference['recorded']}"
        yield f"  replayed: {difference['replayed']}"
    yield f"identical {result['identical']} of {result['turns']} turns"
    for name, scores in (result["rubrics"] or {}).items():
        yield f"rubric {name}: " + ", ".join(f"{axis} {_number(score)}" for axis, score in scores.items())


def _number(score: float | None) -> str:
    return "not enough evidence" if score is None else f"{score:.2f}"


def _rubric(swap: str) -> str | None:
    what, _, name = swap.partition("=")
    if not swap:
        return None
    if what != "rubric" or not name:
        raise BadInput(f"--swap {swap} is not understood.", "Write --swap rubric=NAME.")
    return name


def _write(out: Path, result: dict[str, Any], replayed: Transcript) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "replay.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (out / "transcript.jsonl").write_text(replayed.to_jsonl(), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The folder {out} cannot be written ({error.strerror}).", "Name another with --out.") from error
