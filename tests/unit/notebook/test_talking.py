"""A text interview held by the boxes of a notebook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from interviewlab import open_interview
from interviewlab.bootstrap import open_house
from interviewlab.brains.scripted import ScriptedBrain
from interviewlab.interview import Interview, utc_now
from interviewlab.notebook.talking import Talk
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.settings import Settings
from interviewlab.types import Decision, Exercise, InterviewRecord, Language, Plan, RunResult


@asynccontextmanager
async def one_exercise_after_the_other(
    tmp_path: Path, language: Language = "python"
) -> AsyncIterator[tuple[Interview, list[Exercise]]]:
    """An interview that sets an exercise in each turn, whatever is brought; code that is handed in passes."""
    async with open_house(Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")) as house:
        exercises = [each for each in house.bank.exercises if language in each.starter][:3]
        set_each = [Decision(move="set_exercise", phase="technical", exercise_id=each.id) for each in exercises]
        greet = Decision(move="greet", phase="intro")
        plan, now = Plan(type="coding", questions=0, exercises=3, language=language), utc_now()
        record = InterviewRecord(id="one", owner="local", plan=plan, created_at=now, updated_at=now)
        adapters = replace(house.adapters, sandbox=ScriptedSandbox([RunResult(outcome="ok")] * 2))
        await adapters.store.create_interview(record)
        brain = ScriptedBrain([(greet, "Welcome."), *((decision, "Solve this.") for decision in set_each)])
        interview = Interview(record, Cast(brain, house.bank, plan), adapters)
        yield interview, exercises
        await interview.aclose()


async def test_an_answer_gets_its_reply_and_the_code_box_comes_with_the_exercise(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_interview(settings, plan=Plan(type="coding", questions=0, exercises=1, seed=1)) as interview:
        talk = Talk(interview)
        shown, said, send, desk = talk.widget.children
        await talk.start()
        assert shown.value.startswith("<p><b>Interviewer</b>")
        await talk.say("   ")
        assert shown.value.count("<p>") == 1
        for _ in range(4):
            if desk.layout.display == "none":
                await talk.say("Yes, I am <i>ready</i>.")
        assert "&lt;i&gt;ready" in shown.value
        assert desk.layout.display == ""
        task, code, _, ran = desk.children
        assert interview.exercise is not None
        assert interview.exercise.title in task.value
        assert "<code>" in task.value
        assert code.value
        await talk.run(code.value, "python")
        assert "The scripted sandbox has no result left" in ran.value
        assert not send.disabled
        assert said.value == ""


async def test_trouble_stands_in_the_conversation(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_interview(settings, plan=Plan(type="fundamentals", questions=1, exercises=0, seed=1)) as interview:
        talk = Talk(interview)
        await talk.start()
        await talk.hand_in("print(1)", "python")
        assert talk.widget.children[0].value.count("<p>") == 2


async def test_words_that_were_not_sent_stay_in_their_box(tmp_path: Path) -> None:
    async with one_exercise_after_the_other(tmp_path) as (interview, _):
        talk = Talk(interview)
        shown, said, _, desk = talk.widget.children
        await talk.start()
        said.value = "Yes, I'm ready."
        under_way = asyncio.create_task(talk.say(said.value))
        await asyncio.sleep(0)
        assert said.value == ""
        said.value = "I would sort"
        await under_way
        assert said.value == "I would sort"
        await talk.hand_in(desk.children[1].value, "python")
        assert shown.value.count("Solve this.") == 2
        assert said.value == "I would sort"


async def test_words_that_got_no_reply_are_in_their_box_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_interview(settings, plan=Plan(type="fundamentals", questions=1, exercises=0, seed=1)) as interview:
        talk = Talk(interview)
        said = talk.widget.children[1]
        await talk.start()
        await interview.finish()
        said.value = "One thing more."
        await talk.say(said.value)
        assert talk.widget.children[0].value.count("<p>") == 2
        assert said.value == "One thing more."


async def test_each_exercise_brings_its_own_starter_in_the_language_of_the_plan(tmp_path: Path) -> None:
    async with one_exercise_after_the_other(tmp_path, "javascript") as (interview, exercises):
        talk = Talk(interview)
        _, code, buttons, _ = talk.widget.children[3].children
        await talk.start()
        for exercise in exercises:
            await talk.say("Go on.")
            assert interview.exercise == exercise
            assert code.value == exercise.starter["javascript"]
        assert buttons.children[0].value == "javascript"
        assert len({exercise.starter["javascript"] for exercise in exercises}) == len(exercises)


async def test_an_interview_that_is_opened_again_in_an_exercise_shows_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    plan = Plan(type="coding", questions=0, exercises=1, seed=1)
    async with open_interview(settings, "mine", plan=plan) as interview:
        await interview.start()
        for _ in range(4):
            if interview.exercise is None:
                await interview.reply("Yes, I'm ready.")
    async with open_interview(settings, "mine") as again:
        talk = Talk(again)
        await talk.start()
        task, code, _, _ = talk.widget.children[3].children
        assert talk.widget.children[3].layout.display == ""
        assert again.exercise is not None
        assert again.exercise.title in task.value
        assert code.value == again.exercise.starter["python"]
