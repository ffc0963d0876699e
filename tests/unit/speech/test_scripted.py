"""The stand-ins follow their script."""

from __future__ import annotations

import time

import numpy as np

from interviewlab.speech.audio import EARS_RATE
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth

SOUND = np.full(EARS_RATE * 2, 0.1, np.float32)


async def test_ears_hear_the_texts_in_order_then_nothing_and_silence_uses_none_up() -> None:
    ears = ScriptedEars(["first answer", "second"])
    assert (await ears.transcribe(np.zeros(EARS_RATE, np.float32))).text == ""
    heard = await ears.transcribe(SOUND, prompt="terms")
    assert heard.text == "first answer"
    assert [(word.text, word.start_s, word.end_s) for word in heard.words] == [("first", 0, 1), ("answer", 1, 2)]
    assert (await ears.transcribe(SOUND)).text == "second"
    assert (await ears.transcribe(SOUND)).text == ""
    assert ears.prompts[0] == "terms"


async def test_ears_are_as_slow_as_they_are_told() -> None:
    start = time.perf_counter()
    await ScriptedEars(["x"], delay_s=0.05).transcribe(SOUND)
    assert time.perf_counter() - start >= 0.05


async def test_the_longer_the_sentence_the_longer_the_tone() -> None:
    mouth = ScriptedMouth(second_a_character=0.01)
    pieces = [piece async for piece in mouth.synthesize("Hi. This is a longer sentence.")]
    assert [round(piece.duration_s, 3) for piece in pieces] == [0.03, 0.26]
    assert mouth.said == ["Hi.", "This is a longer sentence."]
