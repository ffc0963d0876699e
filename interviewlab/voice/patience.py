"""How long the interviewer waits for more: numbers alone, reviewed here. Seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Patience = Literal["brisk", "normal", "patient"]
PATIENCES: tuple[Patience, ...] = get_args(Patience)


@dataclass(frozen=True)
class Delays:
    """After this much silence the turn ends: ``sure_s`` where the end-of-turn model thinks so, else ``unsure_s``."""

    sure_s: float
    unsure_s: float


DELAYS: dict[Patience, Delays] = {
    "brisk": Delays(sure_s=0.2, unsure_s=1.4),
    "normal": Delays(sure_s=0.5, unsure_s=2.5),
    "patient": Delays(sure_s=1.2, unsure_s=4.5),
}
HELD = Delays(sure_s=3600.0, unsure_s=3600.0)
"""While the candidate has asked for time the turn does not end by itself."""

VAD_SILENCE_S = 0.25
"""A pause at which what was said so far is transcribed."""
BARGE_IN_S = 0.2
"""So much speech pauses the interviewer."""
RESUME_S = 0.7
"""After so much silence without words the interviewer goes on where the voice was paused."""
ECHO_S = 1.0
"""At the first sound of a call the browser's echo canceller is still learning: nothing interrupts so long."""
LOST_S = 10.0
"""A call without a frame for so long is over."""
