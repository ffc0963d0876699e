"""Batch runs that survive: every finished sample is in the journal, a cache pays nothing twice, failures are listed.

A scorer here is an async callable that costs money: it is asked a bounded number of times at once, retried in this one
layer, and never asked for more than the cost cap; a call that is tried again counts like any other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential
from tqdm.auto import tqdm

from evals.cache import ScoreCache, hash_of
from evals.dataset import Problem, Sample
from evals.journal import Journal, Line
from evals.scorer import Score, score_from_dict, unscored


@dataclass(frozen=True)
class Usage:
    """What calls used; ``cost_usd`` by the prices that were given, 0 where none were."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            round(self.cost_usd + other.cost_usd, 9),
        )


class ScoringFailed(Exception):
    """The scorer has no score for this sample; ``usage`` is what the attempt cost all the same."""

    def __init__(
        self, why: str, *, is_retryable: bool, retry_after_s: float = 0.0, usage: Usage = Usage(calls=1)
    ) -> None:
        super().__init__(why)
        self.is_retryable = is_retryable
        self.retry_after_s = retry_after_s
        self.usage = usage


class AsyncScorer(Protocol):
    """Who scores one sample at a time, elsewhere. ``version`` changes with whatever may change a score."""

    name: str
    version: str

    async def __call__(self, sample: Sample, epoch: int) -> tuple[Score, Usage]:
        """The score and what it cost. Raises ScoringFailed."""

    def expect(self, sample: Sample) -> Usage:
        """What one call will use, at most."""


@dataclass(frozen=True)
class BatchLimits:
    """How hard a run may push. ``max_cost_usd`` None: no cap."""

    concurrency: int = 8
    attempts: int = 6
    wait_s: float = 0.5
    longest_wait_s: float = 30.0
    epochs: int = 1
    max_cost_usd: float | None = None


@dataclass
class BatchRun:
    """A run that came to its end: all its lines by key, and why some samples were not asked about."""

    lines: dict[str, Line]
    problems: list[Problem] = field(default_factory=list)
    not_run: int = 0

    @property
    def usage(self) -> Usage:
        """What this run cost over all its lives; what came from the cache cost nothing."""
        total = Usage()
        for line in self.lines.values():
            total += Usage(**line["usage"])
        return total

    def score_of(self, sample: Sample, epoch: int) -> Score:
        """The score of a sample, or why there is none."""
        line = self.lines.get(key_of(sample, epoch))
        if line is None:
            return unscored("not asked: the cost cap was reached")
        return score_from_dict(line["score"]) if "score" in line else unscored(str(line["failure"]))

    def failures(self) -> Iterator[tuple[str, str]]:
        """Key and reason of every sample that failed for good."""
        yield from ((key, str(line["failure"])) for key, line in self.lines.items() if "failure" in line)


def key_of(sample: Sample, epoch: int) -> str:
    """The key of one sample of one epoch in the journal."""
    return f"{sample.line}:{epoch}"


def content_key(scorer: AsyncScorer, sample: Sample, epoch: int) -> str:
    """Hash of all that decides a score: prompt, model and settings (``version``), criteria, answer, epoch."""
    target = [(point.text, point.weight) for point in sample.target]
    return hash_of(scorer.version, sample.input, sample.answer, target, epoch)


async def run_batch(
    items: Iterable[Sample | Problem],
    scorer: AsyncScorer,
    journal: Journal,
    cache: ScoreCache | None,
    limits: BatchLimits,
    total: int | None = None,
) -> BatchRun:
    """Score every sample in every epoch. What the journal holds is not asked again, unless it failed; samples of one
    content are asked about once an epoch, and share what comes."""
    batch = _Batch(scorer, journal, cache, limits)
    with tqdm(total=total and total * limits.epochs, unit=" samples", desc=scorer.name) as bar:
        try:
            async with asyncio.TaskGroup() as group:
                for item in items:
                    await batch.take(group, item, bar)
        except BaseExceptionGroup as failed:
            # What breaks the whole run (a refused key) is told as itself.
            raise failed.exceptions[0] from None
    return batch.run


