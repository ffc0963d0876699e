"""Requests get a graceful reply that gives nothing away, and what was answered besides is kept."""

from __future__ import annotations

import pytest

from interviewlab.brains.bank_brain import BankBrain
from interviewlab.brains.guards import Guards
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import (
    NOT_AN_ANSWER,
    Assessment,
    Decision,
    Exercise,
    Plan,
    Progress,
    Reply,
    TurnContext,
    Understanding,
    Utterance,
)
from tests.unit.brains.turns import take_turn

BANK = load_bank()
QUESTION = next(question for question in BANK.questions if question.area == "databases")
EXERCISE = BANK.exercises[0]
BRAIN = BankBrain(BANK, AnswerGrader(ScriptedEmbedder(), corpus=[]), Guards(ScriptedEmbedder(), BANK), "Nora", names=())


def at_question(said: str, misses: int = 0) -> TurnContext:
    last = Reply(turn=2, text=QUESTION.text, move="ask", phase="technical", question_id=QUESTION.id, brain="bank")
    progress = Progress(
        turn=2, phase="technical", question_id=QUESTION.id, asked=(QUESTION.id,), misses=misses, last_reply=last
    )
    return TurnContext(
        plan=Plan(), progress=progress, turn=3, utterance=Utterance(text=said), question=QUESTION, elapsed_s=60
    )


def at_exercise(said: str) -> TurnContext:
    text = f"{EXERCISE.spoken} The details are in the editor, so tell me your plan."
    last = Reply(turn=2, text=text, move="set_exercise", phase="technical", exercise_id=EXERCISE.id, brain="bank")
    progress = Progress(
        turn=2,
        phase="technical",
        question_id=EXERCISE.id,
        exercise_id=EXERCISE.id,
        exercises=(EXERCISE.id,),
        last_reply=last,
    )
    return TurnContext(
        plan=Plan(), progress=progress, turn=3, utterance=Utterance(text=said), exercise=EXERCISE, elapsed_s=60
    )


async def reply_to(context: TurnContext) -> tuple[Understanding, Decision, str]:
    return await take_turn(BRAIN, context)


async def test_a_wish_to_skip_and_to_hear_it_again_are_both_answered() -> None:
    _, decision, text = await reply_to(at_question("Can I skip this, and could you repeat the last part?"))
    assert (decision.move, decision.reason) == ("clarify", "repeat")
    assert QUESTION.text in text
    assert "skip" in text


async def test_a_wish_for_a_score_and_for_a_hint_are_both_answered() -> None:
    _, decision, text = await reply_to(at_exercise("how am i doing and can you give me a hint on this one"))
    assert decision.move == "hint"
    assert "report" in text
    assert EXERCISE.hints[0] in text


async def test_a_request_behind_an_answer_is_not_scored_with_it() -> None:
    point = QUESTION.key_points[0].cues[0]
    answer = f"It is about {point}, I think."
    plain, _, _ = await reply_to(at_question(answer))
    both, decision, _ = await reply_to(at_question(f"{answer} Could you repeat the question?"))
    assert plain.assessment is not None
    assert both.assessment == plain.assessment
    assert decision.reason == "repeat"


@pytest.mark.parametrize(
    ("said", "reason", "told"),
    [
        ("Can I use a deque?", "tools", ("standard library", "your language brings")),
        ("how many elements are there", "assume", ("assum", "statement")),
        ("Can the list be empty?", "assume", ("assum", "statement")),
    ],
)
async def test_a_question_about_the_exercise_is_answered(said: str, reason: str, told: tuple[str, ...]) -> None:
    _, decision, text = await reply_to(at_exercise(said))
    assert (decision.move, decision.reason) == ("clarify", reason)
    assert any(words in text for words in told), text
    assert not any(hint in text for hint in EXERCISE.hints)


