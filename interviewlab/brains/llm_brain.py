"""A brain that speaks through a language model. One call stands before the first word; of a spoken answer that names
something, between the first words and the others: what was named is taken up while the model still thinks.

The embedded brain understands and decides, which is quick; the first fields of the model's streamed answer may correct
both, within what the rules allow; its text is passed on sentence by sentence, each checked by the guards before anybody
hears it. Whatever goes wrong, the turn is completed by the embedded brain, and the reply says so.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from interviewlab.brains.briefing import Briefing, brief, brief_phrasing
from interviewlab.brains.guards import MOST_SENTENCES, Guards, Watch
from interviewlab.brains.marks import mend
from interviewlab.brains.options import Option, choose, lettered, list_options, words_of
from interviewlab.brains.phrases import Phrasebook
from interviewlab.errors import ModelFailed
from interviewlab.llm.prompts import Prompt
from interviewlab.ports import Brain, ChatModel, PartialForm
from interviewlab.scoring.text import sentences
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Authorship, Decision, TurnContext, Understanding, Usage

NEAR = 0.45
"""Cosine from which a sentence is about the matter; a question of the bank and its rewording lie at 0.53 (median)."""
HELD_BACK = "What the language model was about to say was held back"
NOT_SAID = "The language model did not say what was to be said"


@dataclass(frozen=True)
class Voice:
    """How a model is spoken through: its prompt, and whether it may correct what was understood, or only words it."""

    model: ChatModel
    prompt: Prompt
    may_correct: bool = True


class LlmBrain:
    """``inner`` thinks, the model of ``voice`` speaks; ``interviewer`` is the name where the plan gives none."""

    def __init__(self, inner: Brain, voice: Voice, guards: Guards, interviewer: str) -> None:
        self.name = voice.model.name
        self._inner, self._voice, self._guards, self._interviewer = inner, voice, guards, interviewer

    async def understand(self, context: TurnContext) -> Understanding:
        """As the embedded brain understands."""
        return await self._inner.understand(context)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """As the embedded brain decides."""
        return await self._inner.decide(context, understanding)

    async def speak(
        self, context: TurnContext, understanding: Understanding, decision: Decision
    ) -> AsyncIterator[str | Authorship]:
        """The reply, sentence by sentence, and last who spoke it."""
        bare = decision.model_copy(update={"mention": ""}) if _may_lead(context, understanding, decision) else decision
        may_correct = self._voice.may_correct
        options = await list_options(self._inner, context, understanding, bare, may_correct=may_correct)
        lead = "" if bare is decision else await self._lead(context, understanding, options[0])
        if lead:
            yield lead
        telling = _Telling(self, context, options, lead)
        async for sentence in telling.sentences():
            yield sentence
        yield telling.authorship()

    async def _lead(self, context: TurnContext, understanding: Understanding, option: Option) -> str:
        """A few words that take up what was named, where the reply has room for them and no rule forbids them."""
        recent = context.progress.recent_replies
        book = Phrasebook(context.plan.seed, context.turn, context.plan.persona.manner, recent)
        lead = book.say("take_up", mentioned=understanding.mentioned)
        if len(sentences(option.about)) >= MOST_SENTENCES:
            return ""
        return "" if await asyncio.to_thread(self.watch(context, option).admit, lead) else lead

    def briefing(self, context: TurnContext, options: tuple[Option, ...], begun: str) -> Briefing:
        """What the model is told; ``begun`` was said already."""
        name = self.name_in(context)
        if self._voice.may_correct:
            return brief(self._voice.prompt, name, context, options, begun)
        return brief_phrasing(self._voice.prompt, name, context, options[0], begun)

    def growing(self, briefing: Briefing, options: tuple[Option, ...]) -> AsyncGenerator[PartialForm, None]:
        """The model's answer as it comes."""
        form = _form("".join(letter for letter, _ in lettered(options))) if self._voice.may_correct else Phrasing
        return self._voice.model.stream(briefing.chat, form)

    def watch(self, context: TurnContext, option: Option) -> Watch:
        """The guards over one reply."""
        return self._guards.watch(context, option.decision, self.name_in(context))

    def name_in(self, context: TurnContext) -> str:
        """The interviewer's name in this interview."""
        return context.plan.persona.name or self._interviewer

    async def is_about(self, sentence: str, matter: tuple[str, ...]) -> bool:
        """Whether ``sentence`` says what ``matter`` says."""
        told = [part for text in matter for part in (text, *sentences(text))]
        return await asyncio.to_thread(self._guards.nearest, sentence, told) >= NEAR

    async def embedded(self, option: Option, context: TurnContext) -> list[str]:
        """What the embedded brain says."""
        return list(option.words) or await words_of(self._inner, option, context)

    @property
    def inner_name(self) -> str:
        """Who speaks when the model does not."""
        return self._inner.name


