"""Has the candidate finished? How surely the ears heard the words stop, in one probability.

Ears that hear a sentence break off print no full stop, or one that they doubt: on cut human speech that probability
tells far more than the voice does. LiveKit's local model listens to the voice where the ears do not tell. ``python -m
evals.turn_ends`` compares the models, Smart Turn among them, and fits the numbers below on one half of the clips, so
that 5 % of the pauses there are above ``patience.SURE``.
"""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass
from functools import cache

import numpy as np
from livekit.local_inference import EOT, EOT_MAX_SAMPLES

from interviewlab.ports import SpeechToText
from interviewlab.speech.audio import Floats, to_int16
from interviewlab.types import Transcription

_OPEN = re.compile(
    r"(?:^|[^a-z'])(?:"
    r"a|an|the|and|or|but|so|because|if|when|while|where|as|of|to|in|on|at|by|with|for|from|into|than|then|"
    r"that|which|who|whose|whether|is|are|was|were|be|been|am|have|has|had|do|does|did|will|would|can|could|"
    r"should|may|might|must|not|no|very|rather|more|most|my|your|his|her|its|our|their|this|these|those|i|you|"
    r"he|she|we|they|it|um|uh|er|like|also|just|only|such|every|each|between|about|over|under|after|before|"
    r"until|unless|although|though|since"
    r")\W*$",
    re.IGNORECASE,
)
"""No English sentence of an answer ends with one of these, or hardly any."""
_STOPPED = re.compile(r"(?<!\.)[.?!][\"')]*$")
_PROBABLE = 1e-3


@dataclass(frozen=True)
class Ending:
    """What the end of some words shows."""

    is_stopped: bool
    """They end with a full stop, a question or an exclamation mark."""
    trails_off: bool
    """They end with an ellipsis."""
    is_open: bool
    """The last of them calls for more."""


@dataclass(frozen=True)
class Weights:
    """Of a logistic model: of what ``signs`` gives, in that order, and the bias."""

    is_stopped: float
    trails_off: float
    is_open: float
    known: float
    bias: float


BY_STOP = Weights(1.30, -0.22, 0.09, 2.37, -2.96)
"""Where the ears tell how sure they are of the stop."""
BY_VOICE = Weights(2.85, -0.42, -0.11, 0.45, -1.34)
"""Where LiveKit's model has listened to the voice."""


class TurnEnd:
    """LiveKit's local model, loaded once a process (108 MB) and shared."""

    def __init__(self) -> None:
        self._model = EOT()

    def listen(self, audio: Floats) -> float:
        """P(finished) of speech at 16 kHz that ends in a pause, by its sound. Blocking, about 80 ms."""
        return float(self._model.predict(to_int16(np.ascontiguousarray(audio[-EOT_MAX_SAMPLES:]))))


def finished(heard: Transcription, voice: float | None = None) -> float:
    """P(finished) from what was ``heard`` so far, and from what ``TurnEnd.listen`` said of the ``voice`` where the ears
    give no ``stop``; it counts only where the words have stopped."""
    ending = read_words(heard.text)
    if heard.stop is not None:
        return probability(ending, heard.stop, BY_STOP)
    return probability(ending, voice if voice is not None else 0.5, BY_VOICE)


def read_words(text: str) -> Ending:
    """The signs in the words alone."""
    said = text.strip()
    return Ending(
        is_stopped=bool(_STOPPED.search(said)),
        trails_off=said.endswith(("...", "…")),
        is_open=bool(_OPEN.search(said)),
    )


def signs(ending: Ending, known: float) -> tuple[float, ...]:
    """Three signs in the words, and the log-odds of what else is known of the end."""
    return ending.is_stopped, ending.trails_off, ending.is_open, log_odds(known) if ending.is_stopped else 0.0


def probability(ending: Ending, known: float, weights: Weights) -> float:
    """A logistic model of the signs and of the probability ``known``."""
    *factors, bias = astuple(weights)
    total = bias + sum(factor * sign for factor, sign in zip(factors, signs(ending, known), strict=True))
    return 1 / (1 + math.exp(-total))


def log_odds(chance: float) -> float:
    """Never infinite."""
    return math.log((chance + _PROBABLE) / (1 - chance + _PROBABLE))


def turn_end_for(ears: SpeechToText) -> TurnEnd | None:
    """Who listens to the voice beside ``ears``; nobody where they tell themselves."""
    return None if ears.tells_stop else load_turn_end()


@cache
def load_turn_end() -> TurnEnd:
    """The one of this process."""
    return TurnEnd()
