"""Errors of ours as one sentence in a cell, after which the notebook goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from interviewlab.errors import InterviewLabError


@contextmanager
def explained() -> Iterator[None]:
    """Within this block an InterviewLabError is said in its own sentence, without a traceback; others are raised.

    What the block would have assigned keeps the value it had: load an example first, then your own file within.
    """
    try:
        yield
    except InterviewLabError as error:
        sys.stdout.write(f"{error}\n")
