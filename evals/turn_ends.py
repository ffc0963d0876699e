"""Which model knows best whether somebody has finished speaking? ``python -m evals.turn_ends``

Human clips (``INTERVIEWLAB_DATA``/speech) are cut after a word, as if the speaker paused to think, or left whole. A
tenth of a second of quiet follows, as when the voice engine asks. Clips with an even number are for fitting, the
others for the table.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from interviewlab import weights
from interviewlab.bench.speech import Clip, load_clips
from interviewlab.settings import read_settings
from interviewlab.speech.audio import EARS_RATE, Floats
from interviewlab.speech.whisper import CAREFUL, WhisperEars
from interviewlab.voice.patience import SURE, VAD_SILENCE_S
from interviewlab.voice.turn_end import (
    BY_STOP,
    BY_VOICE,
    Ending,
    TurnEnd,
    log_odds,
    probability,
    read_words,
    signs,
)

SMART_TURN_S = 8
"""Smart Turn reads so much, filled up with silence in front."""


@dataclass(frozen=True)
class Case:
    """One moment at which an engine has to guess."""

    clip: int
    is_end: bool
    ending: Ending
    stop: float
    """Whisper's probability of the mark at the end."""
    voice: float
    """LiveKit's P(finished)."""
    smart: float
    """Log-odds of Smart Turn."""

    def signs(self, name: str) -> tuple[float, ...]:
        """What a logistic model sees, by the stop or by the voice."""
        return signs(self.ending, self.stop if name == "by_stop" else self.voice)


def main() -> None:
    """Print the table and the fitted numbers as JSON."""
    data = Path(os.environ.get("INTERVIEWLAB_DATA", "../shared/data"))
    cases = asyncio.run(collect(load_clips(data / "speech")))
    tune = [case for case in cases if case.clip % 2 == 0]
    report = [case for case in cases if case.clip % 2]
    fits = {name: fit(tune, name) for name in ("by_stop", "by_voice")}
    json.dump({"fit": fits, "cases": len(report), "models": compare(report)}, sys.stdout, indent=1)


async def collect(clips: list[Clip]) -> list[Case]:
    """Every clip, cut after each word but the first two and the last two, and whole."""
    ears = WhisperEars(_files("whisper-tiny.en"), name="whisper-tiny.en")
    careful = WhisperEars(_files("whisper-base"), name="whisper-base", manner=CAREFUL)
    smart = SmartTurn(_files("smart-turn").popitem()[1])
    turn_end, cases = TurnEnd(), list[Case]()
    quiet = np.random.default_rng(0).normal(0, 5e-4, round(VAD_SILENCE_S * EARS_RATE)).astype(np.float32)
    for number, clip in enumerate(clips):
        words = (await careful.transcribe(clip.audio)).words
        body = _until_last_sound(clip.audio)
        ends = [(word.end_s, False) for word in words[2:-2]] + [(body.size / EARS_RATE, True)]
        for end_s, is_end in ends:
            audio = np.concatenate([clip.audio[: round(end_s * EARS_RATE)], quiet])
            heard = await ears.transcribe(audio)
            known = heard.stop or 0.0, turn_end.listen(audio), smart.predict(audio)
            cases.append(Case(number, is_end, read_words(heard.text), *known))
    await ears.aclose()
    await careful.aclose()
    return cases


def fit(cases: list[Case], name: str) -> dict[str, object]:
    """``BY_STOP`` or ``BY_VOICE`` of interviewlab.voice.turn_end: 5 % of the pauses are above ``SURE``."""
    seen = np.array([case.signs(name) for case in cases], float)
    model = LogisticRegression(class_weight="balanced").fit(seen, [case.is_end for case in cases])
    pauses = model.decision_function(seen)[[not case.is_end for case in cases]]
    bias = float(model.intercept_[0] - np.quantile(pauses, 0.95)) + log_odds(SURE)
    return {"weights": [round(float(weight), 2) for weight in model.coef_[0]], "bias": round(bias, 2)}


def compare(cases: list[Case]) -> dict[str, dict[str, float]]:
    """AUC, and the share of true ends that are found where 5 % of the pauses are taken for ends."""
    models: dict[str, Callable[[Case], float]] = {
        "smart-turn-v3.2": lambda case: case.smart,
        "livekit": lambda case: case.voice,
        "livekit and how the words end": lambda case: probability(case.ending, case.voice, BY_VOICE),
        "how sure the stop was heard": lambda case: probability(case.ending, case.stop, BY_STOP),
    }
    is_end = np.array([case.is_end for case in cases])
    return {name: _figures(is_end, np.array([model(case) for case in cases])) for name, model in models.items()}


def _figures(is_end: NDArray[np.bool_], guess: NDArray[np.float64]) -> dict[str, float]:
    threshold = np.quantile(guess[~is_end], 0.95)
    return {
        "auc": round(float(roc_auc_score(is_end, guess)), 3),
        "found_at_5_percent": round(float((guess[is_end] > threshold).mean()), 3),
    }


class SmartTurn:
    """Smart Turn v3.2 on onnxruntime: log-mel of the last eight seconds, normalised, to log-odds."""

    def __init__(self, path: Path) -> None:
        self._session = onnxruntime.InferenceSession(str(path))
        self._features = FeatureExtractor(chunk_length=SMART_TURN_S)

    def predict(self, audio: Floats) -> float:
        """Log-odds that the speaker has finished."""
        size = SMART_TURN_S * EARS_RATE
        tail = audio[-size:]
        scaled = (tail - tail.mean()) / np.sqrt(tail.var() + 1e-7)
        filled = np.concatenate([np.zeros(size - tail.size), scaled]).astype(np.float32)
        mel = self._features(filled, padding=0)[None, :, : SMART_TURN_S * 100].astype(np.float32)
        chance = float(np.ravel(self._session.run(None, {self._session.get_inputs()[0].name: mel})[0])[0])
        return float(np.log((chance + 1e-3) / (1 - chance + 1e-3)))


def _files(name: str) -> dict[str, Path]:
    settings = read_settings()
    return dict(weights.fetch(name, settings.cache_dir, settings.weights_mirror, is_offline=settings.is_offline))


def _until_last_sound(audio: Floats) -> Floats:
    loud = np.flatnonzero(np.abs(audio) > 0.02)
    return audio[: loud[-1] + 1] if loud.size else audio


if __name__ == "__main__":
    main()
