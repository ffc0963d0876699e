"""How long reading a CV takes: with warm parsers in one process, and with the start of the child that reads uploads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from interviewlab.errors import BadUpload
from interviewlab.resume import read_resume
from interviewlab.resume.pdf import lines_from_pdf
from interviewlab.resume.structure import understand
from interviewlab.settings import Settings

ROUNDS = 5


def bench_resume(settings: Settings, files: Sequence[Path], rounds: int = ROUNDS) -> dict[str, Any]:
    """Median seconds over ``rounds`` for each PDF of ``files``; ``computing_s`` counts the processor's time alone."""
    missing = [str(path) for path in files if not path.is_file()]
    if missing or not files:
        raise BadUpload(f"There is no CV to read: {', '.join(missing) or 'none was named'}.", "Name PDF files.")
    return {"rounds": rounds, "files": {path.name: _read(path, settings, rounds) for path in files}}


def _read(path: Path, settings: Settings, rounds: int) -> dict[str, float]:
    data = path.read_bytes()
    understand(lines_from_pdf(data, settings.upload_pages), "pdf")
    computing, clock, whole = [], [], []
    for _ in range(rounds):
        before, began = time.process_time(), time.perf_counter()
        understand(lines_from_pdf(data, settings.upload_pages), "pdf")
        computing.append(time.process_time() - before)
        clock.append(time.perf_counter() - began)
        began = time.perf_counter()
        asyncio.run(read_resume(path))
        whole.append(time.perf_counter() - began)
    return {
        "computing_s": round(median(computing), 3),
        "reading_s": round(median(clock), 3),
        "with_the_child_s": round(median(whole), 3),
    }
