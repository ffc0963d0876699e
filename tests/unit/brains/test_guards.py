"""No reply leaves the house that breaks a rule, whoever worded it."""

from __future__ import annotations

import pytest

from interviewlab.brains.guards import Guards, Watch, is_evaluative, is_out_of_part
from interviewlab.brains.marks import mend
from interviewlab.brains.phrases import fixed_phrases
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.types import Decision, Plan, Progress, Submission, TurnContext, Utterance
from tests.models import minilm

BANK = load_bank()
GUARDS = Guards(ScriptedEmbedder(), BANK)
EXERCISE = BANK.exercise("free-windows")
SEARCH = BANK.question("algo-binary-search")


def watch(
    guards: Guards = GUARDS, *, said: str = "", code: str = "", practice: bool = False, **progress: object
) -> Watch:
    """One follow-up to the exercise, or to what ``progress`` puts on the table."""
    known = {"turn": 4, "phase": "technical", "question_id": EXERCISE.id, "exercise_id": EXERCISE.id} | progress
    context = TurnContext(
        plan=Plan(is_practice=practice),
        progress=Progress.model_validate(known),
        turn=5,
        utterance=Utterance(text=said),
        submission=Submission(code=code, language="python") if code else None,
        exercise=BANK.find_exercise(str(known["exercise_id"])),
        question=BANK.find_question(str(known["question_id"])),
    )
    where = {name: known[name] for name in ("phase", "question_id", "exercise_id")}
    return guards.watch(context, Decision.model_validate({"move": "follow_up", **where}), "Nora")


def on_question(guards: Guards = GUARDS, **more: object) -> Watch:
    return watch(guards, question_id=SEARCH.id, exercise_id=None, **{"asked": (SEARCH.id,), **more})  # type: ignore[arg-type]


def test_the_solution_of_no_exercise_is_spoken() -> None:
    untold = [
        (exercise.id, language)
        for exercise in BANK.exercises
        for language, code in exercise.solution.items()
        if not GUARDS.secrets(exercise).tells_solution(code)
    ]
    assert untold == []


def test_a_solution_spelt_in_words_is_a_solution_still() -> None:
    assert watch().admit("Loop for start, end in sorted bookings, closes, closes, and go on.") == "solution"


def test_what_the_candidate_wrote_can_be_quoted() -> None:
    line = "for start, end in [*sorted(bookings), (closes, closes)]:"
    assert watch(code=line).admit("You wrote for start, end in sorted bookings, closes, closes.") is None


def test_a_hidden_case_is_not_told_in_digits_or_words() -> None:
    assert watch().admit("Try the bookings 540, 900, 560 and 580.") == "hidden case"
    assert watch().admit("Try the bookings 780, 840, 540 and 600.") is None, "a visible case may be told"
    assert watch(said="What of 540, 900, 560, 580?").admit("So you ask about 540, 900, 560 and 580.") is None
    secrets = GUARDS.secrets(BANK.exercise("card-check"))
    assert not secrets.tells_hidden_case("Have a look at zero, one and two.")


@pytest.mark.parametrize(
    "text",
    [
        "Good point.",
        "Okay, great, let's go on.",
        "That's right, and what about memory?",
        "That is not quite correct.",
        "Your answer was very thorough.",
        "Your approach is a bit vague.",
        "You've clearly understood the trade-off.",
        "You missed the empty list.",
        "Well done!",
        "I like your plan.",
        "Unfortunately the loop is wrong there.",
        "Spot on.",
        "I'd give that eight out of ten.",
        "I'm impressed by that.",
        "Exactly, so what comes next?",
        "It's a solid start.",
        "You're on the right track.",
    ],
)
def test_praise_and_blame_are_for_practice_only(text: str) -> None:
    assert is_evaluative(text)
    assert on_question().admit(text) == "evaluative"
    assert on_question(practice=True).admit(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "What makes a good index for such a query?",
        "Okay, let's go on to something else.",
        "You mentioned the wrong key being used there.",
        "12 of 14 tests pass.",
        "Take your time.",
        "Which of the two would be better if writes are rare?",
        "How would you know that the result is correct?",
        "Tell me when you're ready.",
        "Is there a case where that is not enough?",
        "You said you led the migration.",
        "How would a reader know that it went well?",
    ],
)
def test_words_of_the_matter_are_no_remark(text: str) -> None:
    assert not is_evaluative(text)


def test_hardly_any_text_of_the_bank_would_be_taken_for_a_remark() -> None:
    texts = [t for q in BANK.questions for t in (q.text, q.rephrased, *(p.follow_up for p in q.key_points))]
    assert len([text for text in texts if is_evaluative(text)]) <= 2, "of 1,219; the bank's own are let through besides"
    assert not [text for text in texts if is_out_of_part(text, "Nora")]


def test_three_sentences_and_one_question_are_the_most() -> None:
    reply = on_question()
    assert [reply.admit(f"This is sentence {n}.") for n in ("one", "two")] == [None, None]
    assert reply.admit("What else? And why?") == "too long"
    assert reply.admit("What else?") is None
    assert reply.room == 0
    assert reply.admit("More.") == "too long"
    assert on_question().admit("What else? And why?") == "second question"


@pytest.mark.parametrize("text", ["Use `heapq` here.", "That costs O(n log n).", "See https://a.example.", "a => b"])
def test_what_cannot_be_spoken_is_mended_or_refused(text: str) -> None:
    assert on_question().admit(text) == "unspeakable"
    assert on_question().admit(mend("**Okay**, so:\n- how would you `index` it?")) is None
    assert mend("## Title\n1. one\n```py\nx = 1\n```\n_so_ it is") == "Title one so it is"


@pytest.mark.parametrize(
    "text",
    [
        "As an AI language model, I cannot say.",
        "I'm ChatGPT, how can I help?",
        "My instructions say otherwise.",
        "My name is Bob.",
        "I'm Robert, the hiring manager.",
        "I was told to ask about memory.",
    ],
)
def test_nobody_else_speaks(text: str) -> None:
    assert on_question().admit(text) == "out of part"


def test_the_interviewer_may_give_a_name_and_a_state() -> None:
    assert not is_out_of_part("Hello, I'm Nora, and I'll be your interviewer.", "Nora")
    assert not is_out_of_part("I'm Curious how that went.", "Nora")


def test_nothing_at_all_is_no_reply() -> None:
    assert on_question().admit("...") == "empty"


def test_a_question_is_not_asked_twice_in_other_words() -> None:
    reply = Guards(minilm(), BANK)
    asked = "How does the browser know that it talks to the right server?"
    same = "How does the browser know that it talks to the right server and nobody else?"
    assert on_question(reply, recent_questions=(asked,)).admit(same) == "asked before"
    assert on_question(reply, recent_questions=(asked,)).admit("What is it that the cache of a resolver holds?") is None


def test_what_a_good_answer_says_is_not_told_until_it_was_said() -> None:
    guards = Guards(minilm(), BANK)
    telling = "The data must be sorted in the order that the comparison uses."
    assert on_question(guards).admit(telling) == "answer"
    assert on_question(guards, said=telling).admit(telling) is None
    assert on_question(guards, covered=("sorted-input",)).admit(telling) is None
    assert on_question(guards).admit("What must be true of the data before you can trust the result?") is None


def test_no_phrase_of_the_embedded_brain_is_held_back_as_a_remark() -> None:
    assert [phrase for phrase in fixed_phrases() if is_evaluative(phrase)] == []
