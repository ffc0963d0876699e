"""The CV and job of the Prepare place: the shelf, what was understood, and its correction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from interviewlab.resume.correcting import Form
from interviewlab.ui.handlers import papers as handlers
from interviewlab.ui.handlers import shelf
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.owner import let_go, owner_of
from interviewlab.ui.pages.closing import OpenPlaces
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.prepare_form import FIELDS, TABLES, Table, form_of, lay_out_line, lay_out_table, rows_of
from interviewlab.ui.pages.shell import Kept, Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import busy, notice, tag
from interviewlab.ui.presenters.papers import (
    to_form_title,
    to_label,
    to_paper_choices,
    to_table_label,
    to_understood,
)

LONGEST = shelf.LONGEST_NAME
CHOOSE = "Choose a CV first."
CHOOSE_JOB = "Choose a job from the list first."
NO_CV = "None: a general interview"
KEPT = "Kept on your shelf. Please check what was understood of it, below."
NOT_UNDERSTOOD = (
    "Kept on your shelf, but no job, project or skill was found in it. Fill them in below, or give another file."
)
JOB_KEPT = "The job is read into the box, and kept here."


@dataclass(frozen=True)
class CvPanel:
    """The components that show and change papers."""

    upload: gr.File
    resume: gr.Dropdown
    job: gr.Textbox
    job_file: gr.File
    notice: gr.HTML
    form: gr.Accordion
    understood: gr.HTML
    title: gr.Textbox
    lines: tuple[gr.Textbox, ...]
    skills: gr.Textbox
    tables: tuple[gr.Dataframe, ...]
    save: gr.Button
    prefer: gr.Button
    delete: gr.Button
    sure: gr.Row
    asked: gr.HTML
    asked_about: gr.State
    """The CV that a confirmation deletes, whatever has been chosen since."""
    delete_now: gr.Button
    keep: gr.Button
    kept_job: gr.Dropdown
    jobs: gr.Row
    job_delete: gr.Button
    job_sure: gr.Row
    job_asked: gr.HTML
    job_asked_about: gr.State
    job_delete_now: gr.Button
    job_keep: gr.Button
    job_naming: gr.Row
    """Shown while a job of the list is chosen."""
    job_name: gr.Textbox
    job_rename: gr.Button

    @property
    def filled_in(self) -> list[Any]:
        """The form's components, in the order ``_form`` takes their values."""
        return [self.title, *self.lines, self.skills, *self.tables]

    @property
    def outputs(self) -> list[Any]:
        """What any event here may change."""
        shown = [
            self.upload,
            self.resume,
            self.kept_job,
            self.jobs,
            self.job_sure,
            self.job_asked,
            self.job_asked_about,
            self.job_naming,
            self.job_name,
            self.job,
            self.job_file,
            self.notice,
            self.form,
            self.understood,
            self.sure,
            self.asked,
            self.asked_about,
        ]
        return [*shown, *self.filled_in]


