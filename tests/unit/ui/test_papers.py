"""CVs and jobs on the page: the form marks what is doubtful, corrections are kept, the plan is told afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from interviewlab.planning import PlanWishes, build_plan
from interviewlab.resume import resume_from_text
from interviewlab.resume.correcting import Form, form_from_resume
from interviewlab.settings import Settings
from interviewlab.types import INTERVIEW_TYPES, Plan
from interviewlab.ui.door.doorkeeper import Door
from interviewlab.ui.handlers import papers, prepare
from interviewlab.ui.handlers.views import InterviewView, Trouble
from interviewlab.ui.pages import prepare_model
from interviewlab.ui.pages.prepare_form import FIELDS, TABLES, form_of
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.papers import (
    to_form_title,
    to_label,
    to_paper_choices,
    to_plan,
    to_table_label,
    to_understood,
)

OWNER = "ada"
TEXT = """Ada <b>Byron</b>
Experience
Developer, Blue Door
2015 - 2017
- Cut the cost of thought by 40 %
Skills
Go, Kafka
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted", is_offline=True)


def test_doubtful_fields_are_marked_on_the_form() -> None:
    form = Form(
        work=(("Blue Door", "Thinker", "", "", ""),), unsure=("work.0.position", "basics.phone", "skills.0.name")
    )
    assert to_label("phone", form) == "Telephone (please check)"
    assert to_label("email", form) == "E-mail"
    assert to_form_title(form) == "What was understood of your CV: 2 to check"
    assert to_table_label("work", form) == "Work: please check row 1, Position"
    assert to_table_label("projects", form) == "Projects"


def test_what_was_understood_is_escaped() -> None:
    resume = resume_from_text("Maud\n").model_copy(update={"gaps": ("The section <script> was kept as text.",)})
    shown = to_understood(resume, form_from_resume(resume))
    assert "0 jobs, 0 projects and 0 skills" in shown
    assert "<script>" not in shown


def test_the_form_comes_back_from_the_page_as_it_went() -> None:
    form = form_from_resume(resume_from_text(TEXT))
    values = [*(getattr(form, field) for field in FIELDS), form.skills]
    tables = [[list(row) for row in getattr(form, section)] for section in TABLES]
    assert form_of([*values, *tables]) == replace(form, unsure=())
    assert form_of([None] * (len(FIELDS) + 1 + len(TABLES))) == Form()


async def test_an_upload_is_kept_corrected_preferred_and_deleted(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(TEXT, encoding="utf-8")
    view = await papers.add_resume(settings, OWNER, path)
    assert isinstance(view, papers.ResumeView)
    assert view.record.is_default
    form = replace(view.form, name="Ada Byron")
    mended = await papers.correct_resume(settings, OWNER, view.record.id, form, "For Kestrel")
    assert isinstance(mended, papers.ResumeView)
    assert (mended.record.name, mended.record.resume.name, mended.form.unsure) == ("For Kestrel", "Ada Byron", ())
    started = await prepare.start_interview(
        settings, OWNER, PlanWishes(type="resume", seed=1, job="Engineer\nMust\n- Go, Rust"), view.record.id
    )
    assert isinstance(started, InterviewView)
    assert (started.plan.resume_id, started.plan.candidate) == (view.record.id, "Ada Byron")
    assert await papers.count_made_from(settings, OWNER, view.record.id) == 1
    shelf = await papers.list_papers(settings, OWNER)
    assert isinstance(shelf, papers.Papers)
    assert to_paper_choices(shelf.resumes) == [("For Kestrel · default", view.record.id)]
    assert [record.job.must for record in shelf.jobs] == [("Go", "Rust")]
    assert [name for name, _ in to_paper_choices(shelf.jobs)] == [record.name for record in shelf.jobs]
    assert isinstance(await papers.open_resume(settings, "bob", view.record.id), Trouble)
    assert await papers.delete_resume(settings, OWNER, view.record.id) is None
    assert await papers.list_papers(settings, OWNER) == papers.Papers((), shelf.jobs)
    assert await papers.delete_everything(Door(settings), OWNER) is None
    assert await papers.list_papers(settings, OWNER) == papers.Papers()


async def test_the_plan_tells_why_each_question_was_asked(settings: Settings) -> None:
    plan = await build_plan(
        settings, type="resume", seed=1, resume=resume_from_text(TEXT), job="Engineer\nMust\n- Go, Rust"
    )
    shown = to_plan(plan)
    assert "What the interviewer had planned" in shown
    assert "Blue Door" in shown
    assert "A gap: Rust" in shown
    assert to_plan(Plan()) == to_plan(None) == ""


def test_each_type_of_interview_says_what_it_asks() -> None:
    assert set(labels.ABOUT_TYPE) == set(INTERVIEW_TYPES)


async def test_a_model_that_is_tried_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async def bring(*given: Any, **named: Any) -> Trouble:
        return Trouble("The endpoint does not answer.")

    monkeypatch.setattr(prepare_model.handlers, "bring_own_model", bring)
    for name in ("door_of", "owner_of", "visit_of"):
        monkeypatch.setattr(prepare_model, name, lambda request: "")
    with gr.Blocks():
        panel = prepare_model.lay_out(Settings())
    events = prepare_model._Events(panel)
    shown = [step[panel.trouble] async for step in events.on_use("https://example.com/v1", "k", "m", gr.Request())]
    assert "Trying your model" in shown[0]
    assert "does not answer" in shown[1]
