"""Code quality: what one submission shows by its tests and by its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean
from typing import TypeGuard

from interviewlab.scoring.case import Case, Handed
from interviewlab.scoring.verdict import (
    Verdict,
    count,
    fact,
    last_by_exercise,
    passed_line,
    ran,
    tests_shown,
    why_no_code,
)
from interviewlab.types import CodeFacts, CodePart, Evidence, Language, TimeGrowth

NEARLY_ALL = 0.8
"""Share of tests passed from which nearly all are."""
SIMPLE_CODE = 10
"""Cyclomatic complexity up to which a function is simple (McCabe 1976)."""
SHORT_FUNCTION = 30
OF_EARLIER = 0.2
"""Share that earlier submissions for the same exercise have in its mark, where there were any."""
HINT_OF_COST = 0.1
"""What loops that stand deep take from efficiency where no growth was measured: they may cost, or not."""
LINT_OF_A_HABIT, MOST_LINT = 2, 4
"""Findings of a linter that count as one bad habit, and how many count at most."""
WATCHED: tuple[Language, ...] = ("python", "javascript", "typescript")
"""Languages in which bad habits are looked for."""


def code_quality(case: Case) -> Verdict:
    """Correctness first, then what it costs, how it reads and whether it keeps good practice, weighted as the rubric
    says; earlier submissions for the same exercise count a fifth."""
    handed = ran(case)
    last = tuple(last_by_exercise(handed).values())
    if not last:
        return Verdict(None, why_no_code(case))
    marks = [_with_earlier(case, h, handed) for h in last]
    evidence: list[Evidence] = [item for h in last for item in tests_shown(h)]
    evidence += [fact(h, passed_line(h)) for h in handed]
    for h in last:
        if h.facts:
            evidence.append(fact(h, _facts_line(h.facts)))
            evidence += [fact(h, h.facts.growth.told)] if _is_told(h.facts.growth) else []
    return Verdict(
        fmean(marks),
        "; ".join(_parts_line(h) for h in last),
        tuple(evidence),
        ("The code is simple and short.",) if all(map(_is_simple, last)) else (),
        tuple(note for h in last for note in _code_notes(h)),
        ("Make it pass first, then name things for the reader.",) if fmean(marks) < 0.8 else (),
        _highest([h.pass_share for h in last]),
    )


def _with_earlier(case: Case, last: Handed, handed: Sequence[Handed]) -> float:
    same = [h for h in handed if h.entry.exercise_id == last.entry.exercise_id and h is not last]
    mark = _code_mark(case, last)
    return (1.0 - OF_EARLIER) * mark + OF_EARLIER * fmean(_code_mark(case, h) for h in same) if same else mark


def _highest(shares: Sequence[float]) -> int:
    """The level that the tests passed allow: the highest for all of them, the one before for nearly all."""
    return 5 if min(shares) == 1.0 else 4 if fmean(shares) >= NEARLY_ALL else 3


def _is_simple(handed: Handed) -> bool:
    return handed.pass_share >= 0.5 and (_readability(handed) or 0.0) >= 0.8


def code_parts(handed: Handed) -> dict[CodePart, float]:
    """The parts of code quality of one submission that were measured, each in [0, 1], from tests and facts alone."""
    measured: dict[CodePart, float | None] = {
        "correctness": handed.pass_share,
        "efficiency": _efficiency(handed),
        "readability": _readability(handed),
        "practice": _practice(handed),
    }
    return {part: value for part, value in measured.items() if value is not None}


def _code_mark(case: Case, handed: Handed) -> float:
    """Code that fails cannot earn much by its looks: the other parts count for as much as it passes. What was not
    measured counts neither for nor against."""
    parts = code_parts(handed)
    earned = 0.3 + 0.7 * handed.pass_share
    weights = {part: weight for part, weight in case.code_parts.items() if part in parts}
    total = sum(weights.values())
    if not total:
        return handed.pass_share
    return sum(w * parts[part] * (1.0 if part == "correctness" else earned) for part, w in weights.items()) / total


def _efficiency(handed: Handed) -> float:
    """Tests that ended in time, less half where time grew faster than expected. Where its growth is not told, loops
    that stand deeper than the expected complexity allows are a hint and take little."""
    tests = handed.result.tests if handed.result else ()
    in_time = 1.0 - sum(test.outcome == "time_limit" for test in tests) / len(tests) if tests else 0.0
    return max(0.0, in_time - _cost(handed)) if handed.facts and handed.facts.parses else 0.0


def _cost(handed: Handed) -> float:
    growth = handed.facts.growth if handed.facts else None
    if _is_told(growth):
        return 0.5 * (growth.verdict == "slower")
    return HINT_OF_COST * _stands_too_deep(handed)


def _is_told(growth: TimeGrowth | None) -> TypeGuard[TimeGrowth]:
    return growth is not None and growth.verdict != "not told"


def _stands_too_deep(handed: Handed) -> bool:
    facts, exercise = handed.facts, handed.exercise
    if facts is None or facts.loop_depth is None or exercise is None:
        return False
    return facts.loop_depth > max(1, degree_of(exercise.complexity))


def degree_of(complexity: str) -> int:
    """The power of the input's size in a big-O, factors of different sizes counted together: "O(n·m)" has 2, "O(n log
    n)" and "O(n + m)" have 1; 9 where it is no polynomial."""
    inner = re.sub(r"\s", "", complexity.lower().split("o(", 1)[-1].rstrip(")"))
    if "!" in inner or re.search(r"\d\^[a-z(]", inner):
        return 9
    return max((_term_degree(term) for term in inner.split("+")), default=0)


