"""``interviewlab backup`` and ``interviewlab restore``: all that is kept, in one file and back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from interviewlab.cli.output import tell
from interviewlab.settings import read_settings


def back_up(file: Annotated[Path, typer.Argument(help="A new file, e.g. interviewlab-2026-11-25.tar.gz.")]) -> None:
    """Write interviews, reports, CVs, jobs and recordings of everybody to FILE; the app may go on meanwhile."""
    from interviewlab.bootstrap import write_backup

    kept = asyncio.run(write_backup(read_settings(), file))
    tell(f"{file}: {kept.rows['interviews']} interviews, {kept.rows['resumes']} CVs, {kept.recordings} recordings.")


def restore(file: Annotated[Path, typer.Argument(help="What `interviewlab backup` wrote.")]) -> None:
    """Put FILE into an empty store: SQLite or Postgres, whichever it came from. Stop app and workers first."""
    from interviewlab.bootstrap import read_backup

    kept = asyncio.run(read_backup(read_settings(), file))
    tell(f"Restored {kept.rows['interviews']} interviews, {kept.rows['resumes']} CVs, {kept.recordings} recordings.")
