"""Setting an interview up."""

from __future__ import annotations

from dataclasses import replace

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.errors import InterviewLabError, LimitReached, NotFound
from interviewlab.planning import PlanWishes, build_plan, read_job
from interviewlab.ports import ChatModel
from interviewlab.scoring.rubric import list_rubrics
from interviewlab.settings import Settings
from interviewlab.ui.handlers.interview import view_of
from interviewlab.ui.handlers.papers import add_job_to
from interviewlab.ui.handlers.views import InterviewView, Trouble


async def start_interview(
    settings: Settings, owner: str, wishes: PlanWishes, resume_id: str = "", model: ChatModel | None = None
) -> InterviewView | Trouble:
    """A new interview with its greeting said; ``resume_id`` is a CV of the shelf. An upload goes before it: what was
    kept is no upload any more, so this one is new or could not be read, and then that is said.

    A pasted job is kept on the shelf, once. ``model``: one that this owner brought, which speaks.
    """
    try:
        _check_rubric(wishes.rubric)
        await check_room(settings, owner)
        plan = await build_plan(settings, await _with_papers(settings, owner, wishes, resume_id))
        async with open_interview(settings, owner=owner, plan=plan, model=model) as interview:
            await interview.start()
            return await view_of(interview)
    except InterviewLabError as error:
        return Trouble(str(error))


def _check_rubric(name: str) -> None:
    """Only bundled ones by name: whoever visits names no file of this machine."""
    if name not in list_rubrics():
        raise NotFound(f"There is no rubric '{name}'.", f"Choose one of {', '.join(list_rubrics())}.")


async def check_room(settings: Settings, owner: str) -> None:
    """On a shared server nobody fills the disk. Raises LimitReached."""
    if settings.whose == "local":
        return
    async with open_library(settings, owner=owner) as library:
        if len(await library.list_interviews()) >= settings.owner_interviews:
            raise LimitReached("You keep as many interviews as one person may.", "Delete one in Progress first.")


async def _with_papers(settings: Settings, owner: str, wishes: PlanWishes, resume_id: str) -> PlanWishes:
    resume_id = "" if wishes.resume else resume_id
    if not resume_id and not wishes.job:
        return wishes
    async with open_library(settings, owner=owner) as library:
        if resume_id:
            wishes = replace(wishes, resume=(await library.get_resume(resume_id)).resume, resume_id=resume_id)
        if isinstance(wishes.job, str) and wishes.job:
            kept = {record.job.text: record for record in await library.list_jobs()}
            job = await read_job(settings, wishes.job)
            record = kept.get(job.text) or await add_job_to(settings, library, job)
            wishes = replace(wishes, job=job, job_id=record.id)
    return wishes
