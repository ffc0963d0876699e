"""``python -m evals speed``: how fast is grading, does memory stay flat, is it linear?

Synthetic rows: 200 questions, references of three sentences of twelve words, and answers in sentences of at most
twelve, drawn from the words of the bank, so that hardly two answers share a sentence. ``grade`` runs as its users run
it, start and report included.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from evals.gate import RESULTS
from evals.options import AsJson, DryRun, Workers
from evals.results import write_json, writing
from evals.telling import tell
from interviewlab.questions.bank import load_bank

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000)
WORDS = 20
"""Of an answer: the shorter of the two lengths of `interviewlab bench grade`. Half of the answers of SAF have 60."""
SENTENCE = 12
QUESTIONS = 200
_PEAK = (
    "import resource, runpy, sys; sys.argv[0] = 'evals'\n"
    "try: runpy.run_module('evals', run_name='__main__')\n"
    "except SystemExit: pass\n"
    "print(max(resource.getrusage(who).ru_maxrss for who in (0, -1)), file=sys.stderr)"
)
"""Grades, and says last how much memory one of its processes used at most, in KB."""


def speed(
    rows: Annotated[list[int] | None, typer.Option(min=200, help="Sizes to grade, smallest first.")] = None,
    words: Annotated[int, typer.Option(min=2, help="Words of an answer.")] = WORDS,
    workers: Workers = None,
    out: Annotated[Path, typer.Option(help="Folder for speed.json.")] = RESULTS,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Grade synthetic rows by the embedded grader: seconds, processor seconds and peak memory for each size.

    Wall time is that of this machine as busy as it is (its load is said); processor time shared by the cores is the
    least that it can be.
    """
    sizes = sorted(rows or SIZES)
    if dry_run:
        result: dict[str, Any] = {"dry_run": True, "rows": sizes, "calls": 0, "cost_usd": 0.0}
    else:
        result = measure_speed(sizes, words, workers)
        with writing(out):
            write_json(out / "speed.json", result)
    tell(to_lines(result), result, as_json=as_json)


def measure_speed(sizes: list[int], words: int, workers: int | None) -> dict[str, Any]:
    """Each size, and how a row of the largest compares with one of the smallest."""
    with TemporaryDirectory(prefix="interviewlab-speed-") as folder:
        results = {str(size): measure(Path(folder), size, words, workers) for size in sizes}
    first, last = results[str(sizes[0])], results[str(sizes[-1])]
    ratios = {f"{key}_last_over_first": round(last[key] / first[key], 3) for key in ("ms_a_row", "cpu_ms_a_row")}
    return {
        "words_an_answer": words,
        "cores": len(os.sched_getaffinity(0)),
        "rows": results,
        **(ratios if len(sizes) > 1 else {}),
        "peak_mb_growth": last["peak_mb"] - first["peak_mb"],
    }


def measure(folder: Path, size: int, words: int, workers: int | None = None) -> dict[str, Any]:
    """One size in processes of its own, start-up included."""
    data = folder / f"{size}.jsonl"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows_of(size, words))
    command = [sys.executable, "-c", _PEAK, "grade", str(data), "--out", str(folder / str(size))]
    command += ["--workers", str(workers)] if workers else []
    load, started, used = os.getloadavg()[0], time.monotonic(), _cpu_s()
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    took, cpu_s = time.monotonic() - started, _cpu_s() - used
    return {
        "s": round(took, 1),
        "cpu_s": round(cpu_s, 1),
        "ms_a_row": round(1000 * took / size, 3),
        "cpu_ms_a_row": round(1000 * cpu_s / size, 3),
        "peak_mb": round(int(done.stderr.split()[-1]) / 1024),
        "load_before": round(load, 1),
    }


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows_of(size: int, words: int) -> Iterator[dict[str, Any]]:
    """The same rows each time."""
    known = sorted({word for q in load_bank().questions for word in q.answer.split() if word.isalpha()})
    draw = random.Random(1)  # noqa: S311 synthetic rows
    asked = [(_sentences(draw, known, SENTENCE), _sentences(draw, known, 3 * SENTENCE)) for _ in range(QUESTIONS)]
    for n in range(size):
        question, reference = asked[n % QUESTIONS]
        answer, score = _sentences(draw, known, words), draw.randrange(5) / 4
        yield {
            "question": question,
            "question_id": str(n % QUESTIONS),
            "reference": reference,
            "answer": answer,
            "score": score,
        }


def _sentences(draw: random.Random, known: list[str], words: int) -> str:
    drawn = draw.choices(known, k=words)
    return " ".join(" ".join(drawn[start : start + SENTENCE]) + "." for start in range(0, words, SENTENCE))


def to_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """A line a size."""
    if result.get("dry_run"):
        yield f"{', '.join(map(str, result['rows']))} rows, no call, 0 USD"
        return
    for size, each in result["rows"].items():
        yield (
            f"{size} rows of {result['words_an_answer']} words: {each['s']} s, {each['cpu_s']} s of processor time on "
            f"{result['cores']} cores, {each['cpu_ms_a_row']} ms of it a row, {each['peak_mb']} MB, "
            f"load {each['load_before']}"
        )
    if "cpu_ms_a_row_last_over_first" in result:
        yield f"processor time of a row, last size over first: {result['cpu_ms_a_row_last_over_first']}"
