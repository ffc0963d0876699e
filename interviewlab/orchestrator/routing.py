"""From a decision to the node that speaks it."""

from __future__ import annotations

from interviewlab.orchestrator.state import InterviewState
from interviewlab.types import Decision, Move


def choose_speaker(state: InterviewState) -> Move:
    """The move is the name of the node."""
    return Decision.model_validate(state["decision"]).move
