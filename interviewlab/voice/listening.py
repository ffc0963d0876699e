"""Our ears as LiveKit wants them, and what they know that its events do not carry.

After every short pause what was said since the last pause is transcribed together with what came before it: the words
get better with more context, and what was guessed too early is thrown away.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectOptions, NotGivenOr, stt, utils
from livekit.agents.types import NOT_GIVEN
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_fixed

from interviewlab.errors import SpeechFailed
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText
from interviewlab.speech.audio import EARS_RATE, Floats, to_float
from interviewlab.speech.resampling import resample
from interviewlab.speech.vocabulary import vocabulary_prompt
from interviewlab.types import Transcription, Word
from interviewlab.voice.manners import is_approval, is_doubtful, is_echo, is_nod
from interviewlab.voice.patience import ECHO_TAIL_S, LONGEST_PASSAGE_S, VAD_PADDING_S, VAD_SILENCE_S
from interviewlab.voice.trouble import sentence_of
from interviewlab.voice.turn_end import TurnEnd, finished

LONGEST_GAP_S = 0.3
"""Of the silence between two pieces of a passage no more is transcribed."""
TRIES, RETRY_S = 2, 0.3
"""Ears that failed in passing are asked once more; the turn waits for them."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cut:
    """Silence that was left out of an audio: ``left_out_s`` of it, at ``at_s``."""

    at_s: float
    left_out_s: float


