"""``interviewlab score``: a report from a transcript."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from interviewlab.cli.output import put_json, read_text, tell
from interviewlab.errors import BadInput
from interviewlab.settings import read_settings
from interviewlab.types import Report, Transcript


def score_transcript(
    transcript: Annotated[Path, typer.Argument(help="transcript.jsonl")],
    out: Annotated[Path, typer.Option(help="Folder for report.json, report.md and report.html.")],
    rubric: Annotated[str, typer.Option(help="A rubric by name, or a YAML file.")] = "default",
    judge: Annotated[str, typer.Option(help="bank: embedded, no language model.")] = "bank",
    json_: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Judge a transcript again, under any rubric."""
    from interviewlab.reports import write_report

    if judge != "bank":
        raise BadInput(f"There is no judge '{judge}' in this version.", "Use --judge bank.")
    lines = read_text(transcript, "transcript").split("\n")
    read = Transcript.from_jsonl(lines, interview_id=transcript.stem, name=transcript.name)
    report = asyncio.run(_judge(read, rubric))
    write_report(report, read, out)
    if json_:
        put_json(report)
    else:
        tell(f"Wrote report.json, report.md and report.html to {out}")


async def _judge(transcript: Transcript, rubric: str) -> Report:
    from interviewlab.bootstrap import build_bench
    from interviewlab.judging import judge_transcript

    return await judge_transcript(build_bench(read_settings()), transcript, rubric)
