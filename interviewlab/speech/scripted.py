"""Stand-ins: ears that hear a script, a mouth that hums."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

import numpy as np

from interviewlab.speech.audio import EARS_RATE, Floats, loudest_dbfs, to_pcm
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Speech, Transcription, Word

SILENCE_DBFS = -60.0


class ScriptedEars:
    """Hears the ``texts`` in order, one for each audio that is not silent, then nothing; ``delay_s`` is its slowness.

    Before that it raises ``failures``, one a call. ``prompts`` remembers what it was told to expect; ``careful`` is
    what listens a second time.
    """

    name = "scripted"
    tells_stop = False

    def __init__(
        self,
        texts: Iterable[str] = (),
        delay_s: float = 0.0,
        careful: ScriptedEars | None = None,
        failures: Iterable[Exception] = (),
    ) -> None:
        self._texts: Iterator[str] = iter(texts)
        self._failures: Iterator[Exception] = iter(failures)
        self._delay_s = delay_s
        self._careful = careful
        self.prompts: list[str] = []

    async def transcribe(self, audio: Floats, *, prompt: str = "") -> Transcription:
        """The next text, its words spread evenly over the audio."""
        await asyncio.sleep(self._delay_s)
        if (failure := next(self._failures, None)) is not None:
            raise failure
        if loudest_dbfs(audio, EARS_RATE) < SILENCE_DBFS:
            return Transcription(text="")
        self.prompts.append(prompt)
        text = next(self._texts, "")
        return Transcription(text=text, words=_spread(text, audio.size / EARS_RATE), confidence=1.0)

    def careful(self) -> ScriptedEars | None:
        """Another script, or none."""
        return self._careful

    async def aclose(self) -> None:
        """Nothing to give up."""


class ScriptedMouth:
    """A tone for each sentence, ``second_a_character`` long for each character; ``said`` remembers the sentences."""

    name = "scripted"
    voice = "tone"
    voices: tuple[str, ...] = ("tone",)
    sample_rate = EARS_RATE

    def __init__(self, second_a_character: float = 0.06, delay_s: float = 0.0) -> None:
        self._second_a_character = second_a_character
        self._delay_s = delay_s
        self.said: list[str] = []

    async def synthesize(self, text: str) -> AsyncIterator[Speech]:
        """One piece a sentence."""
        for sentence in split_sentences(text):
            if not any(char.isalnum() for char in sentence):
                continue
            await asyncio.sleep(self._delay_s)
            self.said.append(sentence)
            yield Speech(pcm=to_pcm(self._tone(sentence)), sample_rate=self.sample_rate, text=sentence)

    def _tone(self, sentence: str) -> Floats:
        times = np.arange(round(len(sentence) * self._second_a_character * self.sample_rate)) / self.sample_rate
        return (0.2 * np.sin(2 * np.pi * 220 * times)).astype(np.float32)

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        """Nothing takes time here."""

    async def aclose(self) -> None:
        """Nothing to give up."""


def _spread(text: str, seconds: float) -> tuple[Word, ...]:
    words = text.split()
    step = seconds / max(1, len(words))
    return tuple(Word(text=word, start_s=n * step, end_s=(n + 1) * step) for n, word in enumerate(words))
