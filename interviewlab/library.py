"""Hall two: what a person keeps, and how they get rid of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from interviewlab.errors import InterviewBusy, NotFound
from interviewlab.orchestrator.conversation import Conversation
from interviewlab.ownership import Ownership
from interviewlab.ports import InterviewStore, LibraryStore
from interviewlab.types import (
    AgendaItem,
    InterviewRecord,
    Job,
    JobRecord,
    Match,
    Report,
    Resume,
    ResumeRecord,
    Transcript,
)

DELETE_WAIT_S = 3.0
"""So long a deletion waits for the end of a turn that is under way."""


class Library:
    """One owner's shelf. Made by ``open_library``; whatever belongs to another owner is NotFound."""

    def __init__(
        self,
        owner: str,
        interviews: InterviewStore,
        shelf: LibraryStore,
        conversation: Conversation,
        read_cv: Callable[[Path], Awaitable[Resume]],
        delete_recordings: Callable[[str], Awaitable[None]],
        turn_lock_s: float,
    ) -> None:
        self._owner = owner
        self._interviews = interviews
        self._shelf = shelf
        self._conversation = conversation
        self._read_cv = read_cv
        self._delete_recordings = delete_recordings
        self._turn_lock_s = turn_lock_s

    async def list_interviews(self) -> tuple[InterviewRecord, ...]:
        """Newest first."""
        return await self._shelf.list_interviews(self._owner)

    async def count_unread(self) -> int:
        """How many interviews are kept that this version cannot read."""
        kept = await self._shelf.list_ids("interviews", self._owner)
        return len(set(kept) - {record.id for record in await self.list_interviews()})

    async def get_interview(self, interview_id: str) -> InterviewRecord:
        """Raises NotFound."""
        return await self._interviews.get_interview(interview_id, self._owner)

    async def get_transcript(self, interview_id: str) -> Transcript:
        """Raises NotFound."""
        await self.get_interview(interview_id)
        return Transcript(interview_id=interview_id, entries=await self._interviews.get_entries(interview_id))

    async def get_report(self, interview_id: str) -> Report | None:
        """None where the interview was not finished; raises NotFound."""
        await self.get_interview(interview_id)
        return await self._interviews.get_report(interview_id)

    async def list_reports(self) -> tuple[Report, ...]:
        """The report of each interview that was finished, in the order in which they were."""
        return tuple(sorted(await self._shelf.list_reports(self._owner), key=lambda each: each.created_at))

    async def rename_interview(self, interview_id: str, title: str) -> None:
        """Raises NotFound."""
        await self._shelf.rename_interview(interview_id, self._owner, title)

    async def delete_interview(self, interview_id: str) -> None:
        """With its entries, report, recordings and working state; raises NotFound."""
        if interview_id not in await self._shelf.list_ids("interviews", self._owner):
            raise NotFound(f"There is no interview {interview_id}.", "List your interviews to see their ids.")
        await self._delete(interview_id)

    async def get_agenda(self, interview_id: str) -> tuple[tuple[AgendaItem, ...], Match | None]:
        """What the interviewer was after, and how job and CV fitted; nothing until the interview is over.

        Raises NotFound.
        """
        record = await self.get_interview(interview_id)
        return (record.plan.agenda, record.plan.match) if record.is_ended else ((), None)

    async def add_resume(self, path: Path, name: str = "") -> ResumeRecord:
        """Read a CV and keep it; the first is the default. Raises BadUpload."""
        return await self.keep_resume(await self._read_cv(path), name or path.stem)

    async def keep_resume(self, resume: Resume, name: str = "") -> ResumeRecord:
        """Keep a CV that was read already; the first is the default."""
        record = ResumeRecord(
            id=uuid4().hex,
            owner=self._owner,
            name=name or resume.name or "My CV",
            resume=resume,
            created_at=datetime.now(UTC),
            is_default=not await self.list_resumes(),
        )
        await self._shelf.add_resume(record)
        return record

    async def list_resumes(self) -> tuple[ResumeRecord, ...]:
        """Newest first."""
        return await self._shelf.list_resumes(self._owner)

    async def get_resume(self, resume_id: str) -> ResumeRecord:
        """Raises NotFound."""
        return await self._shelf.get_resume(resume_id, self._owner)

    async def rename_resume(self, resume_id: str, name: str) -> None:
        """Raises NotFound."""
        await self._shelf.rename_resume(resume_id, self._owner, name)

    async def correct_resume(self, resume_id: str, resume: Resume) -> None:
        """Keep what the candidate made of it in place of what was read. Raises NotFound."""
        await self._shelf.replace_resume(resume_id, self._owner, resume)

    async def choose_resume(self, resume_id: str) -> None:
        """Take this one where none is named. Raises NotFound."""
        await self._shelf.choose_resume(resume_id, self._owner)

    async def delete_resume(self, resume_id: str) -> None:
        """With every interview whose questions were made from it. Raises NotFound."""
        if resume_id in await self._shelf.list_ids("resumes", self._owner):
            await self._delete_all(await self.made_from(resume_id))
        await self._shelf.delete_resume(resume_id, self._owner)

    async def made_from(self, paper_id: str) -> tuple[str, ...]:
        """The interviews that were planned from a CV or a job of the shelf."""
        return await self._shelf.list_made_from(paper_id, self._owner)

    async def add_job(self, job: Job, name: str = "") -> JobRecord:
        """Keep a job description; the first is the default."""
        record = JobRecord(
            id=uuid4().hex,
            owner=self._owner,
            name=name or " at ".join(part for part in (job.role, job.company) if part) or "A job",
            job=job,
            created_at=datetime.now(UTC),
            is_default=not await self.list_jobs(),
        )
        await self._shelf.add_job(record)
        return record

    async def list_jobs(self) -> tuple[JobRecord, ...]:
        """Newest first."""
        return await self._shelf.list_jobs(self._owner)

    async def get_job(self, job_id: str) -> JobRecord:
        """Raises NotFound."""
        return await self._shelf.get_job(job_id, self._owner)

    async def rename_job(self, job_id: str, name: str) -> None:
        """Raises NotFound."""
        await self._shelf.rename_job(job_id, self._owner, name)

    async def choose_job(self, job_id: str) -> None:
        """Take this one where none is named. Raises NotFound."""
        await self._shelf.choose_job(job_id, self._owner)

    async def delete_job(self, job_id: str) -> None:
        """With every interview that was planned for it. Raises NotFound."""
        if job_id in await self._shelf.list_ids("jobs", self._owner):
            await self._delete_all(await self.made_from(job_id))
        await self._shelf.delete_job(job_id, self._owner)

    async def delete_old(self, before: datetime) -> int:
        """Interviews in which nothing happened since ``before``, then papers as old from which none is left.

        Gives how many interviews were deleted.
        """
        old = await self._shelf.list_ids("interviews", self._owner, before)
        await self._delete_all(old)
        for resume_id in await self._shelf.list_ids("resumes", self._owner, before):
            if not await self.made_from(resume_id):
                await self.delete_resume(resume_id)
        for job_id in await self._shelf.list_ids("jobs", self._owner, before):
            if not await self.made_from(job_id):
                await self.delete_job(job_id)
        return len(old)

    async def delete_everything(self) -> None:
        """Every interview, recording, CV, job and working state of this owner."""
        await self._delete_all(await self._shelf.list_ids("interviews", self._owner))
        for interview_id in await self._shelf.delete_owner(self._owner):
            await self._delete_beside(interview_id)

    async def _delete_all(self, interview_ids: Sequence[str]) -> None:
        """One that another window deleted meanwhile is gone all the same."""
        for interview_id in interview_ids:
            with suppress(NotFound):
                await self._delete(interview_id)

    async def _delete(self, interview_id: str) -> None:
        """What lies beside the record goes first, so that a failure can be tried again, and once more behind it: a
        turn or a call may have gone on meanwhile."""
        async with self._between_turns(interview_id):
            await self._delete_beside(interview_id)
            await self._shelf.delete_interview(interview_id, self._owner)
            await self._delete_beside(interview_id)

    async def _delete_beside(self, interview_id: str) -> None:
        await self._delete_recordings(interview_id)
        await self._conversation.forget(interview_id)

    @asynccontextmanager
    async def _between_turns(self, interview_id: str) -> AsyncIterator[None]:
        """Own the interview if its turn ends soon; otherwise the turn clears up when it finds no record."""
        ownership = Ownership(self._interviews, interview_id, self._turn_lock_s, DELETE_WAIT_S)
        async with AsyncExitStack() as stack:
            with suppress(InterviewBusy):
                await stack.enter_async_context(ownership.hold())
            yield
