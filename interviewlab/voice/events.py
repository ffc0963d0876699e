"""What the voice tells the page, each as one line of JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from interviewlab.types import Frozen
from interviewlab.voice.patience import Patience

State = Literal["connecting", "listening", "thinking", "speaking", "held", "paused", "ended"]
"""``paused``: the interviewer heard nothing for long and hung up; the interview waits."""


class Caption(Frozen):
    """Words that were said. The candidate's are first heard piece by piece and final when the turn ends."""

    kind: Literal["caption"] = "caption"
    who: Literal["candidate", "interviewer"]
    text: str
    is_final: bool


class StateChange(Frozen):
    """What the interviewer does now."""

    kind: Literal["state"] = "state"
    state: State


class Latency(Frozen):
    """From the candidate's last sound to the reply's first, by stages: endpoint, brain and mouth add up to ``total_s``.

    Measured on the server: from the last voiced sample that came in to the first sample that went out, so the network
    and the jitter buffers of the browser come on top.
    """

    kind: Literal["latency"] = "latency"
    turn: int
    endpoint_s: float
    """Until the turn counted as ended, transcription included."""
    transcript_s: float
    """Within ``endpoint_s``: until the last words were transcribed. Not added to the total."""
    brain_s: float
    """From the end of the turn to the first sentence."""
    mouth_s: float
    """From the first sentence to its first sound."""
    total_s: float


class TurnTaken(Frozen):
    """The record has grown: time to show it anew."""

    kind: Literal["turn"] = "turn"
    turn: int
    is_ended: bool


class VoiceTrouble(Frozen):
    """Something failed, in one sentence; typing always works."""

    kind: Literal["trouble"] = "trouble"
    sentence: str


VoiceEvent = Caption | StateChange | Latency | TurnTaken | VoiceTrouble


class Hold(Frozen):
    """ "Hold on, I'm thinking": no turn ends while ``is_on``."""

    kind: Literal["hold"] = "hold"
    is_on: bool


class SetPatience(Frozen):
    """Wait longer or shorter from now on."""

    kind: Literal["patience"] = "patience"
    patience: Patience


class Say(Frozen):
    """The candidate typed an answer during the call: it is taken as a turn like any other, and the reply is spoken."""

    kind: Literal["say"] = "say"
    text: str = Field(min_length=1, max_length=20_000)


class CatchUp(Frozen):
    """The page took a turn by itself (code was handed in): speak the reply that it brought."""

    kind: Literal["catch_up"] = "catch_up"


class Typing(Frozen):
    """The candidate is at the keyboard: the interviewer keeps quiet unless spoken to."""

    kind: Literal["typing"] = "typing"


Command = Annotated[Hold | SetPatience | Say | CatchUp | Typing, Field(discriminator="kind")]
COMMANDS: TypeAdapter[Hold | SetPatience | Say | CatchUp | Typing] = TypeAdapter(Command)