def lay_out() -> CvPanel:
    """Build the panel inside the current column."""
    upload = gr.File(label="Your CV: PDF, DOCX, ODT, RTF, text, Markdown or JSON Resume", height=110, elem_id="cv")
    resume = gr.Dropdown([], label="A CV you keep here", visible=False, elem_id="kept-cv")
    message = gr.HTML(elem_id="cv-notice")
    with gr.Accordion(to_form_title(Form()), open=False, visible=False, elem_id="cv-form") as form:
        understood = gr.HTML(elem_id="cv-understood")
        title = gr.Textbox(label="Name of this CV on your shelf", max_lines=1, max_length=LONGEST, elem_id="cv-title")
        lines = tuple(lay_out_line(field) for field in FIELDS)
        skills = gr.Textbox(label="Skills, with commas between them", lines=4, elem_id="cv-skills")
        tables = tuple(lay_out_table(section) for section in TABLES)
        with gr.Row(elem_classes="il-actions"):
            save = gr.Button("Save my corrections", variant="primary", min_width=110, elem_id="cv-save")
            prefer = gr.Button("Use by default", min_width=110, elem_id="cv-default")
            delete = gr.Button("Delete", variant="stop", min_width=110, elem_id="cv-delete")
        with gr.Row(visible=False, elem_classes="il-actions il-sure") as sure:
            asked, asked_about = gr.HTML(), gr.State()
            delete_now = gr.Button("Delete it now", variant="stop", min_width=110, elem_id="cv-delete-now")
            keep = gr.Button("Keep it", min_width=110)
    kept_jobs = _lay_out_jobs()
    job = gr.Textbox(
        label="The job, as advertised",
        placeholder="Paste the advertisement here",
        lines=3,
        max_lines=10,
        elem_id="job",
    )
    job_file = gr.File(label="or the job as a file", height=90, elem_id="job-file")
    return CvPanel(
        *(upload, resume, job, job_file, message, form, understood, title, lines, skills, tables),
        *(save, prefer, delete, sure, asked, asked_about, delete_now, keep),
        **kept_jobs,
    )


def _lay_out_jobs() -> dict[str, Any]:
    with gr.Row(visible=False, elem_classes="il-actions il-kept") as jobs:
        kept_job = gr.Dropdown([], label="A job you keep here", elem_id="kept-job", min_width=200)
        job_delete = gr.Button("Delete this job", variant="stop", size="sm", min_width=110, elem_id="job-delete")
    with gr.Row(visible=False, elem_classes="il-actions il-kept") as naming:
        name = gr.Textbox(
            label="Name of this job on your shelf", max_lines=1, max_length=LONGEST, min_width=200, elem_id="job-name"
        )
        rename = gr.Button("Save the name", size="sm", min_width=110, elem_id="job-rename")
    with gr.Row(visible=False, elem_classes="il-actions il-sure") as job_sure:
        job_asked, job_asked_about = gr.HTML(), gr.State()
        job_delete_now = gr.Button("Delete it now", variant="stop", min_width=110, elem_id="job-delete-now")
        job_keep = gr.Button("Keep it", min_width=110, elem_id="job-keep")
    return {
        "kept_job": kept_job,
        "jobs": jobs,
        "job_delete": job_delete,
        "job_sure": job_sure,
        "job_asked": job_asked,
        "job_asked_about": job_asked_about,
        "job_delete_now": job_delete_now,
        "job_keep": job_keep,
        "job_naming": naming,
        "job_name": name,
        "job_rename": rename,
    }


def wire(panel: CvPanel, shell: Shell, interview: InterviewPage, feedback: FeedbackPage) -> None:
    """Join events and handlers."""
    events = _Events(panel, shell, OpenPlaces(shell, interview, feedback))
    everything = [*panel.outputs, *interview.outputs, *feedback.outputs, shell.kept]
    panel.upload.upload(events.on_upload, panel.upload, panel.outputs, **quiet())
    panel.resume.input(events.on_open, panel.resume, panel.outputs, **quiet())
    panel.resume.input(lambda: gr.Row(visible=False), None, panel.sure, **quiet(queue=False))
    panel.save.click(events.on_save, [panel.resume, *panel.filled_in], panel.outputs, **quiet())
    panel.prefer.click(events.on_prefer, panel.resume, panel.outputs, **quiet())
    panel.delete.click(events.on_ask, panel.resume, panel.outputs, **quiet()).then(fn=None, js=focus("#cv-delete-now"))
    panel.keep.click(lambda: gr.Row(visible=False), None, panel.sure, **quiet()).then(fn=None, js=focus("#cv-delete"))
    panel.delete_now.click(events.on_delete, [panel.asked_about, shell.kept, feedback.shown], everything, **quiet())
    panel.job_file.upload(events.on_job, panel.job_file, panel.outputs, **quiet())
    panel.kept_job.input(events.on_open_job, panel.kept_job, panel.outputs, **quiet())
    panel.kept_job.input(lambda: gr.Row(visible=False), None, panel.job_sure, **quiet(queue=False))
    gr.on(
        [panel.job_rename.click, panel.job_name.submit],
        events.on_rename_job,
        [panel.kept_job, panel.job_name],
        panel.outputs,
        **quiet(),
    )
    panel.job_delete.click(events.on_ask_job, panel.kept_job, panel.outputs, **quiet()).then(
        fn=None, js=focus("#job-delete-now", "#kept-job input")
    )
    panel.job_keep.click(lambda: gr.Row(visible=False), None, panel.job_sure, **quiet()).then(
        fn=None, js=focus("#job-delete")
    )
    asked_about = [panel.job_asked_about, shell.kept, feedback.shown]
    panel.job_delete_now.click(events.on_delete_job, asked_about, everything, **quiet())


