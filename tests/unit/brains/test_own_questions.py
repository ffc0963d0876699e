"""What candidates ask on their own account gets an answer, before the first question, on the way and at the end."""

from __future__ import annotations

import pytest

from interviewlab.brains.own_questions import asks_about_look_back, asks_meaning, find_own_question, says_yes
from interviewlab.types import InterviewType, Plan, Progress, Reply, TurnContext
from tests.unit.brains.test_requests import QUESTION, at_question, reply_to

GREETING = "Hi Maeve, I'm Nora. We have about 30 minutes on databases and queries. Shall we begin?"
LOOK_BACK = "We're nearly at the end. Which answer today would you most like to improve, and how?"
TEAM = ("speak for a team", "can't speak, so ask")


def about(said: str, *, is_at_end: bool = False, is_at_start: bool = False) -> str | None:
    found = find_own_question(said, is_at_end=is_at_end, is_at_start=is_at_start)
    return found.about if found else None


@pytest.mark.parametrize(
    "said",
    [
        "What does the team look like?",
        "How do you review code in your team?",
        "What does the patient booking team look like at Tidewater?",
        "What would I work on in the first month?",
        "Who would I be working with?",
        "When will I hear back from you?",
        "What are the next steps?",
        "How big is the team?",
        "What's it like to work there?",
        "What tech stack does your company use?",
        "I'd add an index. By the way, how is the engineering department organised?",
    ],
)
def test_questions_about_the_team_are_known(said: str) -> None:
    assert about(said) == "team"


@pytest.mark.parametrize(
    "said",
    [
        "How big is the table?",
        "Do you mean my team or the whole company?",
        "What would I do first?",
        "How many teams work with it?",
        "What is the team supposed to do in your example?",
        "Do we own the data or does another team?",
        "Can I use the first element?",
        "Do I return the first one?",
        "What is the next step of the algorithm?",
        "How do you handle duplicates here?",
        "I went to them and I asked, how does your team decide that?",
        "My first project at the company was a queue.",
    ],
)
def test_questions_about_the_task_are_not_about_the_team(said: str) -> None:
    assert about(said) is None


@pytest.mark.parametrize(
    ("said", "is_room"),
    [
        ("Can I ask you questions about the team at the end?", True),
        ("Will there be time for my questions?", True),
        ("Before the time's up, could I ask you two things at the end, about how your team does code review?", True),
        ("Do I get to ask questions afterwards?", True),
        ("Can you ask me that later?", False),
        ("Can I come back to this question at the end?", False),
        ("Could we do this question later?", False),
        ("Does the consumer ask the leader at the end?", False),
    ],
)
def test_whether_there_is_room_for_questions(said: str, *, is_room: bool) -> None:
    assert (about(said) == "ask later") is is_room


@pytest.mark.parametrize(
    ("said", "is_yes"),
    [
        ("Hi Alex, yes, glad to be here. How long will it take?", True),
        ("Sure, how many questions are there?", True),
        ("Who will I be working with?", False),
        ("Before we start, is there a coding part?", False),
    ],
)
def test_a_yes_is_heard_whatever_else_is_asked(said: str, *, is_yes: bool) -> None:
    assert says_yes(said) is is_yes


@pytest.mark.parametrize(
    ("said", "is_about_it"),
    [
        ("Which answers do you mean?", True),
        ("Sorry, can you rephrase that?", True),
        ("What were the questions?", True),
        ("The second one, I'd give an example.", True),
        ("How do you review code?", False),
        ("I'd say it again in other words, and begin with the index, since that is what the planner looks at.", False),
    ],
)
def test_what_is_asked_about_the_look_back(said: str, *, is_about_it: bool) -> None:
    assert asks_about_look_back(said) is is_about_it


@pytest.mark.parametrize(
    ("said", "is_asked_back"),
    [
        ('Can I ask back, what does "not fit" refer to here, the log or the clients? The log I only stream.', True),
        ("What do you mean by current? I'd keep the last rows.", True),
        ("Do you mean per client? Then a queue for each.", True),
        ("Which clients do you mean? I'd keep a queue for each.", True),
        ("I'd stream it. What does it refer to?", False),
        ("By a lock I mean one for each client.", False),
        ("What if the clock goes back? Then I'd take the server's.", False),
        ("Why is it slow? Because each insert moves all the others.", False),
    ],
)
def test_what_the_words_of_the_interviewer_mean(said: str, *, is_asked_back: bool) -> None:
    assert asks_meaning(said) is is_asked_back


async def test_a_point_behind_a_question_what_was_meant_is_kept_and_the_question_answered() -> None:
    read, decision, _ = await reply_to(at_question(f"Do you mean the table? {QUESTION.key_points[0].text}"))
    assert read.assessment is not None
    assert read.assessment.found
    assert decision.move == "clarify"


def greeted(said: str, type_: InterviewType = "sql") -> TurnContext:
    last = Reply(turn=0, text=GREETING, move="greet", phase="intro", brain="bank")
    exercises = 2 if type_ == "coding" else 0
    return TurnContext(
        plan=Plan(type=type_, seed=1, questions=6, exercises=exercises),
        progress=Progress(turn=0, phase="intro", last_reply=last),
        turn=1,
        utterance=at_question(said).utterance,
        elapsed_s=20,
    )


