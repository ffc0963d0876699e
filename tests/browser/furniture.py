"""A shelf with past interviews, written straight into the store: quicker than holding them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from interviewlab.settings import Settings
from interviewlab.store.sql import open_store
from interviewlab.types import InterviewRecord, NoteEntry, Overall, Plan, Report, Transcript
from tests.unit.ui import samples

SCORES = (0.35, 0.5, 0.55, 0.7)
PLAN = Plan(type="coding", candidate="Ada <b>Byron</b>")
HALF_WAY = PLAN.model_copy(update={"exercise_id": "garden-plots", "seed": 3})
"""An interview that nobody has begun: always with the same exercise, whose statement has code and a table."""


def talk(number: int) -> Transcript:
    """The sample's words, with a plan."""
    first, *rest = samples.transcript().entries
    noted = NoteEntry(sequence=0, turn=0, at=first.at, topic="plan", data={"plan": PLAN.model_dump(mode="json")})
    return Transcript(interview_id=f"past-{number}", entries=(noted, *rest))


def judged(number: int, score: float) -> Report:
    """The sample's report with another score."""
    plain = samples.report()
    axes = {
        name: axis if axis.score is None else axis.model_copy(update={"score": min(1.0, score + 0.05 * place)})
        for place, (name, axis) in enumerate(plain.axes.items())
    }
    when = samples.AT + timedelta(days=number)
    whole = {"overall": Overall(score=score, level=3), "axes": axes, "created_at": when}
    return plain.model_copy(update={**whole, "interview_id": f"past-{number}"})


async def furnish(folder: Path, owner: str = "local") -> None:
    """Put four ended interviews into the store of ``folder``, and one that waits."""
    settings = Settings(data_dir=folder)
    async with open_store(settings.store_url) as store:
        for number, score in enumerate(SCORES):
            when = samples.AT + timedelta(days=number)
            record = InterviewRecord(id=f"past-{number}", owner=owner, plan=PLAN, created_at=when, updated_at=when)
            await store.create_interview(record)
            await store.append(record.id, talk(number).entries)
            await store.end_interview(record.id, judged(number, score))
        waiting = {"id": "half-way", "plan": HALF_WAY}
        await store.create_interview(record.model_copy(update=waiting))
