"""The suites: what each part of the project is measured by, and where the truth of each figure comes from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, get_args

from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings

if TYPE_CHECKING:
    from evals.cvs import Reporting
    from evals.scorer import AnswerScorer
    from interviewlab.bootstrap import House
    from interviewlab.ports import Brain
    from interviewlab.types import Transcript

TRANSCRIPTS = Path(__file__).parent / "data" / "transcripts"
AUDITED = 300
"""Answers of SAF that the audits change, drawn by the seed."""
PROGRAMS = 82
FRESH = 10
"""Interviews held to be replayed at once."""
HUMAN = 100
"""Interviews of each length with candidates who answer as people did."""
Measured = dict[str, Any]
Row = dict[str, Any]
"""One line of the table: what, figure, value, interval, coverage, n, truth."""
SHOWN = ("pearson_r", "mean_r_inside_question", "qwk", "krippendorff_alpha", "mae", "bias")


@dataclass(frozen=True)
class Suite:
    """How it is measured, and about how many seconds that takes on two cores."""

    measure: Callable[[Settings, int, int | None], Measured]
    seconds: int


def measure_grading(settings: Settings, seed: int, limit: int | None) -> Measured:
    """The embedded grader against people's marks, and calibrated on half of the questions of each set."""
    from evals.grade import grade_file
    from evals.named_data import NAMED
    from evals.task import Task

    sets: dict[str, Any] = {}
    calibrated: dict[str, Any] = {}
    left_out: list[str] = []
    with TemporaryDirectory(prefix="interviewlab-grading-") as folder:
        for name in NAMED:
            out = Path(folder) / name
            sets[name], why = _left_out(partial(grade_file, settings, Task(name, limit=limit, seed=seed), out))
            left_out += why
            if why:
                continue
            summaries, why = _left_out(partial(_calibrate, out, seed))
            left_out += [f"{name}, calibrated: {each}" for each in why]
            calibrated |= {f"{name}, {method}": summary for method, summary in (summaries or {}).items()}
    return {"table": _grading_rows(sets, calibrated), "sets": sets, "calibrated": calibrated, "left_out": left_out}


def _calibrate(out: Path, seed: int) -> Measured:
    """By method: a curve of half of the questions of a run, on the other half. Raises BadInput for one question."""
    from evals.calibrate import fit, split_by_question, to_summary
    from evals.graded import read_graded

    graded = read_graded(out)
    train, test = split_by_question(graded, 0.5, seed)
    return {
        method: to_summary(fit(method, train, graded.levels), train, test, seed, graded.levels)
        for method in ("isotonic", "ordinal")
    }


def _grading_rows(sets: dict[str, Any], calibrated: dict[str, Any]) -> list[Row]:
    rows = [row for name, summary in sets.items() if summary for row in _agreement_rows(name, summary)]
    rows += [row for name, summary in sets.items() if summary for row in _interval_rows(name, summary)]
    for name, summary in calibrated.items():
        rows += _calibration_rows(name, summary, sets[name.partition(",")[0]]["card"]["note"])
    return rows


def _agreement_rows(name: str, summary: Measured) -> Iterator[Row]:
    agreement = summary["agreement"]["without_blanks"]
    if agreement is not None:
        truth = summary["card"]["note"]
        yield from _figure_rows(f"{name}, {summary['scorer']}, without blanks", agreement, truth)


def _interval_rows(name: str, summary: Measured) -> Iterator[Row]:
    if held := summary["intervals"]:
        what = f"{name}, intervals of nine in ten, mean width {held['mean_width']:.2f}"
        yield {"what": what, "figure": "inside", **held["inside"], "n": held["n"], "truth": summary["card"]["note"]}


def _calibration_rows(name: str, summary: Measured, truth: str) -> Iterator[Row]:
    if summary["after"] is not None:
        what = f"{name}, questions the curve has not seen"
        yield from _figure_rows(what, summary["after"], truth, ("qwk", "mae", "bias"))


def _figure_rows(what: str, agreement: Measured, truth: str, figures: tuple[str, ...] = SHOWN) -> Iterator[Row]:
    shared = {"what": what, "coverage": agreement["coverage"], "n": agreement["n"], "truth": truth}
    yield from ({**shared, "figure": name, **agreement[name]} for name in figures)


