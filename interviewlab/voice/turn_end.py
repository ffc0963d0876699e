"""Has the candidate finished? What the voice shows (LiveKit's local model) and how the words end, in one probability.

On cut human speech the words tell most: ears that hear a sentence break off print no full stop. ``python -m
evals.turn_ends`` compares the models, Smart Turn among them, and fits the numbers below on one half of the clips.
"""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass, replace
from functools import cache

import numpy as np
from livekit.local_inference import EOT, EOT_MAX_SAMPLES

from interviewlab.speech.audio import Floats, to_int16

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
    """What the end of some speech shows; the fields stand in the order of ``WEIGHTS``."""

    voice: float
    """Log-odds of LiveKit's model."""
    is_stopped: bool
    """The words end with a full stop, a question or an exclamation mark."""
    trails_off: bool
    """They end with an ellipsis."""
    is_open: bool
    """Their last word calls for more."""


WEIGHTS = (1.37, 2.46, -0.70, -0.23)
BIAS = -0.95


class TurnEnd:
    """The local model, loaded once a process (108 MB) and shared."""

    def __init__(self) -> None:
        self._model = EOT()

    def listen(self, audio: Floats) -> float:
        """Log-odds of speech at 16 kHz that ends in a pause to be finished. Blocking, about 80 ms."""
        chance = self._model.predict(to_int16(np.ascontiguousarray(audio[-EOT_MAX_SAMPLES:])))
        return math.log((chance + _PROBABLE) / (1 - chance + _PROBABLE))


def finished(text: str, voice: float) -> float:
    """P(finished) from the words so far and from what ``TurnEnd.listen`` said of their end; the voice counts only where
    the words have stopped."""
    words = read_words(text)
    return probability(replace(words, voice=voice) if words.is_stopped else words)


def read_words(text: str, voice: float = 0.0) -> Ending:
    """The signs in the words alone."""
    said = text.strip()
    return Ending(
        voice=voice,
        is_stopped=bool(_STOPPED.search(said)),
        trails_off=said.endswith(("...", "…")),
        is_open=bool(_OPEN.search(said)),
    )


def probability(ending: Ending) -> float:
    """A logistic model of the signs."""
    return 1 / (1 + math.exp(-BIAS - sum(weight * sign for weight, sign in zip(WEIGHTS, astuple(ending), strict=True))))


@cache
def load_turn_end() -> TurnEnd:
    """The one of this process."""
    return TurnEnd()
