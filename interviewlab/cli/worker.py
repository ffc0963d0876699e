"""``interviewlab worker``: speaks interviews in the rooms of a LiveKit server."""

from __future__ import annotations

import asyncio
import logging

from interviewlab.cli.output import tell
from interviewlab.settings import read_settings


def work() -> None:
    """Join the LiveKit server of the settings as the interviewer, until SIGTERM or Ctrl+C."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = read_settings()
    from interviewlab.voice.livekit_worker import run_worker

    asyncio.run(run_worker(settings, tell))