def measure_judging(settings: Settings, seed: int, limit: int | None) -> Measured:
    """The embedded judge on our own transcripts, evidence taken away, the same twice, and the audits on SAF."""
    from evals.evidence_audit import delete_evidence
    from evals.frozen_halves import measure_halves, to_table
    from evals.judge import judge_all, to_summary
    from evals.simulation import read_transcripts
    from interviewlab.bootstrap import build_bench

    bench = build_bench(settings)
    recorded = read_transcripts(TRANSCRIPTS, limit)

    async def twice() -> tuple[Any, Any, Measured]:
        first, second = [await judge_all(bench, recorded, "default") for _ in range(2)]
        return first, second, await delete_evidence(bench, first, "default")

    verdicts, again, deletion = asyncio.run(twice())
    summary = to_summary(verdicts, "default", seed)
    same = sum(one.report == two.report for one, two in zip(verdicts, again, strict=True))
    result: Measured = {
        "transcripts": summary,
        "evidence_deletion": deletion,
        "test_retest": {"n": len(verdicts), "identical": round(same / len(verdicts), 4)},
    }
    pairs = _audit_pairs(settings, seed)
    halves = measure_halves(settings, seed, limit)
    audits, left_out = _left_out(lambda: _audit_saf(settings, seed, limit or AUDITED))
    table = [*_judging_rows(result), *_audit_rows("saf", audits or {}), *_audit_rows("own", pairs), *to_table(halves)]
    return {
        "table": table,
        **result,
        "frozen_halves": halves,
        "audits": {"saf": audits, "own": pairs},
        "left_out": [*bench.fallbacks, *left_out],
    }


def _audit_pairs(settings: Settings, seed: int) -> Measured:
    from evals.own_data import run_pairs

    return run_pairs(_scorer(settings), seed)


def _scorer(settings: Settings) -> AnswerScorer:
    from evals.scorer import AnswerScorer
    from interviewlab.bootstrap import build_embedder
    from interviewlab.questions.bank import load_bank

    embedder, _ = build_embedder(settings)
    return AnswerScorer(embedder, load_bank(settings.bank_folders))


def _audit_saf(settings: Settings, seed: int, count: int) -> Measured:
    import random

    from evals.audits import run_audits
    from evals.bank import bank_rarity
    from evals.dataset import Sample
    from evals.shared_data import open_saf

    samples = [item for item in open_saf(bank_rarity()) if isinstance(item, Sample) and not item.is_blank]
    drawn = random.Random(seed).sample(samples, min(count, len(samples)))  # noqa: S311 which answers
    return run_audits(_scorer(settings), drawn, seed)


def _judging_rows(result: Measured) -> Iterator[Row]:
    for part, agreement in result["transcripts"]["agreement"].items():
        if agreement is not None:
            truth = "; ".join(result["transcripts"]["truths"])
            yield from _figure_rows(
                f"own transcripts, {part}", agreement, truth, ("spearman", "qwk", "exact", "adjacent")
            )
    deletion, retest = result["evidence_deletion"], result["test_retest"]
    falls = {"what": "quoted turns taken away", "figure": "score falls or is gone", "value": deletion["share"]}
    yield {**falls, "n": deletion["n"], "truth": "by construction"}
    same = {"what": "judged twice", "figure": "same report", "value": retest["identical"]}
    yield {**same, "n": retest["n"], "truth": "by construction"}


def _audit_rows(where: str, audits: Measured) -> Iterator[Row]:
    wrong = {"same": "share that moves", "not higher": "share that rises", "lower": "share that does not fall"}
    for name, audit in audits.items():
        if audit["n"] and "rule" in audit:
            shared = {"what": f"audit on {where}: {name}", "n": audit["n"], "truth": "by construction"}
            figure = {"figure": wrong[audit["rule"]], "value": audit["broken"], "interval": audit["interval"]}
            yield {**shared, **figure}


def measure_interviewing(settings: Settings, seed: int, limit: int | None) -> Measured:
    """Fresh interviews and our own transcripts replayed byte by byte; candidates who answer as people did."""
    from evals.human_answers import measure_human_interviews

    fresh = asyncio.run(_replay_fresh(settings, seed, limit or FRESH))
    replayed = asyncio.run(_replay_recorded(settings, limit))
    human, left_out = _left_out(lambda: asyncio.run(measure_human_interviews(settings, seed, limit or HUMAN)))
    return {
        "table": list(_interviewing_rows(fresh, replayed, human)),
        "replay_share": round(fresh["identical"] / fresh["n"], 4),
        "fresh": fresh,
        "replay": replayed,
        "human": human,
        "left_out": left_out,
    }