@pytest.mark.parametrize(
    ("said", "reason", "told"),
    [
        ("Should I think out loud?", "aloud", ("think out loud", "go by what you say or write")),
        ("is it okay if I use pen and paper", "paper", ("tell me what you put down", "tell me in words what is on")),
        ("Can I take some notes on paper?", "paper", ("tell me what you put down", "tell me in words what is on")),
        ("which language should I use", "language", ("starts with Python",)),
        ("okay, can I look things up", "look up", ("know by yourself", "go from memory")),
        ("may I ask questions along the way", "ask back", ("ask whenever something is unclear", "ask at any time")),
        ("will you see my screen?", "screen", ("don't see your screen",)),
        ("Do you record my screen?", "screen", ("don't see your screen",)),
        ("Are you recording me?", "recording", ("kept as text with this interview. Your voice is kept only if",)),
        ("Do you record me?", "recording", ("kept as text with this interview. Your voice is kept only if",)),
        ("Is this being recorded?", "recording", ("kept as text with this interview. Your voice is kept only if",)),
    ],
)
async def test_how_one_may_work_is_told_and_the_question_stays(said: str, reason: str, told: tuple[str, ...]) -> None:
    _, decision, text = await reply_to(at_question(said))
    assert (decision.move, decision.reason, decision.question_id) == ("clarify", reason, QUESTION.id)
    assert any(each in text for each in told), text
    _, decision, text = await reply_to(at_exercise(said))
    assert (decision.move, decision.reason) == ("clarify", reason)
    assert any(each in text for each in told), text
    assert not any(hint in text for hint in EXERCISE.hints)


@pytest.mark.parametrize(
    "said",
    [
        "Can users write notes?",
        "Could the client take notes?",
        "Is it an app where people write notes?",
        "Should I use the architecture from the transformer paper?",
    ],
)
async def test_notes_and_papers_of_the_matter_are_no_pen_and_paper(said: str) -> None:
    understanding, _, text = await reply_to(at_question(said))
    assert understanding.aside != "paper"
    assert "sheet" not in text
    assert "pen" not in text.split()


async def test_the_editor_is_spoken_of_only_where_there_is_one() -> None:
    said = "Which language should I use?"
    context = at_question(said)
    none = context.model_copy(update={"plan": Plan(exercises=0)})
    done = context.progress.model_copy(update={"exercises": (EXERCISE.id,)})
    for without in (none, context.model_copy(update={"progress": done})):
        _, _, text = await reply_to(without)
        assert "editor" not in text
        assert "you're at home in" in text
    _, _, text = await reply_to(context)
    assert "choose one above it" in text
    assert "is set to" not in text


async def test_at_an_exercise_the_language_of_the_editor_is_named() -> None:
    _, _, text = await reply_to(at_exercise("Can I write it in Go?"))
    assert "Python" in text


@pytest.mark.parametrize("said", ["How do I look up the key?", "Can I use a deque?", "I think out loud a lot."])
async def test_a_question_about_the_matter_is_none_about_the_way_of_working(said: str) -> None:
    understanding, _, _ = await reply_to(at_exercise(said))
    assert understanding.aside not in ("aloud", "paper", "language", "look up", "ask back", "screen", "recording")


async def test_how_one_may_work_is_answered_behind_an_answer_and_behind_a_yes() -> None:
    point = QUESTION.key_points[0].cues[0]
    understanding, decision, _ = await reply_to(at_question(f"It is about {point}, I think. Should I think out loud?"))
    assert decision.reason == "aloud"
    assert understanding.assessment is not None
    assert understanding.assessment.score is not None


async def test_how_long_there_is_is_told_in_minutes_left() -> None:
    _, decision, text = await reply_to(at_question("How long do we have?"))
    assert decision.reason == "course"
    assert "29 minutes" in text


async def test_how_large_it_is_gets_numbers_to_work_with() -> None:
    _, decision, text = await reply_to(at_question("How many users does it have?"))
    assert decision.reason == "scale"
    assert "million" in text


@pytest.mark.parametrize(
    ("said", "reason", "told"),
    [
        ("What RTO do they want, is losing thirty seconds of writes fine?", "targets", "lost"),
        ("Do you want me to go into the storage as well?", "offer to tell", "question"),
        ("Sorry, was there a question in that?", "rephrase", QUESTION.rephrased),
    ],
)
async def test_a_question_about_the_question_gets_what_it_asks_for(said: str, reason: str, told: str) -> None:
    _, decision, text = await reply_to(at_question(said))
    assert decision.reason == reason
    assert told in text or "colleague" in text


async def test_nerves_are_met_before_the_question() -> None:
    greeting = Reply(turn=0, text="Hello, I'm Nora. Shall we begin?", move="greet", phase="intro", brain="bank")
    said = "um yes, I'm a bit nervous, it's my first real interview"
    context = TurnContext(
        plan=Plan(), progress=Progress(last_reply=greeting), turn=1, utterance=Utterance(text=said), elapsed_s=10
    )
    _, decision, text = await reply_to(context)
    assert (decision.move, decision.also) == ("ask", "nerves")
    assert "hurry" in text or "time" in text


