"""How long the interviewer waits for more: numbers alone, reviewed here. Seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Patience = Literal["brisk", "normal", "patient"]
PATIENCES: tuple[Patience, ...] = get_args(Patience)


@dataclass(frozen=True)
class Delays:
    """After this much silence the turn ends: ``sure_s`` where the candidate has surely finished, else up to
    ``unsure_s``. "The time is linear" sounds finished: 0.3 to 0.4 s is what a comma lasts, and what a transcript takes
    on two processors, so that to wait for it costs hardly more; half a second is a breath inside an answer."""

    sure_s: float
    unsure_s: float


DELAYS: dict[Patience, Delays] = {
    "brisk": Delays(sure_s=0.3, unsure_s=0.8),
    "normal": Delays(sure_s=0.54, unsure_s=1.15),
    "patient": Delays(sure_s=2.3, unsure_s=2.5),
}
HELD_S = 3600.0
"""While the candidate has asked for time the turn does not end by itself."""
SURE, UNSURE = 0.8, 0.7
"""P(finished) from which on a candidate has surely finished (5 % of the pauses inside the clips by which the model was
fitted were taken for ends there), and below which the wait is the longest; it changes evenly between them."""


def wait_s(patience: Patience, finished: float) -> float:
    """How much silence ends a turn where ``finished`` is the probability that all was said."""
    delays = DELAYS[patience]
    doubt = min(1.0, max(0.0, (SURE - finished) / (SURE - UNSURE)))
    return delays.sure_s + doubt * (delays.unsure_s - delays.sure_s)


VAD_SPEECH_S, VAD_CUT_IN_S = 0.05, 0.03
"""So much of a voice is speech: two windows of Silero; while the interviewer speaks one, and the next tells LiveKit."""
VAD_SILENCE_S = 0.096
"""A pause at which what was said so far is transcribed and an answer is prepared."""
VAD_PADDING_S = 0.09
"""So much before the first voiced frame is listened to; less than VAD_SILENCE_S, or the end of a word that was
transcribed would be heard again."""
LONGEST_PASSAGE_S = 6.0
"""Speech is transcribed anew as a whole after each pause until it is so long."""
LONGEST_PIECE_S = 12.0
"""A recording that is sent as a whole is transcribed in pieces of at most so long: nobody waits for the last words."""
SECOND_PASS_S = 60.0
"""Longer answers are not listened to a second time."""
BARGE_IN_S = 0.05
"""So much since speech began, voiced or not, pauses the interviewer; the pause is taken back where no words come."""
RESUME_S = 0.7
"""After so much silence without words the interviewer goes on where the voice was paused."""
ECHO_S = 1.0
"""At the first sound of a call the browser's echo canceller is still learning: nothing interrupts so long."""
ECHO_TAIL_S = 0.5
"""So long after the interviewer's last sound a microphone may still pick it up."""
LOST_S = 10.0
"""A call without a frame for so long is over."""
OVERTIME_S = 60.0
"""A call whose time is over ends by itself, its last turn recorded; so much later it is cut off."""


@dataclass(frozen=True)
class Silence:
    """How long nobody speaks until the interviewer breaks the silence, offers to move on, and hangs up."""

    check_s: float
    offer_s: float
    pause_s: float


SILENCES: dict[Patience, Silence] = {
    "brisk": Silence(check_s=12.0, offer_s=30.0, pause_s=90.0),
    "normal": Silence(check_s=20.0, offer_s=45.0, pause_s=120.0),
    "patient": Silence(check_s=35.0, offer_s=75.0, pause_s=180.0),
}
CODING = 6.0
"""So many times as long while an exercise is on the table: whoever writes code is silent."""
