"""Questions of the candidate: about a rule, about how large it is, or as the answer itself."""

from __future__ import annotations

import re

import pytest

from interviewlab.brains.asking_back import (
    asks_about_task,
    asks_size,
    before_questions,
    questions_of,
    wants_questions,
)
from interviewlab.brains.bank_brain import ANSWERS_PROBE, BankBrain
from interviewlab.brains.guards import Guards
from interviewlab.questions.bank import load_bank
from interviewlab.questions.discussion import find_question
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import (
    NOT_AN_ANSWER,
    Decision,
    Plan,
    Progress,
    Question,
    Reply,
    TurnContext,
    Understanding,
    Utterance,
)
from tests.models import minilm
from tests.unit.brains.turns import take_turn

BANK = load_bank()
FEED = BANK.question("design-news-feed")
DOCUMENTS = BANK.question("db-document-vs-relational")
BLOOM = BANK.question("algo-bloom-filter")
TALKS = BANK.exercise("conference-day")


async def reply_to(context: TurnContext) -> tuple[Understanding, Decision, str]:
    embedder = minilm()
    grader = AnswerGrader(embedder, corpus=[question.answer for question in BANK.questions])
    brain = BankBrain(BANK, grader, Guards(embedder, BANK), "Nora", names=())
    return await take_turn(brain, context)


def at(question: Question, said: str, last: Reply | None = None, **known: object) -> TurnContext:
    last = last or Reply(
        turn=2, text=question.text, move="ask", phase="technical", question_id=question.id, brain="bank"
    )
    progress = Progress.model_validate(
        {
            "turn": 2,
            "phase": "technical",
            "question_id": question.id,
            "asked": (question.id,),
            "last_reply": last,
            **known,
        }
    )
    return TurnContext(
        plan=Plan(), progress=progress, turn=3, utterance=Utterance(text=said), question=question, elapsed_s=60
    )


def at_exercise(exercise_id: str, said: str, last: Reply | None = None, **known: object) -> TurnContext:
    exercise = BANK.exercise(exercise_id)
    last = last or Reply(
        turn=2, text=exercise.spoken, move="set_exercise", phase="technical", exercise_id=exercise.id, brain="bank"
    )
    progress = Progress.model_validate(
        {
            "turn": 2,
            "phase": "technical",
            "question_id": exercise.id,
            "exercise_id": exercise.id,
            "exercises": (exercise.id,),
            "last_reply": last,
            **known,
        }
    )
    question = find_question(BANK, (), exercise.id)
    said_so = Utterance(text=said)
    return TurnContext(
        plan=Plan(), progress=progress, turn=3, utterance=said_so, question=question, exercise=exercise, elapsed_s=60
    )


def test_a_question_may_want_questions() -> None:
    assert wants_questions(DOCUMENTS.text)
    assert not wants_questions(FEED.text)


@pytest.mark.parametrize(
    ("said", "is_size"),
    [
        ("Depends on who's posting. Just quickly, can I ask: how many users are we talking?", True),
        ("How many requests a second does it get?", True),
        ("I'd cache it. The question is then only which data goes where.", False),
        ("It depends on the load. " * 8 + "How many users are there?", False),
    ],
)
def test_how_large_it_is_may_be_asked_behind_a_few_words(said: str, is_size: bool) -> None:
    assert asks_size(said) is is_size


@pytest.mark.parametrize(
    ("said", "is_rule"),
    [
        ("Just to be sure: may the next one start at exactly five past?", True),
        ("Can I ask first, is the pipe network a tree, or might it have loops?", True),
        ("So do I count them?", False),
        ("Would this work with a heap?", False),
        ("I sort by the end and then search backwards.", False),
        ("Can there be the same time twice within one log, and if so do I keep both?", True),
        ("What happens with an empty pipe, do I just return zero?", True),
        ("Should I assume that the input is valid?", True),
        ("Should I sort them first?", False),
        ("If I sort them, does it become n log n?", False),
        ("A heap of the first entries. Does that sound right to you?", False),
        ("n log k, right?", False),
    ],
)
def test_a_rule_of_the_task_is_told_from_an_own_idea(said: str, is_rule: bool) -> None:
    assert asks_about_task(said) is is_rule


