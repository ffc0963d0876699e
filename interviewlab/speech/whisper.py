"""Ears: Whisper on the CPU by faster-whisper, int8, from files on this machine.

Whisper's encoder is built for half a minute of audio and costs the same for a word. ``LIVE`` ears give it only what
there is and a margin, ``CAREFUL`` ones take their time: `interviewlab bench voice --part ears` measures both.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment
from numpy.typing import NDArray

from interviewlab.errors import SpeechFailed, WeightsMissing
from interviewlab.speech.audio import EARS_RATE, Floats, loudest_dbfs
from interviewlab.speech.workers import Workers
from interviewlab.types import Transcription, Word

SILENCE_DBFS = -55.0
"""Audio whose loudest tenth of a second stays below is silence; the model would invent words for it."""
SHORTEST_S = 0.1
FRAMES_A_SECOND = 100
MARGIN_S = 2.0
"""Silence left to the encoder after the audio; with 1 s words got lost."""
SHORTEST_CONTEXT_S = 8.0
"""With 5 s the model repeated itself on brief clips."""
_NOISE = ((0.6, -0.5), (0.4, -1.0))
"""No word, where the chance of no speech is above the first and the mean log-probability below the second: measured on
noise, hum, coughs and clicks against speech with and without an accent."""
_REPEATED = 2.4
"""A text that zlib makes smaller than this repeats itself; the model's authors' threshold."""
_PHRASE_WORDS = 3
"""A phrase of fewer words may be said twice on purpose."""
_AGAINST_LOOPS = 1.2
"""Enough to end them; always on it would cost words that people do say twice."""
_SHORT_S, _TOKENS_A_SECOND, _TOKENS_AT_LEAST = 22.0, 8, 20
_STOPS = (".", "?", "!")
QUIET_S = 0.3
"""So much quiet is put behind what live ears hear. The voice engine asks a tenth of a second after the last word, and
where the audio ends there the model hears a sentence break off: of 50 brief ones it ended 33 with a stop and lost the
last word of some; with this, 48."""
_QUIET = np.random.default_rng(0).normal(0, 5e-4, round(QUIET_S * EARS_RATE)).astype(np.float32)
"""The noise of a quiet room: after a digital silence more pauses were taken for ends."""
_WINDOW_S = 30.0
"""What the encoder sees at once."""
_INVENTED = frozenset(
    {"you", "thank you", "thanks", "thanks for watching", "thank you for watching", "bye", "so", "okay", "uh", "um"}
)
"""What Whisper says to noise."""


@dataclass(frozen=True)
class Manner:
    """How to listen. ``is_whole``: the encoder sees half a minute, whatever there is."""

    beam_size: int
    is_whole: bool = False
    is_background: bool = False


LIVE = Manner(beam_size=3)
"""With one beam tiny.en makes 5.4 % word errors of 93 native words, with three 4.3 %; more beams change nothing."""
CAREFUL = Manner(beam_size=5, is_whole=True, is_background=True)


class WhisperEars:
    """One model in memory and its threads, shared by all who listen.

    ``files`` are those of ``weights.fetch("whisper-…", …)``, in one folder. ``threads`` for one transcription (with
    two, three beams of tiny.en took half as long again as with one: the threads wait for each other), ``workers`` of
    them at a time, ``waiting`` more in the queue. ``second`` are ears that may listen again, closed with these.
    Raises WeightsMissing.
    """

    tells_stop = True

    def __init__(
        self,
        files: Mapping[str, Path],
        *,
        name: str = "whisper",
        threads: int = 1,
        workers: int = 2,
        waiting: int = 8,
        manner: Manner = LIVE,
        second: WhisperEars | None = None,
    ) -> None:
        self.name = name
        self._manner = manner
        self._second = second
        self._workers = Workers(name, workers, waiting, is_background=manner.is_background)
        self._model = self._workers.run_now(lambda: _open_model(files, name, threads, workers))
        self._model.is_whole = manner.is_whole

    def careful(self) -> WhisperEars | None:
        """Ears for a second pass, if there are any."""
        return self._second

    async def transcribe(self, audio: Floats, *, prompt: str = "") -> Transcription:
        """The words with their times. Of a ``prompt`` the first 223 tokens count, in every half minute of the audio."""
        if is_silent(audio):
            return Transcription(text="")
        samples = np.asarray(audio, dtype=np.float32) if self._manner.is_whole else with_quiet(audio)
        return await self._workers.run(lambda stop: self._listen(samples, prompt, stop))

    async def aclose(self) -> None:
        """Take no more; what is under way ends by itself."""
        self._workers.close()
        if self._second is not None:
            await self._second.aclose()

    def _listen(self, audio: Floats, prompt: str, stop: Event) -> Transcription:
        try:
            heard = list(self._segments(audio, prompt, stop))
            if any(is_loop(segment.text) for segment in heard):
                # With little context the model may miss the end of the speech, most often where it has a prompt.
                heard = list(self._segments(audio, prompt, stop, repetition_penalty=_AGAINST_LOOPS))
            return gather(heard, self._model.last_stop)
        except (RuntimeError, ValueError) as error:
            raise SpeechFailed(
                f"{self.name} could not transcribe {audio.size / EARS_RATE:.1f} s of audio.",
                "Say it again, or type.",
                retryable=True,
            ) from error

    def _segments(self, audio: Floats, prompt: str, stop: Event, **options: float) -> Iterable[Segment]:
        """The text of each window, one after the other.

        Audio of one window is decoded once and without times of sentences: told to look for them and for words,
        faster-whisper goes back to where the last word seemed to end and decodes again what follows it. Over 36
        sentences of technical talk that took twice as long and made 5.2 % word errors instead of 3.1 %.
        """
        seconds = audio.size / EARS_RATE
        is_one_window = seconds <= _WINDOW_S
        segments, _ = self._model.transcribe(
            audio,
            language="en",
            beam_size=self._manner.beam_size,
            temperature=0.0,  # sampling again after a doubt takes seconds, and gives another text each time
            condition_on_previous_text=False,
            hotwords=prompt or None,  # an initial_prompt would reach the first half minute only
            word_timestamps=True,
            without_timestamps=is_one_window,
            max_new_tokens=_most_tokens(seconds),
            vad_filter=False,
            **options,
        )
        for segment in islice(segments, 1) if is_one_window else segments:
            if stop.is_set():
                return
            yield segment


def with_quiet(audio: Floats) -> Floats:
    """``audio`` with the quiet behind it; where it fits into one window, no more than that still holds."""
    room = round(_WINDOW_S * EARS_RATE) - audio.size
    quiet = _QUIET[:room] if room >= 0 else _QUIET
    return np.concatenate([audio, quiet], dtype=np.float32)


def is_silent(audio: Floats) -> bool:
    """Too short or too quiet to hold a word."""
    return audio.size < SHORTEST_S * EARS_RATE or loudest_dbfs(audio, EARS_RATE) < SILENCE_DBFS


def gather(segments: Iterable[Segment], stop: float | None = None) -> Transcription:
    """The credible segments as one transcription, with the probability of its last ``stop``."""
    kept = [segment for segment in segments if is_credible(segment)]
    words = [word for segment in kept for word in segment.words or ()]
    chances = [word.probability for word in words] or [math.exp(segment.avg_logprob) for segment in kept]
    return Transcription(
        text=" ".join(segment.text.strip() for segment in kept).strip(),
        words=tuple(Word(text=word.word.strip(), start_s=word.start, end_s=word.end) for word in words),
        confidence=min(1.0, max(0.0, sum(chances) / len(chances))) if chances else None,
        stop=stop if kept else None,
    )


def is_loop(text: str) -> bool:
    """Whether ``text`` is one phrase over and over, the last time maybe cut off: so the model goes on when it does not
    notice the end."""
    words = [word.lower().strip(".,!?…") for word in text.split()]
    sizes = range(_PHRASE_WORDS, (len(words) + 1) // 2 + 1)
    return any(all(word == words[n % size] for n, word in enumerate(words)) for size in sizes if size < len(words))


def is_credible(segment: Segment) -> bool:
    """Whether a segment is something heard, not a loop and not what the model says to noise."""
    if segment.compression_ratio > _REPEATED:
        return False
    if any(segment.no_speech_prob > silence and segment.avg_logprob < doubt for silence, doubt in _NOISE):
        return False
    said = " ".join(segment.text.lower().strip(" .!?,…").split())
    return any(map(str.isalnum, said)) and not (said in _INVENTED and segment.no_speech_prob > 0.3)


def _most_tokens(seconds: float) -> int | None:
    """A bound on how long the model may go on over a short clip (with a prompt, 448 in all); None leaves it its own."""
    return round(seconds * _TOKENS_A_SECOND) + _TOKENS_AT_LEAST if seconds < _SHORT_S else None


class _Model(WhisperModel):  # type: ignore[misc]  # faster-whisper ships no types
    """Encodes what there is and a margin, unless ``is_whole``; then always half a minute. Where it looks for the times
    of words, ``last_stop`` is the probability of the mark that ended the last sentence of this thread."""

    is_whole = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._heard = threading.local()

    @property
    def last_stop(self) -> float:
        """0 where no mark ended it."""
        return float(getattr(self._heard, "stop", 0.0))

    def find_alignment(self, *args: Any, **options: Any) -> list[list[dict[str, Any]]]:
        """The words of each segment with times and probabilities; marks are still words of their own."""
        found: list[list[dict[str, Any]]] = super().find_alignment(*args, **options)
        stops = [word for word in (found[-1][-1:] if found else ()) if word["word"].strip() in _STOPS]
        self._heard.stop = min(1.0, float(stops[0]["probability"])) if stops else 0.0
        return found

    def encode(self, features: NDArray[np.float32]) -> Any:
        """``features``: log-mel, shape (80, frames), zeros where the audio has ended."""
        return super().encode(features if self.is_whole else _trimmed(features))


def _trimmed(features: NDArray[np.float32]) -> NDArray[np.float32]:
    used = int(np.flatnonzero(np.any(features != 0, axis=-2)).max(initial=0)) + 1
    frames = max(used + MARGIN_S * FRAMES_A_SECOND, SHORTEST_CONTEXT_S * FRAMES_A_SECOND)
    return np.ascontiguousarray(features[..., : round(frames)])


def _open_model(files: Mapping[str, Path], name: str, threads: int, workers: int) -> _Model:
    folders = {path.parent for path in files.values()}
    remedy = f"Run `interviewlab weights fetch {name}`."
    if len(folders) != 1:
        raise WeightsMissing(f"The files of {name} are not together in one folder.", remedy)
    try:
        return _Model(
            str(folders.pop()),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            num_workers=workers,
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise WeightsMissing(f"The files of {name} cannot be read: {error}.", remedy) from error
