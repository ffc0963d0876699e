"""What the voice adds to an interview's record beside its turns. A failure is told, and nothing ends by it."""

from __future__ import annotations

import asyncio
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, chain

import numpy as np

from interviewlab.errors import SpeechFailed
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText
from interviewlab.speech.audio import EARS_RATE, Floats
from interviewlab.types import Utterance, Word
from interviewlab.voice.listening import Heard, Passage, later
from interviewlab.voice.patience import SECOND_PASS_S
from interviewlab.voice.spoken_turn import SpokenTurn
from interviewlab.voice.trouble import sentence_of

GAP_S = 0.3
"""Between two passages that are listened to at once."""
WINDOW_S = 29.0
"""Whisper sees half a minute at once."""
A_SENTENCE = 4
"""So many words in a row that are missing, with nothing in their place, are no slip of the first hearing."""
_FILLERS = frozenset(
    ["um", "uh", "er", "hm", "so", "well", "like", "you", "know", "i", "mean", "okay", "right", "kind", "sort", "of"]
)


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
        except asyncio.CancelledError:
            await self.note("second_pass", "Not listened to a second time: the call was over first.")
            raise
        except SpeechFailed as error:
            await self.note("second_pass", f"Not listened to a second time: {error}")
        except Exception as error:  # noqa: BLE001 - the words as they were first heard stand
            self._trouble(sentence_of(error))

    async def _listen_again(self, turn: int, ears: SpeechToText, heard: Heard, prompt: str) -> None:
        texts, words = list[str](), list[Word]()
        waiting = deque(windows(heard.passages))
        while waiting:
            window = waiting.popleft()
            again = await ears.transcribe(window.audio, prompt=prompt)
            timed = window.timed(again.words)
            is_cut = bool(again.text) and leaves_out(again.text, window.text)
            is_over = bool(again.words) and not all(timed)
            if len(window.passages) > 1 and (is_over or is_cut):
                waiting.extendleft(Window((passage,)) for passage in reversed(window.passages))  # one was passed over
            elif again.text and not is_cut:
                texts.append(again.text)
                words += chain(*timed)
            else:
                texts.append(window.text)
                words += Heard(window.passages).words
        text = " ".join(text for text in texts if text)
        await self._interview.hear_again(turn, Utterance(text=text, source="voice", words=tuple(words)))

    async def _try(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the call goes on
            self._trouble(sentence_of(error))


@dataclass(frozen=True)
class Window:
    """Passages that are listened to at once."""

    passages: tuple[Passage, ...]

    @property
    def seconds(self) -> float:
        """All of it, the gaps too."""
        return sum(passage.audio.size / EARS_RATE + GAP_S for passage in self.passages)

    @property
    def audio(self) -> Floats:
        """One after the other, with gaps."""
        gap = np.zeros(round(GAP_S * EARS_RATE), np.float32)
        return np.concatenate([piece for passage in self.passages for piece in (passage.audio, gap)])

    @property
    def text(self) -> str:
        """As it was heard the first time."""
        return Heard(self.passages).text

    def timed(self, words: Iterable[Word]) -> list[list[Word]]:
        """``words`` of ``audio`` by the passages that they begin in, with their times from the start of the call."""
        ends = list(accumulate(passage.audio.size / EARS_RATE + GAP_S for passage in self.passages))
        found: list[list[Word]] = [[] for _ in self.passages]
        for word in words:
            place = min(bisect_right(ends, word.start_s), len(ends) - 1)
            began_s = ends[place - 1] if place else 0.0
            found[place] += self.passages[place].timed([later(word, -began_s)])
        return found


def leaves_out(again: str, first: str) -> bool:
    """Whether a second hearing passed over something whole: words in a row, not such as were only said twice."""
    said, kept = (re.findall(r"\w+", text.lower()) for text in (first, again))
    matched = SequenceMatcher(None, said, kept, autojunk=False).get_opcodes()
    missing = (said[start:end] for what, start, end, _, _ in matched if what == "delete")
    return any(_is_sentence(words) and f" {' '.join(words)} " not in f" {' '.join(kept)} " for words in missing)


def _is_sentence(words: Sequence[str]) -> bool:
    return len(set(words)) >= A_SENTENCE and not set(words) <= _FILLERS


def windows(passages: Iterable[Passage]) -> list[Window]:
    """As many passages as fit into what careful ears listen to at once; the model takes the same time for less."""
    found: list[Window] = []
    for passage in passages:
        longer = Window((*found[-1].passages, passage)) if found else None
        if longer is not None and longer.seconds <= WINDOW_S:
            found[-1] = longer
        else:
            found.append(Window((passage,)))
    return found
