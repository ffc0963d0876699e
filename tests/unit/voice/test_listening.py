"""What LiveKit is told of what was heard, and what the turn takes without it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from math import inf

import numpy as np
import pytest
from livekit import rtc

from interviewlab.errors import SpeechFailed
from interviewlab.speech.audio import EARS_RATE
from interviewlab.speech.scripted import ScriptedEars
from interviewlab.voice.listening import LONGEST_GAP_S, Ears
from interviewlab.voice.patience import ECHO_TAIL_S


def sound(seconds: float) -> rtc.AudioFrame:
    tone = (8000 * np.sin(2 * np.pi * 220 * np.arange(round(seconds * EARS_RATE)) / EARS_RATE)).astype(np.int16)
    return rtc.AudioFrame(tone.tobytes(), EARS_RATE, 1, tone.size)


def ears_that_hear(*texts: str, overheard: Callable[[float], str] = lambda since: "") -> Ears:
    return Ears(ScriptedEars(texts, delay_s=0.05), None, lambda: "", overheard, lambda text: None, lambda: None)


async def told(ears: Ears, seconds: float = 1.0) -> str:
    event = await ears.recognize(sound(seconds))
    return event.alternatives[0].text


async def test_all_words_of_the_turn_are_told_after_each_pause() -> None:
    ears = ears_that_hear("I would measure", "I would measure first.")
    assert [await told(ears), await told(ears)] == ["I would measure", "I would measure first."]
    assert (await ears.take()).text == "I would measure first."
    assert (await ears.take()).text == ""


async def test_a_pause_of_which_less_is_transcribed_is_as_long_as_it_was_between_the_words() -> None:
    ears = ears_that_hear("use", "use hashing")  # each word as long as its share of the audio
    await told(ears)
    await asyncio.sleep(2.0)
    await told(ears)
    heard = await ears.take()
    (passage,), (first, second) = heard.passages, heard.words
    assert passage.audio.size / EARS_RATE == pytest.approx(2.0 + LONGEST_GAP_S)
    assert first.start_s == pytest.approx(passage.start_s)
    assert second.end_s == pytest.approx(passage.end_s)
    assert second.start_s - first.end_s == pytest.approx(passage.end_s - passage.start_s - 2.0 - LONGEST_GAP_S)


async def test_words_that_the_end_of_a_turn_waits_for_are_not_told_or_they_would_be_another_turn() -> None:
    ears = ears_that_hear("I would measure", "I would measure first.")
    await told(ears)
    late = asyncio.create_task(told(ears))
    await asyncio.sleep(0.01)
    await ears.idle()
    assert await late == ""
    assert (await ears.take()).text == "I would measure first."


async def test_a_brief_sound_that_is_hardly_words_is_none_if_the_interviewer_spoke_as_it_was_made() -> None:
    still = ears_that_hear("Thank you very much indeed, all of you.", overheard=lambda since: "What is a heap?")
    half = ears_that_hear("Thank you very much indeed, all of you.", overheard=_only_its_end)
    assert await told(still, 0.5) == ""
    assert await told(half, 0.5) == "Thank you very much indeed, all of you."
    over = iter(["What is a heap?", ""])  # sounding as the sound was made, over when it is understood
    late = ears_that_hear(
        "Thank you very much indeed.", overheard=lambda since: next(over) if since == inf else "What?"
    )
    assert await told(late, 0.5) == ""


@pytest.mark.parametrize(
    ("ago_s", "said", "heard"),
    [
        (1.2, "Yeah.", "Yeah."),
        (1.2, "B.", "B."),
        (1.2, "Choose A or B.", ""),
        (1.2, "I would choose neither.", "I would choose neither."),
        (0.6, "Yeah.", ""),
        (0.6, "B.", ""),
        (2.0, "Choose A or B.", "Choose A or B."),
    ],
)
async def test_a_prompt_answer_is_no_nod_nor_an_echo(ago_s: float, said: str, heard: str) -> None:
    spoke_until = time.time() - ago_s  # the piece began a second ago
    overheard = "Ready to start? Choose A or B."
    ears = ears_that_hear(said, overheard=lambda since: overheard if spoke_until + ECHO_TAIL_S > since else "")
    assert await told(ears) == heard


async def test_ears_that_fail_in_passing_are_asked_again_and_the_turn_waits() -> None:
    unheard = list[str]()
    inner = ScriptedEars(["Quicksort."], failures=[SpeechFailed("Busy.", retryable=True)])
    ears = Ears(inner, None, lambda: "", lambda since: "", lambda text: None, lambda: unheard.append("once"))
    telling = asyncio.create_task(told(ears))
    await asyncio.sleep(0.01)
    assert (await ears.take()).text == "Quicksort."
    assert await telling == ""
    assert unheard == []


async def test_whatever_the_ears_fail_with_is_told_and_no_error_reaches_livekit() -> None:
    unheard = list[str]()
    failures = [SpeechFailed("Broken."), AttributeError(), ValueError()]
    inner = ScriptedEars(["Quicksort."], failures=failures)
    ears = Ears(inner, None, lambda: "", lambda since: "", lambda text: None, lambda: unheard.append("once"))
    assert [await told(ears) for _ in range(4)] == ["", "", "", "Quicksort."]
    assert unheard == ["once"] * 3


def _only_its_end(since: float) -> str:
    return "" if since == inf else "What is a heap?"
