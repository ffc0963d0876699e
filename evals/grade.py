"""``python -m evals grade``: grade a file of answers, and say how far the scores agree with people."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from evals.batch import AsyncScorer, BatchLimits, BatchRun, Usage, expect_usage, run_batch
from evals.cache import ScoreCache
from evals.calibration import load_calibration
from evals.dataset import Card, Problem, Sample, Samples, parse_names
from evals.engine import Engine, LocalEngine, RayEngine, open_engine
from evals.journal import Journal
from evals.made_with import tell_asked, tell_made_with
from evals.options import (
    AsJson,
    AsParquet,
    Attempts,
    Concurrency,
    Curve,
    Data,
    DryRun,
    EngineName,
    Epochs,
    LevelsOfSet,
    Licence,
    Limit,
    MaxCost,
    ModelName,
    Names,
    NoCache,
    Out,
    PromptFile,
    ScorerName,
    Seed,
    Source,
    Split,
    Timeout,
    Url,
    UsdIn,
    UsdOut,
    Workers,
    prices_of,
)
from evals.report import to_lines, to_summary
from evals.results import open_rows, write_json, writing
from evals.runner import BATCH, Rows, Run, note, run
from evals.scorer import AnswerScorer, Score
from evals.task import Task
from evals.telling import tell
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity
from interviewlab.settings import Settings, read_settings

if TYPE_CHECKING:
    from evals.endpoint import Model

MANY_ROWS = 4 * BATCH
"""From so many rows on a process for each core pays for its start."""
SECONDS_A_ROW = 0.023
"""Of the embedded grader, an answer of 70 words on two cores (`interviewlab bench grade`)."""


@dataclass(frozen=True)
class Where:
    """Where the work is done, and where its results go."""

    out: Path
    engine: str
    workers: int | None
    as_parquet: bool


def grade(
    data: Data,
    out: Out,
    as_json: AsJson = False,
    limit: Limit = None,
    seed: Seed = 0,
    dry_run: DryRun = False,
    scorer: ScorerName = "embedded",
    names: Names = None,
    split: Split = "",
    source: Source = "",
    licence: Licence = "",
    levels: LevelsOfSet = None,
    calibration: Curve = None,
    model: ModelName = "",
    url: Url = "",
    prompt: PromptFile = None,
    usd_in: UsdIn = 0.0,
    usd_out: UsdOut = 0.0,
    timeout: Timeout = 60.0,
    concurrency: Concurrency = 8,
    attempts: Attempts = 6,
    max_cost: MaxCost = None,
    epochs: Epochs = 1,
    no_cache: NoCache = False,
    engine: EngineName = "local",
    workers: Workers = None,
    as_parquet: AsParquet = False,
) -> None:
    """Grade each row of DATA, a line of rows.jsonl (or a row of rows.parquet) for each, in the same order.

    A row has question, answer and one of reference, key_points or rubric. It may carry full (full marks, 1 where
    missing), score or scores (what people gave, from 0 to full), question_id, id, split, author and blank. Rows that
    cannot be used are named and left unscored, the rest goes on, and the exit status is 1.

    With --scorer endpoint every finished row is in OUT/journal.jsonl: the same command again goes on where it stopped.
    """
    card = Card(Path(data).name, source, licence, split) if source or licence else None
    curve = load_calibration(calibration) if calibration else None
    task = Task(data, parse_names(names or ()), card, split, limit, seed, levels, curve)
    where = Where(out, engine, workers, as_parquet)
    if scorer == "embedded":
        summary = expect_free(task) if dry_run else _grade_embedded(task, where)
    elif scorer == "endpoint":
        from evals.endpoint import Model

        usd_in, usd_out = prices_of(model, usd_in, usd_out)
        if max_cost is not None and not (usd_in or usd_out):
            raise BadInput("--max-cost cannot be held without prices.", "Give --usd-in and --usd-out.")
        limits = BatchLimits(concurrency, attempts, epochs=epochs, max_cost_usd=max_cost)
        paid = Paid(Model(model, url or None, timeout, usd_in, usd_out), prompt, limits, has_cache=not no_cache)
        summary = _grade_by_model(task, paid, where, dry_run=dry_run)
    else:
        raise BadInput(f"There is no scorer '{scorer}'.", "Use --scorer embedded or --scorer endpoint.")
    _tell(summary, as_json=as_json)


def _grade_embedded(task: Task, where: Where) -> dict[str, Any]:
    with open_engine(where.engine, where.workers or _processes(task, where.engine)) as engine:
        return grade_file(read_settings(), task, where.out, engine, as_parquet=where.as_parquet)


def _grade_by_model(task: Task, paid: Paid, where: Where, *, dry_run: bool) -> dict[str, Any]:
    with open_engine("local" if dry_run else where.engine, where.workers) as engine:
        return asyncio.run(
            grade_paid(
                read_settings(), task, where.out, paid, dry_run=dry_run, engine=engine, as_parquet=where.as_parquet
            )
        )


def _processes(task: Task, engine: str) -> int | None:
    """As many as there are cores, for many rows on this machine."""
    if engine != "local":
        return None
    # The rows are counted whole when they are graded; here so many are enough.
    first = replace(task, limit=min(task.limit or MANY_ROWS, MANY_ROWS))
    if first.open(Rarity([])).count() < MANY_ROWS:
        return None
    return os.cpu_count()


def _tell(summary: dict[str, Any], *, as_json: AsJson) -> None:
    for problem in summary.get("problems", ()):
        typer.echo(str(Problem(**problem)), err=True)
    for failure in summary.get("failures", ()):
        typer.echo(f"row {failure['row']}: not scored, {failure['why']}", err=True)
    tell(to_lines(summary), summary, as_json=as_json)
    if summary.get("problems") or summary.get("failures") or summary.get("not_run"):
        raise typer.Exit(1)


# ---- the embedded grader: a whole file in batches


def grade_file(
    settings: Settings, task: Task, out: Path, engine: Engine | None = None, *, as_parquet: bool = False
) -> dict[str, Any]:
    """Write ``rows.jsonl`` (or ``rows.parquet``), ``summary.json`` and ``run.json`` into ``out`` and give the summary.

    Raises BadInput where the data cannot be read or ``out`` cannot be written.
    """
    from interviewlab.questions.bank import load_bank

    bank = load_bank(settings.bank_folders)
    dataset = task.open(Rarity(bank.answers))
    scorer, fallbacks = begin_scorer(settings)
    for fallback in fallbacks:
        typer.echo(fallback, err=True)
    is_here = engine is None or isinstance(engine, LocalEngine)
    begin = (lambda: scorer.score_all) if is_here else partial(_begin_scoring, settings)
    score = partial((engine or LocalEngine()).map, begin)
    with writing(out):
        # What may fail comes before the rows of an earlier run are replaced.
        with open_rows(out, as_parquet=as_parquet) as rows:
            done = run(dataset, score, rows, task.calibration)
            made_with = tell_made_with(scorer.embedder, bank)
            summary = _summarise(task, dataset.card, done, scorer.name, fallbacks, made_with=made_with)
        _write(out, task, summary)
    return summary


def begin_scorer(settings: Settings) -> tuple[AnswerScorer, tuple[str, ...]]:
    """The embedded grader, and what it has to do without."""
    # bootstrap costs seconds to import: --help does without.
    from interviewlab.bootstrap import build_embedder
    from interviewlab.questions.bank import load_bank

    embedder, fallbacks = build_embedder(settings)
    return AnswerScorer(embedder, load_bank(settings.bank_folders)), fallbacks


def _begin_scoring(settings: Settings) -> Callable[[list[Sample]], list[Score]]:
    """The grader of a worker."""
    return begin_scorer(settings)[0].score_all


def expect_free(task: Task) -> dict[str, Any]:
    """What a dry run of the embedded grader says."""
    count = task.open(Rarity([])).count()
    return {"dry_run": True, "rows": count, "calls": 0, "cost_usd": 0.0, "seconds": round(count * SECONDS_A_ROW, 1)}


def _summarise(
    task: Task, card: Card, done: Run, scorer: str, fallbacks: tuple[str, ...], **more: Any
) -> dict[str, Any]:
    summary = to_summary(done, card.name, scorer, fallbacks, task.seed, task.levels_or_default())
    return summary | {"card": asdict(card), "calibration": task.calibration and task.calibration.name, **more}


def _write(out: Path, task: Task, summary: dict[str, Any]) -> None:
    write_json(out / "summary.json", summary)
    write_json(out / "run.json", task.to_dict())


# ---- a language model: row by row, with journal and cache


@dataclass(frozen=True)
class Paid:
    """A language model as scorer: which one, under which prompt, how hard it is pushed."""

    model: Model
    prompt: Path | None
    limits: BatchLimits
    has_cache: bool = True


async def grade_paid(
    settings: Settings,
    task: Task,
    out: Path,
    paid: Paid,
    *,
    dry_run: bool = False,
    engine: Engine | None = None,
    as_parquet: bool = False,
) -> dict[str, Any]:
    """As ``grade_file``, by a language model; goes on with the journal in ``out``."""
    from evals.endpoint import PROMPT, Chat, EndpointScorer
    from interviewlab.questions.bank import load_bank

    if not paid.model.name:
        raise BadInput("No model is named.", "Give --model, and --url for an endpoint of your own.")
    bank = load_bank(settings.bank_folders)
    dataset = task.open(Rarity(bank.answers))
    chat = Chat(paid.model)
    cache = ScoreCache(settings.cache_dir / "evals") if paid.has_cache else None
    try:
        scorer = EndpointScorer(chat, paid.prompt or PROMPT)
        header = {"run": "grade", "scorer": scorer.version, "data": task.fingerprint(), "epochs": paid.limits.epochs}
        journal = Journal(out / "journal.jsonl", header)
        if dry_run:
            return _expectation(dataset, expect_usage(dataset, scorer, journal.peek(), cache, paid.limits.epochs))
        with writing(out), journal:
            asked = _spread(scorer, paid, engine)
            batch = await run_batch(dataset, asked, journal, cache, paid.limits, total=dataset.count())
    finally:
        await chat.aclose()
        if cache is not None:
            cache.close()
    with writing(out):
        with open_rows(out, as_parquet=as_parquet) as rows:
            done, retest = _to_rows(task, dataset, batch, paid.limits.epochs, rows)
            told = _tell_paid(task, retest, batch, paid.limits.epochs) | {"made_with": tell_asked(scorer.version, bank)}
            summary = _summarise(task, dataset.card, done, scorer.name, (), **told)
        _write(out, task, summary)
    return summary


def _spread(scorer: AsyncScorer, paid: Paid, engine: Engine | None) -> AsyncScorer:
    """The scorer itself, or workers of a cluster that ask the same model under the same prompt."""
    if not isinstance(engine, RayEngine):
        return scorer
    from evals.remote_scorer import RemoteScorer

    return RemoteScorer(scorer, partial(_begin_asking, paid.model, paid.prompt), engine.workers)


def _begin_asking(model: Model, prompt: Path | None) -> AsyncScorer:
    from evals.endpoint import PROMPT, Chat, EndpointScorer

    return EndpointScorer(Chat(model), prompt or PROMPT)


def _expectation(dataset: Samples, usage: Usage) -> dict[str, Any]:
    return {"dry_run": True, "rows": dataset.count(), **asdict(usage)}


_Repeated = list[tuple[str, list[float]]]
"""Question and the scores of its epochs, of each answer that was asked about more than once; blanks never are."""


def _to_rows(task: Task, dataset: Samples, batch: BatchRun, epochs: int, rows: Rows) -> tuple[Run, _Repeated]:
    done, retest = Run(), _Repeated()
    for item in dataset:
        scores = [batch.score_of(item, epoch) for epoch in range(epochs)] if isinstance(item, Sample) else []
        note(done, item, _mean(scores), rows, task.calibration)
        if isinstance(item, Sample) and not item.is_blank and epochs > 1:
            retest.append((item.question_id, [s.score for s in scores if s.score is not None]))
    return done, retest


def _tell_paid(task: Task, retest: _Repeated, batch: BatchRun, epochs: int) -> dict[str, Any]:
    """What the summary of a language model says beyond that of the embedded grader."""
    failures = [
        {"row": key.partition(":")[0], "epoch": int(key.partition(":")[2]), "why": why} for key, why in batch.failures()
    ]
    return {
        "usage": asdict(batch.usage),
        "latency_s": _latency(batch),
        "failures": failures,
        "not_run": batch.not_run,
        "test_retest": _test_retest(task, retest, epochs),
    }


def _mean(scores: list[Score]) -> Score | None:
    """The first epoch's score with the mean over those that have one."""
    if not scores:
        return None
    given = [score.score for score in scores if score.score is not None]
    if not given:
        return scores[0]
    first = next(score for score in scores if score.score is not None)
    return Score(round(sum(given) / len(given), 4), first.interval, first.found, first.missing, first.why_no_score)


def _latency(batch: BatchRun) -> dict[str, float] | None:
    """Of the samples that were asked about in this journal: from the first call to the score, waits included."""
    from interviewlab.bench.figures import percentiles

    took = [line["latency_s"] for line in batch.lines.values() if "latency_s" in line]
    return percentiles(took) if took else None


def _test_retest(task: Task, scores: _Repeated, epochs: int) -> dict[str, Any] | None:
    from evals.retest import measure_retest

    return measure_retest(scores, task.seed, task.levels_or_default()) if epochs > 1 else None
