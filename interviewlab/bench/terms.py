"""How well the ears hear technical terms: sentences of candidates, spoken by two engines, with and without a prompt.

``python -m interviewlab.bench.terms evals/data/terms`` prints the figures of the settings' ears. The sentences of the
half ``tune`` may be listened to while something is changed; figures that are given to anybody are those of ``report``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from interviewlab.bench.speech import Clip, measure_ears, spoken_words
from interviewlab.bootstrap import build_ears, build_mouth
from interviewlab.errors import BadInput
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.settings import Settings, read_settings
from interviewlab.speech.audio import EARS_RATE, Floats, to_float
from interviewlab.speech.resampling import resample
from interviewlab.speech.vocabulary import vocabulary_prompt

_CLIPS_RATE = 48_000
_AROUND_S = 0.5
"""Quiet before and after: about what the voice engine's detector leaves there. Words at a bare edge get lost."""


@dataclass(frozen=True)
class Sentence:
    """What a candidate says, the ``terms`` in it word for word, and the ``prompt`` that the app would give its ears."""

    id: str
    half: str
    area: str
    said: str
    terms: tuple[str, ...]
    prompt: str


def load_sentences(folder: Path) -> list[Sentence]:
    """``sentences.yaml`` of a folder. Raises BadInput."""
    path = folder / "sentences.yaml"
    try:
        groups = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadInput(f"{path} cannot be read.", "Name the folder evals/data/terms of a checkout.") from error
    return [
        Sentence(
            id=row["id"],
            half=row["half"],
            area=group["area"],
            said=row["said"],
            terms=tuple(row["terms"]),
            prompt=vocabulary_prompt(group["question"], group["skills"], [group["area"]]),
        )
        for group in groups
        for row in group["sentences"]
    ]


async def bench_terms(settings: Settings, folder: Path, half: str = "report") -> dict[str, Any]:
    """The ears of ``settings`` on one half. Raises BadInput, WeightsMissing."""
    sentences = [sentence for sentence in load_sentences(folder) if sentence.half == half]
    ears = await asyncio.to_thread(build_ears, settings)
    mouth = await asyncio.to_thread(build_mouth, settings)
    try:
        clips = {settings.mouth: await speak(mouth, sentences), "kokoro": read_clips(folder / "kokoro", sentences)}
        figures = {engine: await measure_terms(ears, spoken, sentences) for engine, spoken in clips.items()}
    finally:
        await ears.aclose()
        await mouth.aclose()
    return {"ears": ears.name, "half": half, "sentences": len(sentences), "wer_aim": 0.06, **figures}


async def measure_terms(ears: SpeechToText, clips: Sequence[Clip], sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Word error rate and speed with the prompt and without."""
    prompted = [replace(clip, prompt=sentence.prompt) for clip, sentence in zip(clips, sentences, strict=True)]
    return {
        "with_prompt": await measure_ears(ears, prompted),
        "without_prompt": await measure_ears(ears, clips),
    }


async def speak(mouth: TextToSpeech, sentences: Sequence[Sentence]) -> list[Clip]:
    """Each sentence by a mouth of ours."""
    clips = []
    for sentence in sentences:
        pieces = [to_float(piece.pcm) async for piece in mouth.synthesize(sentence.said)]
        clips.append(_clip(np.concatenate(pieces), mouth.sample_rate, sentence))
    return clips


def read_clips(folder: Path, sentences: Sequence[Sentence]) -> list[Clip]:
    """Each sentence from its Opus file in ``folder``. Raises BadInput."""
    return [_clip(_decode(folder / f"{sentence.id}.ogg"), _CLIPS_RATE, sentence) for sentence in sentences]


def missed_terms(sentence: Sentence, heard: str) -> list[str]:
    """The terms whose words are not in ``heard``, in their order and together, however they are joined."""
    flat = "".join(spoken_words(heard))
    return [term for term in sentence.terms if "".join(spoken_words(term)) not in flat]


def _decode(path: Path) -> Floats:
    import av

    try:
        with av.open(str(path)) as container:
            to_mono = av.AudioResampler("flt", "mono", _CLIPS_RATE)
            frames = [made.to_ndarray()[0] for frame in container.decode(audio=0) for made in to_mono.resample(frame)]
    except OSError as error:
        raise BadInput(f"The clip {path} cannot be read.", "README.md beside it says how it was made.") from error
    return np.concatenate(frames).astype(np.float32)


def _clip(audio: Floats, rate: int, sentence: Sentence) -> Clip:
    return Clip(np.pad(resample(audio, rate, EARS_RATE), round(_AROUND_S * EARS_RATE)), sentence.said)


if __name__ == "__main__":
    half = sys.argv[2] if len(sys.argv) > 2 else "report"
    json.dump(asyncio.run(bench_terms(read_settings(), Path(sys.argv[1]), half)), sys.stdout, indent=1)
