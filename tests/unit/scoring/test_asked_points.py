"""What neither the question nor a follow-up asked for, and nobody told, is no want of an answer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from interviewlab.questions.bank import load_bank
from interviewlab.questions.discussion import all_questions
from interviewlab.resume import personal_questions
from interviewlab.scoring.case import Answered, build_case, followed_up
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import Claim, KeyPoint, Question, Reply, ReplyEntry
from tests.models import minilm
from tests.unit.scoring.talks import make_talk

BANK = load_bank()
WORK = Claim(id="work-care", kind="work", name="Carebook", role="Frontend Developer", skills=("React",))
SKILL = Claim(id="skill-ts", kind="skill", name="TypeScript", skills=("TypeScript",), is_used=True)
NURSE = Claim(id="work-ward", kind="work", name="Royal Infirmary", role="Staff Nurse", is_earlier_career=True)
DECISION = (
    "I profiled it and found that 80 percent of the time went into rendering 900 rows of the rota. We could page it, "
    "or virtualise the list. Paging would have been simpler but the ward managers scroll the whole month, so I "
    "virtualised it. It took me a week. It went from 6 seconds to 1.9 on a cheap phone, and it cost us the browser's "
    "own search."
)
WRONG_CHOICE = (
    "For a small ticket shop at the studio I used it and it was the wrong choice. It was two hundred lines, the build "
    "step and the types for an old library took me three days, and plain JavaScript with a few comments would have "
    "done."
)
CHANGE = (
    "I was ward lead when they rolled out the electronic observations and I noticed I liked fixing the screens more "
    "than the shifts. After seven years I wanted regular hours too, so I did a bootcamp in 2021. What helps me is "
    "that I know how a nurse at four in the morning reads a screen, so I make the buttons big and keep the number of "
    "steps low."
)
PRAISE = "I am very proud of my work there, I always make good decisions with my team and we had great success."


@pytest.fixture(scope="module")
def grader() -> AnswerGrader:
    return AnswerGrader(minilm(), [question.answer for question in BANK.questions])


def worded(claim: Claim, words: str) -> Question:
    """The question about a claim in the wording that has these words."""
    each = (personal_questions((claim,), seed=seed)[0] for seed in range(300))
    return next(question for question in each if words in question.text)


def graded(grader: AnswerGrader, question: Question, answers: Sequence[tuple[str, str]]) -> Answered:
    """``answers``: each with the reply before it."""
    talk = make_talk([(question.model_copy(update={"text": asked}), said) for asked, said in answers])
    case = build_case(talk, grader, {question.id: question}, {}, {}, None, {})
    return case.answered[0]


def missing(answered: Answered) -> set[str]:
    texts = answered.to_score().missing
    return {point.id for point in answered.question.key_points if point.text in texts}


@pytest.mark.parametrize(
    ("claim", "words", "said"),
    [
        (WORK, "mattered most", DECISION),
        (SKILL, "wrong choice", WRONG_CHOICE),
        (SKILL, "surprised", WRONG_CHOICE),
        (NURSE, "Staff Nurse", CHANGE),
    ],
)
def test_an_answer_to_what_was_asked_lacks_nothing(grader: AnswerGrader, claim: Claim, words: str, said: str) -> None:
    question = worded(claim, words)
    answered = graded(grader, question, [(question.text, said)])
    whole = grader.assess(question, said, turn=1)
    assert missing(answered) == set()
    assert answered.score is not None
    assert whole.score is not None
    assert answered.score >= max(0.75, whole.score)


def test_what_was_told_unasked_is_shown(grader: AnswerGrader) -> None:
    question = worded(WORK, "mattered most")
    answered = graded(grader, question, [(question.text, DECISION)])
    assert "numbers" not in {point.id for point in question.wanted_points()}
    assert "numbers" in {hit.key_point for hit in answered.found}


@pytest.mark.parametrize("words", ["hardest", "proud", "mattered most"])
def test_what_was_asked_is_still_wanted(grader: AnswerGrader, words: str) -> None:
    question = worded(WORK, words)
    answered = graded(grader, question, [(question.text, PRAISE)])
    assert missing(answered) == {point.id for point in question.wanted_points()}
    assert (answered.score or 0.0) < 0.1


def test_what_a_follow_up_asked_for_is_wanted_from_then_on(grader: AnswerGrader) -> None:
    question = worded(WORK, "mattered most")
    probe = next(point for point in question.key_points if point.id == "how-it-works")
    said = [(question.text, DECISION), (f"I see. {probe.follow_up}", "I do not remember that part any more, sorry.")]
    assert missing(graded(grader, question, said)) == {"how-it-works"}


@pytest.mark.parametrize(
    ("reply", "probed"),
    [
        ("I see. {first}", ["first"]),
        ("{first} Take your time.", ["first"]),
        ("SO {first}", ["first"]),
        ("{first} And then: {second}", ["first", "second"]),
        ("{second} {first}", ["second", "first"]),
        ("{of_both}", ["first", "of-both"]),
        ("What else?", []),
    ],
)
def test_follow_ups_are_found_wherever_they_stand_in_a_reply(reply: str, probed: list[str]) -> None:
    asked = {"first": "what does it cost?", "second": "Who pays for it?", "of-both": "And what does it cost?"}
    points = tuple(KeyPoint(id=id, text=id, weight=1, follow_up=probe) for id, probe in asked.items())
    nobody_asks = KeyPoint(id="nothing", text="nothing", weight=1, follow_up="")
    question = BANK.questions[0].model_copy(update={"key_points": (*points, nobody_asks)})
    text = reply.format(first=asked["first"], second=asked["second"], of_both=asked["of-both"])
    said = Reply(turn=1, text=text, move="follow_up", phase="technical", brain="bank")
    assert list(followed_up(question, said)) == probed


@pytest.mark.parametrize("reply", ["I see. {}", "{} Take your time.", "Let me ask that: {} Roughly is enough."])
def test_an_answer_to_a_follow_up_is_read_as_such_whatever_is_said_around_it(grader: AnswerGrader, reply: str) -> None:
    question = BANK.question("algo-bfs-vs-dfs")
    probe = next(point for point in question.key_points if point.id == "cost")
    said = [
        (question.text, "It depends, I would say."),
        (reply.format(probe.follow_up), "Linear, since each of them is looked at once."),
    ]
    assert {hit.key_point for hit in graded(grader, question, said).found} == {"cost"}


def test_a_question_of_the_bank_asks_for_all_its_points(grader: AnswerGrader) -> None:
    question = BANK.question("db-acid-transfer")
    said = "Atomic means that both bookings happen or none."
    answered = graded(grader, question, [(question.text, said)])
    assert len(answered.question.key_points) == len(question.key_points)
    assert answered.score == grader.assess(question, said, turn=1).score


def test_of_the_talk_about_an_exercise_only_what_came_up_is_missing(grader: AnswerGrader) -> None:
    question = all_questions(BANK, ())["typo-distance"]
    first, second = question.key_points[:2]
    said = [(first.follow_up, "I don't know what that costs."), (second.follow_up, "I can't say, sorry about that.")]
    answered = graded(grader, question, said)
    assert missing(answered) == {first.id, second.id}
    assert (answered.score or 0.0) < 0.2
    silent = graded(grader, question, [(question.text, "I would begin with a table of the two words, I think.")])
    assert missing(silent) == set()


@pytest.mark.parametrize(("brain", "is_wanted"), [("llm", True), ("bank", False)])
def test_what_a_language_model_asks_in_words_of_its_own_may_be_any_point(
    grader: AnswerGrader, brain: str, is_wanted: bool
) -> None:
    question = worded(WORK, "mattered most")
    talk = make_talk([(question, DECISION), (question, "I can't say more about that, sorry.")])
    entries = tuple(
        entry.model_copy(update={"move": "follow_up", "brain": brain, "text": "And inside, what happens there?"})
        if isinstance(entry, ReplyEntry) and entry.turn == 1
        else entry
        for entry in talk.entries
    )
    case = build_case(talk.model_copy(update={"entries": entries}), grader, {question.id: question}, {}, {}, None, {})
    assert ("how-it-works" in missing(case.answered[0])) == is_wanted


@pytest.mark.parametrize(
    ("said", "is_own"),
    [
        ("The import was slow, so I profiled it on the old laptop and cached the lookup of 400 customers.", True),
        ("I ported all 30 tests to the new runner in March because the old one kept timing out on the server.", True),
        ("I split the service in two because 900 requests a second were too much for one database.", True),
        ("I helped the team with the import because 400 customers waited for the server in March.", False),
        ("I felt the pressure since 900 requests a second were too much for the database in March.", False),
        ("I wanted the new runner because 30 tests timed out on the server in March.", False),
    ],
)
def test_what_one_did_is_ones_own_part_and_what_one_felt_or_joined_is_not(
    grader: AnswerGrader, said: str, is_own: bool
) -> None:
    question = worded(WORK, "mattered most")
    told = (
        f"{said} The nightly job at Carebook took six hours before, with two people watching it, and then it took one."
    )
    found = {hit.key_point for hit in grader.assess(question, told, turn=1).found}
    assert ("own-part" in found) == is_own


SEARCH = BANK.question("algo-binary-search")
HALVES = "It needs sorted data, and each step throws away half of what is left, so it takes a logarithm of steps."
DOES_IT = "Would it work on a list that nobody sorted?"


@pytest.mark.parametrize(
    "later",
    [
        "No, actually it needs sorted data, since otherwise nobody knows which half to throw away.",
        "No. It runs in linear, scratch that, in logarithmic time, and only on sorted data.",
        "It would look at the wrong half there. Forget what I just said.",
    ],
)
def test_what_a_later_turn_mends_costs_nothing_of_the_turn_before(grader: AnswerGrader, later: str) -> None:
    first = graded(grader, SEARCH, [(SEARCH.text, HALVES)])
    answered = graded(grader, SEARCH, [(SEARCH.text, HALVES), (DOES_IT, later)])
    assert {hit.key_point for hit in first.found} <= {hit.key_point for hit in answered.found}
    assert (answered.score or 0.0) > (first.score or 0.0) - 0.1


def test_of_a_turn_that_was_taken_back_later_nothing_is_found(grader: AnswerGrader) -> None:
    later = "Sorry, forget what I just said. It reads every element, one after the other."
    answered = graded(grader, SEARCH, [(SEARCH.text, HALVES), (DOES_IT, later)])
    assert all(hit.turn != answered.turns[0] for hit in answered.found)
    assert (answered.score or 0.0) < (graded(grader, SEARCH, [(SEARCH.text, HALVES)]).score or 0.0)
