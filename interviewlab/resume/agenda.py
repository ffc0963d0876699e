"""Which of a candidate's projects, claims and gaps are gone into, in what order and for how long, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewlab.resume.alternatives import find_alternatives
from interviewlab.resume.personal import find_figure, gap_question, personal_questions
from interviewlab.resume.skill_levels import is_weak
from interviewlab.types import AgendaItem, Claim, Job, Match, Question

MINUTES = 3.25
"""For a question about a claim with its one follow-up."""
GAP_MINUTES = 2.5
Kind = Literal["project", "work", "skill", "figure", "gap", "stale"]
_KINDS: dict[str, Kind] = {"project": "project", "work": "work", "skill": "skill", "education": "work"}


@dataclass(frozen=True)
class Agenda:
    """Questions for this candidate alone, and one item for each of them."""

    questions: tuple[Question, ...] = ()
    items: tuple[AgendaItem, ...] = ()


def build_agenda(
    claims: Sequence[Claim],
    job: Job,
    match: Match | None,
    *,
    limit: int,
    gaps: int,
    minutes: float,
    seed: int,
    turns: Sequence[str] = (),
) -> Agenda:
    """At most ``limit`` questions about claims, and at most ``gaps`` about what the job asks for and the CV lacks.

    The kinds of claims take ``turns``, if any are named; what the job needs comes first among claims of equal worth.
    Of ``minutes`` a part is kept for the gaps, which come before the last question about a claim; questions that no
    time is left for are left out.
    """
    room = _room(minutes, has_claims=bool(claims and limit))
    missing = _one_of_each(match.missing if match else (), job)[: min(gaps, room)]
    ranked = sorted(claims, key=lambda claim: -_relevance(claim, job))
    about = {f"resume-{claim.id}": claim for claim in claims}
    count = min(limit, max(1, int((minutes - len(missing) * GAP_MINUTES) / MINUTES)))
    said: list[str] = []
    questions = personal_questions(ranked, limit=count, seed=seed, turns=turns, job=job, said=said)
    pairs = [(question, _item(question, about[question.id], job, match)) for question in questions]
    between: list[tuple[Question, AgendaItem]] = []
    for skill in missing:
        question = gap_question(skill, seed=seed, said=said, is_asked_for=skill in job.must)
        between.append((question, _gap_item(question, skill, job)))
    last = max(1, len(pairs) - 1)
    kept = [*pairs[:last], *between, *pairs[last:]]
    return Agenda(tuple(question for question, _ in kept), tuple(item for _, item in kept))


def _room(minutes: float, *, has_claims: bool) -> int:
    """How many gaps there is time for, beside one question about a claim; without claims at least one."""
    return max(0, int((minutes - MINUTES) / GAP_MINUTES)) if has_claims else max(1, int(minutes / GAP_MINUTES))


def _one_of_each(missing: Sequence[str], job: Job) -> list[str]:
    """Of skills of which the job wants any one, the first stands for all."""
    groups = find_alternatives(job.text)
    others = {skill for group in groups for skill in [each for each in missing if each in group][1:]}
    return [skill for skill in missing if skill not in others]


def _relevance(claim: Claim, job: Job) -> int:
    """How many of the skills asked for it touches, and a little for those that are welcome; at most three."""
    asked = sum(skill in job.must for skill in claim.skills)
    return min(3, asked if asked else int(any(skill in job.nice for skill in claim.skills)))


def _item(question: Question, claim: Claim, job: Job, match: Match | None) -> AgendaItem:
    figure = find_figure(claim.detail) if claim.kind != "skill" else ""
    wanted = [skill for skill in claim.skills if skill in job.skills]
    stale = match is not None and any(skill in match.stale for skill in claim.skills) and claim.kind == "skill"
    kind: Kind = "stale" if stale else "figure" if figure and figure in question.text else _KINDS[claim.kind]
    reasons: dict[Kind, str] = {
        "figure": f'To hear how "{figure}" was measured and against what.',
        "stale": f"To find out how fresh your {claim.name} is: the CV last shows it years ago.",
        "project": f"To separate your own part in {claim.name} from the team's and go into one decision.",
        "work": f"To go into one piece of work at {claim.name} that was yours.",
        "skill": f"To hear of one concrete use of {claim.name}.",
    }
    if claim.is_earlier_career:
        why = f"To hear why you left the work you did at {claim.name}, and what of it you still use."
        return AgendaItem(question_id=question.id, kind="work", about=claim.name, why=why, minutes=MINUTES)
    known = f' Your CV says of it: "{claim.level}".' if kind == "skill" and is_weak(claim.level) else ""
    why = reasons[kind] + known + (f" The job asks for {_listed(wanted)}." if wanted else "")
    return AgendaItem(question_id=question.id, kind=kind, about=claim.name, why=why, minutes=MINUTES)


def _gap_item(question: Question, skill: str, job: Job) -> AgendaItem:
    need = "asks for" if skill in job.must else "welcomes"
    why = f"The job {need} {skill}, which your CV does not name: to hear what comes nearest."
    return AgendaItem(question_id=question.id, kind="gap", about=skill, why=why, minutes=GAP_MINUTES)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:2]), words[2] if len(words) > 2 else "")))
