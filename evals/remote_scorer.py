"""A scorer that costs money, asked by workers of a Ray cluster; journal, cache, retries and cost cap stay here."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from evals.batch import AsyncScorer, ScoringFailed, Usage
from evals.dataset import Sample
from evals.scorer import Score

_Failed = tuple[str, bool, float, Usage]


class RemoteScorer:
    """As ``scorer``, whose like ``begin`` makes once in each of ``workers`` processes. A lost worker is begun again."""

    def __init__(self, scorer: AsyncScorer, begin: Callable[[], AsyncScorer], workers: int) -> None:
        import ray

        self.name, self.version, self._scorer = scorer.name, scorer.version, scorer
        asker = ray.remote(max_restarts=-1, max_task_retries=-1, max_concurrency=64, num_cpus=0)(_Asker)
        self._askers = itertools.cycle([asker.remote(begin) for _ in range(workers)])

    async def __call__(self, sample: Sample, epoch: int) -> tuple[Score, Usage]:
        """Raises ScoringFailed."""
        answer: Any = await next(self._askers).ask.remote(sample, epoch)
        if isinstance(answer[0], Score):
            return answer[0], answer[1]
        why, is_retryable, retry_after_s, usage = answer
        raise ScoringFailed(why, is_retryable=is_retryable, retry_after_s=retry_after_s, usage=usage)

    def expect(self, sample: Sample) -> Usage:
        """One call, at most."""
        return self._scorer.expect(sample)


class _Asker:
    """One worker's scorer; an actor, so that many calls wait at once in one process."""

    def __init__(self, begin: Callable[[], AsyncScorer]) -> None:
        self._scorer = begin()

    async def ask(self, sample: Sample, epoch: int) -> tuple[Score, Usage] | _Failed:
        """A failure travels as a value: an exception with keywords would not come back whole."""
        try:
            return await self._scorer(sample, epoch)
        except ScoringFailed as error:
            return str(error), error.is_retryable, error.retry_after_s, error.usage
