"""What a turn costs, with its checkpoint and its entries, early and late in a long interview."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from interviewlab.bench.figures import percentiles
from interviewlab.bootstrap import open_interview
from interviewlab.interview import Interview
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from interviewlab.types import Plan, Reply

MARKS = (10, 100, 200)
WINDOW = 10
"""Turns on either side of a mark that are counted with it."""
_REPEAT = "Could you repeat the question?"


async def bench_turns(settings: Settings, interviews: int = 4) -> dict[str, Any]:
    """p50 and p95 of an answered turn in milliseconds at turns 10, 100 and 200, embeddings cached and not.

    Each case holds its interviews in a fresh data folder; in the cached case a first interview fills the cache.
    """
    cached = await _case(settings, cache=8192, interviews=interviews)
    fresh = await _case(settings, cache=0, interviews=max(1, interviews // 2))
    return {"turn_ms": {"cached": cached["turn_ms"], "uncached": fresh["turn_ms"]}, "store": cached["store"]}


async def _case(settings: Settings, *, cache: int, interviews: int) -> dict[str, Any]:
    times: dict[int, list[float]] = {mark: [] for mark in MARKS}
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "embedding_cache": cache})
        async with open_interview(own, plan=_plan(0)) as warm:
            await _hold(warm, {mark: [] for mark in MARKS})
            sizes = [_bytes(Path(folder))]
            for _ in range(interviews):
                async with open_interview(own, plan=_plan(0)) as interview:
                    await _hold(interview, times)
                sizes.append(_bytes(Path(folder)))
    turns = MARKS[-1] + WINDOW
    by_mark = {str(mark): percentiles(values) for mark, values in times.items()}
    return {
        "turn_ms": by_mark | {"ratio_200_to_10": round(by_mark["200"]["p50"] / by_mark["10"]["p50"], 3)},
        "store": {"bytes_a_turn": round((sizes[-1] - sizes[0]) / (interviews * turns))},
    }


def _plan(seed: int) -> Plan:
    return Plan(seed=seed, minutes=100_000, questions=len(load_bank().questions), exercises=0)


async def _hold(interview: Interview, times: dict[int, list[float]]) -> None:
    """Answers and requests to repeat take turns, so that a question lasts; only answers are timed."""
    answers = {question.id: question.answer for question in load_bank().questions}
    reply = await interview.start()
    for turn in range(1, MARKS[-1] + WINDOW + 1):
        said = _REPEAT if turn % 2 else _opening(answers, reply)
        start = time.perf_counter()
        reply = await interview.reply(said)
        spent_ms = (time.perf_counter() - start) * 1000
        for mark in MARKS:
            if said != _REPEAT and abs(turn - mark) <= WINDOW:
                times[mark].append(spent_ms)


def _opening(answers: dict[str, str], reply: Reply) -> str:
    """The first 40 words of the model answer: something is covered, something is left to probe."""
    return " ".join(answers.get(reply.question_id or "", "Yes, I am ready to begin.").split()[:40])


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
