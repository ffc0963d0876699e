"""``interviewlab interview``: a whole interview by text, with a person, a script or a named candidate."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Annotated, get_args

import typer

from interviewlab.errors import BadInput
from interviewlab.settings import read_settings
from interviewlab.types import INTERVIEW_TYPES, LEVELS, MANNERS, Language

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def hold_interview(
    id_: Annotated[str | None, typer.Option("--id", help="Go on with this interview, or start one so named.")] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Your CV: PDF, DOCX, ODT, RTF, text, Markdown or JSON Resume.")
    ] = None,
    job: Annotated[Path | None, typer.Option(help="The job description: a file of any kind that a CV may be.")] = None,
    type_: Annotated[str, typer.Option("--type", help=f"One of {', '.join(INTERVIEW_TYPES)}.")] = "mixed",
    level: Annotated[
        str, typer.Option(help=f"One of {', '.join(LEVELS)}; unset: that of the job, or mid.", show_default=False)
    ] = "",
    language: Annotated[
        str, typer.Option(help=f"Language of the exercises: {', '.join(get_args(Language))}.")
    ] = "python",
    minutes: Annotated[float, typer.Option(min=1, max=240, help="How long, in minutes.")] = 30.0,
    practice: Annotated[bool, typer.Option("--practice", help="Feedback after each answer.")] = False,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same interview.")] = None,
    interviewer: Annotated[str, typer.Option(help="The interviewer's name.")] = "",
    manner: Annotated[str, typer.Option(help=f"Of the interviewer: {', '.join(MANNERS)}.")] = "neutral",
    candidate: Annotated[str | None, typer.Option(help="strong, middling, poor, silent, or a script.jsonl.")] = None,
    brain: Annotated[
        str | None, typer.Option(help="bank (embedded), llm or local; unset: as INTERVIEWLAB_BRAIN says.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for transcript and report.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line in and out.")] = False,
) -> None:
    """Hold an interview in the terminal."""
    from interviewlab.cli.session import Session, hold
    from interviewlab.planning import PlanWishes

    if id_ is not None and not _ID.fullmatch(id_):
        raise BadInput(f"'{id_}' cannot be an id.", "Use letters, digits, '-' and '_', at most 64 of them.")
    _one_of(type_, INTERVIEW_TYPES, "type")
    if level:
        _one_of(level, LEVELS, "level")
    _one_of(language, get_args(Language), "language")
    _one_of(manner, MANNERS, "manner")
    if brain is not None:
        _one_of(brain, ("bank", "llm", "local"), "brain")
    settings = read_settings() if brain is None else read_settings(brain=brain)
    wishes = PlanWishes(
        resume=resume,
        job=job or "",
        type=type_,
        level=level,
        language=language,
        minutes=minutes,
        seed=seed,
        is_practice=practice,
        interviewer=interviewer,
        manner=manner,
    )
    asyncio.run(hold(settings, Session(id_, wishes, candidate, out, json_)))


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise BadInput(f"There is no {what} '{value}'.", f"Choose one of {', '.join(allowed)}.")
