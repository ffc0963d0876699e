"""How fast is grading, does memory stay flat, is it linear? ``python -m evals.speed [ROWS …]``

Synthetic rows: 200 questions, references and answers of three sentences of twelve words each, drawn from the words of
the bank, so that no two answers share a sentence. Prints seconds, seconds a row and peak memory for each size.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from interviewlab.questions.bank import load_bank

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000)
QUESTIONS = 200
_PEAK = (
    "import resource, runpy, sys; sys.argv[0] = 'evals'\n"
    "try: runpy.run_module('evals', run_name='__main__')\n"
    "except SystemExit: pass\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
)
"""Grades, and says last how much memory it used at most, in KB."""


def main() -> None:
    """Print the figures as JSON."""
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    with TemporaryDirectory(prefix="interviewlab-speed-") as folder:
        results = {str(size): measure(Path(folder), size) for size in sizes}
    per_row = [each["ms_a_row"] for each in results.values()]
    ratio = round(per_row[-1] / per_row[0], 3) if len(per_row) > 1 else None
    json.dump({"rows": results, "last_over_first": ratio}, sys.stdout, indent=1)


def measure(folder: Path, size: int) -> dict[str, Any]:
    """One size in a process of its own, start-up included."""
    data = folder / f"{size}.jsonl"
    with data.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(size))
    started = time.monotonic()
    command = [sys.executable, "-c", _PEAK, "grade", str(data), "--out", str(folder / str(size))]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    took = time.monotonic() - started
    peak_mb = round(int(done.stderr.split()[-1]) / 1024)
    return {"s": round(took, 1), "ms_a_row": round(1000 * took / size, 3), "peak_mb": peak_mb}


def rows(size: int) -> Iterator[dict[str, Any]]:
    """The same rows each time."""
    words = sorted({word for q in load_bank().questions for word in q.answer.split() if word.isalpha()})
    draw = random.Random(1)  # noqa: S311 synthetic rows
    asked = [(_sentences(draw, words, 1), _sentences(draw, words, 3)) for _ in range(QUESTIONS)]
    for n in range(size):
        question, reference = asked[n % QUESTIONS]
        answer, score = _sentences(draw, words, 3), draw.randrange(5) / 4
        yield {
            "question": question,
            "question_id": str(n % QUESTIONS),
            "reference": reference,
            "answer": answer,
            "score": score,
        }


def _sentences(draw: random.Random, words: list[str], count: int) -> str:
    return " ".join(" ".join(draw.choices(words, k=12)) + "." for _ in range(count))


if __name__ == "__main__":
    main()
