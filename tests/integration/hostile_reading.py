"""``python -m tests.integration.hostile_reading FOLDER``: uploads every file of a folder, in a process of its own.

Apart from the process that made the bombs: a child's peak of memory begins with that of the process it was forked from.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

from interviewlab.errors import BadUpload
from interviewlab.resume import read_resume

AT_ONCE = 2


async def upload_all(paths: list[Path]) -> dict[str, tuple[float, str]]:
    """Seconds and what was told for each file, ``read`` where a Resume came out."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(path: Path) -> tuple[str, tuple[float, str]]:
        async with places:
            began = time.monotonic()
            try:
                await read_resume(path)
                told = "read"
            except BadUpload as error:
                told = str(error)
            return path.name, (time.monotonic() - began, told)

    return dict(await asyncio.gather(*map(one, paths)))


if __name__ == "__main__":
    results = asyncio.run(upload_all(sorted(Path(sys.argv[1]).iterdir())))
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"results": results, "memory_mb": memory_mb}))
