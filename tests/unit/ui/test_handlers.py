"""Handlers on the real halls, with scripted adapters, no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house
from interviewlab.planning import PlanWishes
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.rubric import list_rubrics, load_rubric
from interviewlab.settings import Settings
from interviewlab.ui.handlers import interview, prepare, progress, shelf
from interviewlab.ui.handlers.views import FeedbackView, InterviewView, Speaking, Step, Trouble

OWNER = "ada"
FILES: dict[shelf.FileName, bytes] = {
    "report.pdf": b"%PDF",
    "report.html": b"<!doctype html>",
    "report.md": b"#",
    "report.json": b'"axes"',
    "report.csv": b"interview_id",
    "transcript.vtt": b"WEBVTT",
    "transcript.jsonl": b"I used Redis",
}


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


async def test_no_file_of_the_machine_is_taken_as_rubric(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(load_rubric().model_dump_json())
    for name in (str(path), str(path.with_suffix("")), str(tmp_path / "gone.yaml")):
        view = await prepare.start_interview(settings, OWNER, PlanWishes(rubric=name))
        assert view == Trouble(f"There is no rubric '{name}'. Choose one of {', '.join(list_rubrics())}.")
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


async def test_blank_or_endless_answer_is_trouble_and_no_turn(settings: Settings) -> None:
    view = await begin(settings)
    for text, told in ((" \n", "nothing to send"), ("x" * 20_001, "20001 characters")):
        (step,) = await say(settings, view.interview_id, text)
        assert isinstance(step, Trouble)
        assert told in step.sentence
    again = await interview.find_interview(settings, OWNER, view.interview_id)
    assert isinstance(again, InterviewView)
    assert again.progress.turn == 0


async def test_an_answer_to_what_another_tab_answered_shows_the_interview_and_says_so(settings: Settings) -> None:
    async with open_house(settings):
        view = await begin(settings)
        await say(settings, view.interview_id, "I used Redis.")
        late = ("Not that again.", None, 0)
        _, refused = [step async for step in interview.say(settings, OWNER, view.interview_id, *late)]
    assert isinstance(refused, Trouble)
    assert "gone on meanwhile" in refused.sentence
    assert refused.view is not None
    assert {turn: said.text for turn, said in refused.view.transcript.utterances().items()} == {1: "I used Redis."}


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
    assert isinstance(await progress.list_asked(settings, eve, known), Trouble)
    assert isinstance(await progress.try_again(settings, eve, known, "cache-basics"), Trouble)
    assert await progress.get_history(settings, eve) == progress.History((), ())
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
        files = {name: await shelf.get_file(settings, OWNER, view.interview_id, name) for name in FILES}
        assert [name for name, text in files.items() if isinstance(text, Trouble) or FILES[name] not in text] == []
        assert isinstance((await say(settings, view.interview_id, "More"))[-1], Trouble)


async def test_deleted_interview_is_gone(settings: Settings) -> None:
    view = await begin(settings)
    assert await shelf.delete_interview(settings, OWNER, view.interview_id) is None
    assert await shelf.list_interviews(settings, OWNER) == ()
    assert isinstance(await interview.find_interview(settings, OWNER, view.interview_id), Trouble)


async def test_exercise_or_question_is_tried_again_alone(settings: Settings) -> None:
    bank = load_bank(())
    async with open_house(settings):
        view = await begin(settings)
        for question_id, text in ((bank.exercises[5].id, ""), (bank.questions[7].id, bank.questions[7].text)):
            again = await progress.try_again(settings, OWNER, view.interview_id, question_id)
            assert isinstance(again, InterviewView)
            ready = (await say(settings, again.interview_id, "Yes, I am ready."))[-1]
            assert isinstance(ready, InterviewView)
            assert question_id in (ready.progress.exercise_id, ready.progress.question_id)
            assert text in (ready.transcript.replies()[1].text if text else "")
            assert (ready.plan.questions, ready.plan.exercises) == ((1, 0) if text else (0, 1))
            assert ready.plan.personal == ()
        gone = await progress.try_again(settings, OWNER, view.interview_id, "no-such-thing")
    assert isinstance(gone, Trouble)


async def test_who_keeps_as_many_interviews_as_one_may_tries_no_question_again(settings: Settings) -> None:
    shared = settings.model_copy(update={"identity": "accounts", "owner_interviews": 1})
    async with open_house(shared):
        view = await begin(shared)
        again = await progress.try_again(shared, OWNER, view.interview_id, load_bank(()).questions[7].id)
    assert isinstance(again, Trouble)
    assert "as many interviews as one person may" in again.sentence


async def test_history_has_every_interview_and_the_reports_of_those_that_ended(settings: Settings) -> None:
    async with open_house(settings):
        first, second = await begin(settings), await begin(settings)
        await say(settings, first.interview_id, "I used Redis because one node was not enough.")
        await interview.finish(settings, OWNER, first.interview_id)
        history = await progress.get_history(settings, OWNER)
        assert isinstance(history, progress.History)
        assert [record.id for record in history.records] == [second.interview_id, first.interview_id]
        assert [report.interview_id for report in history.reports] == [first.interview_id]
        assert isinstance(await progress.list_asked(settings, OWNER, second.interview_id), Trouble)


async def test_one_question_tried_again_is_not_compared_with_whole_interviews(settings: Settings) -> None:
    async with open_house(settings):
        whole = await begin(settings)
        again = await progress.try_again(settings, OWNER, whole.interview_id, load_bank(()).questions[7].id)
        assert isinstance(again, InterviewView)
        for held in (whole, again):
            await say(settings, held.interview_id, "I used Redis because one node was not enough.")
            await interview.finish(settings, OWNER, held.interview_id)
        history = await progress.get_history(settings, OWNER)
    assert isinstance(history, progress.History)
    assert [report.interview_id for report in history.reports] == [whole.interview_id, again.interview_id]
    assert [report.interview_id for report in history.compared] == [whole.interview_id]


async def test_data_folder_that_cannot_be_written_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    closed = settings.model_copy(update={"data_dir": tmp_path / "file" / "data"})
    view = await prepare.start_interview(closed, OWNER, PlanWishes())
    assert isinstance(view, Trouble)
    assert "cannot be written" in view.sentence
