"""The five axes: each a plain function from the case to a verdict with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from interviewlab.scoring.case import Answered, Case, openings
from interviewlab.scoring.code_quality import NEARLY_ALL, code_quality
from interviewlab.scoring.grader import coverage
from interviewlab.scoring.speaking import ALWAYS, STRONG, Part, Spoken, advise, tell_strengths, tell_weaknesses
from interviewlab.scoring.stories import Shows, shows
from interviewlab.scoring.testing import testing
from interviewlab.scoring.text import spans, words
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
from interviewlab.types import Assessment, AxisName, DeliveryFacts, Evidence, Found, QuoteEvidence

SHORT_ANSWER_WORDS = 12
GOOD_ANSWER_WORDS = 40
LONG_ANSWER_WORDS = 220
NOISE_LIMIT = 12.0
"""Fillers and hedges in a hundred words at which nothing fluent is left."""
COMMUNICATION_WEIGHTS: dict[Part, float] = {"relevance": 0.4, "substance": 0.25, "order": 0.2, "fluency": 0.15}
LINKED = 2.0
"""Linking words in a hundred from which an answer is well joined."""
LOST_LIMIT = 3.0
"""Lost threads in a hundred words at which nothing is in order."""
STRAYS, STRAYS_FAR, STRAYING = 0.05, 0.3, 0.6
"""Share of an answer about something else where it begins to cost, and where it costs in full; how much of relevance
that is. Clear answers in plain words have 0.03 in the mean, rambling ones 0.15."""
ENOUGH_TOLD = 0.5
"""Share of the key points' weight from which an answer has all its substance: nobody tells everything."""
HINT_COST = 0.1
RETRY_COST = 0.05
SOLVED_WEIGHT = 0.7
"""Of problem solving: the rest is for saying how, which silence does not earn."""
WELL_TOLD = 0.75
"""Score of a story from which its telling lacks nothing."""
EMPTY_TALK = 0.5
"""What order and fluency count in a story that tells nothing: well-spoken emptiness is no communication."""
OWN_WORK_WEIGHT = 0.5
"""Of an answer about one's own work among technical questions, and of all stories among exercises."""


def communication(case: Case) -> Verdict:
    """To the point, with substance, ordered, fluent; of a story what it tells counts in place of its length."""
    judged = [a for a in case.answered if any(words(case.said[turn].text) for turn in a.turns)]
    if not judged:
        return Verdict(None, "no answer stands behind a question" if case.unplaced else "no answer was given")
    marks = [(_answer_marks(case, a), a) for a in judged]
    parts: dict[Part, float] = {name: fmean(m[name] for m, _ in marks) for name in COMMUNICATION_WEIGHTS}
    score = fmean(_is_worth(a) * sum(w * m[name] for name, w in COMMUNICATION_WEIGHTS.items()) for m, a in marks)
    best, worst = (pick(marks, key=lambda pair: sum(pair[0].values()))[1] for pick in (max, min))
    told = tuple(q for a in (best, worst, *judged) for q in (_parts_told(a, ()) if a.is_story else ())[:2])
    shown = {name: value for name, value in parts.items() if name != "fluency" or _is_told_enough(case, judged)}
    spoken = [Spoken(m, {turn: case.said[turn].text for turn in a.turns}) for m, a in marks]
    return Verdict(
        score,
        f"over {count(len(judged), 'question')}: " + ", ".join(f"{name} {value:.0%}" for name, value in parts.items()),
        tuple(dict.fromkeys((*told, *(q for a in (best, worst, *judged) for q in openings(case, a))))),
        tell_strengths(shown, spoken),
        tell_weaknesses(shown),
        advise(shown, spoken),
        3 if parts["order"] < ALWAYS else 5 if min(shown.values()) >= STRONG else 4,
    )


def _is_told_enough(case: Case, judged: Iterable[Answered]) -> bool:
    """A few words without a filler are not yet fluent."""
    lengths = [len(words(case.said[turn].text)) for answered in judged for turn in answered.turns]
    return fmean(lengths) >= SHORT_ANSWER_WORDS


def _answer_marks(case: Case, answered: Answered) -> dict[Part, float]:
    said = [case.said[turn].text for turn in answered.turns]
    lengths = [len(words(text)) for text in said]
    on_topic = fmean(float(a.is_on_topic) for a in answered.assessments)
    has_parts = fmean(float(len(spans(text)) > 1) for text in said)
    is_said = fmean(min(1.0, length / SHORT_ANSWER_WORDS) for length in lengths)
    facts = case.delivery
    linked = min(1.0, facts.connectives_per_100_words / LINKED) if facts else has_parts
    lost = min(1.0, facts.breaks_per_100_words / LOST_LIMIT) if facts else 0.0
    told = _told(answered)
    return {
        "relevance": on_topic
        * (told if answered.is_story else min(1.0, 0.4 + (answered.score or 0.0)) * _kept(answered)),
        "substance": told if answered.is_story else _mean_substance(answered, lengths) * _has_points(answered),
        "order": (0.5 * has_parts + 0.5 * linked) * is_said * (1.0 - lost),
        "fluency": max(0.0, 1.0 - (_noise(facts) if facts else 0.0) / NOISE_LIMIT),
    }