def test_questions_are_told_from_what_stands_before_them() -> None:
    plan = "I keep the first entry of each log in a heap."
    assert before_questions(f"{plan} Would heapq be allowed? Or must it be my own?") == plan
    assert questions_of(f"{plan} Can a log be empty?") == ("Can a log be empty?",)
    assert questions_of("Sorry, I was asking about the input: can it be empty?") == ("can it be empty?",)
    assert questions_of("I meant an empty array. Does that give zero?") == (
        "I meant an empty array. Does that give zero?",
    )
    assert questions_of("") == ()


PLAN = (
    "My first thought is to throw everything into one list and sort it, but each log is sorted already, so I put the "
    "first entry of each server into a heap, pop the smallest and push the next one of the same server. That's n log k."
)


@pytest.mark.parametrize(
    ("exercise", "said", "told"),
    [
        (
            "merge-logs",
            "Okay, before I start: the timestamps, are they always integers? And can there be the same timestamp twice "
            "within one server's log, and if so do I keep both?",
            "Equal timestamps come",
        ),
        ("merge-logs", "I was asking about the input: can one server have a timestamp twice?", "[Ee]qual timestamps"),
        ("merge-logs", f"{PLAN} Would heapq be allowed?", "standard library|your language brings"),
        ("merge-logs", f"{PLAN} Do I have to write the heap myself?", "standard library|your language brings"),
        ("merge-logs", f"{PLAN} Can a log be empty?", "may be empty"),
        ("merge-logs", "Is recursion okay here?", "standard library|your language brings"),
        ("merge-logs", "Are empty logs okay?", "may be empty"),
        ("install-order", "Are packages allowed to name themselves?", "statement"),
        ("sprinkler-tree", "I meant no pipe at all, an empty array. Does that give zero?", "is the empty list"),
    ],
)
async def test_at_an_exercise_the_question_is_answered_and_not_what_stands_before_it(
    exercise: str, said: str, told: str
) -> None:
    _, decision, text = await reply_to(at_exercise(exercise, said))
    assert decision.move == "clarify"
    assert re.search(told, text), text
    assert "?" not in text
    is_plan_taken_up = "go ahead" in text
    assert is_plan_taken_up is said.startswith(PLAN)


async def test_a_plan_before_a_question_is_kept_and_words_of_a_question_are_no_plan() -> None:
    understanding, _, _ = await reply_to(at_exercise("merge-logs", f"{PLAN} Would heapq be allowed?"))
    assert understanding.assessment is not None
    assert "complexity" in {hit.key_point for hit in understanding.assessment.found}
    understanding, _, _ = await reply_to(at_exercise("merge-logs", "Are equal timestamps told apart by the server?"))
    assert understanding.assessment is not None
    assert understanding.assessment.reason == NOT_AN_ANSWER


@pytest.mark.parametrize("said", ["Is it n log k?", "A heap, so n log k, right?"])
async def test_a_guess_at_what_the_plan_costs_asks_for_no_rule(said: str) -> None:
    point = BANK.exercise("merge-logs").discussion[0]
    last = Reply(
        turn=2, text=point.follow_up, move="follow_up", phase="technical", exercise_id="merge-logs", brain="bank"
    )
    understanding, decision, _ = await reply_to(at_exercise("merge-logs", said, last, probed=(point.id,), probes=1))
    assert understanding.intent == "none"
    assert decision.reason != "assume"


@pytest.mark.parametrize(
    ("said", "move", "reason"),
    [
        ("Could you give me a hint?", "hint", ""),
        ("How am I doing so far?", "clarify", "no score"),
        ("Is my plan any good?", "clarify", None),
        ("How much time do I have?", "clarify", "course"),
        ("Should I think out loud?", "clarify", "aloud"),
        ("Could you say the task again?", "clarify", "repeat"),
        ("Can I start coding?", "clarify", "go write"),
        ("Can I skip this one?", "ask", "leave"),
    ],
)
async def test_what_is_asked_of_the_interview_at_an_exercise_stays_so(said: str, move: str, reason: str | None) -> None:
    _, decision, text = await reply_to(at_exercise("merge-logs", said))
    assert decision.move == move
    assert reason is None or decision.reason == reason
    assert "By the statement" not in text
    assert "The statement has that" not in text


