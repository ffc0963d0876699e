"""Mending a misheard answer by the page's handler: the record keeps both, and every view shows the mended words."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house, open_interview
from interviewlab.reports import to_markdown
from interviewlab.settings import Settings
from interviewlab.types import CorrectedEntry, Plan, Utterance, UtteranceEntry
from interviewlab.ui.handlers import interview as handlers
from interviewlab.ui.handlers.views import FeedbackView, InterviewView, Trouble

PLAN = Plan(type="fundamentals", exercises=0, questions=2, seed=3)
HEARD, MEANT = "I would use readies for the session.", "I would use Redis for the session store."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted", is_offline=True)


async def spoken(settings: Settings) -> str:
    async with open_interview(settings, owner="ada", plan=PLAN) as interview:
        await interview.start()
        await interview.reply(Utterance(text=HEARD, source="voice"))
        return interview.id


async def test_correction_is_an_entry_of_its_own_and_the_report_reads_it(settings: Settings) -> None:
    async with open_house(settings):
        interview_id = await spoken(settings)
        view = await handlers.correct(settings, "ada", interview_id, 1, f"  {MEANT}\n")
        assert isinstance(view, InterviewView)
        assert view.transcript.utterances()[1].text == MEANT
        kept = [e for e in view.transcript.entries if isinstance(e, UtteranceEntry | CorrectedEntry)]
        assert [(e.kind, e.text) for e in kept] == [("utterance", HEARD), ("corrected", MEANT)]
        ended = await handlers.finish(settings, "ada", interview_id)
    assert isinstance(ended, FeedbackView)
    quoted = to_markdown(ended.report) + ended.report.model_dump_json()
    assert "readies" not in quoted


@pytest.mark.parametrize(
    ("owner", "turn", "text", "words"),
    [
        ("ada", 1, " \n", "empty"),
        ("ada", 0, MEANT, "no answer to correct"),
        ("ada", 7, MEANT, "no answer to correct"),
        ("eve", 1, MEANT, ""),
    ],
)
async def test_correction_that_cannot_be_made_is_trouble_and_changes_nothing(
    settings: Settings, owner: str, turn: int, text: str, words: str
) -> None:
    async with open_house(settings):
        interview_id = await spoken(settings)
        step = await handlers.correct(settings, owner, interview_id, turn, text)
        view = await handlers.find_interview(settings, "ada", interview_id)
    assert isinstance(step, Trouble)
    assert words in step.sentence
    assert isinstance(view, InterviewView)
    assert view.transcript.utterances()[1].text == HEARD
