"""A language model reads the interview beside the embedded judge and adds words; it moves no score.

It is asked several times; each axis tells the median level and the spread. What it says counts only beside a quote that
is found, letter by letter, in the turn it names. What was addressed to the grader is taken out before it reads, and a
call that fails is a gap with its reason, never a number.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median_low
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from interviewlab.errors import ModelFailed
from interviewlab.llm.prompts import Prompt, fence
from interviewlab.ports import ChatModel
from interviewlab.scoring.addressed import blank_code
from interviewlab.scoring.case import sift_answers
from interviewlab.scoring.evidence import EvidenceCheck
from interviewlab.types import (
    AXES,
    AxisName,
    AxisScore,
    Chat,
    Gap,
    Question,
    QuoteEvidence,
    Rubric,
    Scorecard,
    Transcript,
    Usage,
)

SAMPLES = 3
TEMPERATURE = 0.7
LONGEST_TOKENS = 1800
LONGEST_TURN = 1500
LONGEST_READ = 24_000
"""Characters of one turn and of all of them that are read."""
MOST_WORDS = 3
LONGEST_WORD = 240
"""Remarks of a kind on one axis, and characters of each."""
OPINION = "the language model's opinion"
"""What a gap is about where calls failed."""
_Card = TypeVar("_Card", bound=Scorecard)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Quote(_Form):
    """The candidate's words and where they stand."""

    turn: int
    quote: str


class AxisOpinion(_Form):
    """What one sample says of one axis."""

    axis: AxisName
    level: int | None = Field(ge=1, le=5)
    reason: str
    quotes: list[Quote]
    strengths: list[str]
    weaknesses: list[str]
    advice: list[str]


class Opinion(_Form):
    """What one sample says."""

    axes: list[AxisOpinion]


class ModelJudge:
    """Asks ``model`` ``samples`` times about an interview that the embedded judge has scored."""

    def __init__(self, model: ChatModel, prompt: Prompt, samples: int = SAMPLES) -> None:
        self.name = model.name
        self.used = Usage()
        """What the answers of the last review took; a call that failed is not in it."""
        self._model, self._prompt, self._samples = model, prompt, samples

    @property
    def version(self) -> str:
        """Another for whatever may change what is said: model, prompt, samples."""
        text = hashlib.sha256(self._prompt.text.encode()).hexdigest()[:12]
        return f"{self.name}, {self._prompt.label} {text}, {self._samples} samples"

    async def review(
        self, card: _Card, transcript: Transcript, rubric: Rubric, questions: Mapping[str, Question]
    ) -> _Card:
        """``card`` with the model's words, or with a gap that says why there are none."""
        self.used = Usage()
        said, _ = sift_answers(transcript, questions)
        spoken = {turn: each.text for turn, each in said.items()}
        code = {entry.turn: blank_code(entry.code) for entry, _ in transcript.submissions()}
        told, left_out = _to_text(transcript, spoken, code)
        if not told:
            return card
        opinions, failures = await self._opinions(rubric, told)
        gaps = [Gap(what="a part of the interview", why=left_out)] if left_out else []
        gaps += [Gap(what=OPINION, why=_why(failures, self._samples))] if failures else []
        check = EvidenceCheck(transcript)
        read = {turn: (spoken.get(turn, ""), code.get(turn, "")) for turn in {*spoken, *code}}
        axes = {name: self._axis(axis, _about(opinions, name), check, read) for name, axis in card.axes.items()}
        judge = f"{card.judge} + {self.name}" if opinions else card.judge
        return card.model_copy(update={"axes": axes, "judge": judge, "gaps": (*card.gaps, *gaps)})

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()

    async def _opinions(self, rubric: Rubric, told: str) -> tuple[list[Opinion], list[ModelFailed]]:
        chat = Chat(
            system=self._prompt.fill(axes=_anchors(rubric)),
            user=told,
            prompt=self._prompt.label,
            temperature=TEMPERATURE if self._samples > 1 else 0.0,
            longest_tokens=LONGEST_TOKENS,
        )
        asked = [self._model.ask(chat, Opinion) for _ in range(self._samples)]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, ModelFailed):
                raise answer
        given = [answer for answer in answers if not isinstance(answer, BaseException)]
        self.used = sum((usage for _, usage in given), Usage())
        return [opinion for opinion, _ in given], [answer for answer in answers if isinstance(answer, ModelFailed)]

    def _axis(
        self, axis: AxisScore, opinions: Sequence[AxisOpinion], check: EvidenceCheck, read: Mapping[int, Sequence[str]]
    ) -> AxisScore:
        """The axis with what was said of it by the sample in the middle; its score stays as it was."""
        shown = [(each, quotes) for each in opinions if (quotes := _quotes(each, check, read)) and each.level]
        levels = sorted(each.level for each, _ in shown if each.level)
        if not levels:
            return axis
        middle = median_low(levels)
        opinion, quotes = next((each, quotes) for each, quotes in shown if each.level == middle)
        spread = f"{levels[0]}" if levels[0] == levels[-1] else f"{levels[0]} to {levels[-1]}"
        of = f"{len(levels)} of {self._samples} samples"
        reason = f"{axis.reason} The language model reads level {middle} ({of}, {spread}); it moves no score."
        return axis.model_copy(
            update={
                "reason": reason,
                "evidence": tuple(dict.fromkeys((*axis.evidence, *quotes))),
                "strengths": _joined(axis.strengths, opinion.strengths),
                "weaknesses": _joined(axis.weaknesses, opinion.weaknesses),
                "advice": _joined(axis.advice, opinion.advice),
            }
        )