def looking_back(said: str) -> TurnContext:
    last = Reply(turn=9, text=LOOK_BACK, move="evaluate", phase="closing", brain="bank")
    progress = Progress(
        turn=9, phase="closing", asked=(QUESTION.id,), answered=(QUESTION.id,), is_evaluated=True, last_reply=last
    )
    return TurnContext(plan=Plan(), progress=progress, turn=10, utterance=at_question(said).utterance, elapsed_s=900)


@pytest.mark.parametrize(
    ("said", "type_", "told"),
    [
        ("Hi, yes, glad to be here. Can I ask you questions about the team at the end?", "sql", "at the end"),
        ("Yes, I'm ready. How many exercises will there be?", "coding", "two exercises"),
        ("Yes please. Will I get to write actual queries in the editor today?", "sql", "no exercise in the editor"),
        ("Sure. How many questions are there?", "fundamentals", "six questions"),
        ("Yes. What does your team look like?", "sql", "a practice interviewer"),
    ],
)
async def test_who_is_ready_is_answered_on_the_way_to_the_first_question(
    said: str, type_: InterviewType, told: str
) -> None:
    _, decision, text = await reply_to(greeted(said, type_))
    assert decision.move in ("ask", "set_exercise")
    assert told in text
    assert GREETING not in text


@pytest.mark.parametrize(("allow_more", "told"), [(False, "up to six questions"), (True, "about six questions")])
async def test_more_than_was_planned_is_never_denied(told: str, *, allow_more: bool) -> None:
    context = greeted("Sure. How many questions are there?", "fundamentals")
    plan = context.plan.model_copy(update={"allow_more": allow_more})
    assert told in (await reply_to(context.model_copy(update={"plan": plan})))[2]


@pytest.mark.parametrize(
    "said",
    [
        "Do you want long or short answers?",
        "Before we start, who will I be working with?",
        "Wait, is there a coding part?",
        "What do you mean?",
    ],
)
async def test_the_greeting_is_not_said_again_to_who_asks_something(said: str) -> None:
    _, decision, text = await reply_to(greeted(said))
    assert decision.move == "clarify"
    assert GREETING not in text
    assert text.endswith("?")


async def test_the_greeting_is_said_again_where_that_is_wished() -> None:
    _, _, text = await reply_to(greeted("Sorry, could you say that again?"))
    assert text == GREETING


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The second one, I forgot the writes. What does the team look like?", TEAM),
        ("I'd redo the index one. And my two questions: how do you review code in your team?", TEAM),
        ("Nothing really. What would I work on in the first month?", TEAM),
        ("The short links. Can I ask you something, which one would have been right?", ("report",)),
        ("The cache. And how did I do?", ("report",)),
        ("None, I'd leave them as they are. Do you have any feedback for me?", ("report",)),
    ],
)
async def test_a_question_behind_the_look_back_is_answered_and_ends_it(said: str, told: tuple[str, ...]) -> None:
    _, decision, text = await reply_to(looking_back(said))
    assert decision.move == "close"
    assert any(each in text for each in told), text
    assert LOOK_BACK not in text


@pytest.mark.parametrize(
    "said",
    [
        "Which answers do you mean?",
        "Do you mean the coding part too?",
        "What do you mean?",
        "Give me a second.",
        "Can you repeat that?",
    ],
)
async def test_who_wants_the_look_back_explained_gets_that(said: str) -> None:
    _, decision, text = await reply_to(looking_back(said))
    assert decision.move == "clarify"
    assert text != LOOK_BACK


async def test_a_question_about_the_team_does_not_cost_the_answer_before_it() -> None:
    point = QUESTION.key_points[0].cues[0]
    answer = f"It is about {point}, I think, and that is all there is to it. "
    plain, _, _ = await reply_to(at_question(answer))
    both, decision, text = await reply_to(at_question(f"{answer}What does your team look like?"))
    assert both.assessment == plain.assessment
    assert decision.move != "clarify"
    assert any(each in text for each in TEAM), text


async def test_a_question_about_the_team_alone_leads_back_to_the_question() -> None:
    _, decision, text = await reply_to(at_question("What does your team look like?"))
    assert (decision.move, decision.reason) == ("clarify", "team")
    assert QUESTION.rephrased in text


async def test_a_question_about_the_task_alone_is_none_of_these() -> None:
    _, decision, _ = await reply_to(at_question("Can you tell me whether it has to be in order?"))
    assert decision.reason != "solution"
    _, decision, _ = await reply_to(at_question("Then the queue grows longer. Can you tell me if it throws any away?"))
    assert decision.also == "solution"


async def test_at_the_end_one_is_invited_to_ask() -> None:
    done = at_question("Let's go on.").model_copy(update={"elapsed_s": 28 * 60})
    _, decision, text = await reply_to(done)
    assert decision.move == "evaluate"
    assert "a question that you would ask" in text


async def test_counts_name_what_the_plan_has() -> None:
    _, decision, text = await reply_to(greeted("How many exercises are there?", "coding"))
    assert (decision.move, decision.reason) == ("clarify", "course")
    assert "two exercises" in text
