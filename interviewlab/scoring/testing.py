"""Testing: edge cases named while there is something to test, and tests written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

from interviewlab.scoring.case import Case, Handed
from interviewlab.scoring.inputs_named import KINDS, kinds_in_tests, kinds_in_words
from interviewlab.scoring.text import listed, sentences, stems, words
from interviewlab.scoring.verdict import NO_EXERCISE, Verdict, count, fact, has_exercise, last_by_exercise, ran
from interviewlab.types import Evidence, QuoteEvidence

CASES = re.compile(
    r"\b((edge|corner) cases?|empty|boundar(y|ies)|nulls?|duplicates?|(?<!stack )overflows?|(?<!false )negatives?)\b",
    re.IGNORECASE,
)
"""Words that name a case wherever they are said of an exercise."""
_LOOPS = re.compile(
    r"\b(?:until|till|while|as long as)\b[^.,;?!]*\b(?:is|are|be|not|gets?|runs?|becomes?|\w+n't|\w+'s) empty\b",
    re.IGNORECASE,
)
"""How a loop ends is no case."""
TESTS = re.compile(r"\b(tests?|tested|testing|brute[- ]forced?|random inputs?)\b", re.IGNORECASE)
"""Words of testing: they count where somebody says what to do, not where a question is said again."""
SIZES = re.compile(
    r"\b(zero|none|nothing|ones?|two|single|huge|largest|biggest|longest|smallest|shortest|minimum|maximum|equal|same"
    r"|repeated|identical|no [a-z]+s|all [a-z]+(?:ing|ed))\b",
    re.IGNORECASE,
)
"""Words that name a case where cases were asked for, or in a list of them."""
LISTED, LISTED_IF_ASKED = 4, 2
"""Different sizes in one sentence from which it lists cases, and where cases were asked for."""
_SAYS = re.compile(r"\b(?:i|we|you|it|they|he|she)\b", re.IGNORECASE)
_TRIES = re.compile(r"\b(?:try|tries|trying|check\w*|cases?|inputs?|by hand)\b", re.IGNORECASE)
"""Who says something with such words of size lists no cases, unless it is tried: "I keep one pointer and two sums"."""
SIZE = re.compile(r"\b(zero|single|huge|largest|biggest|longest|smallest|shortest)\b", re.IGNORECASE)
"""Sizes of which one is a case where cases were asked for."""
_ASKS_FOR_CASES = re.compile(
    r"\b(?:(?:tests?|tested|testing)\b(?! (?:pass\w*|set|data)\b)|confiden\w+"
    r"|break(?! (?:\w+ )?(?:down|up|into)\b)|peculiarit\w+"
    r"|(?:which|what|other|further|special|edge|corner|extreme|more)\s(?:\w+\s){0,2}(?:cases|sizes|inputs|edges|borders)"
    r")\b[^?.!;]*\?",
    re.IGNORECASE,
)
"""One question that asks for cases; a word of testing in the sentence before it asks for nothing."""
_SEPARATES = re.compile(r"[,;]|\b(?:and|or)\b", re.IGNORECASE)
ECHO = 0.65
"""Share of a sentence's words that the interviewer has just said, from which it only says them again."""
MOST_REMARKS = 2
"""Of one turn."""
ENOUGH_NAMED = 4
"""Cases named, each by a sentence and a word of its own, from which naming more adds nothing."""


def testing(case: Case) -> Verdict:
    """Edge cases named aloud and tests written, against how much there was to test."""
    asked = [a for a in case.answered if "testing" in a.question.skills and a.score is not None]
    answers = {a.turn for each in asked for a in each.assessments if a.score}
    remarks = [
        QuoteEvidence(turn=turn, quote=span)
        for turn, utterance in sorted(case.said.items())
        if _is_about_code(case, turn) or turn in answers
        for span in _test_talk(utterance.text, _asked_before(case, turn))
    ]
    points = [
        QuoteEvidence(turn=hit.turn, quote=hit.quote)
        for a in asked
        for hit in a.found
        if a.question.area == "testing" or TESTS.search(hit.quote) or CASES.search(hit.quote)
    ]
    quotes = tuple(dict.fromkeys((*remarks, *points)))
    tried = [h for h in case.handed if h.facts and h.facts.tried]
    own = [h for h in case.handed if h.facts and (h.facts.own_tests or (h.facts.tried and not h.facts.tried.is_copied))]
    evidence: list[Evidence] = [
        *quotes,
        *(fact(h, f"{count(h.facts.own_tests, 'test')} of your own") for h in own if h.facts and h.facts.own_tests),
        *(fact(h, h.facts.tried.told) for h in tried if h.facts and h.facts.tried),
    ]
    if not evidence:
        why = "no test was written and no edge case named" if has_exercise(case) else NO_EXERCISE
        return Verdict(None, why, advice=_advice(case, ()))
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
        (*(_NO_TEST if case.handed and not own and not tried else ()), *_what_tests_missed(tried)),
        _advice(case, quotes) if score < 0.8 else (),
    )


