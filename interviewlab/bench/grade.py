"""How many answers the answer grader grades in a minute, short ones and long ones, and whether time grows in line."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from interviewlab.bootstrap import build_embedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.batch import BatchGrader
from interviewlab.settings import Settings
from interviewlab.types import Question

LENGTHS = (20, 70)
"""Words an answer."""
SIZES = (250, 500, 1000)


def bench_grade(settings: Settings, answers: int = SIZES[-1]) -> dict[str, Any]:
    """Answers a minute for answers of 20 and of 70 words, no two alike, and the time of all over that of half.

    The questions are read first, once, as for a file of any length; ``questions_s`` says how long that took. ``cpu_s``
    is the processor time of the answers. ``all_cores``: a process for each core at the same time, as for a large file.
    """
    by_length: dict[str, Any] = {f"words_{length}": _measure(settings, length, answers) for length in LENGTHS}
    for length in LENGTHS:
        by_length[f"words_{length}"]["all_cores"] = _measure_together(settings, length, answers)
    half = _measure(settings, LENGTHS[0], answers // 2)
    growth = by_length[f"words_{LENGTHS[0]}"]["cpu_s"] / half["cpu_s"]
    return {"answers_a_minute": by_length, "time_of_double_over_half": round(growth, 3)}


def _measure(settings: Settings, length: int, count: int) -> dict[str, float]:
    bank = load_bank(settings.bank_folders)
    embedder, _ = build_embedder(settings.model_copy(update={"embedding_cache": 0}))
    grader = BatchGrader(embedder, corpus=bank.answers)
    pairs = [(question, _answer(question, length, n)) for n, question in enumerate(_round(bank.questions, count))]
    start = time.perf_counter()
    grader.assess_all([(question, "It depends on the case.") for question in dict.fromkeys(q for q, _ in pairs)])
    ready, used = time.perf_counter(), time.process_time()
    grader.assess_all(pairs)
    seconds, cpu_s = time.perf_counter() - ready, time.process_time() - used
    return {
        "answers": count,
        "questions_s": round(ready - start, 3),
        "seconds": round(seconds, 3),
        "cpu_s": round(cpu_s, 3),
        "a_minute": round(60 * count / seconds),
        "a_minute_of_cpu": round(60 * count / cpu_s),
    }


def _measure_together(settings: Settings, length: int, count: int) -> dict[str, float]:
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        begun = [pool.submit(_measure, settings, length, count) for _ in range(processes)]
        seconds = max(each.result()["seconds"] for each in begun)
    return {"processes": processes, "answers": processes * count, "a_minute": round(60 * processes * count / seconds)}


def _round(questions: tuple[Question, ...], count: int) -> list[Question]:
    return [questions[n % len(questions)] for n in range(count)]


def _answer(question: Question, length: int, number: int) -> str:
    """``length`` words of the model answer, begun at another place each time, in sentences of about fifteen words."""
    words = question.answer.split()
    turned = (words[number % len(words) :] + words) * (1 + length // len(words))
    cut = [f"In case {number}", *turned[: length - 3]]
    sentences = [" ".join(cut[start : start + 15]).rstrip(".") for start in range(0, len(cut), 15)]
    return ". ".join(sentences) + "."
