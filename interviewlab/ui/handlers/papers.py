"""CVs and jobs on a person's shelf: read, correct, rename, choose, delete."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from interviewlab.bootstrap import open_library
from interviewlab.errors import InterviewLabError, LimitReached
from interviewlab.library import Library
from interviewlab.planning import read_job
from interviewlab.resume.correcting import Form, form_from_resume, resume_from_form
from interviewlab.settings import Settings
from interviewlab.types import Job, JobRecord, ResumeRecord
from interviewlab.ui.door.doorkeeper import Door
from interviewlab.ui.handlers.forgetting import forget
from interviewlab.ui.handlers.shelf import LONGEST_NAME
from interviewlab.ui.handlers.views import Trouble

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Papers:
    """What is on the shelf, newest first."""

    resumes: tuple[ResumeRecord, ...] = ()
    jobs: tuple[JobRecord, ...] = ()


@dataclass(frozen=True)
class ResumeView:
    """A CV of the shelf with its form."""

    record: ResumeRecord
    form: Form


async def list_papers(settings: Settings, owner: str) -> Papers | Trouble:
    """Everything on the shelf."""

    async def look(library: Library) -> Papers:
        return Papers(await library.list_resumes(), await library.list_jobs())

    return await _visit(settings, owner, look)


async def add_resume(settings: Settings, owner: str, path: Path, name: str = "") -> ResumeView | Trouble:
    """Read an upload and keep it under ``name``, or that of the file."""

    async def add(library: Library) -> ResumeView:
        _check_room(settings, len(await library.list_resumes()))
        return _view(await library.add_resume(path, name))

    return await _visit(settings, owner, add)


async def open_resume(settings: Settings, owner: str, resume_id: str) -> ResumeView | Trouble:
    """A CV of the shelf."""

    async def look(library: Library) -> ResumeView:
        return _view(await library.get_resume(resume_id))

    return await _visit(settings, owner, look)


async def correct_resume(settings: Settings, owner: str, resume_id: str, form: Form, name: str) -> ResumeView | Trouble:
    """Keep the form as the candidate left it, under ``name``."""

    async def correct(library: Library) -> ResumeView:
        record = await library.get_resume(resume_id)
        corrected = await asyncio.to_thread(resume_from_form, record.resume, form)
        await library.correct_resume(resume_id, corrected)
        if name and name != record.name:
            await library.rename_resume(resume_id, name)
        return _view(await library.get_resume(resume_id))

    return await _visit(settings, owner, correct)


async def choose_resume(settings: Settings, owner: str, resume_id: str) -> Trouble | None:
    """Make it the default."""
    return await _visit(settings, owner, lambda library: library.choose_resume(resume_id))


async def count_made_from(settings: Settings, owner: str, paper_id: str) -> int | Trouble:
    """How many interviews were planned from this CV or job, and would go with it."""

    async def count(library: Library) -> int:
        return len(await library.made_from(paper_id))

    return await _visit(settings, owner, count)


async def delete_resume(settings: Settings, owner: str, resume_id: str) -> Trouble | None:
    """Delete it with the interviews made from it."""
    return await _visit(settings, owner, lambda library: library.delete_resume(resume_id))


async def add_job(settings: Settings, owner: str, given: Path | str) -> JobRecord | Trouble:
    """Understand a job as pasted or as a file, and keep it."""

    async def add(library: Library) -> JobRecord:
        return await add_job_to(settings, library, await read_job(settings, given))

    return await _visit(settings, owner, add)


async def rename_job(settings: Settings, owner: str, job_id: str, name: str) -> Trouble | None:
    """Keep it under another name."""
    if not (name := name.strip()[:LONGEST_NAME]):
        return Trouble("A job cannot be without a name. Write one first.")
    return await _visit(settings, owner, lambda library: library.rename_job(job_id, name))


async def delete_job(settings: Settings, owner: str, job_id: str) -> Trouble | None:
    """Delete it with the interviews planned for it."""
    return await _visit(settings, owner, lambda library: library.delete_job(job_id))


async def delete_everything(door: Door, owner: str) -> Trouble | None:
    """Everything about this person."""
    try:
        await forget(door, owner)
        return None
    except InterviewLabError as error:
        return Trouble(str(error))


async def add_job_to(settings: Settings, library: Library, job: Job) -> JobRecord:
    """Keep a job that was understood already, where there is room. Raises LimitReached."""
    _check_room(settings, len(await library.list_jobs()))
    return await library.add_job(job)


def _check_room(settings: Settings, kept: int) -> None:
    """On a shared server nobody fills the disk."""
    if settings.whose != "local" and kept >= settings.owner_papers:
        raise LimitReached("You keep as many of these as one person may.", "Delete one first.")


def _view(record: ResumeRecord) -> ResumeView:
    return ResumeView(record, form_from_resume(record.resume))


async def _visit(settings: Settings, owner: str, what: Callable[[Library], Awaitable[_Found]]) -> _Found | Trouble:
    try:
        async with open_library(settings, owner=owner) as library:
            return await what(library)
    except InterviewLabError as error:
        return Trouble(str(error))