def _about(opinions: Iterable[Opinion], name: AxisName) -> list[AxisOpinion]:
    return [axis for opinion in opinions for axis in opinion.axes if axis.axis == name]


def _quotes(opinion: AxisOpinion, check: EvidenceCheck, read: Mapping[int, Sequence[str]]) -> tuple[QuoteEvidence, ...]:
    """Those that are there; text addressed to the grader was blanked out of what was ``read`` and cannot be quoted."""
    quotes = [QuoteEvidence(turn=each.turn, quote=each.quote) for each in opinion.quotes if each.quote.strip()]
    held = [each for each in quotes if check.holds(each)]
    return tuple(each for each in held if any(each.quote in text for text in read.get(each.turn, ())))


def _joined(before: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    fresh = [text.strip()[:LONGEST_WORD] for text in more if text.strip()][:MOST_WORDS]
    return tuple(dict.fromkeys((*before, *fresh)))


def _anchors(rubric: Rubric) -> str:
    """The axes as ours: from the rubric, which is no stranger's text."""
    return "\n".join(
        f"{name}: {axis.description} " + " ".join(f"{n}: {text}" for n, text in enumerate(axis.anchors, 1))
        for name, axis in rubric.axes.items()
        if name in AXES
    )


def _to_text(transcript: Transcript, said: Mapping[int, str], code: Mapping[int, str]) -> tuple[str, str]:
    """Every turn between its own marks, and what did not fit, in a sentence."""
    parts, whole, given = [], 0, 0
    for name, text in _turns(transcript, said, code):
        whole += len(text)
        room = min(LONGEST_TURN, max(0, LONGEST_READ - given))
        if text[:room]:
            parts.append(fence(name, text[:room]))
            given += len(text[:room])
    left_out = f"The language model read {given:,} of {whole:,} characters." if given < whole else ""
    return "\n".join(parts) if any(said.values()) else "", left_out


def _turns(transcript: Transcript, said: Mapping[int, str], code: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    replies = transcript.replies()
    results = {entry.turn: result for entry, result in transcript.submissions()}
    for turn in sorted({*replies, *said, *code}):
        if turn in said:
            yield f"candidate_turn_{turn}", said[turn]
        if turn in code:
            yield f"code_turn_{turn}", code[turn]
            if (result := results[turn]) is not None:
                yield f"tests_turn_{turn}", f"{result.passed} of {len(result.tests)} passed"
        if turn in replies:
            yield f"interviewer_turn_{turn}", replies[turn].text


def _why(failures: Sequence[ModelFailed], samples: int) -> str:
    told = "; ".join(dict.fromkeys(error.what.rstrip(".") for error in failures))
    return f"{len(failures)} of {samples} questions to it failed: {told}. Judge again to try again."