def _may_lead(context: TurnContext, understanding: Understanding, decision: Decision) -> bool:
    """Whether what a spoken answer names, and is to be taken up, can be at once: who waits for a voice waits for a
    sound."""
    is_spoken = context.utterance is not None and context.utterance.source == "voice"
    return is_spoken and bool(decision.mention) and decision.mention == understanding.mentioned


class Phrasing(BaseModel):
    """What a model gives that only words what was decided."""

    model_config = ConfigDict(extra="forbid")
    reply: str = Field(max_length=2000)


@cache
def _form(letters: str) -> type[BaseModel]:
    """What a model gives that may choose; the order of the fields is the order in which they come."""
    return create_model(
        "Turn", __config__=ConfigDict(extra="forbid"), option=(Literal[tuple(letters)], ...), reply=(str, ...)
    )


@dataclass
class _Telling:
    """One reply while it is spoken."""

    brain: LlmBrain
    context: TurnContext
    options: tuple[Option, ...]
    lead: str = ""
    """Was said before the model was asked."""
    said: list[str] = field(default_factory=list)
    """Sentences of the model that were passed on."""
    usage: Usage = field(default_factory=Usage)
    cause: str = ""
    why: str = ""
    is_helped: bool = False
    """The embedded brain said something, or all."""
    first_s: float | None = None
    _has_matter: bool = False

    def __post_init__(self) -> None:
        self._option = self.options[0]
        self._watch: Watch | None = None
        self._briefing = self.brain.briefing(self.context, self.options, self.lead)

    async def sentences(self) -> AsyncIterator[str]:
        """What is said, by whoever can."""
        began = time.monotonic()
        try:
            async with aclosing(self._admitted()) as admitted:
                async for sentence in admitted:
                    self.said.append(sentence)
                    self.first_s = self.first_s or round(time.monotonic() - began, 4)
                    yield sentence
        except ModelFailed as error:
            self.cause, self.why = error.cause, f"{error.what} {error.remedy}".strip()
        for sentence in await self._completion():
            self.is_helped = True
            yield sentence

    def authorship(self) -> Authorship:
        """Who spoke, and what it took."""
        inner, option = self.brain.inner_name, self._option
        names = ([self.brain.name] if self.said else []) + ([inner] if self.is_helped or self.lead else [])
        is_corrected = option is not self.options[0]
        return Authorship(
            brain=" + ".join(names),
            understanding=option.understanding if is_corrected else None,
            decision=option.decision if is_corrected else None,
            fallback=self._fallback() if self.is_helped else "",
            cause=self.cause,
            prompt=self._briefing.chat.prompt,
            usage=self.usage,
            first_sentence_s=self.first_s,
            context=self._briefing.parts,
        )

    def _fallback(self) -> str:
        whose = "completed this turn" if self.said else "spoke in this turn"
        return f"{self.why.rstrip('.')}. The embedded brain {whose}."

    async def _admitted(self) -> AsyncGenerator[str, None]:
        """The model's sentences, each whole and checked; ends where one may not be said."""
        done = 0
        async with aclosing(self.brain.growing(self._briefing, self.options)) as growing:
            async for growth in growing:
                self.usage = growth.usage or self.usage
                for sentence in self._whole_sentences(growth)[done:]:
                    done += 1
                    if not await self._may_be_said(mend(sentence)):
                        return
                    yield mend(sentence)
        if not self._has_matter:
            self.cause, self.why = "off the matter", NOT_SAID

    def _whole_sentences(self, growth: PartialForm) -> list[str]:
        """Those that no further word can change."""
        reply = growth.values.get("reply")
        if not isinstance(reply, str):
            return []
        if self._watch is None:
            self._begin(growth.values)
        found = split_sentences(reply)
        return found if growth.usage is not None else found[:-1]

    def _begin(self, values: Mapping[str, Any]) -> None:
        """The first fields are there: what is done is settled."""
        self._option = choose(self.options, values.get("option"))
        self._watch = self.brain.watch(self.context, self._option)
        if self.lead:
            self._watch.admit(self.lead)  # it counts towards the length; its meaning is at hand

    async def _may_be_said(self, sentence: str) -> bool:
        watch, matter = self._watch, self._option.matter
        if watch is None:
            return False
        is_matter = await self.brain.is_about(sentence, matter)
        asks_else = "?" in sentence and "?" in "".join(matter) and not is_matter
        leaves_no_room = watch.room <= 1 and not (self._has_matter or is_matter)
        if asks_else or leaves_no_room:
            self.cause, self.why = "off the matter", NOT_SAID
            return False
        broken = await asyncio.to_thread(watch.admit, sentence)
        if broken is not None:
            self.cause, self.why = broken, HELD_BACK
            return False
        self._has_matter = self._has_matter or is_matter
        return True

    async def _completion(self) -> list[str]:
        """What is still owed when the model has ended: nothing, the matter, or all of it."""
        if self._has_matter:
            return []
        if not self.said:
            return await self.brain.embedded(self._option, self.context)
        return list(self._option.matter)
