"""The five axes: each a plain function from the case to a verdict with its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeGuard

from interviewlab.scoring.case import Answered, Case, Handed, openings
from interviewlab.scoring.text import sentences, spans, words
from interviewlab.types import (
    AxisName,
    CodePart,
    Evidence,
    FactEvidence,
    Found,
    QuoteEvidence,
    TestEvidence,
    TimeGrowth,
)

SHORT_ANSWER_WORDS = 12
GOOD_ANSWER_WORDS = 40
LONG_ANSWER_WORDS = 220
NOISE_LIMIT = 12.0
"""Fillers and hedges in a hundred words at which nothing fluent is left."""
COMMUNICATION_WEIGHTS = {"relevance": 0.4, "substance": 0.25, "order": 0.2, "fluency": 0.15}
SIMPLE_CODE = 10
"""Cyclomatic complexity up to which a function is simple (McCabe 1976)."""
SHORT_FUNCTION = 30
SHOWN_TESTS = 5
LINT_OF_A_HABIT, MOST_LINT = 2, 4
"""Findings of a linter that count as one bad habit, and how many count at most."""
HINT_COST = 0.1
RETRY_COST = 0.05
TEST_WORDS = re.compile(
    r"\b(tests?|tested|testing|(edge|corner) cases?|empty|boundar(y|ies)|nulls?|duplicates?|overflows?|negatives?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    """What an axis function finds; ``score`` None with ``basis`` saying what is missing."""

    score: float | None
    basis: str
    evidence: tuple[Evidence, ...] = ()
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def communication(case: Case) -> Verdict:
    """To the point, long enough, ordered, fluent, and specific where a story was asked for."""
    judged = [a for a in case.answered if any(words(case.said[turn].text) for turn in a.turns)]
    if not judged:
        return Verdict(None, "no answer was given")
    marks = [(_answer_marks(case, a), a) for a in judged]
    parts = {name: fmean(m[name] for m, _ in marks) for name in COMMUNICATION_WEIGHTS}
    score = sum(weight * parts[name] for name, weight in COMMUNICATION_WEIGHTS.items())
    best, worst = (pick(marks, key=lambda pair: sum(pair[0].values()))[1] for pick in (max, min))
    return Verdict(
        score,
        f"over {_count(len(judged), 'question')}: " + ", ".join(f"{name} {value:.0%}" for name, value in parts.items()),
        tuple(dict.fromkeys(q for a in (best, worst, *judged) for q in openings(case, a))),
        tuple(f"Strong on {name}." for name, value in parts.items() if value >= 0.7),
        tuple(f"Weak on {name}." for name, value in parts.items() if value < 0.4),
        tuple(_COMMUNICATION_ADVICE[name] for name, value in parts.items() if value < 0.5),
    )


_COMMUNICATION_ADVICE = {
    "relevance": "Name what was asked in your first sentence, then answer it.",
    "substance": "Give each answer a mechanism, an example and a limit; a single sentence rarely carries that.",
    "order": "Signpost: first, then, because, for example.",
    "fluency": "Pause in silence rather than fill the gap, and state what you know without hedging.",
}


def _answer_marks(case: Case, answered: Answered) -> dict[str, float]:
    said = [case.said[turn].text for turn in answered.turns]
    lengths = [len(words(text)) for text in said]
    on_topic = fmean(float(a.is_on_topic) for a in answered.assessments)
    has_parts = fmean(float(len(spans(text)) > 1) for text in said)
    is_said = fmean(min(1.0, length / SHORT_ANSWER_WORDS) for length in lengths)
    delivery = case.delivery
    noise = (delivery.fillers_per_100_words + delivery.hedges_per_100_words) if delivery else 0.0
    linked = min(1.0, delivery.connectives_per_100_words / 3.0) if delivery else has_parts
    return {
        "relevance": on_topic * min(1.0, 0.4 + (answered.score or 0.0)),
        "substance": fmean(_substance(length) for length in lengths),
        "order": (0.5 * has_parts + 0.5 * linked) * is_said,
        "fluency": max(0.0, 1.0 - noise / NOISE_LIMIT) * is_said,
    }


def _substance(length: int) -> float:
    return min(1.0, length / GOOD_ANSWER_WORDS) * (1.0 if length <= LONG_ANSWER_WORDS else 0.7)


def technical_knowledge(case: Case) -> Verdict:
    """The key points made, over all questions but the behavioural ones; those about the CV count half."""
    rows = [a for a in case.answered if a.question.area != "behavioural" and a.score is not None]
    rows = [a for a in rows if a.question.id not in {h.entry.exercise_id for h in case.handed}]
    if not rows:
        return Verdict(None, "no technical question was answered")
    weights = [0.5 if a.question.area == "resume" else 1.0 for a in rows]
    score = sum(w * (a.score or 0.0) for w, a in zip(weights, rows, strict=True)) / sum(weights)
    quotes = [QuoteEvidence(turn=hit.turn, quote=hit.quote) for a in rows for hit in _strongest(a)]
    shown = {quote.turn for quote in quotes}
    quotes += [quote for a in rows for quote in openings(case, a) if quote.turn not in shown]
    wrong = {text for a in rows for text in a.misconceptions}
    return Verdict(
        score,
        f"{sum(len(a.found) for a in rows)} of {sum(len(a.question.key_points) for a in rows)} key points"
        f" over {_count(len(rows), 'question')}",
        tuple(quotes),
        tuple(f"Covered {a.question.skills[0]} well." for a in rows if (a.score or 0) >= 0.7),
        tuple(f"Little on {a.question.skills[0]}." for a in rows if (a.score or 0) < 0.3),
        tuple(sorted(wrong))
        + tuple(
            f"Cover this next time: {text}" for a in rows if (a.score or 0) < 0.5 and (text := _heaviest_missing(a))
        )[:3],
    )


def _strongest(answered: Answered) -> list[Found]:
    return sorted(answered.found, key=lambda hit: -hit.strength)[:2]


def _heaviest_missing(answered: Answered) -> str:
    have = {hit.key_point for hit in answered.found}
    left = [p for p in answered.question.key_points if p.id not in have]
    return max(left, key=lambda p: p.weight).text if left else ""


def problem_solving(case: Case) -> Verdict:
    """From tests passed, tries and hints, and from the talk about the solution."""
    last = _last_by_exercise(case)
    if not last:
        return Verdict(None, "no code was handed in")
    marks, evidence, weaknesses = [], [], []
    for exercise_id, handed in last.items():
        tries = sum(h.entry.exercise_id == exercise_id for h in case.handed)
        hints = case.hints(exercise_id)
        solved = max(0.0, handed.pass_share - HINT_COST * hints - RETRY_COST * (tries - 1))
        talk = [a for a in case.answered if a.question.id == exercise_id and a.score is not None]
        marks.append(0.7 * solved + 0.3 * (talk[0].score or 0.0) if talk else solved * 0.85)
        help_line = f"{_count(tries, 'submission')}, {_count(hints, 'hint')}"
        evidence += [*_test_evidence(handed), _fact(handed, help_line)]
        evidence += [_fact(h, _passed_line(h)) for h in case.handed if h.entry.exercise_id == exercise_id]
        evidence += [QuoteEvidence(turn=hit.turn, quote=hit.quote) for a in talk for hit in a.found[:2]]
        evidence += [quote for a in talk for quote in openings(case, a)]
        weaknesses += [f"Needed {_count(hints, 'hint')}."] if hints else []
    shares = [h.pass_share for h in last.values()]
    return Verdict(
        fmean(marks),
        f"{_count(len(last), 'exercise')}, {fmean(shares):.0%} of tests passed in the last submission",
        tuple(evidence),
        ("Solved the exercise in full.",) if min(shares) == 1.0 else (),
        tuple(weaknesses) + (("The last submission still fails tests.",) if min(shares) < 1.0 else ()),
        ("Say the plan and its cost aloud before you write; then check it on the smallest case.",)
        if fmean(marks) < 0.8
        else (),
    )


def code_quality(case: Case) -> Verdict:
    """Correctness first, then what it costs, how it reads and whether it keeps good practice, weighted as the rubric
    says; earlier submissions count a fifth."""
    handed = [h for h in case.handed if h.result is not None]
    last = [h for h in _last_by_exercise(case).values() if h.result is not None]
    if not last:
        return Verdict(None, "no code was handed in")
    marks = [0.8 * _code_mark(case, h) + 0.2 * fmean(_code_mark(case, other) for other in handed) for h in last]
    evidence: list[Evidence] = [item for h in last for item in _test_evidence(h)]
    evidence += [_fact(h, _passed_line(h)) for h in handed]
    for h in last:
        if h.facts:
            evidence.append(_fact(h, _facts_line(h)))
            evidence += [_fact(h, h.facts.growth.told)] if _is_told(h.facts.growth) else []
    return Verdict(
        fmean(marks),
        "; ".join(_parts_line(h) for h in last),
        tuple(evidence),
        ("The code is simple and short.",) if all(h.pass_share >= 0.5 and _readability(h) >= 0.8 for h in last) else (),
        tuple(note for h in last for note in _code_notes(h)),
        ("Make it pass first, then name things for the reader.",) if fmean(marks) < 0.8 else (),
    )


def code_parts(handed: Handed) -> dict[CodePart, float]:
    """The parts of code quality of one submission, each in [0, 1], from tests and facts alone."""
    return {
        "correctness": handed.pass_share,
        "efficiency": _efficiency(handed),
        "readability": _readability(handed),
        "practice": _practice(handed),
    }


def _code_mark(case: Case, handed: Handed) -> float:
    """Code that fails cannot earn much by its looks: the other parts count for as much as it passes."""
    parts = code_parts(handed)
    earned = 0.3 + 0.7 * handed.pass_share
    return sum(w * parts[part] * (1.0 if part == "correctness" else earned) for part, w in case.code_parts.items())


def _efficiency(handed: Handed) -> float:
    """Tests that ended in time, less half where time grew faster than expected. Where its growth is not told, less half
    for each loop that stands deeper than the expected complexity allows."""
    tests = handed.result.tests if handed.result else ()
    in_time = 1.0 - sum(test.outcome == "time_limit" for test in tests) / len(tests) if tests else 0.0
    return max(0.0, in_time - 0.5 * _steps_too_slow(handed)) if handed.facts and handed.facts.parses else 0.0


def _steps_too_slow(handed: Handed) -> int:
    growth = handed.facts.growth if handed.facts else None
    if growth is not None and growth.verdict != "not told":
        return int(growth.verdict == "slower")
    return _loops_too_deep(handed)


def _is_told(growth: TimeGrowth | None) -> TypeGuard[TimeGrowth]:
    return growth is not None and growth.verdict != "not told"


def _loops_too_deep(handed: Handed) -> int:
    facts, exercise = handed.facts, handed.exercise
    if facts is None or facts.loop_depth is None or exercise is None:
        return 0
    return max(0, facts.loop_depth - max(1, degree_of(exercise.complexity)))


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


def _practice(handed: Handed) -> float:
    facts = handed.facts
    if facts is None or not facts.parses:
        return 0.0
    habits = len([note for note in facts.notes if note.startswith(_BAD_HABITS)])
    return max(0.0, 1.0 - habits / 3 - min(len(facts.lint), MOST_LINT) / LINT_OF_A_HABIT / 3)


_BAD_HABITS = ("A bare except", "A mutable default", "Names of one letter")


def _parts_line(handed: Handed) -> str:
    return ", ".join(f"{part} {value:.0%}" for part, value in code_parts(handed).items())


def _code_notes(handed: Handed) -> tuple[str, ...]:
    notes = (*handed.facts.notes, *handed.facts.lint) if handed.facts else ()
    if handed.facts and _is_told(growth := handed.facts.growth):
        return (*notes, f"{growth.told}.") if growth.verdict == "slower" else notes
    if not (deep := _loops_too_deep(handed)) or handed.facts is None or handed.exercise is None:
        return notes
    told = f"Loops stand {handed.facts.loop_depth} deep where {handed.exercise.complexity} is expected."
    return (*notes, told) if deep else notes


def testing(case: Case) -> Verdict:
    """Edge cases named aloud and tests written, against how much there was to test."""
    quotes = [
        QuoteEvidence(turn=turn, quote=span)
        for turn, utterance in sorted(case.said.items())
        for span in _test_talk(utterance.text)
    ]
    asked = [a for a in case.answered if "testing" in a.question.skills and a.score is not None]
    quotes += [QuoteEvidence(turn=hit.turn, quote=hit.quote) for a in asked for hit in a.found]
    own = [h for h in case.handed if h.facts and (h.facts.own_tests or h.facts.tried)]
    evidence: list[Evidence] = [
        *quotes,
        *(_fact(h, f"{_count(h.facts.own_tests, 'test')} of your own") for h in own if h.facts and h.facts.own_tests),
        *(_fact(h, h.facts.tried.told) for h in own if h.facts and h.facts.tried),
    ]
    if not evidence:
        return Verdict(None, "no test was written and no edge case named", advice=(_TESTING_ADVICE,))
    named = min(1.0, len({q.quote for q in quotes}) / 4)
    shares = [h.pass_share for h in _last_by_exercise(case).values()]
    base = [named, *(a.score or 0.0 for a in asked)]
    score = _with_caught(
        0.7 * fmean(base) + 0.2 * bool(own) + 0.1 * (fmean(shares) if shares else 0.0), _caught_share(case)
    )
    return Verdict(
        score,
        f"{_count(len(quotes), 'remark')} on tests or edge cases, tests written in {_count(len(own), 'submission')}",
        tuple(evidence),
        ("Wrote tests unasked.",) if own else (),
        (*(() if own else ("No test of your own was written.",)), *_what_tests_missed(own)),
        (_TESTING_ADVICE,) if score < 0.8 else (),
    )


CAUGHT_WEIGHT = 0.5
"""What tests were seen to catch counts for as much as talk of tests."""


def _caught_share(case: Case) -> float | None:
    """Of the seeded faults, over the exercises whose own tests were tried; None where none were."""
    tried = [h.facts.tried for h in _last_by_exercise(case).values() if h.facts and h.facts.tried]
    shares = [each.caught_share for each in tried if not each.reason]
    return fmean(shares) if shares else None


def _with_caught(score: float, caught: float | None) -> float:
    return score if caught is None else (1.0 - CAUGHT_WEIGHT) * score + CAUGHT_WEIGHT * caught


def _what_tests_missed(own: Sequence[Handed]) -> Iterator[str]:
    for tried in (h.facts.tried for h in own if h.facts and h.facts.tried):
        yield from tried.wrong
        if tried.missed:
            yield f"Their tests would not notice a fault in: {'; '.join(tried.missed)}."


_TESTING_ADVICE = "Before you submit, name the smallest, the empty, the repeated and the largest input."


def _test_talk(text: str) -> list[str]:
    return [s for s in sentences(text) if TEST_WORDS.search(s) and len(words(s)) >= 4][:2]


def _last_by_exercise(case: Case) -> dict[str, Handed]:
    return {h.entry.exercise_id or "": h for h in case.handed}


def _test_evidence(handed: Handed) -> list[Evidence]:
    """Failing tests first: a few of them tell more than a long list."""
    tests = sorted(handed.result.tests if handed.result else (), key=lambda test: test.passed)
    shown: list[Evidence] = [TestEvidence(turn=handed.entry.turn, test=test.name) for test in tests[:SHOWN_TESTS]]
    return [*shown, _fact(handed, _passed_line(handed))]


def _passed_line(handed: Handed) -> str:
    tests = handed.result.tests if handed.result else ()
    return f"{sum(test.passed for test in tests)} of {_count(len(tests), 'test')} passed"


def _facts_line(handed: Handed) -> str:
    facts = handed.facts
    if facts is None:
        return ""
    size = f"{_count(facts.lines, 'line')}, {_count(facts.functions, 'function')}"
    return f"{size}, highest complexity {facts.cyclomatic_complexity}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fact(handed: Handed, fact: str) -> FactEvidence:
    return FactEvidence(turn=handed.entry.turn, fact=fact)


def _readability(handed: Handed) -> float:
    facts = handed.facts
    if facts is None or not facts.parses:
        return 0.0
    simple = min(1.0, SIMPLE_CODE / max(1, facts.cyclomatic_complexity))
    short = min(1.0, SHORT_FUNCTION / max(1, facts.longest_function))
    return max(0.0, 0.5 * simple + 0.5 * short)


AXIS_FUNCTIONS: dict[AxisName, Callable[[Case], Verdict]] = {
    "communication": communication,
    "technical_knowledge": technical_knowledge,
    "problem_solving": problem_solving,
    "code_quality": code_quality,
    "testing": testing,
}
