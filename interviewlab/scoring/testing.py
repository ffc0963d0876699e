"""Testing: edge cases named while there is something to test, and tests written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

from interviewlab.scoring.case import Case, Handed
from interviewlab.scoring.text import sentences, stems, words
from interviewlab.scoring.verdict import Verdict, count, fact, last_by_exercise, ran
from interviewlab.types import Evidence, QuoteEvidence

TEST_WORDS = re.compile(
    r"\b(tests?|tested|testing|(edge|corner) cases?|empty|boundar(y|ies)|nulls?|duplicates?|overflows?|negatives?)\b",
    re.IGNORECASE,
)
ENOUGH_NAMED = 4
"""Cases named, each by a sentence and a word of its own, from which naming more adds nothing."""


def testing(case: Case) -> Verdict:
    """Edge cases named aloud and tests written, against how much there was to test."""
    asked = [a for a in case.answered if "testing" in a.question.skills and a.score is not None]
    remarks = [
        QuoteEvidence(turn=turn, quote=span)
        for turn, utterance in sorted(case.said.items())
        if _is_about_code(case, turn) or any(turn in a.turns for a in asked)
        for span in _test_talk(utterance.text)
    ]
    points = [QuoteEvidence(turn=hit.turn, quote=hit.quote) for a in asked for hit in a.found]
    quotes = tuple(dict.fromkeys((*remarks, *points)))
    own = [h for h in case.handed if h.facts and (h.facts.own_tests or h.facts.tried)]
    evidence: list[Evidence] = [
        *quotes,
        *(fact(h, f"{count(h.facts.own_tests, 'test')} of your own") for h in own if h.facts and h.facts.own_tests),
        *(fact(h, h.facts.tried.told) for h in own if h.facts and h.facts.tried),
    ]
    if not evidence:
        return Verdict(None, "no test was written and no edge case named", advice=(_TESTING_ADVICE,))
    shares = [h.pass_share for h in last_by_exercise(ran(case)).values()]
    base = [_named(remarks, points), *(a.score or 0.0 for a in asked)]
    score = _with_caught(
        0.7 * fmean(base) + 0.2 * bool(own) + 0.1 * (fmean(shares) if shares else 0.0), _caught_share(case)
    )
    return Verdict(
        score,
        f"{count(len(quotes), 'remark')} on tests or edge cases, tests written in {count(len(own), 'submission')}",
        tuple(evidence),
        ("Wrote tests of your own.",) if any(map(_has_right_test, own)) else (),
        (*(("No test of your own was written.",) if case.handed and not own else ()), *_what_tests_missed(own)),
        (_TESTING_ADVICE,) if score < 0.8 else (),
    )


def _is_about_code(case: Case, turn: int) -> bool:
    """Whether an exercise was on the table when this was said."""
    before = case.replies.get(turn - 1)
    return before is not None and before.exercise_id is not None


def _named(remarks: Sequence[QuoteEvidence], points: Sequence[QuoteEvidence]) -> float:
    """How many cases were named, in [0, 1]: the same word in many sentences names one."""
    told = {remark.quote for remark in remarks}
    kinds = {stems(match.group()) for quote in told for match in TEST_WORDS.finditer(quote)}
    further = {point.quote for point in points} - told
    return min(1.0, (min(len(told), len(kinds)) + len(further)) / ENOUGH_NAMED)


def _has_right_test(handed: Handed) -> bool:
    """Whether a test was written that is not known to be wrong."""
    facts = handed.facts
    return facts is not None and bool(facts.own_tests or (facts.tried and facts.tried.right))


CAUGHT_WEIGHT = 0.5
"""What tests were seen to catch counts for as much as talk of tests."""


def _caught_share(case: Case) -> float | None:
    """Of the seeded faults, over the exercises whose own tests were tried; None where none were."""
    tried = [h.facts.tried for h in last_by_exercise(case.handed).values() if h.facts and h.facts.tried]
    shares = [each.caught_share for each in tried if not each.reason]
    return fmean(shares) if shares else None


def _with_caught(score: float, caught: float | None) -> float:
    return score if caught is None else (1.0 - CAUGHT_WEIGHT) * score + CAUGHT_WEIGHT * caught


def _what_tests_missed(own: Sequence[Handed]) -> Iterator[str]:
    for tried in (h.facts.tried for h in own if h.facts and h.facts.tried):
        yield from tried.wrong
        if tried.missed:
            yield f"Your tests would not notice a fault in: {'; '.join(tried.missed)}."


_TESTING_ADVICE = "Before you submit, name the smallest, the empty, the repeated and the largest input."


def _test_talk(text: str) -> list[str]:
    return [s for s in sentences(text) if TEST_WORDS.search(s) and len(words(s)) >= 4][:2]