async def _replay_fresh(settings: Settings, seed: int, count: int) -> Measured:
    """Interviews held now, and replayed now by the embedded brain: neither bank nor wording has changed between."""
    from evals.candidates import LEVELS, Persona
    from evals.simulation import Quarters, hold, plan_for
    from interviewlab.bootstrap import open_house

    with Quarters(settings) as quarters:  # candidates hand in code, which has to run
        async with open_house(quarters) as house:
            personas = [Persona(LEVELS[n % len(LEVELS)], seed=seed + n) for n in range(count)]
            held = [(await hold(quarters, persona, plan_for(persona, "mixed"))).transcript for persona in personas]
            return await _replay(house, held, lambda transcript: house.brain)


async def _replay_recorded(settings: Settings, limit: int | None) -> Measured:
    """Our own transcripts through the graph with what the interviewer said: the bank may have grown since."""
    from evals.simulation import Quarters, read_transcripts
    from interviewlab.bootstrap import open_house
    from interviewlab.brains.recorded_brain import RecordedBrain

    read = [each.transcript for each in read_transcripts(TRANSCRIPTS, limit) if each.transcript is not None]
    with Quarters(settings.model_copy(update={"sandbox": "scripted"})) as quarters:
        async with open_house(quarters) as house:
            return await _replay(house, read, RecordedBrain)


async def _replay(house: House, transcripts: Sequence[Transcript], brain: Callable[[Transcript], Brain]) -> Measured:
    from interviewlab.replaying import replay, transcript_of_replay

    identical = repeated = ended = 0
    for transcript in transcripts:
        turns = [turn async for turn in replay(transcript, brain(transcript), house.bank)]
        identical += transcript_of_replay(transcript, turns).to_jsonl() == transcript.to_jsonl()
        asked = [reply.question_id for reply in transcript.replies().values() if reply.move == "ask"]
        repeated += len(asked) != len(set(asked))
        ended += any(reply.ended for reply in transcript.replies().values())
    counted = {"identical": identical, "repeat_a_question": repeated, "ended_properly": ended}
    return {"n": len(transcripts), **counted}


def _interviewing_rows(fresh: Measured, replayed: Measured, human: Measured | None) -> Iterator[Row]:
    for what, counted in (("fresh interviews replayed", fresh), ("own transcripts, recorded brain", replayed)):
        for figure in ("identical", "repeat_a_question", "ended_properly"):
            value = round(counted[figure] / counted["n"], 4)
            yield {"what": what, "figure": figure, "value": value, "n": counted["n"], "truth": "the record"}
    if human is None:
        return
    for length, parts in human["by_length"].items():
        truth, each = human["truth"], f"{length} questions an interview"
        for part in ("questions", "interviews"):
            if parts[part]:
                shown = ("pearson_r", "spearman", "qwk")
                yield from _figure_rows(f"human answers, {part}, {each}", parts[part], truth, shown)
        if triples := parts["triples"]:
            what = f"human answers, weak, middling, strong, {each}"
            yield {"what": what, "figure": "in order", **triples, "truth": truth}


def measure_conduct(settings: Settings, seed: int, limit: int | None) -> Measured:
    """Candidates of every temper over every type of interview: repeats, leaks, remarks, time, difficulty."""
    from evals import conduct

    return asyncio.run(conduct.measure_conduct(settings, seed, limit))


