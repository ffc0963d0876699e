"""``python -m evals judge``: judge a set of whole interviews, and compare with their true levels."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from tqdm.auto import tqdm

from evals.agreement import Judged, measure_agreement
from evals.engine import Engine, LocalEngine, open_engine
from evals.options import AsJson, DryRun, EngineName, Limit, Seed, Workers
from evals.report import figure_lines
from evals.results import write_json, write_text, writing
from evals.simulation import Recorded, read_transcripts
from evals.telling import tell
from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.settings import Settings, read_settings
from interviewlab.types import Report, Rubric, Transcript

if TYPE_CHECKING:
    from interviewlab.judging import Bench

SECONDS_A_TRANSCRIPT = 0.5


@dataclass(frozen=True)
class Verdict:
    """One transcript with its report, or with the reason why there is none."""

    recorded: Recorded
    report: Report | None
    problem: str = ""

    def to_row(self) -> dict[str, Any]:
        """A line of ``rows.jsonl``."""
        truth, report = self.recorded.truth, self.report
        return {
            "id": truth.id,
            "true_level": truth.level,
            "truth": truth.truth,
            "manner": truth.manner,
            "behaviour": truth.behaviour,
            "level": report.overall.level if report else None,
            "score": report.overall.score if report else None,
            "axes": {name: axis.score for name, axis in report.axes.items()} if report else {},
            "why_no_score": self.problem
            or ("not enough evidence" if report and report.overall.score is None else None),
        }

    def to_judged(self) -> Judged | None:
        """Levels as shares, each transcript a cluster of its own; None where the true level is not known."""
        truth = self.recorded.truth
        if truth.level is None:
            return None
        level = self.report.overall.level if self.report else None
        return Judged(truth.id, (truth.level - 1) / 4, None if level is None else (level - 1) / 4, is_blank=False)


def judge(
    transcripts: Annotated[Path, typer.Argument(help="A folder of transcripts (.jsonl, .jsonl.gz), or one file.")],
    out: Annotated[Path, typer.Option(help="Folder for rows.jsonl and summary.json.")],
    rubric: Annotated[str, typer.Option(help="A rubric by name, or a YAML file.")] = "default",
    judge: Annotated[str, typer.Option(help="bank: embedded; llm: with the words of the settings' model.")] = "bank",
    audit: Annotated[bool, typer.Option("--audit", help="Also take the quoted turns away and judge again.")] = False,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
    engine: EngineName = "local",
    workers: Workers = None,
) -> None:
    """Judge whole interviews by the embedded judge, and say how far its levels agree with the true ones.

    A manifest.jsonl in the folder says of each transcript its level (1 to 5) and where the level comes from. A
    transcript that cannot be read is named and left out, the rest goes on, and the exit status is 1.
    """
    recorded = read_transcripts(transcripts, limit)
    if judge not in ("bank", "llm"):
        raise BadInput(f"There is no judge '{judge}'.", "Use --judge bank or --judge llm.")
    settings = read_settings(judge=judge)
    if dry_run:
        summary = _expect(settings, recorded)
    else:
        with open_engine(engine, workers) as where:
            summary = _judge_to(settings, recorded, out, rubric, seed, where, has_audit=audit)
    for problem in summary.get("problems", ()):
        typer.echo(problem, err=True)
    tell(to_lines(summary), summary, as_json=as_json)
    if summary.get("problems"):
        raise typer.Exit(1)


def _expect(settings: Settings, recorded: Sequence[Recorded]) -> dict[str, Any]:
    n = len(recorded)
    calls = n * settings.judge_samples if settings.judge == "llm" else 0
    return {
        "dry_run": True,
        "transcripts": n,
        "calls": calls,
        "cost_usd": None if calls else 0.0,
        "seconds": n * SECONDS_A_TRANSCRIPT,
    }


def _judge_to(
    settings: Settings,
    recorded: Sequence[Recorded],
    out: Path,
    rubric: str,
    seed: int,
    engine: Engine,
    *,
    has_audit: bool,
) -> dict[str, Any]:
    from evals.evidence_audit import delete_evidence
    from interviewlab.bootstrap import build_bench

    bench = build_bench(settings)
    if isinstance(engine, LocalEngine):
        verdicts = asyncio.run(judge_all(bench, recorded, rubric))
    else:
        given = engine.map(partial(_begin_judging, settings, rubric), recorded)
        verdicts = list(tqdm(given, total=len(recorded), desc="judge", unit=" transcripts"))
    summary = to_summary(verdicts, rubric, seed)
    summary["judge"] = ", ".join(sorted({v.report.judge for v in verdicts if v.report})) or "bank"
    if has_audit:
        summary["evidence_deletion"] = asyncio.run(delete_evidence(replace(bench, reviewer=None), verdicts, rubric))
    rows = "".join(json.dumps(verdict.to_row(), ensure_ascii=False) + "\n" for verdict in verdicts)
    with writing(out):
        write_text(out / "rows.jsonl", rows)
        write_json(out / "summary.json", summary)
    return summary


async def judge_all(bench: Bench, recorded: Sequence[Recorded], rubric: str | Rubric) -> list[Verdict]:
    """A verdict for each, in order; one that fails does not keep the others from being judged."""
    from interviewlab.scoring.rubric import load_rubric

    chosen = load_rubric(rubric) if isinstance(rubric, str) else rubric
    bar = tqdm(recorded, desc="judge", unit=" transcripts")
    return [await _judge(bench, each, chosen) for each in bar]


def _begin_judging(settings: Settings, rubric: str) -> Callable[[Recorded], Verdict]:
    """The judge of a worker."""
    from interviewlab.bootstrap import build_bench
    from interviewlab.scoring.rubric import load_rubric

    bench, chosen = build_bench(settings), load_rubric(rubric)
    # One loop for all, since connections to a model belong to the loop that opened them.
    loop = asyncio.Runner()
    return lambda recorded: loop.run(_judge(bench, recorded, chosen))


async def _judge(bench: Bench, recorded: Recorded, rubric: Rubric) -> Verdict:
    from interviewlab.judging import judge_transcript

    if recorded.transcript is None:
        return Verdict(recorded, None, recorded.problem)
    try:
        return Verdict(recorded, await judge_transcript(bench, recorded.transcript, rubric))
    except InterviewLabError as error:
        return Verdict(recorded, None, f"{recorded.truth.file}: {error}")


def to_summary(verdicts: Sequence[Verdict], rubric: str, seed: int) -> dict[str, Any]:
    """The whole of ``summary.json``: agreement of all, of those who cooperate, and by where the truth comes from."""
    rows = [(verdict, judged) for verdict in verdicts if (judged := verdict.to_judged()) is not None]
    willing = [judged for verdict, judged in rows if verdict.recorded.truth.behaviour == "cooperative"]
    return {
        "judge": "bank",
        "rubric": rubric,
        "seed": seed,
        "n": len(verdicts),
        "coverage": _share(verdicts),
        "truths": sorted({verdict.recorded.truth.truth for verdict in verdicts if verdict.recorded.truth.truth}),
        "problems": [verdict.problem for verdict in verdicts if verdict.problem],
        "agreement": {
            "overall": _agreement([judged for _, judged in rows], seed),
            "cooperative": _agreement(willing, seed),
        },
        "mean_score": {
            "by_level": _means(
                (v.recorded.truth.level, v) for v, _ in rows if v.recorded.truth.behaviour == "cooperative"
            ),
            "by_manner": _means(
                (v.recorded.truth.manner, v) for v, _ in rows if v.recorded.truth.behaviour == "cooperative"
            ),
            "by_behaviour": _means((v.recorded.truth.behaviour, v) for v, _ in rows),
        },
    }


def _share(verdicts: Sequence[Verdict]) -> float:
    scored = sum(verdict.report is not None and verdict.report.overall.score is not None for verdict in verdicts)
    return round(scored / len(verdicts), 4)


def _agreement(rows: Sequence[Judged], seed: int) -> dict[str, Any] | None:
    agreement = measure_agreement(rows, seed)
    return agreement.to_dict() if agreement else None


def _means(pairs: Iterator[tuple[Any, Verdict]] | Any) -> dict[str, Any]:
    groups: dict[str, list[float | None]] = {}
    for name, verdict in pairs:
        groups.setdefault(str(name), []).append(verdict.report.overall.score if verdict.report else None)
    return {name: _mean_of(scores) for name, scores in sorted(groups.items())}


def _mean_of(scores: Sequence[float | None]) -> dict[str, Any]:
    given = [score for score in scores if score is not None]
    mean = round(sum(given) / len(given), 4) if given else None
    return {"n": len(scores), "scored": len(given), "mean": mean}


def to_lines(summary: dict[str, Any]) -> Iterator[str]:
    """The summary for a reader."""
    if summary.get("dry_run"):
        told = f"{summary['calls']} calls" if summary["calls"] else "no call, 0 USD"
        yield f"{summary['transcripts']} transcripts, {told}, about {summary['seconds']:g} s"
        return
    yield f"{summary['n']} transcripts, {summary['coverage']:.1%} scored, {len(summary['problems'])} with problems"
    for truth in summary["truths"]:
        yield f"Truth: {truth}"
    for part, agreement in summary["agreement"].items():
        if agreement:
            yield f"Against the true levels, {part}: {agreement['n']} transcripts"
            yield from figure_lines(agreement)
    for group, means in summary["mean_score"].items():
        shown = ", ".join(f"{name} {_number(row['mean'])} (n {row['n']})" for name, row in means.items())
        yield f"Mean score {group.replace('_', ' ')}: {shown}"
    if audit := summary.get("evidence_deletion"):
        yield f"Evidence taken away: {audit['held']} of {audit['n']} scores fell or became not enough evidence"


def _number(score: float | None) -> str:
    return "none" if score is None else f"{score:.2f}"


def transcript_of(recorded: Recorded) -> Transcript:
    """The transcript of one that could be read. Raises BadInput."""
    if recorded.transcript is None:
        raise BadInput(recorded.problem, "Mend the file and try again.")
    return recorded.transcript
