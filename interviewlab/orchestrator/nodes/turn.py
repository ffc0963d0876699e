"""What every node is given beside the state, and how it reads the turn from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from interviewlab.orchestrator.context import build_context
from interviewlab.orchestrator.state import Incoming, InterviewState
from interviewlab.ports import Brain
from interviewlab.questions.bank import Bank
from interviewlab.types import Plan, Progress, TurnContext


@dataclass(frozen=True)
class Cast:
    """Who takes part: the run's context, never kept in a checkpoint."""

    brain: Brain
    bank: Bank
    plan: Plan
    quiet: Brain | None = None
    """With which a lost working state is made anew, if not with ``brain``: it asks no language model."""
    confirm: Callable[[], Awaitable[None]] | None = None
    """Raises InterviewBusy where another process took the interview over while this one spoke."""


def incoming_of(state: InterviewState) -> Incoming:
    """What the candidate brought."""
    return Incoming.model_validate(state["incoming"])


def progress_of(state: InterviewState) -> Progress:
    """Where the interview stood before this turn."""
    return Progress.model_validate(state.get("progress") or {})


def context_of(state: InterviewState, cast: Cast) -> TurnContext:
    """The turn as the brain sees it."""
    return build_context(cast.plan, cast.bank, progress_of(state), incoming_of(state))
