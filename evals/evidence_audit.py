"""Evidence deletion: take away the turns that a score quotes, judge again, and the score must fall or be gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from evals.verdict import Verdict, bench_for
from interviewlab.types import (
    AssessmentEntry,
    AxisName,
    AxisScore,
    CorrectedEntry,
    HeardEntry,
    MeasuredEntry,
    ResultEntry,
    SubmissionEntry,
    Transcript,
    UtteranceEntry,
)

if TYPE_CHECKING:
    from interviewlab.judging import Bench

WORST = 10


def without_turns(transcript: Transcript, turns: Iterable[int]) -> Transcript:
    """The transcript as if the candidate had brought nothing in these turns."""
    gone = set(turns)
    brought = (UtteranceEntry, SubmissionEntry, ResultEntry, MeasuredEntry, AssessmentEntry)
    kept = [
        entry
        for entry in transcript.entries
        if not (isinstance(entry, brought) and entry.turn in gone)
        and not (isinstance(entry, CorrectedEntry | HeardEntry) and entry.of_turn in gone)
    ]
    entries = tuple(entry.model_copy(update={"sequence": n}) for n, entry in enumerate(kept))
    return transcript.model_copy(update={"entries": entries})


async def delete_evidence(bench: Bench, verdicts: Sequence[Verdict], rubric: str) -> dict[str, Any]:
    """Every axis with a score above 0, of every transcript: how many fall or become "not enough evidence"."""
    cases: list[dict[str, Any]] = []
    for verdict in verdicts:
        if verdict.report is not None:
            for name, axis in verdict.report.axes.items():
                if axis.score:
                    cases.append(await _without_evidence(bench, verdict, name, axis, rubric))
    broken = [case for case in cases if not case["held"]]
    return {
        "n": len(cases),
        "held": len(cases) - len(broken),
        "share": round(1 - len(broken) / len(cases), 4) if cases else None,
        "broken": broken[:WORST],
    }


async def _without_evidence(
    bench: Bench, verdict: Verdict, name: AxisName, axis: AxisScore, rubric: str
) -> dict[str, Any]:
    from interviewlab.judging import judge_transcript

    transcript = verdict.recorded.transcript
    if transcript is None or axis.score is None:
        raise ValueError("only a transcript with a score can lose its evidence")
    turns = {evidence.turn for evidence in axis.evidence}
    again = await judge_transcript(bench_for(bench, verdict.recorded), without_turns(transcript, turns), rubric)
    left = again.axes[name].score
    held = left is None or left < axis.score
    return {"id": verdict.recorded.truth.id, "axis": name, "score": axis.score, "without": left, "held": held}
