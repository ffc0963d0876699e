"""The store in memory: for tests, and for looking without leaving a trace."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from interviewlab.errors import BadInput, NotFound
from interviewlab.types import Entry, InterviewRecord, JobRecord, Report, Resume, ResumeRecord, ShelfKind


class ScriptedStore:
    """InterviewStore and LibraryStore that forget everything when the process ends; one event loop only."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._interviews: dict[str, InterviewRecord] = {}
        self._entries: dict[str, dict[int, Entry]] = {}
        self._reports: dict[str, Report] = {}
        self._locks: dict[str, tuple[str, float]] = {}
        self._resumes: dict[str, ResumeRecord] = {}
        self._jobs: dict[str, JobRecord] = {}
        self._touched: dict[tuple[ShelfKind, str], datetime] = {}

    async def create_interview(self, record: InterviewRecord) -> None:
        """Put a new interview on the shelf; raises BadInput where the id is taken."""
        if record.id in self._interviews:
            raise _taken(f"interview {record.id}")
        self._interviews[record.id] = record

    async def get_interview(self, interview_id: str, owner: str) -> InterviewRecord:
        """Raises NotFound for another owner's interview as for one that does not exist."""
        record = self._get(interview_id)
        if record.owner != owner:
            raise _no_interview(interview_id)
        return record

    async def append(self, interview_id: str, entries: Sequence[Entry]) -> None:
        """Write entries once; one that is there already is left. Raises NotFound."""
        if not entries:
            return
        record = self._get(interview_id)
        kept = self._entries.setdefault(interview_id, {})
        for entry in entries:
            kept.setdefault(entry.sequence, entry)
        latest = max(record.updated_at, *(entry.at for entry in entries))
        self._interviews[interview_id] = record.model_copy(update={"updated_at": latest})

    async def get_entries(self, interview_id: str, after: int = -1) -> tuple[Entry, ...]:
        """Entries with a sequence above ``after``, in order."""
        kept = self._entries.get(interview_id, {})
        return tuple(kept[sequence] for sequence in sorted(kept) if sequence > after)

    async def end_interview(self, interview_id: str, report: Report) -> None:
        """Keep the report and mark the interview ended; the last report stays. Raises NotFound."""
        update = {"is_ended": True, "updated_at": report.created_at}
        self._interviews[interview_id] = self._get(interview_id).model_copy(update=update)
        self._reports[interview_id] = report

    async def get_report(self, interview_id: str) -> Report | None:
        """The report, if the interview was finished."""
        return self._reports.get(interview_id)

    async def acquire(self, interview_id: str, holder: str, ttl_s: float) -> bool:
        """Take or renew the lock for ``ttl_s``; False while another holder's has not expired."""
        now = self._clock()
        other, expires_at = self._locks.get(interview_id, (holder, 0.0))
        if other != holder and expires_at > now:
            return False
        self._locks[interview_id] = (holder, now + ttl_s)
        return True

    async def renew(self, interview_id: str, holder: str, ttl_s: float) -> bool:
        """Hold the lock for ``ttl_s`` from now, expired or not; False where anybody else had it since it was taken."""
        if self._locks.get(interview_id, ("", 0.0))[0] != holder:
            return False
        self._locks[interview_id] = (holder, self._clock() + ttl_s)
        return True

    async def release(self, interview_id: str, holder: str) -> None:
        """Give the lock back, if ``holder`` still has it."""
        if self._locks.get(interview_id, ("", 0.0))[0] == holder:
            del self._locks[interview_id]

    async def list_ids(self, kind: ShelfKind, owner: str, before: datetime | None = None) -> tuple[str, ...]:
        """What is kept: all of it, or that in which nothing happened since ``before``."""
        mine = [(one, at) for one, whose, at in self._moments(kind) if whose == owner]
        return tuple(sorted(one for one, at in mine if before is None or at < before))

    async def list_made_from(self, paper_id: str, owner: str) -> tuple[str, ...]:
        """The ids of the interviews whose plan names a CV or a job."""
        mine = [record for record in self._interviews.values() if record.owner == owner]
        return tuple(sorted(each.id for each in mine if paper_id in (each.plan.resume_id, each.plan.job_id)))

    async def list_interviews(self, owner: str) -> tuple[InterviewRecord, ...]:
        """Newest first, by the time they were created."""
        mine = [record for record in self._interviews.values() if record.owner == owner]
        return tuple(sorted(mine, key=lambda record: (record.created_at, record.id), reverse=True))

    async def list_reports(self, owner: str) -> tuple[Report, ...]:
        """Of every interview that was finished, by the time it was created."""
        found = [self._reports.get(record.id) for record in reversed(await self.list_interviews(owner))]
        return tuple(report for report in found if report is not None)

    async def rename_interview(self, interview_id: str, owner: str, title: str) -> None:
        """Raises NotFound."""
        record = await self.get_interview(interview_id, owner)
        self._interviews[interview_id] = record.model_copy(update={"title": title})

    async def delete_interview(self, interview_id: str, owner: str) -> None:
        """With its entries, report and lock; raises NotFound."""
        await self.get_interview(interview_id, owner)
        del self._interviews[interview_id]
        self._entries.pop(interview_id, None)
        self._reports.pop(interview_id, None)
        self._locks.pop(interview_id, None)

    async def add_resume(self, record: ResumeRecord) -> None:
        """Keep a CV; raises BadInput where the id is taken."""
        if record.id in self._resumes:
            raise _taken(f"CV {record.id}")
        self._resumes[record.id] = record

    async def list_resumes(self, owner: str) -> tuple[ResumeRecord, ...]:
        """Newest first."""
        mine = [record for record in self._resumes.values() if record.owner == owner]
        return tuple(sorted(mine, key=lambda record: (record.created_at, record.id), reverse=True))

    async def get_resume(self, resume_id: str, owner: str) -> ResumeRecord:
        """Raises NotFound."""
        record = self._resumes.get(resume_id)
        if record is None or record.owner != owner:
            raise NotFound(f"There is no CV {resume_id}.", "List your CVs to see their ids.")
        return record

    async def rename_resume(self, resume_id: str, owner: str, name: str) -> None:
        """Raises NotFound."""
        record = await self.get_resume(resume_id, owner)
        self._resumes[resume_id] = record.model_copy(update={"name": name})
        self._touch("resumes", resume_id)

    async def replace_resume(self, resume_id: str, owner: str, resume: Resume) -> None:
        """Keep a corrected CV in place of what was read; raises NotFound."""
        record = await self.get_resume(resume_id, owner)
        self._resumes[resume_id] = record.model_copy(update={"resume": resume})
        self._touch("resumes", resume_id)

    async def choose_resume(self, resume_id: str, owner: str) -> None:
        """Make it the owner's default, and no other; raises NotFound."""
        await self.get_resume(resume_id, owner)
        for record in await self.list_resumes(owner):
            self._resumes[record.id] = record.model_copy(update={"is_default": record.id == resume_id})
        self._touch("resumes", resume_id)

    async def delete_resume(self, resume_id: str, owner: str) -> None:
        """Raises NotFound."""
        await self.get_resume(resume_id, owner)
        del self._resumes[resume_id]
        self._touched.pop(("resumes", resume_id), None)

    async def add_job(self, record: JobRecord) -> None:
        """Keep a job description; raises BadInput where the id is taken."""
        if record.id in self._jobs:
            raise _taken(f"job {record.id}")
        self._jobs[record.id] = record

    async def list_jobs(self, owner: str) -> tuple[JobRecord, ...]:
        """Newest first."""
        mine = [record for record in self._jobs.values() if record.owner == owner]
        return tuple(sorted(mine, key=lambda record: (record.created_at, record.id), reverse=True))

    async def get_job(self, job_id: str, owner: str) -> JobRecord:
        """Raises NotFound."""
        record = self._jobs.get(job_id)
        if record is None or record.owner != owner:
            raise NotFound(f"There is no job {job_id}.", "List your jobs to see their ids.")
        return record

    async def rename_job(self, job_id: str, owner: str, name: str) -> None:
        """Raises NotFound."""
        record = await self.get_job(job_id, owner)
        self._jobs[job_id] = record.model_copy(update={"name": name})
        self._touch("jobs", job_id)

    async def choose_job(self, job_id: str, owner: str) -> None:
        """Make it the owner's default, and no other; raises NotFound."""
        await self.get_job(job_id, owner)
        for record in await self.list_jobs(owner):
            self._jobs[record.id] = record.model_copy(update={"is_default": record.id == job_id})
        self._touch("jobs", job_id)

    async def delete_job(self, job_id: str, owner: str) -> None:
        """Raises NotFound."""
        await self.get_job(job_id, owner)
        del self._jobs[job_id]
        self._touched.pop(("jobs", job_id), None)

    async def delete_owner(self, owner: str) -> tuple[str, ...]:
        """Delete everything of this owner; gives the ids of the deleted interviews."""
        ids = tuple(sorted(record.id for record in await self.list_interviews(owner)))
        for interview_id in ids:
            await self.delete_interview(interview_id, owner)
        for record in await self.list_resumes(owner):
            await self.delete_resume(record.id, owner)
        for job in await self.list_jobs(owner):
            await self.delete_job(job.id, owner)
        return ids

    async def list_owners(self, before: datetime) -> tuple[str, ...]:
        """Everybody who keeps an interview in which nothing happened since ``before``, or a paper as old."""
        kinds: tuple[ShelfKind, ...] = ("interviews", "resumes", "jobs")
        return tuple(sorted({whose for kind in kinds for _, whose, at in self._moments(kind) if at < before}))

    def _moments(self, kind: ShelfKind) -> Iterator[tuple[str, str, datetime]]:
        """Id and owner of each of a kind, and when something last happened with it."""
        if kind == "interviews":
            yield from ((each.id, each.owner, each.updated_at) for each in self._interviews.values())
            return
        papers: list[ResumeRecord | JobRecord] = [*(self._resumes if kind == "resumes" else self._jobs).values()]
        yield from ((each.id, each.owner, self._touched.get((kind, each.id), each.created_at)) for each in papers)

    def _touch(self, kind: ShelfKind, paper_id: str) -> None:
        self._touched[kind, paper_id] = datetime.now(UTC)

    def _get(self, interview_id: str) -> InterviewRecord:
        if interview_id not in self._interviews:
            raise _no_interview(interview_id)
        return self._interviews[interview_id]


def _taken(what: str) -> BadInput:
    return BadInput(f"There is already a record of {what}.", "Choose another id, or open the one that is there.")


def _no_interview(interview_id: str) -> NotFound:
    return NotFound(f"There is no interview {interview_id}.", "List your interviews to see their ids.")
