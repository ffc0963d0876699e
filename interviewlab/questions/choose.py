"""What to ask next: pure functions of the bank, what was asked, and a seed.

Ties are broken by a hash of seed and id, not by a random stream: the same choice in every process, and a question
added to the bank changes only the interviews in which it is chosen.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from interviewlab.questions.bank import Bank
from interviewlab.questions.kinds import kind_of
from interviewlab.questions.near import is_near
from interviewlab.types import DIFFICULTIES, Difficulty, Exercise, InterviewType, Language, Question

_Item = TypeVar("_Item", Question, Exercise)
SPECIAL = ("databases", "systems-networks", "design")
"""Areas whose hard questions only those meet who work in them."""


def plan_areas(type: InterviewType) -> tuple[str, ...]:
    """The areas of the bank an interview of this type draws on; questions made from the CV come before them."""
    return kind_of(type).areas


def next_question(
    bank: Bank,
    *,
    areas: Collection[str],
    difficulty: Difficulty | Callable[[str], Difficulty],
    asked: Sequence[str],
    seed: int,
    lead: str = "",
    near: Collection[str] = (),
    own: Difficulty = "senior",
    beside: Collection[str] = (),
    reach: int = len(DIFFICULTIES),
) -> Question | None:
    """A question never asked before, or None when ``areas`` hold no more within ``reach`` steps of the difficulty.

    ``difficulty`` may depend on the area. ``asked`` is in order of asking; ids the bank does not know (questions about
    the CV) are passed over. The area is another than the last one's while another has questions left, of those one with
    the nearest difficulty left, and the one asked least, ``lead`` being asked first and twice as often; within it the
    difficulty is the wanted one, else the nearest, else the easier of two as near.

    Of equals those ``near`` come first: about skills that the candidate's role has to do with. What is not asks nothing
    above ``own`` in special areas as long as they have something else. Questions from beside the ``lead`` are about the
    skills of ``beside`` as long as there are such.
    """
    wanted = {area: difficulty(area) if callable(difficulty) else difficulty for area in areas}
    off = {each.id: _steps(each.level, wanted[each.area]) for each in bank.questions if each.area in areas}
    left = [each for each in bank.questions if each.id not in asked and off.get(each.id, reach + 1) <= reach]
    if any(each.area != lead and is_near(each, beside) for each in left):
        left = [each for each in left if each.area == lead or is_near(each, beside)]
    if not left:
        return None
    nearest = {area: min(off[each.id] for each in left if each.area == area) for area in {each.area for each in left}}
    area = _next_area(bank, nearest, asked, seed, lead)
    return _pick([question for question in left if question.area == area], wanted[area], seed, near, own)


def next_exercise(
    bank: Bank, *, difficulty: Difficulty, language: Language, done: Collection[str], seed: int
) -> Exercise | None:
    """An exercise in ``language`` not done before, of the wanted difficulty or the nearest; None when all are done."""
    return _pick([e for e in bank.exercises if language in e.function and e.id not in done], difficulty, seed)


def _next_area(bank: Bank, nearest: Mapping[str, int], asked: Sequence[str], seed: int, lead: str) -> str:
    """``nearest`` holds for each area how far off the wanted difficulty its best question is."""
    area_of = {question.id: question.area for question in bank.questions}
    history = [area_of[question_id] for question_id in asked if question_id in area_of]
    times, last = Counter(history), history[-1:]
    times[lead] //= 2
    return min(nearest, key=lambda area: (area in last, nearest[area], times[area], area != lead, _draw(seed, area)))


def _pick(
    items: Sequence[_Item], difficulty: Difficulty, seed: int, near: Collection[str] = (), own: Difficulty = "senior"
) -> _Item | None:
    most = DIFFICULTIES.index(own)

    def order(item: _Item) -> tuple[int, bool, int, str]:
        rank = DIFFICULTIES.index(item.level)
        is_far = bool(near) and not any(skill in near for skill in item.skills)
        is_too_far = is_far and rank > most and item.area in SPECIAL
        return _steps(item.level, difficulty) + 2 * is_too_far, is_far, rank, _draw(seed, item.id)

    return min(items, key=order, default=None)


def _steps(one: Difficulty, other: Difficulty) -> int:
    return abs(DIFFICULTIES.index(one) - DIFFICULTIES.index(other))


def _draw(seed: int, name: str) -> str:
    return hashlib.sha256(f"{seed}/{name}".encode()).hexdigest()