@dataclass(frozen=True)
class Passage:
    """Speech from ``start_s`` of the call to ``end_s``: samples at ``EARS_RATE``, without ``cuts``, and words."""

    audio: Floats
    start_s: float
    end_s: float
    heard: Transcription
    cuts: tuple[Cut, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The words with their times from the start of the call."""
        return self.timed(self.heard.words)

    def timed(self, words: Iterable[Word]) -> tuple[Word, ...]:
        """``words`` of its audio with their times from the start of the call."""
        return tuple(later(word, self.start_s + self._left_out_before(word)) for word in words)

    def _left_out_before(self, word: Word) -> float:
        middle_s = (word.start_s + word.end_s) / 2  # ears count silence beside a word in
        return sum(cut.left_out_s for cut in self.cuts if cut.at_s < middle_s)


@dataclass(frozen=True)
class Heard:
    """All that was said in one turn."""

    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(passage.heard.text for passage in self.passages if passage.heard.text)

    @property
    def words(self) -> tuple[Word, ...]:
        """With their times, where the ears give them."""
        return tuple(word for passage in self.passages for word in passage.words)

    @property
    def seconds(self) -> float:
        """How much was said."""
        return sum(passage.audio.size for passage in self.passages) / EARS_RATE


@dataclass
class EarsState:
    """What is known of the turn that is being listened to."""

    passages: list[Passage] = field(default_factory=list)
    finished: float = 0.0
    """P(the candidate has finished)."""
    heard_at: float | None = None
    """When words came last."""
    quiet_at: float | None = None
    """When they ended, by the silence after which a pause is transcribed."""


class Ears(stt.STT[str]):
    """SpeechToText behind LiveKit's port.

    ``prompt`` says what words are likely; ``overheard`` what the interviewer has been saying since a time (by
    ``time.time``, or ``ECHO_TAIL_S`` before it; infinite: what is sounding now), of which a microphone may pick up an
    echo, and over which a nod is no answer; ``on_heard`` is told all words of the turn so far after each pause,
    ``on_unheard`` that the ears failed: LiveKit itself would listen no more after some failures. ``turn_end`` listens
    to the voice of ears that cannot tell how sure they are of a stop.
    """

    def __init__(
        self,
        ears: SpeechToText,
        turn_end: TurnEnd | None,
        prompt: Callable[[], str],
        overheard: Callable[[float], str],
        on_heard: Callable[[str], None],
        on_unheard: Callable[[], None],
    ) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=False, interim_results=False))
        self._ears, self._turn_end = ears, turn_end
        self._prompt, self._overheard = prompt, overheard
        self._on_heard, self._on_unheard = on_heard, on_unheard
        self._began = time.time()
        self._waiting = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self.state = EarsState()

    async def idle(self) -> None:
        """Until nothing is being transcribed.

        LiveKit ends a turn by its clock, transcribed or not. What is still being transcribed is waited for, and belongs
        to this turn alone: LiveKit is not told, or it would make another turn of it, and that one would silence the
        reply to this one.
        """
        self._waiting += 1
        try:
            while not self._is_idle.is_set():  # another piece may have begun before whoever waits was woken
                await self._is_idle.wait()
        finally:
            self._waiting -= 1

    async def take(self) -> Heard:
        """All that was said since the last time."""
        await self.idle()
        heard, self.state.passages = Heard(tuple(self.state.passages)), []
        return heard

    def give_back(self, heard: Heard) -> None:
        """The turn was not over: what was taken belongs to what comes."""
        self.state.passages = [*heard.passages, *self.state.passages]

    async def _recognize_impl(
        self,
        buffer: utils.AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        self._is_idle.clear()
        try:
            await self._listen(rtc.combine_audio_frames(buffer))
        except Exception as error:  # noqa: BLE001 - whatever it is, the call goes on
            _LOG.warning("a piece was not heard: %s", sentence_of(error))
            self._on_unheard()
        finally:
            self._is_idle.set()
        text = "" if self._waiting else Heard(tuple(self.state.passages)).text
        return stt.SpeechEvent(
            type=stt.SpeechEventType.FINAL_TRANSCRIPT,
            alternatives=[stt.SpeechData(language="en", text=text)],  # type: ignore[arg-type]
        )

    async def _listen(self, frame: rtc.AudioFrame) -> None:
        ended, is_sounding = time.time(), bool(self._overheard(math.inf))
        piece = await asyncio.to_thread(_to_audio, frame)
        before, audio, cuts = self._joined(piece, ended - self._began - frame.duration)
        heard, voice = await asyncio.gather(self._transcribe(audio), self._voice(piece))
        if not heard.text or self._is_nothing(heard, frame.duration, ended, is_sounding=is_sounding):
            if self.state.passages:
                self._on_heard(Heard(tuple(self.state.passages)).text)  # a cough: the turn stands as it stood
            return
        start_s = before.start_s if before else ended - self._began - frame.duration
        if before:
            self.state.passages.pop()
        self.state.passages.append(Passage(audio, start_s, ended - self._began, heard, cuts))
        self.state.quiet_at, self.state.heard_at = ended - VAD_SILENCE_S, time.time()
        self.state.finished = finished(heard, voice)
        self._on_heard(Heard(tuple(self.state.passages)).text)

    async def _transcribe(self, audio: Floats) -> Transcription:
        retrying = AsyncRetrying(
            retry=retry_if_exception(lambda error: isinstance(error, SpeechFailed) and error.retryable),
            stop=stop_after_attempt(TRIES),
            wait=wait_fixed(RETRY_S),
            reraise=True,
        )
        return await retrying(self._ears.transcribe, audio, prompt=self._prompt())

    async def _voice(self, piece: Floats) -> float | None:
        """What the voice alone shows of the end, if anybody listens to it."""
        return await asyncio.to_thread(self._turn_end.listen, piece) if self._turn_end is not None else None

    def _is_nothing(self, heard: Transcription, seconds: float, ended: float, *, is_sounding: bool) -> bool:
        """Whether this is a cough or a nod to the interviewer, or the interviewer's own voice from a loudspeaker."""
        began = ended - seconds
        overheard = self._overheard(began)
        if not overheard or self.state.passages:
            return False
        if is_sounding and (is_approval(heard.text) or is_doubtful(heard, seconds)):
            return True
        if is_sounding or self._overheard(began + VAD_PADDING_S + ECHO_TAIL_S):
            return is_nod(heard.text) or is_echo(heard.text, overheard)
        return len(heard.text.split()) > 1 and is_echo(heard.text, overheard)  # "Yes." and "B." are prompt answers

    def _joined(self, piece: Floats, start_s: float) -> tuple[Passage | None, Floats, tuple[Cut, ...]]:
        """The passage that ``piece`` goes on with, both as one audio, and what was left out of that."""
        last = self.state.passages[-1] if self.state.passages else None
        if last is None or last.audio.size + piece.size > LONGEST_PASSAGE_S * EARS_RATE:
            return None, piece, ()
        gap_s = max(0.0, start_s - last.end_s)
        kept_s = min(LONGEST_GAP_S, gap_s)
        cut = Cut(last.audio.size / EARS_RATE + kept_s / 2, gap_s - kept_s)
        kept = np.zeros(round(kept_s * EARS_RATE), np.float32)
        return last, np.concatenate([last.audio, kept, piece]), (*last.cuts, cut)


def expected_words(interview: Interview) -> str:
    """What the ears are told to expect: the question, the skills of the CV, the role."""
    last, plan = interview.progress.last_reply, interview.plan
    skills = (skill for question in plan.personal for skill in question.skills)
    return vocabulary_prompt(last.text if last else "", skills, plan.role.split())


def later(word: Word, by_s: float) -> Word:
    """The same word, so much later."""
    return Word(text=word.text, start_s=word.start_s + by_s, end_s=word.end_s + by_s)


def _to_audio(frame: rtc.AudioFrame) -> Floats:
    audio = to_float(np.frombuffer(frame.data, np.int16))
    return resample(audio, frame.sample_rate, EARS_RATE)