async def test_a_plan_put_as_a_question_is_sent_to_the_tests() -> None:
    context = at_exercise("so do I count them with a dictionary?")
    progress = context.progress.model_copy(update={"submissions": 1, "probes": 1})
    understanding = Understanding(intent="none", confidence=1.0)
    decision = await BRAIN.decide(context.model_copy(update={"progress": progress}), understanding)
    assert decision.reason == "try it"


async def test_asking_what_a_design_has_to_bear_makes_the_point_of_asking() -> None:
    question = BANK.question("design-multi-region")
    context = at_question("What RTO and RPO do they want?")
    progress = context.progress.model_copy(update={"question_id": question.id, "asked": (question.id,)})
    understanding, decision, _ = await reply_to(context.model_copy(update={"question": question, "progress": progress}))
    assert decision.reason == "targets"
    assert understanding.assessment is not None
    assert "objectives" in {hit.key_point for hit in understanding.assessment.found}


async def test_who_tells_it_otherwise_is_asked_how_it_was() -> None:
    question = BANK.question("behave-difficult-stakeholder")
    context = at_question("Thinking about it, the freeze was really my colleague's idea.")
    progress = context.progress.model_copy(update={"question_id": question.id, "asked": (question.id,)})
    understanding, decision, text = await reply_to(
        context.model_copy(update={"question": question, "progress": progress})
    )
    assert understanding.wavers
    assert (decision.move, decision.reason) == ("follow_up", "wavered")
    assert text.count("?") == 1


async def test_who_asks_for_a_person_is_told_it_is_a_program() -> None:
    _, decision, text = await reply_to(at_question("are you a robot"))
    assert decision.reason == "person"
    assert "program" in text


async def test_a_question_about_the_question_is_no_answer() -> None:
    understanding, decision, _ = await reply_to(at_question("Which database are we talking about?"))
    assert decision.reason == "assume"
    assert understanding.assessment is not None
    assert understanding.assessment.score is None


async def test_a_question_about_the_interview_is_answered() -> None:
    _, decision, text = await reply_to(at_question("How long does this interview take?"))
    assert decision.reason == "course"
    assert "30 minutes" in text
    _, _, text = await reply_to(at_question("Will I get a report of this interview?"))
    assert "report comes after the end" in text


async def test_who_has_to_leave_soon_is_told_when_it_ends_and_asked_again() -> None:
    understanding, decision, text = await reply_to(at_question("I have to leave in 15 minutes."))
    assert understanding.minutes_left == 15
    assert (decision.move, decision.reason) == ("clarify", "haste")
    assert "15 minutes" in text
    assert text.endswith(QUESTION.rephrased)


async def test_who_asks_for_the_time_is_told_what_is_left() -> None:
    _, _, text = await reply_to(at_question("How much time do we have left?"))
    assert "29 minutes" in text


async def test_who_wants_to_write_the_code_of_the_exercise_gets_no_other_one() -> None:
    _, decision, _ = await reply_to(at_exercise("Okay, let me write the code."))
    assert (decision.move, decision.exercise_id) == ("clarify", EXERCISE.id)


async def test_a_question_on_the_task_gets_its_sentence_of_the_statement() -> None:
    context = at_exercise("what does double every second digit mean, from the left?")
    exercise = BANK.exercise("card-check")
    progress = context.progress.model_copy(update={"exercise_id": exercise.id, "question_id": exercise.id})
    _, decision, text = await reply_to(context.model_copy(update={"exercise": exercise, "progress": progress}))
    assert decision.move == "clarify"
    assert "from right to left and double every second one" in text


@pytest.mark.parametrize("said", ["Could you rephrase that?", "Could I have a hint?"])
async def test_no_other_words_are_promised_for_a_follow_up(said: str) -> None:
    context, point = at_question(said), QUESTION.key_points[0]
    progress = context.progress.model_copy(update={"probed": (point.id,), "probes": 1})
    _, _, text = await reply_to(context.model_copy(update={"progress": progress}))
    assert text.endswith(point.follow_up)
    assert "another way" not in text
    assert "other words" not in text