async def show_papers(panel: CvPanel, shell: Shell, owner: str, chosen: str = "") -> Updates:
    """What is on the shelf, with this CV chosen, else the default."""
    papers = await handlers.list_papers(shell.settings, owner)
    if isinstance(papers, Trouble):
        return {panel.notice: notice(papers.sentence)}
    return {**_resumes(panel, papers, chosen or _default(papers)), **_jobs(panel, papers)}


async def open_shelf(panel: CvPanel, shell: Shell, owner: str) -> Updates:
    """The same with the form of the default CV: it is chosen already, and could not be chosen again to be seen."""
    papers = await handlers.list_papers(shell.settings, owner)
    if isinstance(papers, Trouble):
        return {panel.notice: notice(papers.sentence)}
    default = _default(papers)
    shown = {**_resumes(panel, papers, default), **_jobs(panel, papers)}
    view = await handlers.open_resume(shell.settings, owner, default) if default else None
    return {**shown, **filled(panel, view)} if isinstance(view, handlers.ResumeView) else shown


def is_empty(form: Form) -> bool:
    """Whether nothing was understood that a question could be made from."""
    return not (form.work or form.projects or form.skills.strip())


def empty(panel: CvPanel) -> Updates:
    """Nothing on the shelf, nothing filled in."""
    nothing = handlers.Papers()
    left = {panel.upload: None, panel.job: "", panel.form: gr.Accordion(visible=False), panel.notice: ""}
    return {**_resumes(panel, nothing, ""), **_jobs(panel, nothing), **left}


def _default(papers: handlers.Papers) -> str:
    return next((record.id for record in papers.resumes if record.is_default), "")


def _resumes(panel: CvPanel, papers: handlers.Papers, chosen: str) -> Updates:
    choices = [(NO_CV, ""), *to_paper_choices(papers.resumes)]
    return {panel.resume: gr.Dropdown(choices, value=chosen, visible=bool(papers.resumes))}


def _jobs(panel: CvPanel, papers: handlers.Papers, chosen: str | None = None) -> Updates:
    name = next((record.name for record in papers.jobs if record.id == chosen), "")
    return {
        panel.job_naming: gr.Row(visible=bool(name)),
        panel.job_name: name,
        panel.kept_job: gr.Dropdown(to_paper_choices(papers.jobs), value=chosen),
        panel.jobs: gr.Row(visible=bool(papers.jobs)),
        panel.job_sure: gr.Row(visible=False),
    }


