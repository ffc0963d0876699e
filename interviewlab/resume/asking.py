"""A language model as reader of a CV: what it proposes is held against the text by ``filling``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from interviewlab.errors import ModelFailed
from interviewlab.llm.prompts import Prompt, fence
from interviewlab.ports import ChatModel
from interviewlab.resume.filling import fill_with_model
from interviewlab.types import Chat, Resume

LONGEST_TEXT = 12_000
"""Characters of a CV that are sent."""
LONGEST_TOKENS = 3000


class _Form(BaseModel):
    """A form that leaves nothing out: what the CV does not say is an empty string or list."""

    model_config = ConfigDict(extra="forbid")


class _Basics(_Form):
    name: str
    label: str
    summary: str


class _Work(_Form):
    name: str
    position: str
    startDate: str  # noqa: N815 as JSON Resume spells it
    endDate: str  # noqa: N815
    summary: str
    highlights: list[str]


class _Education(_Form):
    institution: str
    area: str
    studyType: str  # noqa: N815
    startDate: str  # noqa: N815
    endDate: str  # noqa: N815


class _Project(_Form):
    name: str
    description: str
    keywords: list[str]


class _Volunteer(_Form):
    organization: str
    position: str
    summary: str


class _Skill(_Form):
    name: str
    keywords: list[str]


class _Language(_Form):
    language: str
    fluency: str


class _Award(_Form):
    title: str
    date: str
    awarder: str


class _Interest(_Form):
    name: str
    keywords: list[str]


class Proposal(_Form):
    """Sections of JSON Resume, without contact data."""

    basics: _Basics
    work: list[_Work]
    education: list[_Education]
    projects: list[_Project]
    volunteer: list[_Volunteer]
    skills: list[_Skill]
    languages: list[_Language]
    awards: list[_Award]
    interests: list[_Interest]


async def fill_by_chat(resume: Resume, model: ChatModel, prompt: Prompt) -> Resume:
    """The Resume with what ``model`` found and the text bears out; a model that fails is named among the gaps."""

    async def ask(text: str) -> Mapping[str, Any]:
        chat = Chat(
            system=prompt.fill(schema=", ".join(Proposal.model_fields)),
            user=fence("cv", text[:LONGEST_TEXT]),
            prompt=prompt.label,
            longest_tokens=LONGEST_TOKENS,
        )
        proposal, _ = await model.ask(chat, Proposal)
        found: Mapping[str, Any] = _without_blanks(proposal.model_dump())
        return found

    try:
        return await fill_with_model(resume, ask)
    except ModelFailed as error:
        return resume.model_copy(update={"gaps": (*resume.gaps, f"No language model filled the gaps: {error}")})


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_blanks(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in ("", [], {})}
    if isinstance(value, list):
        return [each for each in map(_without_blanks, value) if each not in ("", [], {})]
    return value
