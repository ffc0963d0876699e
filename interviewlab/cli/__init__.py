"""The command line: one file a command, heavy parts imported by the command that needs them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``interviewlab``; every error of ours is one sentence on standard error and exit status 2."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: with more, threads mostly wait for each other
    from interviewlab.cli.commands import app
    from interviewlab.errors import InterviewLabError

    try:
        app()
    except InterviewLabError as error:
        sys.stderr.write(f"interviewlab: {error}\n")
        sys.exit(2)
