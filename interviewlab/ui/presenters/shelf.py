"""What is kept and what works here."""

from __future__ import annotations

from collections.abc import Sequence

from interviewlab.types import InterviewRecord, Part
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, chip, tag


def to_choices(records: Sequence[InterviewRecord]) -> list[tuple[str, str]]:
    """One line for each interview with its id, for a list to choose from."""
    return [(_line(record), record.id) for record in records]


def to_parts(parts: Sequence[Part], is_enough: bool) -> Html:
    """What the doctor found: each part, how to get it, and first whether it is enough for a whole interview."""
    missing = sum(not part.ok for part in parts)
    summary = "A whole interview can be held here" if is_enough else "Something that every interview needs is missing"
    summary += f"; {missing} of {len(parts)} parts do not work or were not asked for." if missing else "."
    rows = tag("ul", *(_part(part) for part in parts), class_="il-parts")
    return tag("div", tag("p", summary), rows)


def _line(record: InterviewRecord) -> str:
    plan = record.plan
    state = "ended" if record.is_ended else "not finished"
    title = record.title or f"{labels.TYPE[plan.type]}, {labels.LEVEL[plan.level].lower()}"
    name = f" · {plan.candidate}" if plan.candidate else ""
    return f"{title}{name} · {record.created_at:%d %b %Y, %H:%M} UTC · {state}"


def _part(part: Part) -> Html:
    mark = chip("✓ works", "good") if part.ok else chip("– not here", "plain")
    remedy = tag("p", part.remedy, class_="il-remedy") if part.remedy and not part.ok else Html()
    detail = tag("p", part.detail, class_="il-soft")
    return tag("li", tag("div", mark, tag("strong", labels.spoken(part.role)), part.name), detail, remedy)
