"""The tables as the newest migration leaves them. Portable types only; JSON and times travel as text.

Times are ISO 8601 in UTC with microseconds, so that text order is time order; ``expires_at`` is seconds since 1970.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every migration this version knows, oldest first."""
HEAD = REVISIONS[-1]

metadata = MetaData()

interviews = Table(
    "interviews",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("owner", String(200), nullable=False, index=True),
    Column("plan", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("updated_at", String(40), nullable=False),
    Column("is_ended", Boolean, nullable=False),
    Column("report", Text),
)

entries = Table(
    "entries",
    metadata,
    Column("interview_id", String(200), ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
)

# No foreign key: an interview is locked before it is on the shelf.
locks = Table(
    "locks",
    metadata,
    Column("interview_id", String(200), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("expires_at", Float(53), nullable=False),
)


def _papers(name: str) -> Table:
    """A table of one kind of paper that people keep; ``body`` is the noun as JSON, ``touched_at`` when it was last
    renamed, corrected or made the default."""
    return Table(
        name,
        metadata,
        Column("id", String(200), primary_key=True),
        Column("owner", String(200), nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("created_at", String(40), nullable=False),
        Column("is_default", Boolean, nullable=False, default=False),
        Column("touched_at", String(40)),
    )


resumes = _papers("resumes")
jobs = _papers("jobs")

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", String(200), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Float(53), nullable=False),
)


def to_text(moment: datetime) -> str:
    """The moment in UTC as text of one width; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")
