"""A mouth: Piper on the CPU, from files on this machine."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np
import onnxruntime
from piper.config import PiperConfig, SynthesisConfig
from piper.voice import PiperVoice

from interviewlab.errors import SpeechFailed, WeightsMissing
from interviewlab.speech.audio import Floats, set_level, to_pcm, trim_silence
from interviewlab.speech.cache import SpeechCache
from interviewlab.speech.normalise import to_spoken
from interviewlab.speech.sentences import split_sentences
from interviewlab.speech.workers import Workers
from interviewlab.types import Speech

LEVEL_DBFS, PEAK_DBFS = -20.0, -3.0
BEFORE_S, AFTER_S = 0.02, 0.16
"""Quiet left around a sentence; the gap between two is their sum."""

# It logs at DEBUG every sentence that it is given, and what is said in an interview stays out of logs.
logging.getLogger("piper").setLevel(logging.INFO)


class PiperMouth:
    """One voice in memory and its threads, shared by all interviews.

    ``files`` are those of ``weights.fetch("piper-…", …)``, voice ``…``. ``pace`` is the speed of speech, 1 the voice's
    own, up to 2. ``threads`` for one sentence, ``workers`` sentences at a time. Raises WeightsMissing.
    """

    name = "piper"

    def __init__(
        self,
        files: Mapping[str, Path],
        *,
        voice: str = "joe",
        voices: tuple[str, ...] = (),
        pace: float = 1.0,
        threads: int = 1,
        workers: int = 2,
        waiting: int = 16,
        cache: SpeechCache | None = None,
    ) -> None:
        self.voice = voice
        self.voices = voices or (voice,)
        self.pace = min(2.0, max(0.5, pace))
        self._model = _open_voice(files, voice, threads)
        self.sample_rate = int(self._model.config.sample_rate)
        self._cache = cache or SpeechCache()
        self._workers = Workers(f"piper-{voice}", workers, waiting)
        self._ahead = Workers(f"piper-{voice}-ahead", 1, waiting, is_background=True)
        """For what nobody waits for yet; it gives way to what somebody is about to hear."""

    async def synthesize(self, text: str) -> AsyncIterator[Speech]:
        """One piece a sentence, its symbols and numbers spoken as words."""
        for sentence in split_sentences(text):
            audio = await self._speak(to_spoken(sentence), self._workers)
            if audio.size:
                yield Speech(pcm=to_pcm(audio), sample_rate=self.sample_rate, text=sentence)

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        """Speak these into the cache, so that they sound at once: on disk, unless they are somebody's own or somebody
        waits for them, whose own they may be."""
        for text in texts:
            for sentence in map(to_spoken, split_sentences(text)):
                if is_awaited:
                    await self._speak(sentence, self._workers)
                elif is_own:
                    await self._speak(sentence, self._ahead)
                elif not await asyncio.to_thread(self._cache.has_on_disk, self.voice, self.pace, sentence):
                    await self._speak(sentence, self._ahead, is_public=True)

    async def aclose(self) -> None:
        """Take no more; what is under way ends by itself."""
        self._workers.close()
        self._ahead.close()

    async def _speak(self, spoken: str, workers: Workers, *, is_public: bool = False) -> Floats:
        known = await asyncio.to_thread(self._cache.get, self.voice, self.pace, spoken)
        if known is not None and not is_public:
            return known[0]
        audio = known[0] if known else await workers.run(lambda stop: self._render(spoken, stop))
        keep = partial(self._cache.put, self.voice, self.pace, spoken, audio, self.sample_rate, is_public=is_public)
        if is_public:
            await asyncio.to_thread(keep)  # writes a file
        else:
            keep()
        return audio

    def _render(self, spoken: str, stop: Event) -> Floats:
        pieces: list[Floats] = []
        try:
            for chunk in self._model.synthesize(
                spoken, SynthesisConfig(length_scale=self._scale, normalize_audio=False)
            ):
                if stop.is_set():
                    break
                pieces.append(self._tidy(chunk.audio_float_array))
        except Exception as error:  # onnxruntime raises a class of its own for each status
            raise SpeechFailed(
                f"The voice {self.voice} could not speak a sentence of {len(spoken)} characters.",
                "The sentence is shown in writing; go on by typing if it happens again.",
            ) from error
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    @property
    def _scale(self) -> float:
        return float(self._model.config.length_scale) / self.pace

    def _tidy(self, audio: Floats) -> Floats:
        """At the common level, with little silence: Piper leaves more, and peaks of each sentence as they come."""
        loud = set_level(np.asarray(audio, np.float32), self.sample_rate, LEVEL_DBFS, PEAK_DBFS)
        return trim_silence(loud, self.sample_rate, before_s=BEFORE_S, after_s=AFTER_S)


def _open_voice(files: Mapping[str, Path], voice: str, threads: int) -> PiperVoice:
    model = next((path for path in files.values() if path.suffix == ".onnx"), None)
    config = next((path for path in files.values() if path.suffix == ".json"), None)
    remedy = f"Run `interviewlab weights fetch piper-{voice}`."
    if model is None or config is None:
        raise WeightsMissing(f"The voice {voice} needs an .onnx file and its .onnx.json.", remedy)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # No two sentences are of one length: an arena and plans kept for each would grow by the hour. A sentence takes a
    # fifth longer without.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    try:
        parsed = PiperConfig.from_dict(json.loads(config.read_text("utf-8")))
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a class of its own for each status
        raise WeightsMissing(f"The files of the voice {voice} cannot be read: {error}.", remedy) from error
    return PiperVoice(session=session, config=parsed)