async def test_who_asks_a_third_rule_is_not_told_that_it_is_plain_enough() -> None:
    _, decision, _ = await reply_to(at_exercise("merge-logs", "Can a log be empty?", clarifications=2))
    assert decision.reason == "assume"


async def test_the_scale_is_answered_where_it_is_asked_behind_a_few_words() -> None:
    said = (
        "Depends on who's posting. Just quickly, can I ask: how many users are we talking, and do we have celebrities?"
    )
    _, decision, text = await reply_to(at(FEED, said))
    assert (decision.move, decision.reason) == ("clarify", "scale")
    assert "million" in text


async def test_a_rule_of_the_exercise_is_answered_and_no_solution_asked_about() -> None:
    said = "Just to be sure: if a talk ends at ten and the pause is five minutes, may the next one start at five past?"
    _, decision, text = await reply_to(at_exercise(TALKS.id, said))
    assert (decision.move, decision.reason) == ("clarify", "assume")
    assert "statement" in text
    assert not any(point.follow_up in text for point in TALKS.discussion)


async def test_the_questions_one_would_ask_are_the_answer() -> None:
    said = (
        "I ask how the data looks: is it document which you read always whole, or are there many connections between "
        "things, because joins is weak there. Second, need they transactions over more documents. Third, which queries "
        "they have today and later. And have the team experience to operate it, backup and so on."
    )
    understanding, decision, _ = await reply_to(at(DOCUMENTS, said))
    assert understanding.intent == "none"
    assert understanding.assessment is not None
    assert understanding.assessment.reason != NOT_AN_ANSWER
    assert decision.move != "clarify"


async def test_who_asks_what_is_meant_still_asks() -> None:
    _, decision, _ = await reply_to(at(DOCUMENTS, "Could you rephrase the question?"))
    assert decision.move == "clarify"


@pytest.mark.parametrize(
    "said", ["Okay, let's move to another question please.", "Something else, please.", "Next question please."]
)
async def test_a_hint_that_was_refused_is_no_wish_for_one(said: str) -> None:
    text = f"There is no hint for this one, but I can put it another way. {FEED.rephrased}"
    last = Reply(turn=2, text=text, move="clarify", phase="technical", question_id=FEED.id, brain="bank")
    _, decision, _ = await reply_to(at(FEED, said, last))
    assert decision.move in ("ask", "set_exercise")
    assert decision.question_id != FEED.id


async def test_a_short_answer_to_a_follow_up_is_not_sent_back_to_the_question() -> None:
    point = next(point for point in BLOOM.key_points if point.id == "one-sided-error")
    last = Reply(turn=2, text=point.follow_up, move="follow_up", phase="technical", question_id=BLOOM.id, brain="bank")
    context = at(BLOOM, "The filter says yes or no.", last, probed=(point.id,), probes=1)
    understanding, decision, _ = await reply_to(context)
    assert understanding.assessment is not None
    assert (understanding.assessment.is_on_topic, understanding.assessment.reason) == (True, ANSWERS_PROBE)
    assert decision.reason != "off topic"
    _, decision, _ = await reply_to(at(BLOOM, "I had pasta for lunch today.", last, probed=(point.id,), probes=1))
    assert decision.reason == "off topic"


async def test_who_repeats_themselves_is_not_told_to_take_their_time() -> None:
    question = BANK.question("behave-prioritisation")
    point = question.key_points[0]
    last = Reply(
        turn=2, text=point.follow_up, move="follow_up", phase="technical", question_id=question.id, brain="bank"
    )
    said = "The auditor evidence by Thursday, the customer their bug fixed, my boss a talk. I'm repeating myself a bit."
    understanding, decision, _ = await reply_to(at(question, said, last, probed=(point.id,), probes=1))
    assert "hold" not in understanding.signals
    assert (decision.move, decision.reason) == ("ask", "said before")
    assert understanding.assessment is not None
    assert understanding.assessment.reason != NOT_AN_ANSWER


