"""How long ``import interviewlab`` takes over a bare interpreter, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import Any

ROUNDS = 9


def bench_import(rounds: int = ROUNDS) -> dict[str, Any]:
    """Medians in seconds over interleaved rounds, so that noise falls on both alike."""
    bare, door, used = [], [], []
    for _ in range(rounds):
        bare.append(_run("pass"))
        door.append(_run("import interviewlab"))
        used.append(_run("import interviewlab; interviewlab.open_interview"))
    base = median(bare)
    return {
        "bare_s": round(base, 4),
        "import_s": round(median(door) - base, 4),
        "open_interview_s": round(median(used) - base, 4),
        "rounds": rounds,
    }


def _run(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start
