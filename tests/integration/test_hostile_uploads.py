"""Every hostile file ends in a Resume or in one clear sentence: no crash, no hang, no more memory than allowed."""

from __future__ import annotations

import asyncio
import resource
import time
from pathlib import Path

from interviewlab.errors import BadUpload
from interviewlab.resume import read_resume
from tests.integration.hostile_files import HOSTILE

LONGEST_S = 10.0
MOST_MB = 300.0
AT_ONCE = 2


async def _upload(path: Path) -> tuple[float, str]:
    began = time.monotonic()
    try:
        await read_resume(path)
        told = "read"
    except BadUpload as error:
        told = str(error)
    return time.monotonic() - began, told


async def test_no_hostile_file_crashes_hangs_or_grows(tmp_path: Path) -> None:
    assert len(HOSTILE) >= 40
    slipped = Path("/tmp/interviewlab-slip")
    places = asyncio.Semaphore(AT_ONCE)

    async def one(name: str) -> tuple[str, float, str]:
        async with places:
            path = tmp_path / name
            await asyncio.to_thread(lambda: path.write_bytes(HOSTILE[name]()))
            took, told = await _upload(path)
            path.unlink()
            return name, took, told

    results = await asyncio.gather(*map(one, HOSTILE))
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for name, took, told in results:
        print(f"{name:28} {took:5.2f} s  {told[:110]}")
    print(
        f"{len(results)} files, longest {max(took for _, took, _ in results):.1f} s, largest child {memory_mb:.0f} MB"
    )
    assert {name for name, took, _ in results if took > LONGEST_S} == set()
    assert memory_mb <= MOST_MB
    assert all(told == "read" or ("\n" not in told and told.count(". ") <= 3) for _, _, told in results)
    assert not await asyncio.to_thread(slipped.exists)