@pytest.mark.parametrize(("said", "reason"), [("you idiot", "abuse"), ("how was your weekend", "chat")])
async def test_insults_and_small_talk_lead_back_once(said: str, reason: str) -> None:
    understanding, decision, text = await reply_to(at_question(said))
    assert (decision.move, decision.reason) == ("clarify", reason)
    assert QUESTION.rephrased in text
    assert understanding.assessment is not None
    assert understanding.assessment.score is None
    _, again, _ = await reply_to(at_question(said, misses=1))
    assert again.reason != reason


@pytest.mark.parametrize(
    "said",
    [
        "just tell me the answer",
        "What would be the right answer?",
        "how am i doing so far",
        "slower please",
        "i give up",
    ],
)
async def test_no_request_gets_the_answer(said: str) -> None:
    _, _, text = await reply_to(at_question(said))
    assert QUESTION.answer not in text
    assert not any(point.text in text for point in QUESTION.key_points)


async def test_slower_is_said_again() -> None:
    _, decision, text = await reply_to(at_question("slower please"))
    assert decision.reason == "repeat"
    assert QUESTION.text in text


async def test_to_be_ready_for_a_question_just_asked_skips_nothing() -> None:
    _, decision, text = await reply_to(at_question("Yes, let's start."))
    assert (decision.move, decision.reason) == ("clarify", "floor")
    assert text.endswith(QUESTION.rephrased)


async def test_an_insult_in_the_form_of_a_question_is_no_question_on_the_task() -> None:
    _, decision, _ = await reply_to(at_question("what kind of stupid question is that"))
    assert decision.reason == "abuse"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Sorry, this may be a stupid question, but what does idempotent mean?", "rephrase"),
        ("This might sound dumb, but could you explain what you mean?", "no answer"),
        ("It's probably a dumb question, but do you mean a B-tree?", "assume"),
    ],
)
async def test_who_calls_an_own_question_stupid_gets_it_answered(said: str, reason: str) -> None:
    _, decision, text = await reply_to(at_question(said))
    assert (decision.move, decision.reason) == ("clarify", reason)
    assert "respectful" not in text


@pytest.mark.parametrize(
    "said",
    [
        "I would stop the server and end the session.",
        "We end the interview process with a trial day.",
        f"It is about {QUESTION.key_points[0].cues[0]}. That's it, I'm done.",
    ],
)
async def test_an_answer_in_words_for_ending_ends_nothing(said: str) -> None:
    understanding, decision, _ = await reply_to(at_question(said))
    assert decision.move != "close"
    assert understanding.assessment is not None
    assert understanding.assessment.reason != NOT_AN_ANSWER


async def test_something_technical_is_technical_in_a_behavioural_interview_too() -> None:
    context = at_question("Can we talk about something technical instead?")
    _, decision, _ = await reply_to(context.model_copy(update={"plan": Plan(type="behavioural")}))
    assert decision.question_id is not None
    assert BANK.question(decision.question_id).area != "behavioural"


@pytest.mark.parametrize("said", ["is this going well?", "did I fail?", "do you think I flunked it", "was that wrong"])
async def test_who_worries_how_it_goes_is_told_that_it_comes_in_the_feedback(said: str) -> None:
    understanding, decision, text = await reply_to(at_question(said))
    assert (understanding.intent, understanding.signals) == ("none", ("asks_for_score",))
    assert (decision.move, decision.reason) == ("clarify", "no score")
    assert "feedback at the end" in text
    assert "score" not in text, "only who asks for a number is told of numbers"


@pytest.mark.parametrize("said", ["what happens if I fail?", "and what if i don't pass this"])
async def test_who_fears_to_fail_is_told_that_nothing_is_lost(said: str) -> None:
    _, decision, text = await reply_to(at_question(said))
    assert (decision.move, decision.reason) == ("clarify", "course")
    assert "nothing is lost" in text


async def test_a_question_what_happens_if_a_part_fails_is_one_on_the_task() -> None:
    _, decision, text = await reply_to(at_question("what happens if I fail to reach the database?"))
    assert decision.reason != "course", text


@pytest.mark.parametrize("said", ["Then finish it.", "in that case end the interview"])
async def test_who_wants_it_finished_gets_a_farewell(said: str) -> None:
    _, decision, text = await reply_to(at_question(said))
    assert (decision.move, decision.reason) == ("close", "asked to stop")
    assert "Thank you" in text


