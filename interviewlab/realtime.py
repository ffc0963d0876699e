"""What a process that carries calls asks of Python and of the C library: that nothing holds up its event loop for
long, and that an hour of talk leaves no more memory taken than a minute."""

from __future__ import annotations

import asyncio
import atexit
import ctypes
import gc
import platform
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SWITCH_S = 0.0005
"""A thread that computes gives way to the event loop after so long. With Python's own 5 ms, two such threads made a
loop that wakes fifty times a second and sends five packets late by 0.1 to 0.3 s at the median, with this by 8 ms."""
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Numbers of glibc's ``malloc.h``."""
ARENAS, KEPT_BYTES = 2, 256 * 1024
TRIM_S = 60.0
"""Between two times that gaps in the heaps are given back: in an hour of talk they would grow by some 20 MB."""


def carry_calls() -> None:
    """What a process that carries calls asks for first, before there are threads: ``give_back`` and ``give_way``."""
    give_back()
    give_way()


def give_back() -> None:
    """Let memory that was needed for a moment go back to the system at once. To be called before there are threads.

    By itself glibc gives threads up to eight heaps a processor, each of which stays as large as it ever was, and learns
    to keep whatever was once large: after an hour of talk a quarter more than what is in use. Does nothing elsewhere.
    """
    if _is_glibc():
        mallopt = ctypes.CDLL(None).mallopt
        for what, value in ((M_ARENA_MAX, ARENAS), (M_TRIM_THRESHOLD, KEPT_BYTES), (M_MMAP_THRESHOLD, KEPT_BYTES)):
            mallopt(what, value)


@asynccontextmanager
async def staying_small() -> AsyncIterator[None]:
    """Meanwhile, once in ``TRIM_S``, ``trim``."""
    task = asyncio.create_task(_trim_often())
    try:
        yield
    finally:
        task.cancel()


async def _trim_often() -> None:
    while True:
        await asyncio.sleep(TRIM_S)
        await asyncio.to_thread(trim)


def trim() -> None:
    """Give gaps between what is in use back to the system, which glibc alone does at the end of a heap only. Blocking,
    some milliseconds. Does nothing elsewhere."""
    if _is_glibc():
        ctypes.CDLL(None).malloc_trim(0)


def _is_glibc() -> bool:
    return platform.libc_ver()[0] == "glibc"


def give_way() -> None:
    """Threads that compute (grading, phonemes, regular expressions) hold up the event loop no longer than ``SWITCH_S``
    each time that it has something to do: late packets make a browser hold all that follow back."""
    sys.setswitchinterval(SWITCH_S)


def settle() -> None:
    """Collect garbage once, and leave whatever is there out of later collections. Blocking, a fraction of a second.

    A full collection holds up every thread while it looks at each object of each module and model (0.45 s in the app);
    in the midst of a call that is heard. Called where something large has been loaded, which stays.
    """
    if not gc.get_freeze_count():
        atexit.register(gc.unfreeze)  # else libraries complain at the end of what nobody gave back
    gc.collect()
    gc.freeze()