def measure_sandbox(settings: Settings, seed: int, limit: int | None) -> Measured:
    """Attacks that are held, of those that can exist here; correct programs that pass and buggy ones that fail."""
    from interviewlab.bootstrap import attack_sandbox

    backend, found = asyncio.run(attack_sandbox(settings, settings.sandbox))
    attacks = [attack for attack in found if not attack.is_absent]
    held = sum(attack.held for attack in attacks)
    ran, left_out = _left_out(lambda: _run_programs(settings, limit or PROGRAMS))
    programs, missing = (ran["programs"], ran["missing"]) if ran else (None, [])
    rows = [
        {"what": f"attacks on {backend}", "figure": "held", "value": round(held / len(attacks), 4), "n": len(attacks)}
    ]
    for language, counted in (programs or {}).items():
        for kind in ("correct_pass", "buggy_fail"):
            share = round(counted[kind] / counted["n"], 4)
            rows.append({"what": f"HumanEvalPack, {language}", "figure": kind, "value": share, "n": counted["n"]})
    table = [{**row, "truth": "by construction" if "attacks" in str(row["what"]) else "its tests"} for row in rows]
    return {
        "table": table,
        "backend": backend,
        "attacks": len(attacks),
        "held": held,
        "absent": {attack.name: attack.note for attack in found if attack.is_absent},
        "programs": programs,
        "left_out": [*left_out, *missing],
    }


def _run_programs(settings: Settings, limit: int) -> Measured:
    from evals.programs import run_programs

    programs, missing = asyncio.run(run_programs(settings, limit))
    return {"programs": programs, "missing": missing}


def measure_resume(settings: Settings, seed: int, limit: int | None) -> Measured:
    """Fields of three CVs whose exact source is known; of CVs kept for the report, and of RenderCV's other layouts."""
    from evals import cvs, rendercv, resumes

    found: dict[str, Measured] = {}
    left_out: list[str] = []
    for layout in resumes.LAYOUTS[:limit]:
        fields, why = _left_out(partial(resumes.measure_resume, settings, layout))
        found |= {layout: fields} if fields is not None else {}
        left_out += why
    rows = [
        {
            "what": f"{name}, {field}",
            "figure": "recall",
            "value": each["recall"],
            "n": each["n"],
            "truth": "the CV's source",
        }
        for name, fields in found.items()
        for field, each in fields.items()
    ]
    halves: dict[str, Measured] = {}
    for half in get_args(cvs.Reporting):
        counted, why = _left_out(partial(_count_cvs, half, limit))
        halves |= {half: counted} if counted is not None else {}
        left_out += why
    layouts, why = _left_out(partial(rendercv.summarise_part, "report"))
    halves |= {"RenderCV's other layouts": layouts} if layouts is not None else {}
    table = [*rows, *(row for name, summary in halves.items() for row in _cv_rows(name, summary))]
    return {"table": table, "resumes": found, "cvs": halves, "left_out": [*left_out, *why]}


def _count_cvs(half: Reporting, limit: int | None) -> Measured:
    from evals import cvs

    return cvs.summarise_fields(cvs.count_half(half, limit=limit))


def _cv_rows(name: str, summary: Measured) -> Iterator[Row]:
    shared = {"what": f"CVs, {name}", "n": summary["cvs"], "truth": "what a careful reader takes from the page"}
    yield from ({**shared, "figure": figure, "value": summary[figure]} for figure in ("fields_f1", "skills_f1"))


def measure_voice(settings: Settings, seed: int, limit: int | None) -> Measured:
    """Words that the ears mishear on the shared human clips."""
    from evals.shared_data import data_folder
    from interviewlab.bench.speech import load_clips, measure_ears
    from interviewlab.bootstrap import build_ears

    async def hear() -> Measured:
        ears = build_ears(settings)
        try:
            return await measure_ears(ears, load_clips(data_folder() / "speech")[:limit])
        finally:
            await ears.aclose()

    found = asyncio.run(hear())
    row = {"what": settings.ears, "figure": "word error rate", "value": found["wer"], "n": found["words"]}
    rows = [{**row, "truth": "the transcripts of the clips"}]
    return {"table": rows, "ears": found}


def _left_out(measure: Callable[[], Measured]) -> tuple[Measured | None, list[str]]:
    """What was measured, or why not: a missing set does not keep the rest of a suite from being measured."""
    try:
        return measure(), []
    except InterviewLabError as error:
        return None, [str(error)]


SUITES: dict[str, Suite] = {
    "grading": Suite(measure_grading, 120),
    "interviewing": Suite(measure_interviewing, 180),
    "conduct": Suite(measure_conduct, 300),
    "judging": Suite(measure_judging, 270),
    "sandbox": Suite(measure_sandbox, 420),
    "resume": Suite(measure_resume, 50),
    "voice": Suite(measure_voice, 15),
}
