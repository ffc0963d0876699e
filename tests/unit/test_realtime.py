"""What was loaded is looked at no more by the collector of garbage; threads that compute give way; memory goes back."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from interviewlab.realtime import SWITCH_S, give_way
from interviewlab.settings import Settings
from interviewlab.voice.parts import SpeechParts


class Knot:
    """Only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_a_full_collection_passes_over_what_was_there_when_the_voice_was_loaded() -> None:
    kept = [[number] for number in range(1000)]
    parts = SpeechParts(Settings(ears="scripted", mouth="scripted"))
    await parts.get()
    assert gc.get_freeze_count() > len(kept)
    assert not any(each is kept for each in gc.get_objects())
    await parts.aclose()


async def test_rubbish_is_not_kept() -> None:
    before = Knot()
    gone = weakref.ref(before)
    del before
    parts = SpeechParts(Settings(ears="scripted", mouth="scripted"))
    await parts.get()
    assert gone() is None
    after = Knot()
    gone = weakref.ref(after)
    del after
    gc.collect()
    assert gone() is None
    await parts.aclose()


def test_threads_give_way_sooner_than_by_themselves() -> None:
    before = sys.getswitchinterval()
    try:
        give_way()
        assert sys.getswitchinterval() == pytest.approx(SWITCH_S)
        assert before > SWITCH_S
    finally:
        sys.setswitchinterval(before)


KEPT_MB = """
import resource, sys
from interviewlab.realtime import give_back
if sys.argv[1] == "give back":
    give_back()
megabyte, pages = 2**20, lambda: int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
blocks = b"x" * (30 * megabyte)
del blocks
before = pages()
blocks = [b"x" * megabyte for _ in range(100)]
behind = b"x" * 20_000
del blocks
print((pages() - before) // megabyte)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="memory is left to the C library where it is not glibc")
def test_memory_needed_for_a_moment_goes_back_though_something_was_put_behind_it() -> None:
    def kept_mb(how: str) -> int:
        return int(subprocess.run([sys.executable, "-c", KEPT_MB, how], check=True, capture_output=True).stdout)

    assert kept_mb("give back") < 10
    assert kept_mb("leave it") > 20


GAPS_MB = """
import resource
from interviewlab.realtime import give_back, trim
give_back()
megabyte, pages = 2**20, lambda: int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
blocks = [b"x" * 20_000 for _ in range(5000)]
kept = blocks[::100]
del blocks
before = pages()
trim()
print((before - pages()) // megabyte)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="memory is left to the C library where it is not glibc")
def test_gaps_between_what_is_in_use_go_back() -> None:
    done = subprocess.run([sys.executable, "-c", GAPS_MB], check=True, capture_output=True)
    assert int(done.stdout) > 50