def _is_about_code(case: Case, turn: int) -> bool:
    """Whether an exercise was on the table when this was said."""
    before = case.replies.get(turn - 1)
    return before is not None and before.exercise_id is not None


def _asked_before(case: Case, turn: int) -> str:
    before = case.replies.get(turn - 1)
    return "" if before is None else before.text


def _named(remarks: Sequence[QuoteEvidence], points: Sequence[QuoteEvidence]) -> float:
    """How many cases were named, in [0, 1]: the same word in many sentences names one."""
    told = {remark.quote for remark in remarks}
    kinds = {stems(match.group()) for quote in told for each in (CASES, TESTS, SIZES) for match in each.finditer(quote)}
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
    shares = [share for each in tried if (share := each.caught_share) is not None]
    return fmean(shares) if shares else None


def _with_caught(score: float, caught: float | None) -> float:
    return score if caught is None else (1.0 - CAUGHT_WEIGHT) * score + CAUGHT_WEIGHT * caught


def _what_tests_missed(handed: Sequence[Handed]) -> Iterator[str]:
    for facts in (h.facts for h in handed):
        if facts is None or facts.tried is None:
            continue
        tried = facts.tried
        yield from tried.wrong
        if tried.is_copied and not facts.own_tests:
            yield "Your tests repeat the examples of the statement; add cases of your own."
        if tried.missed:
            yield f"Your tests would not notice a fault in: {'; '.join(tried.missed)}."


_NO_TEST = ("No test of your own was written.",)


def _advice(case: Case, quotes: Sequence[QuoteEvidence]) -> tuple[str, ...]:
    """To name the kinds of input that neither remarks nor tests have had; none without an exercise."""
    if not has_exercise(case):
        return ()
    asked = [s for turn, said in case.said.items() if _is_about_code(case, turn) for s in sentences(said.text)]
    words_of = [*(quote.quote for quote in quotes), *(s for s in asked if s.endswith("?"))]
    known = kinds_in_words(words_of).union(*(kinds_in_tests(h.entry.code, h.entry.own_tests) for h in case.handed))
    left = [f"the {kind}" for kind in KINDS if kind not in known]
    return (f"Before you submit, name {listed(left)} input.",) if left else ()


def _test_talk(text: str, asked: str) -> list[str]:
    """The sentences that name a case or say what to test."""
    is_asked = _ASKS_FOR_CASES.search(asked) is not None
    told = [s for s in sentences(text) if len(words(s)) >= 4 and _is_of_testing(s, asked, is_asked=is_asked)]
    return told[:MOST_REMARKS]


def _is_of_testing(sentence: str, asked: str, *, is_asked: bool) -> bool:
    if sentence.endswith("?") or _is_echo(sentence, asked):
        return False
    sizes = {match.group().lower() for match in SIZES.finditer(sentence)}
    parts = [part for part in _SEPARATES.split(sentence) if SIZES.search(part)]
    is_list = is_asked or not _SAYS.search(sentence) or _TRIES.search(sentence) is not None
    is_listed = is_list and min(len(sizes), len(parts)) >= LISTED
    is_named = is_asked and (len(sizes) >= LISTED_IF_ASKED or SIZE.search(sentence) is not None)
    is_case = CASES.search(_LOOPS.sub("", sentence)) is not None
    return is_listed or is_named or is_case or TESTS.search(sentence) is not None


def _is_echo(sentence: str, asked: str) -> bool:
    said = stems(sentence)
    return sum(stem in set(stems(asked)) for stem in said) >= ECHO * len(said)