def _kept(answered: Answered) -> float:
    """How far an answer keeps to its question, in [1 - STRAYING, 1]."""
    return 1.0 - STRAYING * min(1.0, max(0.0, (answered.strayed - STRAYS) / (STRAYS_FAR - STRAYS)))


def _noise(facts: DeliveryFacts) -> float:
    """In a hundred words; a lost thread costs the listener as much as two fillers."""
    fillers = facts.fillers_per_100_words + facts.hedges_per_100_words + facts.repeated_starts_per_100_words
    return fillers + 2.0 * facts.breaks_per_100_words


def _has_points(answered: Answered) -> float:
    """Length alone is half of the substance; the other half is there when enough of what was wanted is told."""
    if answered.score is None:
        return 1.0
    return 0.5 + 0.5 * min(1.0, coverage(answered.question, answered.found) / ENOUGH_TOLD)


def _told(answered: Answered) -> float:
    return min(1.0, (answered.score or 0.0) / WELL_TOLD)


def _is_worth(answered: Answered) -> float:
    return EMPTY_TALK + (1.0 - EMPTY_TALK) * _told(answered) if answered.is_story else 1.0


def _parts_told(answered: Answered, only: Iterable[Shows]) -> tuple[QuoteEvidence, ...]:
    """The parts of a story that are told, the clearest first, each once; of those alone that show one of ``only``."""
    question = answered.question
    kept = {p.id for p in question.key_points if not only or any(shows(question, p, each) for each in only)}
    hits = [hit for hit in answered.found if hit.key_point in kept]
    quotes = (QuoteEvidence(turn=h.turn, quote=h.quote) for h in sorted(hits, key=lambda hit: -hit.strength))
    return tuple(dict.fromkeys(quotes))


def _share_told(answered: Answered, what: Shows) -> float | None:
    """Share of the weight of a story's parts that show ``what``; None where it asks for none, or tells nothing."""
    points = [p for p in answered.question.key_points if shows(answered.question, p, what)]
    have = {hit.key_point: hit.strength for hit in answered.found}
    if not points or not have:
        return None
    return sum(p.weight * have.get(p.id, 0.0) for p in points) / sum(p.weight for p in points)


def _is_answer(assessment: Assessment) -> bool:
    """A question said again, giving up at length and talk about something else are none; unread languages may be."""
    return assessment.is_on_topic or assessment.score is None


def _mean_substance(answered: Answered, lengths: Sequence[int]) -> float:
    pairs = zip(lengths, answered.assessments, strict=True)
    return fmean(_substance(length) if _is_answer(each) else 0.0 for length, each in pairs)


def _substance(length: int) -> float:
    return min(1.0, length / GOOD_ANSWER_WORDS) * (1.0 if length <= LONG_ANSWER_WORDS else 0.7)


def technical_knowledge(case: Case) -> Verdict:
    """The key points made, over all technical questions.

    Answers about one's own work count half, by what they tell of how something works; where they tell nothing of that,
    they say nothing of what somebody knows, and are left out.
    """
    rows = [a for a in case.answered if not a.is_story and a.score is not None]
    rows = [a for a in rows if a.question.id not in {h.entry.exercise_id for h in case.handed}]
    own = [(share, a) for a in case.answered if a.question.area != "behavioural" and (share := _explained(a))]
    if not rows and not own:
        return Verdict(None, "nothing technical was asked, and you explained nothing of your own work")
    marks = [(1.0, a.score or 0.0) for a in rows] + [(OWN_WORK_WEIGHT, share) for share, _ in own]
    quotes = [QuoteEvidence(turn=hit.turn, quote=hit.quote) for a in rows for hit in _strongest(a)]
    quotes += [quote for _, a in own for quote in _parts_told(a, ("technical",))[:2]]
    shown = {quote.turn for quote in quotes}
    quotes += [quote for a in rows for quote in openings(case, a) if quote.turn not in shown]
    wrong = {text for a in rows for text in a.misconceptions}
    skills = _by_skill(rows)
    found = sum(len(a.found) for a in rows) + sum(_count(a, only_told=True) for _, a in own)
    wanted = sum(len(a.question.key_points) for a in rows) + sum(_count(a, only_told=False) for _, a in own)
    return Verdict(
        sum(w * mark for w, mark in marks) / sum(w for w, _ in marks),
        f"{found} of {wanted} key points over {count(len(marks), 'question')}",
        tuple(dict.fromkeys(quotes)),
        tuple(f"Covered {skill} well." for skill, mean in skills.items() if mean >= 0.7),
        (*sorted(wrong), *(f"Little on {skill}." for skill, mean in skills.items() if mean < 0.3)),
        tuple(f"Cover this next time: {text}" for a in rows if (a.score or 0) < 0.5 and (text := _heaviest_missing(a)))[
            :3
        ],
    )


def _explained(answered: Answered) -> float | None:
    return _share_told(answered, "technical") if answered.is_story else None