TRANSFER = BANK.question("net-long-distance-transfer")
WINDOW = next(point for point in TRANSFER.key_points if point.id == "window")
INDEXES = BANK.question("db-index-cost")


def behind_follow_up(said: str) -> TurnContext:
    last = Reply(
        turn=2, text=WINDOW.follow_up, move="follow_up", phase="technical", question_id=TRANSFER.id, brain="bank"
    )
    return at(TRANSFER, said, last, probed=(WINDOW.id,), probes=1)


@pytest.mark.parametrize(
    "context",
    [
        behind_follow_up("I don't know, sorry. Some kind of buffer or window size?"),
        behind_follow_up("Is it the window?"),
        behind_follow_up("I'm not sure, maybe something about how much the receiver can buffer?"),
        behind_follow_up("Something to do with the TCP window?"),
        at(INDEXES, "Slower writes?"),
        at(INDEXES, "Perhaps because each insert has to update all of them?"),
        at(INDEXES, "Is it because of the space?"),
    ],
    ids=lambda context: context.utterance.text,
)
async def test_an_answer_put_as_a_question_is_an_answer(context: TurnContext) -> None:
    understanding, decision, _ = await reply_to(context)
    assert understanding.intent == "none"
    assert understanding.assessment is not None
    assert understanding.assessment.reason != NOT_AN_ANSWER
    assert (decision.move, decision.reason) == ("follow_up", "probe")


async def test_a_right_guess_counts_as_the_point() -> None:
    understanding, _, _ = await reply_to(behind_follow_up("I don't know, sorry. Some kind of buffer or window size?"))
    assert understanding.assessment is not None
    assert "window" in {hit.key_point for hit in understanding.assessment.found}
    assert "dont_know" not in understanding.signals


@pytest.mark.parametrize(
    "context",
    [
        behind_follow_up("You mean on the sender?"),
        behind_follow_up("Which machines do you mean?"),
        behind_follow_up("In bytes or packets?"),
        behind_follow_up("Is it a dedicated link?"),
        behind_follow_up("Are these Linux machines?"),
        behind_follow_up("The window size of TCP I think. Or do you mean the buffers of the disk?"),
        at(INDEXES, "Is it for reads or writes?"),
        at(INDEXES, "Reads or writes?"),
        at(INDEXES, "In Postgres?"),
        at(INDEXES, "Is it a big table?"),
        at(INDEXES, "Do you mean a B-tree index?"),
        at(INDEXES, "A specific database?"),
        at(FEED, "So is it something like Twitter?"),
        at(BANK.question("behave-prioritisation"), "Does it have to be at work, or is something like my thesis okay?"),
    ],
    ids=lambda context: context.utterance.text,
)
async def test_what_is_asked_of_the_interviewer_is_no_guess(context: TurnContext) -> None:
    _, decision, _ = await reply_to(context)
    assert decision.move == "clarify"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("It compares the index?", "try it"),
        ("Maybe the order of the tuple?", "try it"),
        ("Should equal timestamps be ordered by server?", "assume"),
        ("Which case was that?", "assume"),
    ],
)
async def test_a_guess_at_what_fails_is_tried_and_a_rule_is_told(said: str, reason: str) -> None:
    text = "9 of 11 tests pass. The first failing case is about equal timestamps. What does your code do there?"
    last = Reply(turn=2, text=text, move="review_code", phase="technical", exercise_id="merge-logs", brain="bank")
    _, decision, _ = await reply_to(at_exercise("merge-logs", said, last, submissions=1))
    assert (decision.move, decision.reason) == ("clarify", reason)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("A miss is cheap then. By the way, roughly how many keys are we talking about here?", "million"),
        ("How many products does the shop have?", "million"),
        ("roughly how many entries would that be", "million"),
        ("How big is a typical document?", "kilobytes"),
        ("How large are the files?", "kilobytes"),
        ("How many requests a second are there?", "million"),
    ],
)
async def test_who_asks_how_many_or_how_large_gets_a_figure(said: str, told: str) -> None:
    _, decision, text = await reply_to(at(BLOOM, said))
    assert (decision.move, decision.reason) == ("clarify", "scale")
    assert told in text


