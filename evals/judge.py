"""``python -m evals judge``: judge a set of whole interviews, and compare with their true levels."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from tqdm.auto import tqdm

from evals.agreement import Judged, measure_agreement
from evals.cache import hash_of
from evals.engine import Engine, LocalEngine, open_engine
from evals.foreign_map import ForeignMap, parse_foreign_map
from evals.foreign_talks import read_foreign
from evals.made_with import tell_made_with
from evals.options import AsJson, DryRun, EngineName, Limit, Seed, SplitOfTalks, TalkNames, Workers
from evals.report import figure_lines
from evals.results import write_json, write_text, writing
from evals.simulation import MARKED, NoTranscripts, Recorded, read_transcripts
from evals.telling import tell
from evals.verdict import Kept, Verdict, bench_for, open_kept
from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.settings import Settings, read_settings
from interviewlab.types import Rubric, Usage

if TYPE_CHECKING:
    from interviewlab.judging import Bench

SECONDS_A_TRANSCRIPT = 0.5
QUESTION, IN_NO_BANK = "question ", "it is in no bank that was loaded"
"""How a report names a question that nobody knows."""
MOST_NAMED = 5
QUESTIONS = "map question_id to one of the bank, or question with reference, key_points or rubric."


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
    names: TalkNames = None,
    split: SplitOfTalks = "",
) -> None:
    """Judge whole interviews by the embedded judge, and say how far its levels agree with the true ones.

    A manifest.jsonl in the folder says of each transcript its level (1 to 5) and where the level comes from. A
    transcript that cannot be read is named and left out, the rest goes on, and the exit status is 1.

    With --judge llm every finished transcript is in OUT/journal.jsonl: the same command again pays only for the others.

    Transcripts of other tools (.json, .jsonl, .csv, .tsv, .parquet) are read with --map: a file, a line or an element
    for each interview, or a row for each turn. OURS=THEIRS names a key: turns, interview (its id), speaker, text, at,
    start, end, words; question_id (of the bank), or question with reference, key_points or rubric; level, overall,
    communication and the other axes (people's marks); type, truth, licence, source, split. candidate=, interviewer=
    and skip= say who is who, scale=1..5 what marks lie between, OURS:=TEXT what holds for all. "--map chat" and
    "--map diarised" know chat logs and Whisper's segments; a .yaml file holds the same, one "ours: theirs" a line.
    """
    how = parse_foreign_map(names or ())
    recorded = _read(transcripts, limit, how, split)
    if judge not in ("bank", "llm"):
        raise BadInput(f"There is no judge '{judge}'.", "Use --judge bank or --judge llm.")
    settings = read_settings(judge=judge)
    if dry_run:
        summary = _expect(settings, recorded)
    else:
        with open_engine(engine, workers) as where:
            summary = _judge_to(settings, recorded, out, rubric, seed, where, has_audit=audit)
            with writing(out):
                write_json(out / "run.json", to_run(transcripts, limit, recorded, how, split))
    for problem in summary.get("problems", ()):
        typer.echo(problem, err=True)
    if how is None and not any(each.transcript for each in recorded) and any(map(_is_foreign, recorded)):
        typer.echo("None of these is a transcript of ours; --map reads those of other tools.", err=True)
    tell(to_lines(summary), summary, as_json=as_json)
    if summary.get("problems"):
        raise typer.Exit(1)


def _read(path: Path, limit: int | None, how: ForeignMap | None, split: str) -> list[Recorded]:
    """A folder that holds no transcript is named, and there is nothing to go on with."""
    try:
        return read_chosen(path, limit, how, split)
    except NoTranscripts as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _is_foreign(recorded: Recorded) -> bool:
    """Whether it looks as if another tool had written it, and not like one of ours with a mistake in it."""
    return any(sign in recorded.problem for sign in ("field 'kind'", "not a JSON object"))


def read_chosen(path: Path, limit: int | None, how: ForeignMap | None, split: str) -> list[Recorded]:
    """The first ``limit`` transcripts of a split, or of all; what cannot be read is of every split."""
    most = None if split else limit
    read = read_foreign(path, how, most) if how else read_transcripts(path, most)
    kept = [each for each in read if split in ("", each.truth.split) or each.transcript is None][:limit]
    if not kept:
        raise NoTranscripts(f"{path} holds no transcript of the split '{split}'.", "Name another with --split.")
    return kept


def to_run(
    path: Path, limit: int | None, recorded: Sequence[Recorded], how: ForeignMap | None = None, split: str = ""
) -> dict[str, Any]:
    """``run.json``: what is needed to read the same transcripts again."""
    read = {"transcripts": str(path.resolve()), "limit": limit, "split": split, "map": how and how.to_dict()}
    return {"command": "judge", **read, "fingerprint": fingerprint_of(recorded)}


def fingerprint_of(recorded: Sequence[Recorded]) -> str:
    """Another for other transcripts, or for another truth."""
    return hash_of(*((*_truth_of(each), each.transcript and each.transcript.to_jsonl()) for each in recorded))


def _truth_of(recorded: Recorded) -> Iterator[str]:
    """What is not known of most transcripts is not told, so that runs of earlier releases can be read."""
    yield str(recorded.truth)
    if recorded.truth.axes:
        yield str(sorted(recorded.truth.axes.items()))
    yield from (question.model_dump_json() for question in recorded.questions)


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
    from interviewlab.scoring.rubric import load_rubric

    bench, chosen = build_bench(settings), load_rubric(rubric)
    begin = (lambda: _judging(bench, chosen)) if isinstance(engine, LocalEngine) else None
    with writing(out), open_kept(out, bench, chosen) as kept:
        verdicts = _judge_left(recorded, kept, engine, begin or partial(_begin_judging, settings, rubric))
    summary = to_summary(verdicts, rubric, seed)
    summary["made_with"] = tell_made_with(bench.embedder, bench.bank, chosen)
    summary["judge"] = ", ".join(sorted({v.report.judge for v in verdicts if v.report})) or "bank"
    if has_audit:
        summary["evidence_deletion"] = asyncio.run(delete_evidence(replace(bench, reviewer=None), verdicts, rubric))
    rows = "".join(json.dumps(verdict.to_row(), ensure_ascii=False) + "\n" for verdict in verdicts)
    with writing(out):
        write_text(out / "rows.jsonl", rows)
        write_json(out / "summary.json", summary)
    return summary


_Tool = Callable[[Recorded], Verdict]


def _judge_left(recorded: Sequence[Recorded], kept: Kept, engine: Engine, begin: Callable[[], _Tool]) -> list[Verdict]:
    """A verdict for each, in order; those that were paid for before are not judged again."""
    before = [kept.find(each) for each in recorded]
    left = [each for each, known in zip(recorded, before, strict=True) if known is None]
    fresh = engine.map(begin, left)
    verdicts = []
    for known in tqdm(before, desc="judge", unit=" transcripts"):
        verdicts.append(known or kept.keep(next(fresh)))
    return verdicts


async def judge_all(bench: Bench, recorded: Sequence[Recorded], rubric: str | Rubric) -> list[Verdict]:
    """A verdict for each, in order; one that fails does not keep the others from being judged."""
    from interviewlab.scoring.rubric import load_rubric

    chosen = load_rubric(rubric) if isinstance(rubric, str) else rubric
    bar = tqdm(recorded, desc="judge", unit=" transcripts")
    return [await _judge(bench, each, chosen) for each in bar]


def _begin_judging(settings: Settings, rubric: str) -> _Tool:
    """The judge of a worker."""
    from interviewlab.bootstrap import build_bench
    from interviewlab.scoring.rubric import load_rubric

    return _judging(build_bench(settings), load_rubric(rubric))


def _judging(bench: Bench, chosen: Rubric) -> _Tool:
    # One loop for all, since connections to a model belong to the loop that opened them.
    loop = asyncio.Runner()
    return lambda recorded: loop.run(_judge(bench, recorded, chosen))


async def _judge(bench: Bench, recorded: Recorded, rubric: Rubric) -> Verdict:
    from interviewlab.judging import judge_transcript

    if recorded.transcript is None:
        return Verdict(recorded, None, recorded.problem)
    started = time.monotonic()
    try:
        report = await judge_transcript(bench_for(bench, recorded), recorded.transcript, rubric)
        used = bench.reviewer.used if bench.reviewer else Usage()
        return Verdict(recorded, report, usage=used, latency_s=round(time.monotonic() - started, 4))
    except InterviewLabError as error:
        return Verdict(recorded, None, f"{recorded.truth.file}: {error}")


def to_summary(verdicts: Sequence[Verdict], rubric: str, seed: int) -> dict[str, Any]:
    """The whole of ``summary.json``: agreement of all, of those who cooperate, and by where the truth comes from."""
    rows = [(verdict, judged) for verdict in verdicts if (judged := verdict.to_judged()) is not None]
    willing = [judged for verdict, judged in rows if verdict.recorded.truth.behaviour == "cooperative"]
    return {
        "judge": "bank",
        "rubric": rubric,
        "rubric_hash": next((verdict.report.rubric.hash for verdict in verdicts if verdict.report), None),
        "seed": seed,
        "n": len(verdicts),
        "coverage": _share(verdicts),
        "truths": sorted({verdict.recorded.truth.truth for verdict in verdicts if verdict.recorded.truth.truth}),
        "problems": [verdict.problem for verdict in verdicts if verdict.problem],
        "without_question": sum(_asks_nothing(verdict) for verdict in verdicts),
        "unknown_questions": sorted({id for verdict in verdicts for id in _unknown(verdict)}),
        "usage": sum((verdict.usage for verdict in verdicts), Usage()).model_dump(),
        "latency_s": _latency(verdicts),
        "agreement": {
            "overall": _agreement([judged for _, judged in rows], seed),
            "cooperative": _agreement(willing, seed),
        },
        "agreement_by_axis": _by_axis(verdicts, seed),
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


def _asks_nothing(verdict: Verdict) -> bool:
    """Whether no question of it is known, so that no answer can be graded."""
    talk = verdict.recorded.transcript
    nobodys = {None, *_unknown(verdict)}
    return talk is not None and all(reply.question_id in nobodys for reply in talk.replies().values())


def _unknown(verdict: Verdict) -> Iterator[str]:
    """Ids of questions that were asked and are in no bank, as the report names them."""
    for gap in verdict.report.gaps if verdict.report else ():
        if gap.what.startswith(QUESTION) and gap.why == IN_NO_BANK:
            yield gap.what.removeprefix(QUESTION)


def _by_axis(verdicts: Sequence[Verdict], seed: int) -> dict[str, Any]:
    """Of each axis that people marked, and of the whole: their marks against the judge's scores."""
    marked = [(name, [v for v in verdicts if name in v.recorded.truth.axes]) for name in MARKED]
    return {
        name: _agreement([judged for v in found if (judged := v.to_judged_on(name))], seed)
        for name, found in marked
        if found
    }


def _share(verdicts: Sequence[Verdict]) -> float:
    scored = sum(verdict.report is not None and verdict.report.overall.score is not None for verdict in verdicts)
    return round(scored / len(verdicts), 4)


def _latency(verdicts: Sequence[Verdict]) -> dict[str, float] | None:
    """From a transcript to its report, where a model was asked."""
    from interviewlab.bench.figures import percentiles

    took = [verdict.latency_s for verdict in verdicts if verdict.usage.calls and verdict.latency_s is not None]
    return percentiles(took) if took else None


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
    if unknown := summary["without_question"]:
        yield f"{unknown} ask no question that is known, so their answers are not graded: {QUESTIONS}"
    if ids := summary["unknown_questions"]:
        named = ", ".join(ids[:MOST_NAMED]) + (", …" if len(ids) > MOST_NAMED else "")
        yield f"Questions that are in no bank, so that answers to them are not graded ({len(ids)}): {named}"
    if (used := summary["usage"])["calls"]:
        cost = "cost not known" if used["cost_usd"] is None else f"{used['cost_usd']:.4f} USD"
        yield f"{used['calls']} calls, {used['tokens_in']} tokens in, {used['tokens_out']} out, {cost}"
    for truth in summary["truths"]:
        yield f"Truth: {truth}"
    for part, agreement in summary["agreement"].items():
        if agreement:
            yield f"Against the true levels, {part}: {agreement['n']} transcripts"
            yield from figure_lines(agreement)
    for axis, agreement in summary["agreement_by_axis"].items():
        if agreement:
            yield f"Against people's marks, {axis.replace('_', ' ')}: {agreement['n']} transcripts"
            yield from figure_lines(agreement)
    for group, means in summary["mean_score"].items():
        if not means:
            continue
        shown = ", ".join(f"{name} {_number(row['mean'])} (n {row['n']})" for name, row in means.items())
        yield f"Mean score {group.replace('_', ' ')}: {shown}"
    if audit := summary.get("evidence_deletion"):
        yield f"Evidence taken away: {audit['held']} of {audit['n']} scores fell or became not enough evidence"


def _number(score: float | None) -> str:
    return "none" if score is None else f"{score:.2f}"
