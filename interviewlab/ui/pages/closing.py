"""Interviews that are gone are left by the places where they were open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Kept, Shell, Updates


@dataclass(frozen=True)
class OpenPlaces:
    """The places that show an interview: ``Kept`` names the one of Interview, Feedback knows its own."""

    shell: Shell
    interview: InterviewPage
    feedback: FeedbackPage

    def close(self, gone: Collection[str], kept: Kept, shown: str) -> Updates:
        """Clear those where one of ``gone`` is open; ``shown`` is the one of Feedback."""
        updates: Updates = {}
        if kept.get("interview_id") in gone:
            updates |= {**self.interview.clear(), self.shell.kept: {}}
        return {**updates, **self.feedback.clear()} if shown in gone else updates