def _count(answered: Answered, *, only_told: bool) -> int:
    have = {hit.key_point for hit in answered.found}
    points = (p for p in answered.question.key_points if shows(answered.question, p, "technical"))
    return sum(not only_told or p.id in have for p in points)


def _by_skill(rows: Iterable[Answered]) -> dict[str, float]:
    """The mean score of each first skill of a question, by the skill's name in words."""
    scores: dict[str, list[float]] = {}
    for each in rows:
        scores.setdefault(each.question.skills[0].replace("-", " "), []).append(each.score or 0.0)
    return {skill: fmean(marks) for skill, marks in scores.items()}


def _strongest(answered: Answered) -> list[Found]:
    return sorted(answered.found, key=lambda hit: -hit.strength)[:2]


def _heaviest_missing(answered: Answered) -> str:
    have = {hit.key_point for hit in answered.found}
    left = [p for p in answered.question.key_points if p.id not in have]
    return max(left, key=lambda p: p.weight).text if left else ""


def problem_solving(case: Case) -> Verdict:
    """From exercises, and from what stories tell of what was decided and why, which count half an exercise."""
    coded, told = _exercises(case), _decisions(case)
    if coded.score is None or told.score is None:
        has_told = told.score is not None or any(a.is_story for a in case.answered)
        return told if coded.score is None and has_told else coded
    score = (coded.score + OWN_WORK_WEIGHT * told.score) / (1.0 + OWN_WORK_WEIGHT)
    evidence, basis = (*coded.evidence, *told.evidence), f"{coded.basis}; {told.basis}"
    return replace(coded, score=score, basis=basis, evidence=evidence)


def _decisions(case: Case) -> Verdict:
    """What was decided and why, in the stories that tell anything."""
    rows = [(share, a) for a in case.answered if a.is_story and (share := _share_told(a, "solving")) is not None]
    quotes: tuple[Evidence, ...] = tuple(q for _, a in rows for q in _parts_told(a, ("solving",))[:2])
    if not quotes:
        return Verdict(None, f"{why_no_code(case)}, and no story tells what was decided and why")
    mean = fmean(share for share, _ in rows)
    return Verdict(
        mean,
        f"what was decided and why in {count(len(rows), 'answer')} about own work: {mean:.0%}",
        tuple(dict.fromkeys(quotes)),
        ("Told what was decided and why.",) if mean >= WELL_TOLD else (),
        ("Told little of what was decided and why.",) if mean < EMPTY_TALK else (),
        ("Say which ways there were, why you took yours, and what it led to, in figures.",) if mean < WELL_TOLD else (),
    )


def _exercises(case: Case) -> Verdict:
    """From tests passed, tries and hints, and from the talk about the solution, which adds and never takes away."""
    handed = ran(case)
    last = last_by_exercise(handed)
    if not last:
        return Verdict(None, why_no_code(case))
    marks, evidence, weaknesses, is_alone, is_told = [], [], [], True, True
    for exercise_id, final in last.items():
        tries = [h for h in handed if h.entry.exercise_id == exercise_id]
        hints = case.hints(exercise_id)
        solved = max(0.0, final.pass_share - HINT_COST * hints - RETRY_COST * (len(tries) - 1))
        talk = [a for a in case.answered if a.question.id == exercise_id and a.score is not None]
        marks.append(SOLVED_WEIGHT * solved + (1.0 - SOLVED_WEIGHT) * (talk[0].score or 0.0 if talk else 0.0))
        is_alone, is_told = is_alone and not hints, is_told and any(a.score for a in talk)
        help_line = f"{count(len(tries), 'submission')}, {count(hints, 'hint')}"
        evidence += [*tests_shown(final), fact(final, help_line)]
        evidence += [fact(h, passed_line(h)) for h in tries]
        evidence += [QuoteEvidence(turn=hit.turn, quote=hit.quote) for a in talk for hit in a.found[:2]]
        evidence += [quote for a in talk for quote in openings(case, a)]
        weaknesses += [f"Needed {count(hints, 'hint')}."] if hints else []
    shares = [h.pass_share for h in last.values()]
    is_solved = min(shares) == 1.0
    solved_line = "Solved the exercise in full." if len(last) == 1 else "Solved the exercises in full."
    return Verdict(
        fmean(marks),
        f"{count(len(last), 'exercise')}, {fmean(shares):.0%} of tests passed in the last submission",
        tuple(evidence),
        (solved_line,) if is_solved else (),
        tuple(weaknesses) + (() if is_solved else ("The last submission still fails tests.",)),
        ("Say the plan and its cost aloud before you write; then check it on the smallest case.",)
        if fmean(marks) < 0.8
        else (),
        5 if is_solved and is_alone and is_told else 4 if fmean(shares) >= NEARLY_ALL else 3,
    )


AXIS_FUNCTIONS: dict[AxisName, Callable[[Case], Verdict]] = {
    "communication": communication,
    "technical_knowledge": technical_knowledge,
    "problem_solving": problem_solving,
    "code_quality": code_quality,
    "testing": testing,
}
