"""What a change of wording does to recorded interviews: the same words replayed under both, measured, and paired."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from tqdm.auto import tqdm

from evals.simulation import Quarters, Recorded
from interviewlab.settings import Settings
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Transcript

RESAMPLES = 2000


@dataclass(frozen=True)
class Figure:
    """One figure, the mean over interviews under both wordings; ``interval`` is that of the difference, 95 %."""

    name: str
    first: float
    second: float
    interval: tuple[float, float] | None

    @property
    def difference(self) -> float:
        """Second less first."""
        return self.second - self.first


async def replay_all(settings: Settings, recorded: Sequence[Recorded], phrases: Path | None = None) -> list[Transcript]:
    """Each interview that could be read, held again by the embedded brain; ``phrases`` is another phrases.yaml, which
    may hold some of its lists only. Code is not run again. Raises BadInput."""
    from interviewlab.bootstrap import open_house
    from interviewlab.brains.phrases import phrases_from
    from interviewlab.replaying import replay, transcript_of_replay

    talks = [each.transcript for each in recorded if each.transcript is not None]
    with (
        Quarters(settings.model_copy(update={"sandbox": "scripted"})) as quarters,
        phrases_from(phrases) if phrases else nullcontext(),
    ):
        async with open_house(quarters) as house:
            held = []
            for talk in tqdm(talks, desc="replay", unit=" interviews"):
                turns = [turn async for turn in replay(talk, house.brain, house.bank)]
                held.append(transcript_of_replay(talk, turns))
            return held


def compare_talks(first: Sequence[Transcript], second: Sequence[Transcript], seed: int = 0) -> list[Figure]:
    """Each figure under both, the interval by a bootstrap that draws whole interviews."""
    found = []
    for name, measure in FIGURES.items():
        before, after = ([measure(_replies(talk)) for talk in talks] for talks in (first, second))
        found.append(Figure(name, fmean(before), fmean(after), _interval(before, after, seed)))
    return found


def _interval(before: Sequence[float], after: Sequence[float], seed: int) -> tuple[float, float] | None:
    gaps = np.subtract(after, before)
    if len(gaps) < 2:
        return None
    if not gaps.any():
        return 0.0, 0.0
    from scipy.stats import bootstrap

    drawn = bootstrap(
        (gaps,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(seed)
    ).confidence_interval
    return round(float(drawn.low), 4), round(float(drawn.high), 4)


def _replies(talk: Transcript) -> list[str]:
    return [reply.text for _, reply in sorted(talk.replies().items())]


def _of_each(count: Callable[[str], float]) -> Callable[[Sequence[str]], float]:
    return lambda replies: fmean([count(text) for text in replies])


def _openings(replies: Sequence[str]) -> Iterator[str]:
    for text in replies:
        yield next(iter(split_sentences(text)), "")


FIGURES: dict[str, Callable[[Sequence[str]], float]] = {
    "words a reply": _of_each(lambda text: len(text.split())),
    "sentences a reply": _of_each(lambda text: len(split_sentences(text))),
    "replies that ask": _of_each(lambda text: float("?" in text)),
    "openings that differ": lambda replies: len(set(_openings(replies))) / len(replies),
}
"""What a wording changes, for one interview; no figure here says whether that is good."""