def expect_usage(
    items: Iterable[Sample | Problem],
    scorer: AsyncScorer,
    done: dict[str, Line],
    cache: ScoreCache | None,
    epochs: int,
) -> Usage:
    """The most that a run will use when nothing fails: what is in the journal or the cache costs nothing, nor does a
    row that is identical with one before."""
    total, seen = Usage(), set[str]()
    told = (item for item in items if isinstance(item, Sample) and not item.is_blank)
    for sample, epoch in ((sample, epoch) for sample in told for epoch in range(epochs)):
        content = content_key(scorer, sample, epoch)
        is_done = "score" in done.get(key_of(sample, epoch), {}) or content in seen
        seen.add(content)
        if not is_done and (cache is None or cache.get(content) is None):
            total += scorer.expect(sample)
    return total


class _Batch:
    """One run under way."""

    def __init__(self, scorer: AsyncScorer, journal: Journal, cache: ScoreCache | None, limits: BatchLimits) -> None:
        self.run = BatchRun(journal.done)
        self._scorer = scorer
        self._journal = journal
        self._cache = cache
        self._limits = limits
        self._free = asyncio.Semaphore(limits.concurrency)
        self._budget = _Budget(limits.max_cost_usd, self.run.usage.cost_usd)
        self._known: dict[str, Line] = {}
        """By content: how it ended."""
        self._waiting: dict[str, list[str]] = {}
        """By content that is asked about now: keys of the other rows that have it."""

    async def take(self, group: asyncio.TaskGroup, item: Sample | Problem, bar: Any) -> None:
        """Note a problem, or begin a sample in all its epochs."""
        if isinstance(item, Problem):
            self.run.problems.append(item)
            bar.update(self._limits.epochs)
            return
        for epoch in range(self._limits.epochs):
            await self._start(group, item, epoch, bar)

    async def _start(self, group: asyncio.TaskGroup, sample: Sample, epoch: int, bar: Any) -> None:
        """Begin one sample when a place is free; what is known already is only counted."""
        key, content = key_of(sample, epoch), content_key(self._scorer, sample, epoch)
        if self._is_free(key, content, sample):
            bar.update()
            return
        if content in self._waiting:
            self._waiting[content].append(key)
            return
        await self._free.acquire()
        if not await self._budget.reserve(self._scorer.expect(sample).cost_usd):
            self._free.release()
            self.run.not_run += 1
            return
        self._waiting[content] = []
        group.create_task(self._score(key, sample, epoch, bar))

    def _is_free(self, key: str, content: str, sample: Sample) -> bool:
        """Blank, or paid for before: by this row, by one that is identical, or by another run."""
        line = self._journal.done.get(key, {})
        if sample.is_blank:
            if "score" not in line:
                self._journal.write(key, _finished(Score(0.0, (0.0, 0.0), why_no_score="the answer is blank"), Usage()))
            return True
        if "score" in line:
            self._known[content] = line
            return True
        if content in self._known:
            self._repeat(key, self._known[content])
            return True
        kept = self._cache.get(content) if self._cache else None
        if kept is not None:
            self._journal.write(key, {"score": kept["score"], "usage": asdict(self._used(key)), "is_cached": True})
        return kept is not None

    def _repeat(self, key: str, line: Line) -> None:
        """The score or failure of an identical row, which was paid for there."""
        told: Line = {name: line[name] for name in ("score", "failure") if name in line}
        self._journal.write(key, {**told, "usage": asdict(self._used(key)), "is_repeated": True})

    async def _score(self, key: str, sample: Sample, epoch: int, bar: Any) -> None:
        try:
            line = await self._ask(key, sample, epoch)
            self._journal.write(key, line)
            content = content_key(self._scorer, sample, epoch)
            if self._cache is not None and "score" in line:
                self._cache.put(content, {"score": line["score"]})
            self._known[content] = line
            for twin in self._waiting.pop(content):
                self._repeat(twin, line)
                bar.update()
        finally:
            self._free.release()
        bar.set_postfix_str(f"{self._budget.spent_usd:.4f} USD", refresh=False)
        bar.update()

    async def _ask(self, key: str, sample: Sample, epoch: int) -> Line:
        attempt = _Attempts(self._scorer, self._limits, self._used(key), self._budget)
        started = time.monotonic()
        try:
            score = await attempt.score(sample, epoch)
        except ScoringFailed as error:
            why = f"{error}; not tried again: the cost cap was reached" if attempt.is_stopped else str(error)
            return {"failure": why, "usage": asdict(attempt.usage), "attempts": attempt.count}
        took = round(time.monotonic() - started, 4)
        return {**_finished(score, attempt.usage), "attempts": attempt.count, "latency_s": took}

    def _used(self, key: str) -> Usage:
        """What a sample that failed before has cost."""
        return Usage(**self._journal.done[key]["usage"]) if key in self._journal.done else Usage()


