"""One transcript with its report: a line of ``rows.jsonl``, and what of it is kept where a language model was paid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.agreement import Judged
from evals.cache import hash_of
from evals.journal import Journal
from evals.made_with import tell_made_with
from evals.simulation import Recorded
from interviewlab.types import QuoteEvidence, Report, Rubric, Usage

if TYPE_CHECKING:
    from interviewlab.judging import Bench


@dataclass(frozen=True)
class Verdict:
    """One transcript with its report, or with the reason why there is none.

    ``usage`` is what a language model took for it, ``latency_s`` the seconds until the report.
    """

    recorded: Recorded
    report: Report | None
    problem: str = ""
    usage: Usage = field(default_factory=Usage)
    latency_s: float | None = None

    def to_row(self) -> dict[str, Any]:
        """A line of ``rows.jsonl``; usage and latency where a model was asked (without one runs are byte-identical)."""
        truth, report = self.recorded.truth, self.report
        return {
            "id": truth.id,
            "true_level": truth.level,
            **({"true_axes": dict(truth.axes)} if truth.axes else {}),
            "truth": truth.truth,
            "manner": truth.manner,
            "behaviour": truth.behaviour,
            "level": report.overall.level if report else None,
            "score": report.overall.score if report else None,
            "axes": {name: axis.score for name, axis in report.axes.items()} if report else {},
            "quotes": list(_quotes(report)) if report else [],
            "why_no_score": self.problem
            or ("not enough evidence" if report and report.overall.score is None else None),
            **({"usage": self.usage.model_dump(), "latency_s": self.latency_s} if self.usage.calls else {}),
        }

    def to_judged(self) -> Judged | None:
        """Levels as shares, each transcript a cluster of its own; None where the true level is not known."""
        truth = self.recorded.truth
        if truth.level is None:
            return None
        level = self.report.overall.level if self.report else None
        return Judged(truth.id, (truth.level - 1) / 4, share_of(level), is_blank=False)

    def to_judged_on(self, name: str) -> Judged | None:
        """People's mark on an axis, or on the whole ("overall"), against the judge's; None where they gave none."""
        truth, report = self.recorded.truth, self.report
        if name not in truth.axes:
            return None
        scored: dict[str, float | None] = {}
        if report is not None:
            scored = {str(axis): each.score for axis, each in report.axes.items()} | {"overall": report.overall.score}
        score = scored.get(name)
        return Judged(truth.id, truth.axes[name], score, is_blank=False)


def bench_for(bench: Bench, recorded: Recorded) -> Bench:
    """The bench whose bank knows the transcript's own questions too."""
    if not recorded.questions:
        return bench
    own = {question.id for question in recorded.questions}
    rest = (question for question in bench.bank.questions if question.id not in own)
    questions = tuple(sorted((*rest, *recorded.questions), key=lambda question: question.id))
    return replace(bench, bank=replace(bench.bank, questions=questions))


def share_of(level: int | None) -> float | None:
    """A level, 1 to 5, as a share of full marks; None stays None."""
    return None if level is None else (level - 1) / 4


def _quotes(report: Report) -> Iterator[dict[str, Any]]:
    for name, axis in report.axes.items():
        for each in axis.evidence:
            if isinstance(each, QuoteEvidence):
                yield {"axis": name, "turn": each.turn, "quote": each.quote}


class Kept:
    """Verdicts that a language model was paid for, in the journal of their run; without a model nothing is kept."""

    def __init__(self, journal: Journal | None) -> None:
        self._journal = journal

    def find(self, recorded: Recorded) -> Verdict | None:
        """What was paid for before; None where the model failed then, so that it is asked again."""
        line = self._journal.done.get(_key(recorded)) if self._journal else None
        if line is None or "report" not in line:
            return None
        usage = Usage.model_validate(line["usage"])
        return Verdict(recorded, Report.model_validate(line["report"]), "", usage, line["latency_s"])

    def keep(self, verdict: Verdict) -> Verdict:
        """Write it down; when this returns, killing the process loses nothing of it.

        What is given back counts what failures before it used too.
        """
        if self._journal is None:
            return verdict
        key = _key(verdict.recorded)
        before = self._journal.done.get(key, {}).get("usage", {})
        paid = replace(verdict, usage=Usage.model_validate(before) + verdict.usage)
        if verdict.report is not None:
            line = {"usage": paid.usage.model_dump(), "latency_s": paid.latency_s}
            is_whole = not _has_failed(verdict.report)
            told = {"report": verdict.report.model_dump(mode="json")} if is_whole else {"failure": "a call failed"}
            self._journal.write(key, {**line, **told})
        return paid


@contextmanager
def open_kept(out: Path, bench: Bench, rubric: Rubric) -> Iterator[Kept]:
    """``OUT/journal.jsonl``, where a language model is asked. Raises BadInput where it is that of another run."""
    if bench.reviewer is None:
        yield Kept(None)
        return
    made_with = tell_made_with(bench.embedder, bench.bank, rubric)
    header = {"run": "judge", "judge": bench.reviewer.version, "rubric": rubric.hash, "made_with": made_with}
    with Journal(out / "journal.jsonl", header) as journal:
        yield Kept(journal)


def _has_failed(report: Report) -> bool:
    from interviewlab.scoring.model_judge import OPINION

    return any(gap.what == OPINION for gap in report.gaps)


def _key(recorded: Recorded) -> str:
    """Another for another transcript, and for the same with other words."""
    text = recorded.transcript.to_jsonl() if recorded.transcript else ""
    text += "".join(question.model_dump_json() for question in recorded.questions)
    return f"{recorded.truth.id} {hash_of(text)[:16]}"
