"""The default ears and mouth by themselves, without a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviewlab.bench.speech import Clip, load_clips, measure_ears, measure_mouth, with_noise
from interviewlab.bench.voice.clips import load_noises, speech_folder
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bootstrap import build_ears, build_mouth
from interviewlab.ports import SpeechToText
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings

SNR_DB = 15.0


async def measure_default_ears(settings: Settings, turns: int = 0) -> dict[str, Any]:
    """Word error rate on human clips, live and careful, ``turns`` of each kind at most (0: all); with noise too."""
    folder = speech_folder()
    clips, noises, ears = load_clips(folder), load_noises(folder), build_ears(settings)
    native = [clip for clip in clips if clip.is_native][: turns or None]
    accented = [clip for clip in clips if not clip.is_native][: turns or None]
    noisy = [with_noise(clip, noise, SNR_DB) for noise in noises for clip in native]
    kinds = {"native": native, "accented": accented, "native_noise_15_db": noisy}
    cores = Cores()
    try:
        figures = {kind: await _heard(ears, kind, some) for kind, some in kinds.items()}
        if (careful := ears.careful()) is not None:
            figures["second_pass"] = {kind: await _heard(careful, kind, some) for kind, some in kinds.items()}
    finally:
        await ears.aclose()
    return {"ears": settings.ears, **figures, "machine": cores.figures()}


async def _heard(ears: SpeechToText, kind: str, clips: Sequence[Clip]) -> dict[str, Any]:
    tell(f"{ears.name}: {len(clips)} clips, {kind}")
    return await measure_ears(ears, [replace(clip, prompt="") for clip in clips])


async def measure_default_mouth(settings: Settings, turns: int = 60) -> dict[str, Any]:
    """``turns`` questions of the bank spoken and transcribed by the careful ears and by the live ones."""
    ears, mouth, texts = build_ears(settings), build_mouth(settings), _texts(turns)
    cores = Cores()
    tell(f"{mouth.name} {mouth.voice} says {len(texts)} texts")
    try:
        figures = await measure_mouth(mouth, ears, texts)
    finally:
        await mouth.aclose()
        await ears.aclose()
    return {"mouth": settings.mouth, "ears": settings.ears, "texts": len(texts), **figures, "machine": cores.figures()}


def _texts(count: int) -> list[str]:
    """Questions of all areas, evenly."""
    questions = load_bank().questions
    step = max(1, len(questions) // max(1, count))
    return [question.text for question in questions[::step]][:count]
