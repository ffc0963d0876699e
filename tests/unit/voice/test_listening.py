"""What LiveKit is told of what was heard, and what the turn takes without it."""

from __future__ import annotations

import asyncio

import numpy as np
from livekit import rtc

from interviewlab.speech.audio import EARS_RATE
from interviewlab.speech.scripted import ScriptedEars
from interviewlab.voice.listening import Ears


def second_of_sound() -> rtc.AudioFrame:
    sound = (8000 * np.sin(2 * np.pi * 220 * np.arange(EARS_RATE) / EARS_RATE)).astype(np.int16)
    return rtc.AudioFrame(sound.tobytes(), EARS_RATE, 1, sound.size)


def ears_that_hear(*texts: str) -> Ears:
    return Ears(ScriptedEars(texts, delay_s=0.05), None, lambda: "", lambda since: "", lambda text: None)


async def told(ears: Ears) -> str:
    event = await ears.recognize(second_of_sound())
    return event.alternatives[0].text


async def test_all_words_of_the_turn_are_told_after_each_pause() -> None:
    ears = ears_that_hear("I would measure", "I would measure first.")
    assert [await told(ears), await told(ears)] == ["I would measure", "I would measure first."]
    assert (await ears.take()).text == "I would measure first."
    assert (await ears.take()).text == ""


async def test_words_that_the_end_of_a_turn_waits_for_are_not_told_or_they_would_be_another_turn() -> None:
    ears = ears_that_hear("I would measure", "I would measure first.")
    await told(ears)
    late = asyncio.create_task(told(ears))
    await asyncio.sleep(0.01)
    await ears.idle()
    assert await late == ""
    assert (await ears.take()).text == "I would measure first."
