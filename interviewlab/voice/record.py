"""What the voice adds to an interview's record beside its turns. A failure is told, and nothing ends by it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import numpy as np

from interviewlab.errors import InterviewLabError, SpeechFailed
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText
from interviewlab.types import Utterance, Word
from interviewlab.voice.listening import Heard, later
from interviewlab.voice.patience import SECOND_PASS_S
from interviewlab.voice.spoken_turn import SpokenTurn


class Record:
    """Writes into one interview; ``careful`` ears listen to answers a second time, where there are any."""

    def __init__(self, interview: Interview, careful: SpeechToText | None, trouble: Callable[[str], None]) -> None:
        self._interview, self._careful, self._trouble = interview, careful, trouble

    async def note(self, topic: str, text: str) -> None:
        """A thing that happened."""
        await self._try(self._interview.note(topic, text))

    async def cut_short(self, turn: SpokenTurn, heard: str) -> None:
        """Of the reply only ``heard`` reached the ear."""
        reply = await turn.reply
        if reply is not None and heard != reply.text:
            await self._try(self._interview.heard(reply.turn, heard))

    async def heard_again(self, turn: SpokenTurn, heard: Heard, prompt: str) -> None:
        """Once the turn is taken: better words for the grader, and the times of words, by careful ears."""
        reply, ears = await turn.reply, self._careful
        if reply is None or ears is None or not heard.passages or heard.seconds > SECOND_PASS_S:
            return
        try:
            await self._listen_again(reply.turn, ears, heard, prompt)
        except SpeechFailed as error:
            await self.note("second_pass", f"Not listened to a second time: {error}")
        except InterviewLabError as error:
            self._trouble(str(error))

    async def _listen_again(self, turn: int, ears: SpeechToText, heard: Heard, prompt: str) -> None:
        texts, words = list[str](), list[Word]()
        for passage in heard.passages:
            again = await ears.transcribe(np.ascontiguousarray(passage.audio), prompt=prompt)
            texts.append(again.text or passage.heard.text)
            words += later(again.words, passage.start_s)
        text = " ".join(text for text in texts if text)
        await self._interview.hear_again(turn, Utterance(text=text, source="voice", words=tuple(words)))

    async def _try(self, work: Awaitable[object]) -> None:
        try:
            await work
        except InterviewLabError as error:
            self._trouble(str(error))