@pytest.mark.parametrize(
    "said",
    [
        "How many questions are left?",
        "How many more are there?",
        "How much detail do you want?",
        "How many hash functions should I use?",
        "How many teams are there?",
        "How many points did I get?",
        "Is it on one machine?",
    ],
)
async def test_how_many_of_something_else_gets_no_figure(said: str) -> None:
    _, decision, text = await reply_to(at(BLOOM, said))
    assert decision.reason != "scale"
    assert "million" not in text


@pytest.mark.parametrize(
    ("said", "is_of_two"),
    [
        ("Which part do you mean, the type checker or the generated code?", True),
        ("Do we store the keys themselves or only hashes?", True),
        ("Does it need to survive a restart?", False),
        ("Should it tolerate typos, too?", False),
        ("How should I store or load it?", False),
    ],
)
async def test_either_is_said_of_two(said: str, is_of_two: bool) -> None:
    texts = set()
    for seed in range(4):
        context = at(BLOOM, said)
        _, _, text = await reply_to(context.model_copy(update={"plan": Plan(seed=seed)}))
        texts.add(text)
    assert any("Either" in text or "Whichever" in text for text in texts) is is_of_two


async def test_a_hint_on_code_that_mostly_passes_is_about_what_fails() -> None:
    exercise = BANK.exercise("merge-logs")
    for said in ("Hmm. Which part should be compared there? Could you give me a hint?", "I don't know."):
        _, decision, text = await reply_to(at_exercise(exercise.id, said, submissions=1, failing="equal timestamps"))
        assert decision.move == "hint"
        assert "equal timestamps" in text
        assert not any(hint in text for hint in exercise.hints)
        _, decision, text = await reply_to(at_exercise(exercise.id, said, submissions=1, hints=1))
        assert exercise.hints[1] in text


async def test_each_kind_of_case_can_be_said_in_a_hint() -> None:
    for exercise in BANK.exercises[::6]:
        for kind in {case.category for case in (*exercise.visible, *exercise.hidden)}:
            _, _, text = await reply_to(at_exercise(exercise.id, "A hint please.", submissions=1, failing=kind))
            assert f"'{kind}'" in text


@pytest.mark.parametrize(
    "end",
    [
        "Um, does that make sense?",
        "Does that sound right to you?",
        "Is that good enough?",
        "I am not sure I said that well, sorry.",
        "I hope that makes sense.",
    ],
)
async def test_who_ends_a_plan_with_a_wish_for_approval_told_a_plan(end: str) -> None:
    plan = (
        "Sorry, um, I think, maybe, for each client I'd keep a list with the times of the requests and count how many "
        "of them are in the window. If it's too many the request is refused."
    )
    understanding, _, text = await reply_to(at_exercise("polite-clients", f"{plan} {end}"))
    assert understanding.intent == "none"
    assert "tatement" not in text


@pytest.mark.parametrize("said", ["Does a refused one count?", "Is it okay to change the list?", "Is that sorted?"])
async def test_a_rule_is_no_wish_for_approval(said: str) -> None:
    _, decision, _ = await reply_to(at_exercise("polite-clients", f"I keep the times in a queue. {said}"))
    assert (decision.move, decision.reason) == ("clarify", "assume")


@pytest.mark.parametrize("end", ["Um, does that make sense?", "I'm not sure if that answers your question."])
async def test_who_ends_an_answer_with_a_wish_for_approval_answered(end: str) -> None:
    answer = "Every insert has to change all the indexes as well, and they take space on disk."
    understanding, decision, _ = await reply_to(at(INDEXES, f"{answer} {end}"))
    assert understanding.intent == "none"
    assert understanding.assessment is not None
    assert {hit.key_point for hit in understanding.assessment.found} >= {"write-cost", "storage"}
    assert decision.move == "follow_up"


@pytest.mark.parametrize(
    "end", ["I'm not sure I understand the question.", "What do you mean by selectivity?", "Could you say that again?"]
)
async def test_who_did_not_understand_still_hears_it_again(end: str) -> None:
    _, decision, _ = await reply_to(at(INDEXES, f"Every insert has to change all the indexes as well. {end}"))
    assert decision.move == "clarify"
