"""What the page is told of an error, or of the end of a call, and what the log is."""

from __future__ import annotations

import logging
import traceback

from interviewlab.errors import InterviewLabError

UNFORESEEN = "Something went wrong that nobody foresaw. Start the voice again, or go on by typing."
_LOG = logging.getLogger(__name__)


def sentence_of(error: Exception) -> str:
    """One sentence. Of an error that is not ours the log is told kind and place: its words may be the candidate's."""
    if isinstance(error, InterviewLabError):
        return str(error)
    place = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("the voice failed: %s\n%s", type(error).__name__, place)
    return UNFORESEEN


def time_is_over(minutes: float) -> str:
    """One sentence for a call that has lasted as long as one may."""
    length = "a minute" if minutes == 1 else f"{minutes:g} minutes"
    return f"This call has lasted {length}, the longest a call may. Start the voice again, or go on by typing."
