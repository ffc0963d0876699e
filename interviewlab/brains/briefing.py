"""What a language model is told about one turn: ours in the system role, everything else fenced, each part bounded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from interviewlab.brains.course import left_s
from interviewlab.brains.options import Option, lettered
from interviewlab.llm.prompts import Prompt, fence
from interviewlab.types import Chat, ContextPart, TurnContext

LIMITS = {
    "job": 300,
    "situation": 300,
    "asked": 900,
    "options": 2400,
    "last_reply": 500,
    "code": 2400,
    "tests": 400,
    "answer": 2000,
    "say": 500,
    "begun": 200,
}
"""Characters of each part at most; with the prompt, some 3,000 tokens in the worst turn."""
SHORT_ANSWER = 240
"""Characters of the answer where a small model only words what is to be said."""
TEMPERATURE = 0.4
LONGEST_TOKENS = 220
ASKED_KEPT = 6
"""Of the last questions."""


@dataclass(frozen=True)
class Briefing:
    """A question to the model, and what stands in it."""

    chat: Chat
    parts: tuple[ContextPart, ...]


def brief(
    prompt: Prompt, interviewer: str, context: TurnContext, options: tuple[Option, ...], begun: str = ""
) -> Briefing:
    """All that a model may know to choose among ``options`` and to word one; ``begun`` was said of the reply."""
    plan = context.plan
    system = prompt.fill(interviewer=interviewer, type=plan.type, level=plan.level, mode=_mode(context))
    return _briefing(
        prompt, system, [*_surroundings(context), ("options", _listed(options)), *_brought(context), ("begun", begun)]
    )


def brief_phrasing(prompt: Prompt, interviewer: str, context: TurnContext, option: Option, begun: str = "") -> Briefing:
    """What a small model needs to word one option."""
    system = prompt.fill(interviewer=interviewer, mode=_mode(context))
    said = _cut(context.utterance.text, SHORT_ANSWER) if context.utterance else ""
    return _briefing(prompt, system, [("answer", said), ("begun", begun), ("say", option.about)])


def _briefing(prompt: Prompt, system: str, parts: list[tuple[str, str]]) -> Briefing:
    given = [(name, text, _cut(text, LIMITS[name])) for name, text in parts if text]
    chat = Chat(
        system=system,
        user="\n".join(fence(name, cut) for name, _, cut in given),
        prompt=prompt.label,
        temperature=TEMPERATURE,
        longest_tokens=LONGEST_TOKENS,
    )
    listed = [ContextPart(name="system", characters=len(system), given=len(system))]
    listed += [ContextPart(name=name, characters=len(text), given=len(cut)) for name, text, cut in given]
    return Briefing(chat, tuple(listed))


def _mode(context: TurnContext) -> str:
    return "practice" if context.plan.is_practice else "real"


def _surroundings(context: TurnContext) -> Iterator[tuple[str, str]]:
    plan, progress = context.plan, context.progress
    yield "job", "\n".join(each for each in (plan.role, plan.persona.role, plan.persona.company) if each)
    yield (
        "situation",
        f"phase {progress.phase}; manner {plan.persona.manner}; about {left_s(context) / 60:.0f} minutes left",
    )
    yield "asked", "\n".join(progress.recent_questions[-ASKED_KEPT:])
    yield "last_reply", progress.last_reply.text if progress.last_reply else ""


def _brought(context: TurnContext) -> Iterator[tuple[str, str]]:
    """What the candidate brought, last, where a model minds it most."""
    if context.submission is not None:
        yield "code", context.submission.code
    if context.result is not None:
        failed = sorted({test.category or "a test" for test in context.result.tests if not test.passed})
        told = f"{context.result.outcome}; {context.result.passed} of {len(context.result.tests)} tests passed"
        yield "tests", f"{told}; failing: {', '.join(failed)}" if failed else told
    if context.utterance is not None:
        yield "answer", context.utterance.text


def _listed(options: tuple[Option, ...]) -> str:
    """One JSON object a line: text inside cannot leave its string."""
    rows = [
        {"option": letter, "meant": option.understanding.intent, "move": option.move, "about": option.about}
        | ({"default": True} if option is options[0] else {})
        for letter, option in lettered(options)
    ]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _cut(text: str, limit: int) -> str:
    """Beginning and end: the end of an answer often says what is wanted."""
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return f"{text[:head]} […] {text[-(limit - head - 5) :]}"
