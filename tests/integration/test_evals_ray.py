"""The same batches on a Ray cluster of this machine: same rows, same journal, same cache, lost workers replaced.

``python -m evals bulk`` compares every command on both engines; here is what costs little.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from evals.batch import BatchLimits, Usage, run_batch
from evals.bulk import WordScorer, begin, measure
from evals.cache import ScoreCache
from evals.dataset import Sample
from evals.engine import Engine, LocalEngine, open_engine
from evals.journal import Journal
from evals.scorer import Score, score_from_dict
from evals.task import Task
from interviewlab.scoring.text import Rarity
from tests.parts import need


@pytest.fixture(scope="module")
def ray() -> Iterator[Engine]:
    """One cluster of two workers for all."""
    try:
        import ray  # noqa: F401
    except ImportError:
        need("ray", False, "pip install 'interviewlab[scale]'")
    with open_engine("ray", 2) as engine:
        yield engine


def die_once(marker: Path) -> None:
    """As a worker whose machine is gone."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def begin_dying(marker: Path) -> Callable[[list[Sample]], list[Score]]:
    """A tool whose process dies the first time anybody uses it on a batch that is not the first."""
    score = begin()

    def work(samples: list[Sample]) -> list[Score]:
        if samples[0].line > 1:
            die_once(marker)
        return score(samples)

    return work


def test_parquet_comes_out_the_same_though_a_worker_is_lost(ray: Engine, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    tables = []
    for name, engine, tool in (
        ("local", LocalEngine(), begin),
        ("ray", ray, partial(begin_dying, tmp_path / "died")),
    ):
        (tmp_path / name).mkdir()
        assert measure(engine, tmp_path / name, 5000, tool)["scored"] == 5000
        tables.append(pq.read_table(tmp_path / name / "5000" / "rows.parquet"))
    assert tables[0].equals(tables[1])
    assert (tmp_path / "died").exists()


def test_items_are_pulled_only_as_they_are_needed(ray: Engine) -> None:
    pulled: list[int] = []
    first = next(ray.map(lambda: lambda number: number, (pulled.append(n) or n for n in range(10_000))))
    assert first == 0
    assert len(pulled) < 20


class Paid:
    """A scorer that costs, whose process dies once, where it has a marker."""

    name = version = "paid"

    def __init__(self, marker: Path | None = None) -> None:
        self._marker = marker

    async def __call__(self, sample: Sample, epoch: int) -> tuple[Score, Usage]:
        if self._marker is not None and sample.line == 20:
            die_once(self._marker)
        return WordScorer().score_all([sample])[0], self.expect(sample)

    def expect(self, sample: Sample) -> Usage:
        return Usage(1, cost_usd=0.01)


async def test_paid_run_on_workers_survives_a_lost_one_with_the_same_journal_and_cache(
    ray: Engine, tmp_path: Path
) -> None:
    from evals.remote_scorer import RemoteScorer

    remote = RemoteScorer(Paid(), partial(Paid, tmp_path / "died"), 2)
    journals = []
    for name, scorer in (("ray", remote), ("local", Paid()), ("cached", remote)):
        cache = ScoreCache(tmp_path / ("local-cache" if name == "local" else "ray-cache"))
        with Journal(tmp_path / name / "journal.jsonl", {"run": "grade"}) as journal:
            done = await run_batch(Task("levels").open(Rarity([])), scorer, journal, cache, BatchLimits())
        cache.close()
        journals.append({key: score_from_dict(line["score"]) for key, line in done.lines.items()})
        assert done.usage.calls == (0 if name == "cached" else 72)
    assert (tmp_path / "died").exists()
    assert journals[0] == journals[1] == journals[2]
