"""A text interview held by the boxes of a notebook."""

from __future__ import annotations

from pathlib import Path

from interviewlab import open_interview
from interviewlab.notebook.talking import Talk
from interviewlab.settings import Settings
from interviewlab.types import Plan


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
