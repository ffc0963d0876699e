"""The stages of one reply, from marks on the clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.voice.events import Latency


@dataclass
class Marks:
    """Seconds on one clock (``time.time``), None where a turn has not come so far; a greeting has no ``quiet_at``."""

    quiet_at: float | None = None
    """The candidate's last voiced sample, as the voice activity detector dates it."""
    heard_at: float | None = None
    """The last words were transcribed."""
    ended_at: float | None = None
    """The turn counted as ended."""
    answered_at: float | None = None
    """The brain gave its first sentence."""
    sounded_at: float | None = None
    """Its first sample went out."""


def latency_from(marks: Marks, turn: int) -> Latency | None:
    """The stages, or None for a turn that was not spoken or has not sounded."""
    quiet, ended, answered, sounded = marks.quiet_at, marks.ended_at, marks.answered_at, marks.sounded_at
    if quiet is None or ended is None or answered is None or sounded is None:
        return None
    heard = marks.heard_at if marks.heard_at is not None else ended
    return Latency(
        turn=turn,
        endpoint_s=ended - quiet,
        transcript_s=max(0.0, heard - quiet),
        brain_s=answered - ended,
        mouth_s=sounded - answered,
        total_s=sounded - quiet,
    )
