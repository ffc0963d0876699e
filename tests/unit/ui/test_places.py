"""What the places show of what is kept: renamed, chosen while it is there, closed when it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from starlette.requests import Request

from interviewlab.bootstrap import open_library
from interviewlab.settings import Settings
from interviewlab.store.sql import open_store
from interviewlab.types import InterviewRecord, Job, Plan, Resume
from interviewlab.ui import app
from interviewlab.ui.door.doorkeeper import DOOR, OWNER, Door
from interviewlab.ui.handlers.surroundings import Surroundings
from interviewlab.ui.pages import feedback, interview, prepare, prepare_cv, progress
from interviewlab.ui.pages.closing import OpenPlaces
from interviewlab.ui.pages.past import PastEvents
from interviewlab.ui.pages.shell import Shell, keep_in_browser
from tests.unit.ui.samples import report

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """The places of one page, and one who looks at it."""

    settings: Settings
    shell: Shell
    prepare: prepare.PreparePage
    interview: interview.InterviewPage
    feedback: feedback.FeedbackPage
    progress: progress.ProgressPage

    @property
    def request(self) -> gr.Request:
        scope = {"type": "http", "headers": [], OWNER: "ada", DOOR: Door(self.settings)}
        return gr.Request(Request(scope))

    def is_cleared(self, updates: dict[Any, Any]) -> bool:
        """Whether no place shows an interview any more."""
        shown = (self.interview.transcript, self.feedback.shown)
        return [updates.get(each) for each in shown] == ["", ""] and updates.get(self.shell.kept) == {}


@pytest.fixture
def page(tmp_path: Path) -> Page:
    settings = Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted", is_offline=True)
    with gr.Blocks():
        kept, drafts = keep_in_browser("kept"), keep_in_browser("drafts")
        shell = Shell(settings, gr.Tabs(), kept, drafts, Surroundings(settings))
        places = prepare.lay_out(settings), interview.lay_out(), feedback.lay_out(), progress.lay_out()
    return Page(settings, shell, *places)


async def keep(settings: Settings, *interview_ids: str, has_report: bool = False, **plan: str) -> None:
    async with open_store(settings.store_url) as store:
        for number, one in enumerate(interview_ids):
            at = NOON + timedelta(minutes=number)
            record = InterviewRecord(id=one, owner="ada", plan=Plan(**plan), created_at=at, updated_at=at)
            await store.create_interview(record)
            if has_report:
                await store.end_interview(one, report().model_copy(update={"interview_id": one, "created_at": at}))


async def test_a_place_is_kept_while_its_interview_cannot_be_had_and_left_when_it_is_gone(page: Page) -> None:
    arrival = app._Arrival(page.shell, page.prepare, page.interview, page.feedback)
    kept = {"interview_id": "i1"}
    gone = await arrival.on_load(kept, {}, page.request)
    assert gone[page.shell.kept] == {}
    assert "There is no interview i1" in gone[page.prepare.notice]
    settings = page.settings.model_copy(update={"data_dir": page.settings.data_dir / "interviewlab.sqlite"})
    blocked = app._Arrival(
        Shell(settings, page.shell.places, page.shell.kept, page.shell.drafts, page.shell.surroundings),
        page.prepare,
        page.interview,
        page.feedback,
    )
    away = await blocked.on_load(kept, {}, page.request)
    assert away[page.shell.kept] == kept
    assert "INTERVIEWLAB_DATA_DIR" in away[page.prepare.notice]


@pytest.mark.parametrize("paper", ["resume", "job"])
async def test_deleting_a_paper_closes_the_interview_made_from_it_and_no_other(page: Page, paper: str) -> None:
    async with open_library(page.settings, owner="ada") as library:
        resume = await library.keep_resume(Resume(document={}, text="Ada", source="text"))
        job = await library.add_job(Job(text="A job"))
    paper_id = resume.id if paper == "resume" else job.id
    await keep(page.settings, "made", **{f"{paper}_id": paper_id})
    await keep(page.settings, "other")
    places = OpenPlaces(page.shell, page.interview, page.feedback)
    events = prepare_cv._Events(page.prepare.cv, page.shell, places)
    delete = events.on_delete if paper == "resume" else events.on_delete_job
    assert page.is_cleared(await delete(paper_id, {"interview_id": "made"}, "made", page.request))
    left = await delete("no such paper", {"interview_id": "other"}, "other", page.request)
    assert page.interview.transcript not in left
    assert page.shell.kept not in left


def events_of(page: Page) -> progress._Events:
    past = PastEvents(page.progress.past, page.shell, page.interview, page.feedback)
    return progress._Events(page.progress, page.shell, past)


async def test_an_interview_that_is_gone_is_chosen_no_more_and_one_that_is_there_stays_chosen(page: Page) -> None:
    await keep(page.settings, "i1", "i2")
    looked = [await events_of(page).on_look(chosen, (), page.request) for chosen in ("i1", "i3", None)]
    assert [each[page.progress.past.interviews].value for each in looked] == ["i1", None, None]


async def test_an_interview_is_listed_by_its_new_name_and_stays_chosen(page: Page) -> None:
    await keep(page.settings, "i1")
    events, panel = events_of(page), page.progress.past
    renamed = await events.on_rename("i1", "  For Acme  ", (), page.request)
    assert renamed[panel.interviews].choices[0][0].startswith("For Acme · ")
    assert renamed[panel.interviews].value == "i1"
    assert (await events.past.on_ask_name("i1", page.request))[panel.title] == "For Acme"
    unnamed = await events.on_rename("i1", " ", (), page.request)
    assert unnamed[panel.interviews].choices[0][0].startswith("Mixed, mid")


async def test_a_job_is_listed_by_its_new_name_and_keeps_one(page: Page) -> None:
    async with open_library(page.settings, owner="ada") as library:
        job = await library.add_job(Job(text="A job"), "First name")
    panel = page.prepare.cv
    events = prepare_cv._Events(panel, page.shell, OpenPlaces(page.shell, page.interview, page.feedback))
    opened = await events.on_open_job(job.id, page.request)
    assert opened[panel.job_name] == "First name"
    renamed = await events.on_rename_job(job.id, " The good one ", page.request)
    assert [name for name, _ in renamed[panel.kept_job].choices] == ["The good one"]
    assert renamed[panel.kept_job].value == job.id
    unnamed = await events.on_rename_job(job.id, "  ", page.request)
    assert "Write one first." in unnamed[panel.notice]


async def test_the_pair_that_was_picked_is_compared_until_one_of_them_is_gone(page: Page) -> None:
    await keep(page.settings, "i1", "i2", "i3", "i4", has_report=True)
    events, shown = events_of(page), page.progress
    _, picked = await events.on_compare("i1", "i3", page.request)
    pairs = []
    for chosen in ((), picked):
        looked = await events.on_look(None, chosen, page.request)
        pairs.append((looked[shown.before].value, looked[shown.after].value))
    deleted = await events.on_delete("i3", {"interview_id": "i3"}, "i3", picked, page.request)
    pairs.append((deleted[shown.before].value, deleted[shown.after].value))
    assert pairs == [("i3", "i4"), ("i1", "i3"), ("i2", "i4")]
    assert page.is_cleared(deleted)
