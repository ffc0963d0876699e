"""How well the ears hear and how the mouth sounds: word error rate, round trip, real-time factor, gaps, clipping."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from interviewlab.bench.figures import percentiles
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.speech.audio import EARS_RATE, Floats, clipped, from_wav, pauses_s, peak_dbfs, rms_dbfs, to_float
from interviewlab.speech.normalise import to_spoken
from interviewlab.speech.resampling import resample

_SAME = {"mr": "mister", "mrs": "missus", "dr": "doctor", "ok": "okay", "til": "until"}


@dataclass(frozen=True)
class Clip:
    """Speech at 16 kHz with what is said in it; ``prompt`` is what the ears are told to expect."""

    audio: Floats
    said: str
    prompt: str = ""
    is_native: bool = True

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.audio.size / EARS_RATE


def spoken_words(text: str) -> list[str]:
    """The words of ``text`` as they sound: numbers and symbols spoken, no case, no punctuation."""
    spoken = to_spoken(text).lower().replace("-", " ").replace("'", "").replace("’", "")
    return [_SAME.get(word, word) for word in re.findall(r"\w+", spoken)]


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """Substitutions, insertions and deletions by the fewest edits, and the number of words said.

    "time out" for "timeout" is spelling and no error: pairs that the other side writes as one word are joined.
    """
    wanted, got = spoken_words(said), spoken_words(heard)
    wanted, got = _join_as(wanted, got), _join_as(got, wanted)
    return _edits(wanted, got), len(wanted)


def load_clips(folder: Path) -> list[Clip]:
    """The shared human speech: 16 kHz WAV files beside a ``manifest.json``; accented speakers are marked."""
    rows = json.loads((folder / "manifest.json").read_text("utf-8"))
    return [
        Clip(
            audio=_at_ears_rate(*from_wav((folder / row["file"]).read_bytes())),
            said=row["transcript"],
            is_native="accent" not in row["note"],
        )
        for row in rows
        if row.get("transcript")
    ]


def with_noise(clip: Clip, noise: Floats, snr_db: float) -> Clip:
    """``clip`` with ``noise`` repeated under it, ``snr_db`` below the speech."""
    under = np.resize(noise, clip.audio.size)
    gain = 10 ** ((rms_dbfs(clip.audio) - rms_dbfs(under) - snr_db) / 20)
    return Clip(np.clip(clip.audio + under * np.float32(gain), -1, 1), clip.said, clip.prompt, clip.is_native)


async def measure_ears(ears: SpeechToText, clips: Sequence[Clip]) -> dict[str, Any]:
    """Word error rate over all words, and how long transcribing takes against how long the clips last."""
    errors = words = 0
    spent: list[float] = []
    for clip in clips:
        start = time.perf_counter()
        heard = await ears.transcribe(clip.audio, prompt=clip.prompt)
        spent.append(time.perf_counter() - start)
        wrong, length = word_errors(clip.said, heard.text)
        errors, words = errors + wrong, words + length
    seconds = sum(clip.seconds for clip in clips)
    return {
        "wer": round(errors / words, 4),
        "words": words,
        "rtf": round(sum(spent) / seconds, 3),
        "transcribe_s": percentiles(spent),
    }


async def measure_mouth(mouth: TextToSpeech, ears: SpeechToText, texts: Iterable[str]) -> dict[str, Any]:
    """The round trip through ``ears``, speed, clipped samples, and the longest pause where two sentences meet."""
    clips: list[Clip] = []
    first: list[float] = []
    spent = seconds = 0.0
    bad, peak, gaps = 0, -90.0, [0.0]
    for text in texts:
        audio, sentences, times = await _speak(mouth, text)
        spent, seconds = spent + times[-1], seconds + audio.size / mouth.sample_rate
        first.append(times[0])
        bad, peak = bad + clipped(audio), max(peak, peak_dbfs(audio))
        gaps += _gaps_between(sentences, mouth.sample_rate)
        clips.append(Clip(resample(audio, mouth.sample_rate, EARS_RATE), text))
    heard = await measure_ears(ears, clips)
    return {
        "round_trip": heard,
        "rtf": round(spent / seconds, 3),
        "first_sound_s": percentiles(first),
        "clipped_samples": bad,
        "peak_dbfs": round(peak, 1),
        "longest_gap_s": round(max(gaps), 3),
    }


async def _speak(mouth: TextToSpeech, text: str) -> tuple[Floats, list[Floats], list[float]]:
    """All audio, that of each sentence, and when each piece came, in seconds from asking."""
    start = time.perf_counter()
    sentences: list[list[Floats]] = []
    times: list[float] = []
    async for piece in mouth.synthesize(text):
        times.append(time.perf_counter() - start)
        if piece.text or not sentences:
            sentences.append([])
        sentences[-1].append(to_float(piece.pcm))
    whole = [np.concatenate(pieces) for pieces in sentences]
    return np.concatenate(whole) if whole else np.zeros(0, np.float32), whole, times or [0.0]


def _gaps_between(sentences: Sequence[Floats], rate: int) -> list[float]:
    """The pause at each seam: the quiet end of one sentence and the quiet start of the next."""
    return [_edge_s(before[-rate:][::-1], rate) + _edge_s(after[:rate], rate) for before, after in pairwise(sentences)]


def _edge_s(audio: Floats, rate: int) -> float:
    """The quiet at the start of ``audio``."""
    marked = np.concatenate([np.full(rate // 50, 0.5, np.float32), audio])
    return next(iter(pauses_s(marked, rate)), 0.0)


def _at_ears_rate(audio: Floats, rate: int) -> Floats:
    return resample(audio, rate, EARS_RATE)


def _join_as(words: list[str], other: list[str]) -> list[str]:
    whole, joined = set(other), list[str]()
    for word in words:
        if joined and joined[-1] + word in whole and word not in whole:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _edits(wanted: Sequence[str], got: Sequence[str]) -> int:
    row = list(range(len(got) + 1))
    for n, word in enumerate(wanted, start=1):
        above, row[0] = row[0], n
        for m, other in enumerate(got, start=1):
            above, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, above + (word != other))
    return row[-1]
