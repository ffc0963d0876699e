"""Answers that are listened to a second time, for the record."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from interviewlab.bootstrap import open_interview
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats
from interviewlab.speech.scripted import ScriptedEars
from interviewlab.types import CorrectedEntry, NoteEntry, Plan, Transcription, Utterance, Word
from interviewlab.voice.listening import Heard, Passage
from interviewlab.voice.record import GAP_S, Record, leaves_out
from interviewlab.voice.spoken_turn import SpokenTurn


def passage(start_s: float, seconds: float, text: str) -> Passage:
    audio = np.full(round(seconds * EARS_RATE), 0.1, np.float32)
    return Passage(audio, start_s, start_s + seconds, Transcription(text=text))


@dataclass
class Passing:
    """Careful ears that pass over the second passage of what they hear at once."""

    asked: list[float] = field(default_factory=list)

    async def transcribe(self, audio: Floats, *, prompt: str = "") -> Transcription:
        self.asked.append(audio.size / EARS_RATE)
        return Transcription(text=f"part {len(self.asked)}", words=(Word(text="part", start_s=0.1, end_s=0.3),))


async def test_a_passage_that_was_passed_over_is_listened_to_by_itself(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    ears = Passing()
    careful: Any = ears
    async with open_interview(settings, plan=Plan(questions=2, exercises=0)) as interview:
        await interview.start()
        turn, heard = SpokenTurn(), Heard((passage(10.0, 2.0, "one"), passage(20.0, 3.0, "two")))
        await turn.take(interview.reply(Utterance(text=heard.text, source="voice")))
        await Record(interview, careful, lambda sentence: None).heard_again(turn, heard, "")
        entries = (await interview.transcript()).entries
    (corrected,) = [entry for entry in entries if isinstance(entry, CorrectedEntry)]
    assert ears.asked == pytest.approx([5.0 + 2 * GAP_S, 2.0 + GAP_S, 3.0 + GAP_S])
    assert corrected.text == "part 2 part 3"
    assert [word.start_s for word in corrected.words] == pytest.approx([10.1, 20.1])


async def test_a_second_hearing_that_is_broken_off_is_noted(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_interview(settings, plan=Plan(questions=2, exercises=0)) as interview:
        await interview.start()
        turn, heard = SpokenTurn(), Heard((passage(10.0, 2.0, "one"),))
        await turn.take(interview.reply(Utterance(text=heard.text, source="voice")))
        record = Record(interview, ScriptedEars(["two"], delay_s=60.0), lambda sentence: None)
        hearing = asyncio.create_task(record.heard_again(turn, heard, ""))
        await asyncio.sleep(0.1)
        hearing.cancel()
        await asyncio.wait([hearing])
        entries = (await interview.transcript()).entries
    assert [entry.topic for entry in entries if isinstance(entry, NoteEntry)][-1] == "second_pass"
    assert not [entry for entry in entries if isinstance(entry, CorrectedEntry)]


async def test_a_sentence_that_the_second_hearing_leaves_out_stays_as_it_was_heard(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    first = "I would measure first. Then I would cash it."
    async with open_interview(settings, plan=Plan(questions=2, exercises=0)) as interview:
        await interview.start()
        turn, heard = SpokenTurn(), Heard((passage(10.0, 2.0, first), passage(20.0, 3.0, "and drop it")))
        await turn.take(interview.reply(Utterance(text=heard.text, source="voice")))
        ears = ScriptedEars(["Then I would cache it, and drop it.", "Then I would cache it.", "And drop it."])
        await Record(interview, ears, lambda sentence: None).heard_again(turn, heard, "")
        entries = (await interview.transcript()).entries
    (corrected,) = [entry for entry in entries if isinstance(entry, CorrectedEntry)]
    assert corrected.text == f"{first} And drop it."


@pytest.mark.parametrize(
    ("first", "again", "is_left_out"),
    [
        ("I would measure first, and then decide.", "and then decide.", True),
        ("um so you know, like, it is linear", "It is linear.", False),
        ("thank you thank you thank you so it is linear", "So it is linear.", False),
        ("I would I would I would do that", "I would do that.", False),
        ("we use a cash map and it fast", "We use a hash map, and it's fast.", False),
        ("so it is it is linear as I said", "So it is linear.", False),
    ],
)
def test_what_is_left_out_is_no_filler_and_no_repetition(first: str, again: str, is_left_out: bool) -> None:
    assert leaves_out(again, first) is is_left_out