def _term_degree(term: str) -> int:
    bare = re.sub(r"log\w?(?:\([^)]*\)|[a-z])?", "", term.replace("²", "^2").replace("³", "^3").replace("**", "^"))
    return sum(int(power or 1) for _, power in re.findall(r"([a-z]+)(?:\^(\d))?", bare))


def _practice(handed: Handed) -> float | None:
    """None in languages in which nothing looks for habits."""
    facts = handed.facts
    if facts is None or not facts.parses:
        return 0.0
    if facts.language not in WATCHED:
        return None
    habits = len([note for note in facts.notes if note.startswith(_BAD_HABITS)])
    return max(0.0, 1.0 - habits / 3 - min(len(facts.lint), MOST_LINT) / LINT_OF_A_HABIT / 3)


_BAD_HABITS = ("A bare except", "A mutable default", "Names of one letter")


def _parts_line(handed: Handed) -> str:
    return ", ".join(f"{part} {value:.0%}" for part, value in code_parts(handed).items())


def _code_notes(handed: Handed) -> tuple[str, ...]:
    notes = (*handed.facts.notes, *handed.facts.lint) if handed.facts else ()
    if handed.facts and _is_told(growth := handed.facts.growth):
        return (*notes, f"{growth.told}.") if growth.verdict == "slower" else notes
    if not _stands_too_deep(handed) or handed.facts is None or handed.exercise is None:
        return notes
    allowed = handed.exercise.complexity
    told = f"Loops stand {handed.facts.loop_depth} deep, which may cost more than {allowed}; it was not measured."
    return (*notes, told)


def _readability(handed: Handed) -> float | None:
    """None where neither paths nor lengths were measured."""
    facts = handed.facts
    if facts is None or not facts.parses:
        return 0.0
    if facts.cyclomatic_complexity is None or facts.longest_function is None:
        return None
    simple = min(1.0, SIMPLE_CODE / max(1, facts.cyclomatic_complexity))
    short = min(1.0, SHORT_FUNCTION / max(1, facts.longest_function))
    return max(0.0, 0.5 * simple + 0.5 * short)


def _facts_line(facts: CodeFacts) -> str:
    size = count(facts.lines, "line")
    if facts.functions is None or facts.cyclomatic_complexity is None:
        return size
    return f"{size}, {count(facts.functions, 'function')}, highest complexity {facts.cyclomatic_complexity}"
