"""CVs, jobs and the plan made from them, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from interviewlab.resume.correcting import COLUMNS, Form
from interviewlab.types import JobRecord, Match, Plan, Resume, ResumeRecord
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, items, tag

CHECK = " (please check)"
SHOWN_GAPS = 8
_BASICS = {
    "name": "Name",
    "label": "What you are",
    "email": "E-mail",
    "phone": "Telephone",
    "url": "Website",
    "location": "Place",
    "summary": "Summary",
}
_KINDS = {
    "project": "Project",
    "work": "Work",
    "skill": "Skill",
    "figure": "A figure of yours",
    "gap": "A gap",
    "stale": "A skill of long ago",
}


def to_paper_choices(records: Sequence[ResumeRecord | JobRecord]) -> list[tuple[str, str]]:
    """One line for each CV or job with its id. Only CVs are taken by default."""
    return [(f"{record.name}{_mark(record)}", record.id) for record in records]


def _mark(record: ResumeRecord | JobRecord) -> str:
    return " · default" if isinstance(record, ResumeRecord) and record.is_default else ""


def to_form_title(form: Form) -> str:
    """What the form is called, with how much of it is doubtful."""
    doubtful = [path for path in form.unsure if path.split(".")[0] in ("basics", *COLUMNS)]
    return f"What was understood of your CV{f': {len(doubtful)} to check' if doubtful else ''}"


def to_label(field: str, form: Form) -> str:
    """The label of one line of the form, marked where the reading is doubtful."""
    is_unsure = any(path.startswith(f"basics.{field}") for path in form.unsure)
    return _BASICS[field] + (CHECK if is_unsure else "")


def to_table_label(section: str, form: Form) -> str:
    """The label of a table, with the cells to check: ``Work: please check row 2, Employer``."""
    title = {"work": "Work", "education": "Education", "projects": "Projects"}[section]
    heads = dict(COLUMNS[section])
    cells = []
    for path in form.unsure:
        where, number, *rest = (*path.split(".", 2), "")[:3]
        key = rest[0].split(".")[0] if rest else ""
        if where == section and key in heads:
            cells.append(f"row {int(number) + 1}, {heads[key]}")
    return f"{title}: please check {'; '.join(dict.fromkeys(cells))}" if cells else title


def to_understood(resume: Resume, form: Form) -> Html:
    """How much was understood, and in plain words what was not."""
    counts = [labels.count(len(form.work), "job"), labels.count(len(form.projects), "project")]
    counts.append(labels.count(len([word for word in form.skills.split(",") if word.strip()]), "skill"))
    text = f"Found {', '.join(counts[:2])} and {counts[2]}. Correct what is wrong: the questions are made from this."
    return tag("div", tag("p", text), items(*resume.gaps[:SHOWN_GAPS], class_="il-soft"))


def to_plan(plan: Plan | None) -> Html:
    """What the interviewer was after, for the time when the interview is over; nothing where nothing was made."""
    if plan is None or not plan.agenda:
        return Html()
    rows = [
        tag("li", tag("strong", f"{_KINDS[item.kind]}: {item.about}. "), tag("p", item.why, class_="il-soft"))
        for item in plan.agenda
    ]
    match = to_match(plan.match) if plan.match else Html()
    title = tag("h2", "What the interviewer had planned")
    return tag("section", title, match, tag("ol", *rows, class_="il-plan"), class_="il-panel", id="plan")


def to_match(match: Match) -> Html:
    """The skills of the job against the CV."""
    lines = (("In your CV", match.covered), ("Not in your CV", match.missing), ("Used long ago", match.stale))
    return tag("div", *(tag("p", tag("strong", f"{head}: "), ", ".join(skills)) for head, skills in lines if skills))