def heard(said: str, *, is_end_asked: bool = False) -> TurnContext:
    context = at_question(said)
    progress = context.progress.model_copy(update={"is_end_asked": is_end_asked})
    return context.model_copy(update={"utterance": Utterance(text=said, source="voice"), "progress": progress})


@pytest.mark.parametrize("said", ["Finish.", "Stop.", "End.", "Quit.", "Abort.", "then finish"])
async def test_a_word_heard_that_may_be_a_piece_of_an_answer_ends_nothing_unasked(said: str) -> None:
    _, decision, text = await reply_to(heard(said))
    assert (decision.move, decision.reason, decision.question_id) == ("clarify", "sure to end", QUESTION.id)
    assert "end the interview here?" in text


@pytest.mark.parametrize(
    "said", ["Let's stop.", "Bye bye.", "Thank you, goodbye.", "End the interview.", "Let's stop here, please."]
)
async def test_what_nobody_says_by_chance_ends_it_at_once(said: str) -> None:
    _, decision, _ = await reply_to(heard(said))
    assert (decision.move, decision.reason) == ("close", "asked to stop")


@pytest.mark.parametrize("said", ["Stop.", "Finish."])
async def test_what_is_typed_is_meant(said: str) -> None:
    _, decision, _ = await reply_to(at_question(said))
    assert decision.move == "close"


@pytest.mark.parametrize("said", ["Yes.", "Yes, please.", "Please do.", "Yeah, end it.", "Stop."])
async def test_who_was_asked_whether_to_end_and_agrees_gets_a_farewell(said: str) -> None:
    _, decision, _ = await reply_to(heard(said, is_end_asked=True))
    assert (decision.move, decision.reason) == ("close", "asked to stop")


@pytest.mark.parametrize("said", ["No.", "Oh no, sorry.", "Not yet.", "No, don't."])
async def test_who_declines_to_end_is_asked_again_what_was_asked(said: str) -> None:
    _, decision, text = await reply_to(heard(said, is_end_asked=True))
    assert (decision.move, decision.question_id) == ("clarify", QUESTION.id)
    assert QUESTION.rephrased in text


@pytest.mark.parametrize(
    "said",
    [
        "To the finish of the query an index helps, since the database need not read all of the rows one by one.",
        "Yes, it needs an index.",
    ],
)
async def test_who_goes_on_answering_instead_is_heard(said: str) -> None:
    understanding, decision, _ = await reply_to(heard(said, is_end_asked=True))
    assert decision.move != "close"
    assert understanding.assessment is not None
    assert understanding.assessment.reason != NOT_AN_ANSWER


@pytest.mark.parametrize("term", ["selectivity", "a covering index", "idempotent"])
async def test_who_asks_what_is_meant_by_a_term_hears_it_in_other_words(term: str) -> None:
    understanding, decision, text = await reply_to(at_question(f"what do you mean by {term}?"))
    assert (understanding.intent, decision.reason) == ("clarify", "rephrase")
    assert text.endswith(QUESTION.rephrased)
    assert understanding.assessment is not None
    assert understanding.assessment.score is None, "a term asked for is no answer"


@pytest.mark.parametrize("said", ["this is too hard, can I have another one?", "too difficult give me an easier one"])
async def test_who_finds_it_too_hard_gets_another_one(said: str) -> None:
    _, decision, text = await reply_to(at_question(said))
    assert (decision.move, decision.reason) == ("ask", "leave")
    assert decision.question_id != QUESTION.id
    _, decision, text = await reply_to(at_exercise(said))
    assert decision.move == "set_exercise"
    assert decision.exercise_id != EXERCISE.id
    assert BANK.exercise(decision.exercise_id or "").spoken in text


@pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda exercise: exercise.id)
async def test_in_practice_the_task_is_told_beside_the_feedback(exercise: Exercise) -> None:
    context = at_question("I don't know.").model_copy(update={"plan": Plan(is_practice=True)})
    judged = Assessment(question_id=QUESTION.id, turn=3, score=0.1)
    understanding = Understanding(intent="technical_assessment", confidence=1.0, assessment=judged)
    decision = Decision(move="set_exercise", phase="technical", exercise_id=exercise.id)
    said = [sentence async for sentence in BRAIN.speak(context, understanding, decision)]
    assert said[-1] == exercise.spoken
    assert len(said) == 2
