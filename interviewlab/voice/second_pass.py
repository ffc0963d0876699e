"""Listening to an answer again while the interviewer speaks: better words for the grader, and the times of words."""

from __future__ import annotations

import numpy as np

from interviewlab.errors import SpeechFailed
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText
from interviewlab.types import Utterance, Word
from interviewlab.voice.listening import Heard, later
from interviewlab.voice.patience import SECOND_PASS_S


async def listen_again(interview: Interview, ears: SpeechToText, turn: int, heard: Heard, prompt: str) -> None:
    """Correct the record of ``turn`` by what careful ears understand; a failure leaves it as it is."""
    if not heard.passages or heard.seconds > SECOND_PASS_S:
        return
    texts, words = list[str](), list[Word]()
    for passage in heard.passages:
        try:
            again = await ears.transcribe(np.ascontiguousarray(passage.audio), prompt=prompt)
        except SpeechFailed:
            return
        texts.append(again.text or passage.heard.text)
        words += later(again.words, passage.start_s)
    text = " ".join(text for text in texts if text)
    await interview.hear_again(turn, Utterance(text=text, source="voice", words=tuple(words)))
