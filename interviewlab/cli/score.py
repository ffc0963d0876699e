"""``interviewlab score``: a report from a transcript."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from interviewlab.cli.output import put_json, tell
from interviewlab.errors import BadInput
from interviewlab.settings import Settings, read_settings
from interviewlab.transcripts import read_transcript
from interviewlab.types import Report, Transcript


def score_transcript(
    transcript: Annotated[Path, typer.Argument(help="transcript.jsonl, or transcript.jsonl.gz.")],
    out: Annotated[Path, typer.Option(help="Folder for report.json, report.md and report.html.")],
    rubric: Annotated[str, typer.Option(help="A rubric by name, or a YAML file.")] = "default",
    judge: Annotated[
        str | None, typer.Option(help="bank: embedded; llm: with the words of the language model of the settings.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Judge a transcript again, under any rubric."""
    from interviewlab.reports import write_report

    if judge not in (None, "bank", "llm"):
        raise BadInput(f"There is no judge '{judge}'.", "Use --judge bank or --judge llm.")
    settings = read_settings() if judge is None else read_settings(judge=judge)
    read = read_transcript(transcript)
    report = asyncio.run(_judge(settings, read, rubric))
    if missing := write_report(report, read, out):
        tell(missing)
    if json_:
        put_json(report)
    else:
        tell(f"Wrote report.json, report.md and report.html to {out}")


async def _judge(settings: Settings, transcript: Transcript, rubric: str) -> Report:
    from interviewlab.bootstrap import build_bench
    from interviewlab.judging import judge_transcript

    return await judge_transcript(build_bench(settings), transcript, rubric)
