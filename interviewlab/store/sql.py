"""The store on SQLAlchemy: one SQLite file by default, Postgres by URL."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Row, Select, Table, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from interviewlab.errors import BadInput, NotFound, StoreUnavailable
from interviewlab.store.engine import CONNECTIONS, begin, open_engine
from interviewlab.store.schema import entries, interviews, jobs, locks, resumes, to_text
from interviewlab.types import (
    ENTRY,
    Entry,
    InterviewRecord,
    Job,
    JobRecord,
    Plan,
    Report,
    Resume,
    ResumeRecord,
    ShelfKind,
)

_LOG = logging.getLogger(__name__)
_Noun = TypeVar("_Noun")
_PLAN, _REPORT, _RESUME, _JOB = TypeAdapter(Plan), TypeAdapter(Report), TypeAdapter(Resume), TypeAdapter(Job)
_RECORD = (
    interviews.c.id,
    interviews.c.owner,
    interviews.c.plan,
    interviews.c.created_at,
    interviews.c.updated_at,
    interviews.c.title,
    interviews.c.is_ended,
)
_TOUCHED: Mapping[ShelfKind, tuple[Table, ColumnElement[str]]] = {
    "interviews": (interviews, interviews.c.updated_at),
    "resumes": (resumes, func.coalesce(resumes.c.touched_at, resumes.c.created_at)),
    "jobs": (jobs, func.coalesce(jobs.c.touched_at, jobs.c.created_at)),
}
"""The table of each kind, and when something last happened in a row of it."""


@asynccontextmanager
async def open_store(
    url: str, clock: Callable[[], float] | None = None, connections: int = CONNECTIONS
) -> AsyncIterator[SqlStore]:
    """A migrated store at a SQLAlchemy URL, closed at the end; ``clock`` tells when locks expire, in seconds.

    Without one it is the clock of the machine that the database is on: processes on several machines agree on it.
    Raises StoreUnavailable, DataTooNew.
    """
    async with open_engine(url, connections) as engine:
        yield SqlStore(engine, clock)


class SqlStore:
    """InterviewStore and LibraryStore in one database; every method may raise StoreUnavailable."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] | None) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._clock = clock or (time.time if self._is_sqlite else None)
        # SQLite has one writer at a time: within a process, queueing is quicker than its polling.
        self._writers = asyncio.Semaphore(1 if self._is_sqlite else 1000)
        self._insert_entries = self._insert(entries).on_conflict_do_nothing()

    # ---- interviews

    async def create_interview(self, record: InterviewRecord) -> None:
        """Put a new interview on the shelf; raises BadInput where the id is taken."""
        row = {
            "id": record.id,
            "owner": record.owner,
            "plan": record.plan.model_dump_json(),
            "title": record.title,
            "created_at": to_text(record.created_at),
            "updated_at": to_text(record.updated_at),
            "is_ended": record.is_ended,
        }
        await self._insert_new(interviews, row, f"interview {record.id}")

    async def get_interview(self, interview_id: str, owner: str) -> InterviewRecord:
        """Raises NotFound for another owner's interview as for one that does not exist."""
        query = select(*_RECORD).where(interviews.c.id == interview_id, interviews.c.owner == owner)
        rows = await self._read(query)
        if not rows:
            raise _no_interview(interview_id)
        return _to_record(rows[0])

    async def append(self, interview_id: str, entries: Sequence[Entry]) -> None:
        """Write entries once, all or none; one that is there already is left. Raises NotFound."""
        if not entries:
            return
        latest = to_text(max(entry.at for entry in entries))
        moved = case((interviews.c.updated_at < latest, latest), else_=interviews.c.updated_at)
        async with self._write() as connection:
            touched = await connection.execute(
                update(interviews).where(interviews.c.id == interview_id).values(updated_at=moved)
            )
            if not touched.rowcount:
                raise _no_interview(interview_id)
            await connection.execute(self._insert_entries, [_to_row(interview_id, entry) for entry in entries])

    async def get_entries(self, interview_id: str, after: int = -1) -> tuple[Entry, ...]:
        """Entries with a sequence above ``after``, in order."""
        query = (
            select(entries.c.body)
            .where(entries.c.interview_id == interview_id, entries.c.sequence > after)
            .order_by(entries.c.sequence)
        )
        return tuple([_parse(ENTRY, row.body, interview_id) for row in await self._read(query)])

    async def end_interview(self, interview_id: str, report: Report) -> None:
        """Keep the report and mark the interview ended; the last report stays. Raises NotFound."""
        values = {"is_ended": True, "report": report.model_dump_json(), "updated_at": to_text(report.created_at)}
        changed = await self._change(update(interviews).where(interviews.c.id == interview_id).values(values))
        if not changed:
            raise _no_interview(interview_id)

    async def get_report(self, interview_id: str) -> Report | None:
        """The report, if the interview was finished."""
        rows = await self._read(select(interviews.c.report).where(interviews.c.id == interview_id))
        return _parse(_REPORT, rows[0].report, interview_id) if rows and rows[0].report is not None else None

    # ---- the ownership lock

    async def acquire(self, interview_id: str, holder: str, ttl_s: float) -> bool:
        """Take or renew the lock for ``ttl_s`` in one statement, so that of two processes one gets it."""
        now = self._now()
        insert = self._insert(locks).values(interview_id=interview_id, holder=holder, expires_at=now + ttl_s)
        taken = insert.on_conflict_do_update(
            index_elements=[locks.c.interview_id],
            set_={"holder": insert.excluded.holder, "expires_at": insert.excluded.expires_at},
            where=or_(locks.c.holder == holder, locks.c.expires_at <= now),
        )
        return bool(await self._change(taken))

    async def renew(self, interview_id: str, holder: str, ttl_s: float) -> bool:
        """Hold the lock for ``ttl_s`` from now, expired or not; False where anybody else had it since it was taken."""
        mine = (locks.c.interview_id == interview_id, locks.c.holder == holder)
        return bool(await self._change(update(locks).where(*mine).values(expires_at=self._now() + ttl_s)))

    def _now(self) -> Any:
        """The time in seconds, or the words that ask the server for it."""
        return self._clock() if self._clock else func.extract("epoch", func.clock_timestamp())

    async def release(self, interview_id: str, holder: str) -> None:
        """Give the lock back, if ``holder`` still has it."""
        await self._change(delete(locks).where(locks.c.interview_id == interview_id, locks.c.holder == holder))

    # ---- the shelf

    async def list_ids(self, kind: ShelfKind, owner: str, before: datetime | None = None) -> tuple[str, ...]:
        """What is kept, readable or not: all of it, or that in which nothing happened since ``before``."""
        table, touched = _TOUCHED[kind]
        query = select(table.c.id).where(table.c.owner == owner).order_by(table.c.id)
        rows = await self._read(query if before is None else query.where(touched < to_text(before)))
        return tuple(row.id for row in rows)

    async def list_made_from(self, paper_id: str, owner: str) -> tuple[str, ...]:
        """The ids of the interviews whose plan names a CV or a job, readable or not."""
        names = [f'"{name}":{json.dumps(paper_id, ensure_ascii=False)}' for name in ("resume_id", "job_id")]
        named = or_(*(interviews.c.plan.contains(name, autoescape=True) for name in names))
        query = select(interviews.c.id).where(interviews.c.owner == owner, named).order_by(interviews.c.id)
        return tuple(row.id for row in await self._read(query))

    async def list_interviews(self, owner: str) -> tuple[InterviewRecord, ...]:
        """Newest first, by the time they were created."""
        newest = (interviews.c.created_at.desc(), interviews.c.id.desc())
        rows = await self._read(select(*_RECORD).where(interviews.c.owner == owner).order_by(*newest))
        return _readable(_to_record, rows)

    async def list_reports(self, owner: str) -> tuple[Report, ...]:
        """Of every interview that was finished, by the time it was created."""
        mine = (interviews.c.owner == owner, interviews.c.report.is_not(None))
        query = select(interviews.c.id, interviews.c.report).where(*mine)
        rows = await self._read(query.order_by(interviews.c.created_at, interviews.c.id))
        return _readable(lambda row: _parse(_REPORT, row.report, row.id), rows)

    async def rename_interview(self, interview_id: str, owner: str, title: str) -> None:
        """Raises NotFound."""
        mine = (interviews.c.id == interview_id, interviews.c.owner == owner)
        if not await self._change(update(interviews).where(*mine).values(title=title)):
            raise _no_interview(interview_id)

    async def delete_interview(self, interview_id: str, owner: str) -> None:
        """With its entries, report and lock; raises NotFound."""
        async with self._write() as connection:
            mine = (interviews.c.id == interview_id, interviews.c.owner == owner)
            if not await _delete_interviews(connection, *mine):
                raise _no_interview(interview_id)
        await self._forget()

    async def add_resume(self, record: ResumeRecord) -> None:
        """Keep a CV; raises BadInput where the id is taken."""
        await self._insert_new(resumes, _to_paper(record, record.resume), f"CV {record.id}")

    async def list_resumes(self, owner: str) -> tuple[ResumeRecord, ...]:
        """Newest first."""
        return _readable(_to_resume, await self._read(_papers_of(resumes, owner)))

    async def get_resume(self, resume_id: str, owner: str) -> ResumeRecord:
        """Raises NotFound."""
        rows = await self._read(select(resumes).where(resumes.c.id == resume_id, resumes.c.owner == owner))
        if not rows:
            raise _no_resume(resume_id)
        return _to_resume(rows[0])

    async def rename_resume(self, resume_id: str, owner: str, name: str) -> None:
        """Raises NotFound."""
        if not await self._change_paper(resumes, resume_id, owner, {"name": name}):
            raise _no_resume(resume_id)

    async def replace_resume(self, resume_id: str, owner: str, resume: Resume) -> None:
        """Keep a corrected CV in place of what was read; raises NotFound."""
        if not await self._change_paper(resumes, resume_id, owner, {"body": resume.model_dump_json()}):
            raise _no_resume(resume_id)
        await self._forget()

    async def choose_resume(self, resume_id: str, owner: str) -> None:
        """Make it the owner's default, and no other; raises NotFound."""
        if not await self._choose_paper(resumes, resume_id, owner):
            raise _no_resume(resume_id)

    async def delete_resume(self, resume_id: str, owner: str) -> None:
        """Raises NotFound."""
        if not await self._change(delete(resumes).where(resumes.c.id == resume_id, resumes.c.owner == owner)):
            raise _no_resume(resume_id)
        await self._forget()

    async def add_job(self, record: JobRecord) -> None:
        """Keep a job description; raises BadInput where the id is taken."""
        await self._insert_new(jobs, _to_paper(record, record.job), f"job {record.id}")

    async def list_jobs(self, owner: str) -> tuple[JobRecord, ...]:
        """Newest first."""
        return _readable(_to_job, await self._read(_papers_of(jobs, owner)))

    async def get_job(self, job_id: str, owner: str) -> JobRecord:
        """Raises NotFound."""
        rows = await self._read(select(jobs).where(jobs.c.id == job_id, jobs.c.owner == owner))
        if not rows:
            raise _no_job(job_id)
        return _to_job(rows[0])

    async def rename_job(self, job_id: str, owner: str, name: str) -> None:
        """Raises NotFound."""
        if not await self._change_paper(jobs, job_id, owner, {"name": name}):
            raise _no_job(job_id)

    async def choose_job(self, job_id: str, owner: str) -> None:
        """Make it the owner's default, and no other; raises NotFound."""
        if not await self._choose_paper(jobs, job_id, owner):
            raise _no_job(job_id)

    async def delete_job(self, job_id: str, owner: str) -> None:
        """Raises NotFound."""
        if not await self._change(delete(jobs).where(jobs.c.id == job_id, jobs.c.owner == owner)):
            raise _no_job(job_id)
        await self._forget()

    async def _change_paper(self, table: Table, paper_id: str, owner: str, values: Mapping[str, object]) -> int:
        mine = (table.c.id == paper_id, table.c.owner == owner)
        return await self._change(update(table).where(*mine).values({**values, "touched_at": _now()}))

    async def _choose_paper(self, table: Table, paper_id: str, owner: str) -> bool:
        """Whether the paper is there; where it is not, the default stays what it was."""
        async with self._write() as connection:
            mine = select(table.c.id).where(table.c.id == paper_id, table.c.owner == owner)
            if (await connection.execute(mine)).first() is None:
                return False
            chosen = table.c.id == paper_id
            touched = case((chosen, _now()), else_=table.c.touched_at)
            changed = update(table).where(table.c.owner == owner).values(is_default=chosen, touched_at=touched)
            await connection.execute(changed)
            return True

    async def delete_owner(self, owner: str) -> tuple[str, ...]:
        """Delete everything of this owner; gives the ids of the deleted interviews."""
        async with self._write() as connection:
            await connection.execute(delete(resumes).where(resumes.c.owner == owner))
            await connection.execute(delete(jobs).where(jobs.c.owner == owner))
            deleted = await _delete_interviews(connection, interviews.c.owner == owner)
        await self._forget()
        return deleted

    async def list_owners(self, before: datetime) -> tuple[str, ...]:
        """Everybody who keeps an interview in which nothing happened since ``before``, or a paper as old."""
        moment = to_text(before)
        idle = [select(table.c.owner).where(touched < moment) for table, touched in _TOUCHED.values()]
        return tuple(sorted({row[0] for query in idle for row in await self._read(query)}))

    # ---- transactions

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with self._writers, begin(self._engine, "BEGIN IMMEDIATE") as connection:
            yield connection

    async def _read(self, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        async with begin(self._engine, "BEGIN") as connection:
            return (await connection.execute(query)).all()

    async def _change(self, statement: Any) -> int:
        """How many rows one statement changed."""
        async with self._write() as connection:
            # Without the option, an INSERT that met a conflict says -1 on Postgres.
            changed = await connection.execute(statement, execution_options={"preserve_rowcount": True})
            return int(changed.rowcount)

    async def _insert_new(self, table: Table, row: Mapping[str, object], what: str) -> None:
        statement = self._insert(table).values(row).on_conflict_do_nothing()
        if not await self._change(statement):
            raise BadInput(f"There is already a record of {what}.", "Choose another id, or open the one that is there.")

    def _insert(self, table: Table) -> Any:
        """An INSERT that knows ON CONFLICT, which both dialects spell alike and SQLAlchemy keeps apart."""
        return sqlite.insert(table) if self._is_sqlite else postgresql.insert(table)

    async def _forget(self) -> None:
        """Empty SQLite's log: deleted words stay readable there until it is overwritten."""
        if self._is_sqlite:
            async with self._writers, begin(self._engine, "") as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


async def _delete_interviews(connection: AsyncConnection, *which: ColumnElement[bool]) -> tuple[str, ...]:
    chosen = select(interviews.c.id).where(*which).order_by(interviews.c.id)
    ids = tuple((await connection.execute(chosen)).scalars().all())
    await connection.execute(delete(locks).where(locks.c.interview_id.in_(chosen)))
    # Entries go with their interview.
    await connection.execute(delete(interviews).where(*which))
    return ids


def _to_row(interview_id: str, entry: Entry) -> dict[str, object]:
    return {
        "interview_id": interview_id,
        "sequence": entry.sequence,
        "turn": entry.turn,
        "kind": entry.kind,
        "body": entry.model_dump_json(),
    }


def _to_record(row: Row[Any]) -> InterviewRecord:
    return InterviewRecord(**{**row._mapping, "plan": _parse(_PLAN, row.plan, row.id)})


def _to_paper(record: ResumeRecord | JobRecord, body: Resume | Job) -> dict[str, object]:
    """The row of a CV or a job."""
    return {
        "id": record.id,
        "owner": record.owner,
        "name": record.name,
        "body": body.model_dump_json(),
        "created_at": to_text(record.created_at),
        "is_default": record.is_default,
    }


def _now() -> str:
    return to_text(datetime.now(UTC))


def _papers_of(table: Table, owner: str) -> Select[*tuple[Any, ...]]:
    """CVs or jobs, newest first."""
    return select(table).where(table.c.owner == owner).order_by(table.c.created_at.desc(), table.c.id.desc())


def _to_resume(row: Row[Any]) -> ResumeRecord:
    return ResumeRecord(**_to_head(row), resume=_parse(_RESUME, row.body, row.id))


def _to_job(row: Row[Any]) -> JobRecord:
    return JobRecord(**_to_head(row), job=_parse(_JOB, row.body, row.id))


def _to_head(row: Row[Any]) -> dict[str, Any]:
    """What the record of a CV or a job has beside the noun."""
    return {key: value for key, value in row._mapping.items() if key not in ("body", "touched_at")}


def _readable(read: Callable[[Row[Any]], _Noun], rows: Sequence[Row[Any]]) -> tuple[_Noun, ...]:
    """What can be read of these rows; the others are told to the log by their ids."""
    found = []
    for row in rows:
        try:
            found.append(read(row))
        except StoreUnavailable as error:
            _LOG.warning("%s is left out of a list: %s", row.id, error.what)
    return tuple(found)


def _parse(noun: TypeAdapter[_Noun], body: str, where: str) -> _Noun:
    try:
        return noun.validate_json(body)
    except ValidationError as error:
        # Not the error's own text: it would quote what was said.
        raise StoreUnavailable(
            f"What was kept under {where} cannot be read by this version.",
            "Upgrade InterviewLab or name another INTERVIEWLAB_DATA_DIR.",
        ) from error


def _no_interview(interview_id: str) -> NotFound:
    return NotFound(f"There is no interview {interview_id}.", "List your interviews to see their ids.")


def _no_resume(resume_id: str) -> NotFound:
    return NotFound(f"There is no CV {resume_id}.", "List your CVs to see their ids.")


def _no_job(job_id: str) -> NotFound:
    return NotFound(f"There is no job {job_id}.", "List your jobs to see their ids.")
