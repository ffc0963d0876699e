"""The runner: batches from the dataset through the scorer into ``rows.jsonl``; memory does not grow with texts."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Protocol, TypeVar

from tqdm.auto import tqdm

from evals.agreement import Judged
from evals.calibration import Calibration
from evals.dataset import Problem, Sample, Samples
from evals.held import Held, to_held
from evals.scorer import Score, unscored

BATCH = 1024
_Item = TypeVar("_Item")
ScoreBatches = Callable[[Iterable[list[Sample]]], Iterator[list[Score]]]
"""Pulls batches as it needs them, and gives the scores of each, in order."""


class Rows(Protocol):
    """Where finished rows go, one JSON line each: a file, or what makes Parquet of them."""

    def write(self, line: str, /) -> object:
        """Keep one line."""


@dataclass
class Run:
    """What a run leaves behind beside its rows: numbers and problems, no texts."""

    n: int = 0
    scored: int = 0
    blanks: int = 0
    problems: list[Problem] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    marks: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)
    """Question and marks of each answer that several people marked, blanks left out."""
    held: list[Held] = field(default_factory=list)
    """Of each answer that has an interval and a mark of people, blanks left out."""


def run(
    dataset: Samples, score: ScoreBatches, rows: Rows, calibration: Calibration | None = None, name: str = "grade"
) -> Run:
    """Score a dataset, a line of ``rows`` for each of its lines, in order; progress goes to standard error.

    ``score`` pulls batches as it needs them and gives a list of scores for each, in order.
    """
    done = Run()
    with tqdm(total=dataset.count(), unit=" rows", desc=name) as bar:
        for batch, scores in _scored(_batches(dataset, BATCH), score):
            given = iter(scores)
            for item in batch:
                note(done, item, None if isinstance(item, Problem) else next(given), rows, calibration)
            bar.update(len(batch))
    return done


def _scored(
    batches: Iterable[list[Sample | Problem]], score: ScoreBatches
) -> Iterator[tuple[list[Sample | Problem], list[Score]]]:
    """Each batch with its scores; those under way are remembered, and no more."""
    under_way: deque[list[Sample | Problem]] = deque()

    def samples() -> Iterator[list[Sample]]:
        for batch in batches:
            under_way.append(batch)
            yield [item for item in batch if isinstance(item, Sample)]

    for scores in score(samples()):
        yield under_way.popleft(), scores


def note(
    done: Run, item: Sample | Problem, score: Score | None, rows: Rows, calibration: Calibration | None = None
) -> None:
    """Write one line, calibrated if asked for, and keep its numbers; ``score`` None where the row is a problem."""
    if score is None or isinstance(item, Problem):
        score = unscored(str(item))
    elif calibration is not None and score.score is not None and not (isinstance(item, Sample) and item.is_blank):
        score = replace(score, score=calibration.apply(score.score), interval=None)
    if isinstance(item, Sample) or item.line:
        rows.write(json.dumps(asdict(score), ensure_ascii=False) + "\n")
    _count(done, item, score)


def _count(done: Run, item: Sample | Problem, score: Score) -> None:
    if isinstance(item, Problem):
        done.problems.append(item)
        done.n += item.line > 0
        return
    done.n += 1
    done.scored += score.score is not None
    done.blanks += item.is_blank
    if item.human is not None:
        done.judged.append(Judged(item.question_id, item.human, score.score, item.is_blank))
    if item.human is not None and score.interval is not None and not item.is_blank:
        done.held.append(to_held(item.question_id, item.human, score.interval))
    if len(item.marks) > 1 and not item.is_blank:
        done.marks.append((item.question_id, item.marks))


def _batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