class _Budget:
    """What a run may cost and has cost, in USD, with the most that its calls under way may cost."""

    def __init__(self, cap_usd: float | None, spent_usd: float) -> None:
        self.spent_usd = spent_usd
        self._cap_usd = cap_usd
        self._reserved: list[float] = []
        """For each call under way."""
        self._has_ended = asyncio.Event()

    async def reserve(self, most_usd: float) -> bool:
        """Keep so much of the cap for a call, if need be when others have cost less than they might; False where the
        cap has less left."""
        while self._is_beyond_cap(most_usd):
            if not self._reserved:
                return False
            self._has_ended.clear()
            await self._has_ended.wait()
        self._reserved.append(most_usd)
        return True

    def settle(self, most_usd: float, paid_usd: float) -> None:
        """A call for which ``most_usd`` was reserved is over."""
        self.spent_usd += paid_usd
        self._reserved.remove(most_usd)
        self._has_ended.set()

    def _is_beyond_cap(self, most_usd: float) -> bool:
        return self._cap_usd is not None and self.spent_usd + sum(self._reserved) + most_usd > self._cap_usd


class _Attempts:
    """The one layer of retries around one sample, with what all of them cost. The first is reserved in ``budget``."""

    def __init__(self, scorer: AsyncScorer, limits: BatchLimits, usage: Usage, budget: _Budget) -> None:
        self._scorer = scorer
        self._budget = budget
        self._limits = limits
        self._failed: ScoringFailed | None = None
        self._jitter = wait_random_exponential(multiplier=limits.wait_s, max=limits.longest_wait_s)
        self.usage = usage
        self.count = 0
        self.is_stopped = False
        """Whether the cost cap forbids what attempts are left."""

    async def score(self, sample: Sample, epoch: int) -> Score:
        """Raises the last ScoringFailed when all attempts are used up."""
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._limits.attempts),
            wait=self._wait,
            retry=retry_if_exception(self._is_worth_another),
            reraise=True,
        )
        return await retrying(self._once, sample, epoch)

    async def _once(self, sample: Sample, epoch: int) -> Score:
        most_usd = self._scorer.expect(sample).cost_usd
        if self._failed is not None and not await self._budget.reserve(most_usd):
            self.is_stopped = True
            raise self._failed
        self.count += 1
        try:
            score, usage = await self._scorer(sample, epoch)
        except ScoringFailed as error:
            self._failed = error
            self._pay(error.usage, most_usd)
            raise
        self._pay(usage, most_usd)
        return score

    def _pay(self, usage: Usage, most_usd: float) -> None:
        self.usage += usage
        self._budget.settle(most_usd, usage.cost_usd)

    def _is_worth_another(self, error: BaseException) -> bool:
        return isinstance(error, ScoringFailed) and error.is_retryable and not self.is_stopped

    def _wait(self, state: RetryCallState) -> float:
        """Jitter, or longer where the endpoint asks for it."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after_s if isinstance(error, ScoringFailed) else 0.0
        return max(float(self._jitter(state)), min(asked, self._limits.longest_wait_s))


def _finished(score: Score, usage: Usage) -> Line:
    return {"score": asdict(score), "usage": asdict(usage)}
