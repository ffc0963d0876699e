"""What handlers hand back to the pages."""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.errors import InterviewLabError, NotFound
from interviewlab.types import Exercise, Plan, Progress, Report, RunResult, Transcript

HINT = "Could I have a hint?"
HOLD = "Hold on, please, I'm thinking."


@dataclass(frozen=True)
class InterviewView:
    """An interview as it stands: all that the interview page shows."""

    interview_id: str
    plan: Plan
    progress: Progress
    transcript: Transcript
    exercise: Exercise | None = None
    result: RunResult | None = None
    quiet_s: float = 0.0
    """Since the last turn, by the server's clock: the browser's may be wrong."""


@dataclass(frozen=True)
class Speaking:
    """A turn that is under way: what the candidate said and as much of the reply as there is."""

    utterance: str
    reply: str = ""


@dataclass(frozen=True)
class FeedbackView:
    """A finished interview."""

    report: Report
    transcript: Transcript


@dataclass(frozen=True)
class Trouble:
    """Something went wrong: one sentence for the page; nothing was lost."""

    sentence: str
    can_go_direct: bool = False
    """A LiveKit room cannot be had, but the page can carry the call by itself."""
    view: InterviewView | None = None
    """The interview as it stands, where it went on without this page."""
    is_gone: bool = False
    """What was asked for is not there, or is somebody else's; anything else may work later."""


def trouble_of(error: InterviewLabError) -> Trouble:
    """What the page is told of an error."""
    return Trouble(str(error), is_gone=isinstance(error, NotFound))


Step = InterviewView | Speaking | Trouble


@dataclass(frozen=True)
class Invitation:
    """Leave to call, or to talk without a call: what the browser needs to know, as JSON."""

    payload: str
