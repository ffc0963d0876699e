"""An interview as it went, ended or not, with its recorded calls."""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.bootstrap import open_library
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.types import Report, Transcript
from interviewlab.ui.handlers.recordings import Playable, RecordingDesk
from interviewlab.ui.handlers.views import Trouble


@dataclass(frozen=True)
class ReplayView:
    """What can be played; ``report`` is None while the interview goes on."""

    transcript: Transcript
    report: Report | None
    calls: tuple[Playable, ...]


async def get_replay(settings: Settings, desk: RecordingDesk, owner: str, interview_id: str) -> ReplayView | Trouble:
    """Everything of this owner's interview that a replay shows."""
    try:
        async with open_library(settings, owner=owner) as library:
            transcript, report = await library.get_transcript(interview_id), await library.get_report(interview_id)
    except InterviewLabError as error:
        return Trouble(str(error))
    calls = await desk.list_recordings(owner, interview_id)
    return calls if isinstance(calls, Trouble) else ReplayView(transcript, report, calls)
