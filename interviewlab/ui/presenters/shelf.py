"""What is kept and what works here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

from interviewlab.types import InterviewRecord, Part, Report
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, chip, tag

_ROLES = {
    "store": "Storage",
    "bank": "Questions",
    "embedder": "Meaning of words",
    "brain": "Interviewer",
    "sandbox": "Your code",
    "ears": "Hearing you",
    "second ears": "Hearing you again",
    "mouth": "Speaking to you",
}
"""The parts by what they are to a candidate; the others bear their own names."""


def to_choices(
    records: Sequence[InterviewRecord], reports: Sequence[Report] = (), zone: tzinfo = UTC
) -> list[tuple[str, str]]:
    """One line for each interview with its id, for a list to choose from."""
    levels = {report.interview_id: report.overall.level for report in reports}
    return [(_line(record, levels.get(record.id), zone), record.id) for record in records]


def to_parts(parts: Sequence[Part], is_enough: bool) -> Html:
    """What the doctor found: each part, how to get it, and first whether it is enough for a whole interview."""
    missing = sum(not part.ok for part in parts)
    summary = "A whole interview can be held here" if is_enough else "Something that every interview needs is missing"
    summary += f"; {missing} of {len(parts)} parts do not work or were not asked for." if missing else "."
    rows = tag("ul", *(_part(part) for part in parts), class_="il-parts")
    return tag("div", tag("p", summary), rows)


def to_keeping(*, is_local: bool, retention_days: float) -> Html:
    """Where what somebody gives and says is kept, for how long, and how it goes."""
    place = "on this machine" if is_local else "on this server, where nobody else can open them here"
    until = "until you delete them"
    if retention_days:
        until += f", or until nothing has happened with them for {retention_days:g} days"
    text = f"Your CVs, jobs, interviews, recordings and reports are kept {place}, {until}. "
    return tag("p", text, "Each can be deleted by itself; this deletes all of it at once.", class_="il-soft")


def _line(record: InterviewRecord, level: int | None, zone: tzinfo) -> str:
    plan = record.plan
    state = "ended" if record.is_ended else "not finished"
    if level is not None:
        state = f"level {level} of 5"
    title = record.title or f"{labels.TYPE[plan.type]}, {labels.LEVEL[plan.level].lower()}"
    name = f" · {plan.candidate}" if plan.candidate else ""
    return f"{title}{name} · {labels.moment(record.created_at, zone)} · {state}"


def _part(part: Part) -> Html:
    mark = chip("✓ works", "good") if part.ok else chip("– not here", "plain")
    remedy = tag("p", part.remedy, class_="il-remedy") if part.remedy and not part.ok else Html()
    detail = tag("p", part.detail, class_="il-soft")
    role = _ROLES.get(part.role, labels.spoken(part.role).capitalize())
    return tag("li", tag("div", mark, tag("strong", role), part.name), detail, remedy)
