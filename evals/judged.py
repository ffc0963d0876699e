"""A run of ``judge`` read back as one of ``grade``: an interview stands for an answer, its true level for a mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.agreement import LEVELS
from evals.dataset import Sample
from evals.foreign_map import ForeignMap
from evals.judge import fingerprint_of, read_chosen
from evals.results import GradedRow, GradedRun, read_lines
from evals.scorer import Score
from evals.simulation import Recorded
from evals.task import Task
from evals.verdict import share_of
from interviewlab.errors import BadInput
from interviewlab.types import SubmissionEntry, Transcript


def read_judged(folder: Path, summary: Mapping[str, Any], how: Mapping[str, Any]) -> GradedRun:
    """The interviews of a run folder with their verdicts. Raises BadInput where they are gone or have changed."""
    names = how.get("map")
    foreign = None if names is None else ForeignMap.model_validate(names)
    recorded = read_chosen(Path(how["transcripts"]), how["limit"], foreign, how.get("split", ""))
    if fingerprint_of(recorded) != how["fingerprint"]:
        raise BadInput(f"The transcripts of {folder} have changed.", "Judge them again.")
    lines = read_lines(folder / "rows.jsonl")
    if len(lines) != len(recorded):
        raise BadInput(f"{folder}/rows.jsonl has {len(lines)} rows for {len(recorded)}.", "Judge them again.")
    rows = tuple(_row(n, each, line) for n, (each, line) in enumerate(zip(recorded, lines, strict=True), 1))
    task = Task(how["transcripts"], limit=how["limit"], levels=LEVELS)
    return GradedRun(folder, _as_of_grade(summary, how, recorded), task, rows, of="interviews")


def _as_of_grade(summary: Mapping[str, Any], how: Mapping[str, Any], recorded: list[Recorded]) -> dict[str, Any]:
    """The summary with the keys that one of ``grade`` has."""
    known = [each.truth for each in recorded if each.truth.level is not None]
    licences, sources = (
        sorted({truth.licence for truth in known} - {""}),
        sorted({truth.source for truth in known} - {""}),
    )
    source = ", ".join(sources) or Path(how["transcripts"]).name
    card = {"source": source, "licence": ", ".join(licences), "note": _note(summary["truths"])}
    usage = summary["usage"]
    return {
        **summary,
        "dataset": Path(how["transcripts"]).name,
        "scorer": f"judge {summary['judge']}, rubric {summary['rubric']}",
        "blanks": 0,
        "failures": [],
        "card": card,
        "agreement": {"overall": summary["agreement"]["overall"], "without_blanks": summary["agreement"]["overall"]},
        "usage": usage if usage["calls"] else None,
    }


def _note(truths: Sequence[str]) -> str:
    return f"Truth: {'; '.join(truths)}." if truths else ""


def _row(number: int, recorded: Recorded, line: Mapping[str, Any]) -> GradedRow:
    truth = recorded.truth
    sample = Sample(
        line=number,
        question_id=truth.id,
        input=f"{truth.type}, {truth.manner}, {truth.behaviour}",
        answer="\n".join(_told(recorded.transcript)) if recorded.transcript else "",
        target=(),
        human=share_of(truth.level),
        id=truth.id,
        split=truth.split,
    )
    found = tuple({"key_point": each["axis"], "quote": each["quote"]} for each in line["quotes"])
    return GradedRow(sample, Score(share_of(line["level"]), None, found, why_no_score=line["why_no_score"]))


def _told(transcript: Transcript) -> Iterator[str]:
    """The whole interview, a line each time somebody speaks or hands in code."""
    replies = transcript.replies()
    said = transcript.utterances()
    code = {entry.turn: entry.code for entry in transcript.entries if isinstance(entry, SubmissionEntry)}
    for turn in sorted({*replies, *said, *code}):
        if turn in said:
            yield f"Candidate, turn {turn}: {said[turn].text}"
        if turn in code:
            yield f"Code, turn {turn}:\n{code[turn]}"
        if turn in replies:
            yield f"Interviewer, turn {turn}: {replies[turn].text}"