@dataclass(frozen=True)
class _Events:
    panel: CvPanel
    shell: Shell
    places: OpenPlaces

    async def on_upload(self, path: str | None, request: gr.Request) -> Any:
        """Read the upload, keep it, show what was understood."""
        yield {self.panel.notice: busy("Reading your CV…")}
        if path:
            view = await handlers.add_resume(self.shell.settings, owner_of(request), Path(path))
            if isinstance(view, Trouble):
                yield self._trouble(view)  # it stays, and an interview may be begun with it
            else:
                let_go(path, request)
                shown = await self._show(view, request, NOT_UNDERSTOOD if is_empty(view.form) else KEPT)
                yield {**shown, self.panel.upload: None}

    async def on_open(self, resume_id: str | None, request: gr.Request) -> Updates:
        """Show a CV of the shelf."""
        if not resume_id:
            return {self.panel.form: gr.Accordion(visible=False)}
        view = await handlers.open_resume(self.shell.settings, owner_of(request), resume_id)
        return await self._show(view, request, "")

    async def on_save(
        self,
        resume_id: str | None,
        title: str,
        name: str,
        label: str,
        email: str,
        phone: str,
        url: str,
        location: str,
        summary: str,
        skills: str,
        work: Table,
        education: Table,
        projects: Table,
        request: gr.Request,
    ) -> Updates:
        """Keep the corrections."""
        if not resume_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        texts = (name, label, email, phone, url, location, summary, skills)
        form = form_of([*texts, work, education, projects])
        view = await handlers.correct_resume(self.shell.settings, owner_of(request), resume_id, form, title.strip())
        return await self._show(view, request, "Your corrections are saved.")

    async def on_prefer(self, resume_id: str | None, request: gr.Request) -> Updates:
        """Take this CV by default."""
        if not resume_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        trouble = await handlers.choose_resume(self.shell.settings, owner_of(request), resume_id)
        return await self._after(trouble, request, "This CV is taken by default.")

    async def on_ask(self, resume_id: str | None, request: gr.Request) -> Updates:
        """Say what would go with it."""
        if not resume_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        count = await handlers.count_made_from(self.shell.settings, owner_of(request), resume_id)
        if isinstance(count, Trouble):
            return {self.panel.notice: notice(count.sentence)}
        asked = tag("p", f"Delete this CV{_made(count)} for good?")
        return {self.panel.sure: gr.Row(visible=True), self.panel.asked: asked, self.panel.asked_about: resume_id}

    async def on_delete(self, resume_id: str | None, kept: Kept, shown: str, request: gr.Request) -> Updates:
        """Delete it with what was made from it, and clear the places where that was open."""
        if not resume_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        trouble = await handlers.delete_resume(self.shell.settings, owner_of(request), resume_id)
        said = await self._after(trouble, request, "The CV is deleted.", is_gone=True)
        return {**said, **await self._close(kept, shown, request)}

    async def on_job(self, path: str | None, request: gr.Request) -> AsyncIterator[Updates]:
        """Read a job from a file into the box, and keep it."""
        if path:
            yield {self.panel.notice: busy("Reading the job…")}
            yield await self._read_job(path, request)

    async def _read_job(self, path: str, request: gr.Request) -> Updates:
        found = await handlers.add_job(self.shell.settings, owner_of(request), Path(path))
        let_go(path, request)
        if isinstance(found, Trouble):
            return self._trouble(found)
        papers = await handlers.list_papers(self.shell.settings, owner_of(request))
        if isinstance(papers, Trouble):
            return {self.panel.notice: notice(papers.sentence)}
        shown: Updates = {self.panel.job: found.job.text, self.panel.job_file: None}
        return {**_jobs(self.panel, papers, found.id), **shown, self.panel.notice: notice(JOB_KEPT, "hint")}

    async def on_open_job(self, job_id: str | None, request: gr.Request) -> Updates:
        """Put a kept job into the box."""
        papers = await handlers.list_papers(self.shell.settings, owner_of(request))
        if isinstance(papers, Trouble):
            return {self.panel.notice: notice(papers.sentence)}
        texts = [record.job.text for record in papers.jobs if record.id == job_id]
        return {**_jobs(self.panel, papers, job_id), self.panel.job: texts[0]} if texts else {}

    async def on_rename_job(self, job_id: str | None, name: str, request: gr.Request) -> Updates:
        """Keep it under another name."""
        if not job_id:
            return {self.panel.notice: notice(CHOOSE_JOB, "hint")}
        trouble = await handlers.rename_job(self.shell.settings, owner_of(request), job_id, name)
        papers = trouble or await handlers.list_papers(self.shell.settings, owner_of(request))
        if isinstance(papers, Trouble):
            return self._trouble(papers)
        return {**_jobs(self.panel, papers, job_id), self.panel.notice: notice("The job is renamed.", "hint")}

    async def on_ask_job(self, job_id: str | None, request: gr.Request) -> Updates:
        """Say what would go with this job."""
        if not job_id:
            return {self.panel.notice: notice(CHOOSE_JOB, "hint")}
        count = await handlers.count_made_from(self.shell.settings, owner_of(request), job_id)
        if isinstance(count, Trouble):
            return {self.panel.notice: notice(count.sentence)}
        asked = tag("p", f"Delete this job{_made(count)} for good?")
        shown: Updates = {self.panel.job_sure: gr.Row(visible=True), self.panel.job_asked: asked, self.panel.notice: ""}
        return {**shown, self.panel.job_asked_about: job_id}

    async def on_delete_job(self, job_id: str | None, kept: Kept, shown: str, request: gr.Request) -> Updates:
        """Delete it with what was made for it, and clear the places where that was open."""
        if not job_id:
            return {self.panel.notice: notice(CHOOSE_JOB, "hint")}
        trouble = await handlers.delete_job(self.shell.settings, owner_of(request), job_id)
        papers = trouble or await handlers.list_papers(self.shell.settings, owner_of(request))
        closed = await self._close(kept, shown, request)
        if isinstance(papers, Trouble):
            return {**self._trouble(papers), **closed}
        return {**_jobs(self.panel, papers), self.panel.notice: notice("The job is deleted.", "hint"), **closed}

    async def _close(self, kept: Kept, shown: str, request: gr.Request) -> Updates:
        opened = {kept.get("interview_id", ""), shown} - {""}
        gone = await shelf.list_gone(self.shell.settings, owner_of(request), opened)
        return self.places.close(gone, kept, shown)

    async def _show(self, view: handlers.ResumeView | Trouble, request: gr.Request, sentence: str) -> Updates:
        if isinstance(view, Trouble):
            return self._trouble(view)
        listed = await show_papers(self.panel, self.shell, owner_of(request), chosen=view.record.id)
        return {**listed, **filled(self.panel, view), self.panel.notice: notice(sentence, "hint")}

    async def _after(
        self, trouble: Trouble | None, request: gr.Request, sentence: str, *, is_gone: bool = False
    ) -> Updates:
        if trouble:
            return self._trouble(trouble)
        said = {self.panel.notice: notice(sentence, "hint")}
        if not is_gone:
            return {**await show_papers(self.panel, self.shell, owner_of(request)), **said}
        closed = {self.panel.form: gr.Accordion(visible=False), self.panel.sure: gr.Row(visible=False)}
        return {**closed, **await open_shelf(self.panel, self.shell, owner_of(request)), **said}

    def _trouble(self, trouble: Trouble) -> Updates:
        warn(trouble.sentence)
        return {self.panel.notice: notice(trouble.sentence)}


def filled(panel: CvPanel, view: handlers.ResumeView) -> Updates:
    """The form with this CV, doubtful fields marked."""
    form = view.form
    texts = {
        box: gr.Textbox(value=getattr(form, field), label=to_label(field, form))
        for field, box in zip(FIELDS, panel.lines, strict=True)
    }
    tables = {
        table: gr.Dataframe(value=rows_of(getattr(form, section), section), label=to_table_label(section, form))
        for section, table in zip(TABLES, panel.tables, strict=True)
    }
    return {
        panel.form: gr.Accordion(to_form_title(form), visible=True),
        panel.understood: to_understood(view.record.resume, form),
        panel.title: view.record.name,
        panel.skills: form.skills,
        panel.sure: gr.Row(visible=False),
        **texts,
        **tables,
    }


def _made(count: int) -> str:
    return f" and the {labels.count(count, 'interview')} made from it" if count else ""
