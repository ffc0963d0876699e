"""What was loaded is looked at no more by the collector of garbage; threads that compute give way."""

from __future__ import annotations

import gc
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
