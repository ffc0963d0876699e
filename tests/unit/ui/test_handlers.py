"""Handlers on the real halls, with scripted adapters, no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house
from interviewlab.planning import PlanWishes
from interviewlab.settings import Settings
from interviewlab.ui.handlers import interview, prepare, shelf
from interviewlab.ui.handlers.views import FeedbackView, InterviewView, Speaking, Step, Trouble

OWNER = "ada"
FILES: tuple[shelf.FileName, ...] = ("report.json", "report.md", "transcript.jsonl")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted", is_offline=True)


async def begin(settings: Settings) -> InterviewView:
    view = await prepare.start_interview(settings, OWNER, PlanWishes(type="coding", seed=1))
    if isinstance(view, Trouble):
        raise AssertionError(view.sentence)
    return view


async def say(settings: Settings, interview_id: str, text: str, owner: str = OWNER) -> list[Step]:
    return [step async for step in interview.say(settings, owner, interview_id, text)]


async def test_new_interview_starts_with_a_greeting(settings: Settings) -> None:
    view = await begin(settings)
    assert view.progress.turn == 0
    assert view.transcript.replies()[0].move == "greet"


async def test_unreadable_cv_is_trouble_and_leaves_no_interview(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "cv.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    view = await prepare.start_interview(settings, OWNER, PlanWishes(resume=broken))
    assert isinstance(view, Trouble)
    assert "cv.pdf" in view.sentence
    assert await shelf.list_interviews(settings, OWNER) == ()


async def test_reply_grows_and_ends_in_the_interview_as_it_stands(settings: Settings) -> None:
    async with open_house(settings):
        view = await begin(settings)
        steps = await say(settings, view.interview_id, "I used Redis.")
    assert steps[0] == Speaking("I used Redis.")
    growing = [step.reply for step in steps if isinstance(step, Speaking)]
    assert growing == sorted(growing, key=len)
    last = steps[-1]
    assert isinstance(last, InterviewView)
    assert last.transcript.utterances()[1].text == "I used Redis."


async def test_blank_answer_is_trouble_and_no_turn(settings: Settings) -> None:
    view = await begin(settings)
    steps = await say(settings, view.interview_id, " \n")
    assert len(steps) == 1
    assert isinstance(steps[0], Trouble)
    again = await interview.find_interview(settings, OWNER, view.interview_id)
    assert isinstance(again, InterviewView)
    assert again.progress.turn == 0


async def test_another_owner_finds_speaks_to_reads_and_deletes_nothing(settings: Settings) -> None:
    view = await begin(settings)
    eve, known = "eve", view.interview_id
    assert isinstance(await interview.find_interview(settings, eve, known), Trouble)
    assert isinstance((await say(settings, known, "Hello", eve))[-1], Trouble)
    assert isinstance(await interview.run(settings, eve, known, "x", "python"), Trouble)
    assert isinstance(await interview.finish(settings, eve, known), Trouble)
    assert isinstance(await shelf.get_feedback(settings, eve, known), Trouble)
    assert isinstance(await shelf.get_file(settings, eve, known, "transcript.jsonl"), Trouble)
    assert isinstance(await shelf.delete_interview(settings, eve, known), Trouble)
    assert await shelf.list_interviews(settings, eve) == ()
    assert isinstance(await interview.find_interview(settings, OWNER, known), InterviewView)


async def test_code_without_an_exercise_is_trouble(settings: Settings) -> None:
    view = await begin(settings)
    result = await interview.run(settings, OWNER, view.interview_id, "print(1)", "python")
    assert isinstance(result, Trouble)
    steps = [step async for step in interview.submit(settings, OWNER, view.interview_id, "print(1)", "python")]
    assert isinstance(steps[-1], Trouble)


async def test_finished_interview_gives_feedback_files_and_takes_no_more_turns(settings: Settings) -> None:
    async with open_house(settings):
        view = await begin(settings)
        assert await shelf.get_feedback(settings, OWNER, view.interview_id) is None
        assert isinstance(await shelf.get_file(settings, OWNER, view.interview_id, "report.md"), Trouble)
        await say(settings, view.interview_id, "I used Redis because one node was not enough.")
        ended = await interview.finish(settings, OWNER, view.interview_id)
        assert isinstance(ended, FeedbackView)
        kept = await shelf.get_feedback(settings, OWNER, view.interview_id)
        assert isinstance(kept, FeedbackView)
        assert kept.report == ended.report
        files = [str(await shelf.get_file(settings, OWNER, view.interview_id, name)) for name in FILES]
        assert all(words in text for words, text in zip(('"axes"', "#", "I used Redis"), files, strict=True))
        assert isinstance((await say(settings, view.interview_id, "More"))[-1], Trouble)


async def test_deleted_interview_is_gone(settings: Settings) -> None:
    view = await begin(settings)
    assert await shelf.delete_interview(settings, OWNER, view.interview_id) is None
    assert await shelf.list_interviews(settings, OWNER) == ()
    assert isinstance(await interview.find_interview(settings, OWNER, view.interview_id), Trouble)


async def test_data_folder_that_cannot_be_written_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    closed = settings.model_copy(update={"data_dir": tmp_path / "file" / "data"})
    view = await prepare.start_interview(closed, OWNER, PlanWishes())
    assert isinstance(view, Trouble)
    assert "cannot be written" in view.sentence
