"""The embedded brain: no language model, the same words for the same seed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

from interviewlab.brains import policy
from interviewlab.brains.already_told import already_told, answers
from interviewlab.brains.asking_back import (
    MOST_BEFORE,
    asks_approval,
    asks_count,
    asks_size,
    asks_size_of_each,
    before_questions,
    is_guess,
    is_list_of_questions,
    last_question,
    may_be_guess,
)
from interviewlab.brains.claims import find_claim
from interviewlab.brains.guards import Guards
from interviewlab.brains.haste import find_minutes_left
from interviewlab.brains.intents import REQUESTS, Wanted, aside_of, find_wanted
from interviewlab.brains.mention import MentionFinder
from interviewlab.brains.own_questions import AN_ANSWER, asks_meaning, find_own_question
from interviewlab.brains.phrases import find_topic, is_elsewhere
from interviewlab.brains.reading_ahead import ReadingAhead
from interviewlab.brains.said_before import minds_repeating
from interviewlab.brains.second_thoughts import has_second_thoughts
from interviewlab.brains.situation import asks_for_a_rule, is_before_code, is_code_open, probed_point
from interviewlab.brains.threads import with_threads
from interviewlab.brains.versions import find_contrary, worth_keeping
from interviewlab.brains.wishes import form
from interviewlab.brains.wording import Wording
from interviewlab.questions.bank import Bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.mistaken import find_mistaken
from interviewlab.scoring.retraction import drop_retracted
from interviewlab.scoring.stories import STORIES
from interviewlab.scoring.text import sentences, stems, words
from interviewlab.types import NOT_AN_ANSWER, Aside, Assessment, Decision, Question, TurnContext, Understanding

ANSWERS_PROBE = "it answers what was asked last, and makes none of the key points"
TELLING_STEM = 4
"""Letters of a word of a cue that tells something by itself."""
_ON_THE_TASK: tuple[Aside | None, ...] = (None, "detail", "scale", "tools", "targets", "offer")
"""Asides of a question that is about the exercise, or may be."""
_OF_MARKS = re.compile(r"\b(?:scor|grad|mark|rat(?:e|ing)|point|right|wrong|good|well|report|feedback)", re.IGNORECASE)
_OPEN_ASIDES = (None, "detail", "chat", "course", "ask back", "scale", "targets")
_REFUSED = re.compile(r"\bno hint\b|\ball the hints\b")


class BankBrain:
    """Understands by a model of words and embeddings, decides by a policy, speaks from the bank."""

    name = "bank"

    def __init__(
        self, bank: Bank, grader: AnswerGrader, guards: Guards, interviewer: str, names: Iterable[str]
    ) -> None:
        self._bank = bank
        self._guards = guards
        self._grader = grader
        self._interviewer = interviewer
        cues = {cue for q in bank.questions for point in q.key_points for cue in point.cues if " " in cue}
        skills = {skill for question in bank.questions for skill in question.skills}
        self._mentions = MentionFinder(names, cues | skills)
        self.ahead = ReadingAhead(grader, guards)

    async def understand(self, context: TurnContext) -> Understanding:
        """What the candidate wants and what the answer covers."""
        if context.utterance is None or context.wants_end:
            return Understanding(intent="none", confidence=1.0)
        with self.ahead.turn():
            return await asyncio.to_thread(self._understand, context, context.utterance.text)

    def _understand(self, context: TurnContext, said: str) -> Understanding:
        asked = _asked(context)
        wanted = _in_place(context, asked, said, find_wanted(said, asked, self._grader.reader))
        wanted = self._with_guess(context, wanted, said)
        wanted, own_question = _with_own_question(context, said, wanted)
        is_asked_back = wanted.intent == "clarify" and asks_meaning(said)
        wanted = replace(wanted, is_answer=True) if is_asked_back else wanted
        answer = self._assess(context, wanted, said)
        makes_a_point = answer is not None and bool(answer.found)
        if makes_a_point and wanted.answer == said and not _is_plain_request(wanted) and not is_asked_back:
            # Words that make a point of the question answer it, whatever else they sound like.
            wanted = replace(wanted, intent="none", confidence=1.0, signals=(), second=None, aside=None)
        is_asked_well = makes_a_point and _asks_what_is_needed(context, wanted)
        is_request = _is_request(wanted) and not (makes_a_point and (wanted.answer != said or is_asked_back))
        is_said = makes_a_point or (wanted.is_answer and wanted.intent == "none")
        still_said = drop_retracted(said)
        own = "" if is_request or not _tells_of_own(context) else still_said.kept
        return Understanding(
            intent=wanted.intent,
            confidence=wanted.confidence,
            signals=wanted.signals,
            second=wanted.second,
            aside=own_question or wanted.aside,
            topic=_find_topic(wanted, said),
            assessment=_no_answer(context) if is_request and not is_asked_well else answer,
            minutes_left=None if is_said or "hold" in wanted.signals else find_minutes_left(said),
            retracts=not is_request and still_said.is_whole,
            reaches_back=not is_request and still_said.reaches_back,
            wavers=not is_request and _tells_of_own(context) and has_second_thoughts(said),
            mistaken=self._mistaken(context, answer, wanted),
            told=worth_keeping(own),
            told_already=self._told_already(context, answer, is_request=is_request, said=wanted.answer),
            versions=_versions(context, own),
            claim=find_claim(own),
            mentioned="" if is_request else self._mentions.find(said, not_in=f"{asked} {_text_of(context.question)}"),
        )

    def _with_guess(self, context: TurnContext, wanted: Wanted, said: str) -> Wanted:
        """An answer put as a question is one: where it says that it is a guess, or makes the point asked for."""
        if wanted.intent != "clarify" or context.question is None or (REQUESTS - {"repeat"}) & set(wanted.signals):
            return wanted
        if _tells_of_own(context) or (is_before_code(context) and not context.progress.probes):
            return wanted
        if wanted.aside not in _ON_THE_TASK:
            return wanted
        is_meant = may_be_guess(said) and self._makes_point(context, context.question, said)
        is_open = context.question.area == "design" and probed_point(context) is None  # "something like Twitter?"
        is_said_so = (is_guess(said) and not is_open) or (is_code_open(context) and may_be_guess(said))
        if not is_meant and (not is_said_so or "repeat" in wanted.signals):
            return wanted
        others = tuple(signal for signal in wanted.signals if not is_meant or signal not in ("dont_know", "repeat"))
        return replace(
            wanted, intent="none", confidence=1.0, signals=others, second=None, is_answer=True, answer=said, aside=None
        )

    def _makes_point(self, context: TurnContext, question: Question, said: str) -> bool:
        """Whether what was asked for is found: the point of the last follow-up, or any of a question just put."""
        found = {hit.key_point for hit in self._grader.assess(question, said, context.turn).found}
        point = probed_point(context)
        if point is None:
            return bool(found) and form(last_question(said)).startswith("form plain")
        asked = set(stems(f"{question.text} {point.follow_up}"))
        cues = {stem for cue in point.cues for stem in stems(cue) if len(stem) >= TELLING_STEM} - asked
        has_cue = bool(cues & set(stems(last_question(said))))
        return point.id in found or has_cue or answers(self._grader.reader, point, said)

    def _told_already(
        self, context: TurnContext, answer: Assessment | None, *, is_request: bool, said: str
    ) -> tuple[str, ...]:
        """Of an answer on the matter, with nothing wrong in it: which follow-ups it leaves nothing to ask."""
        if context.question is None or is_request or answer is None:
            return ()
        if answer.misconceptions or not answer.is_on_topic:
            return ()
        return already_told(self._grader.reader, context.question, said)

    def _mistaken(self, context: TurnContext, answer: Assessment | None, wanted: Wanted) -> str:
        """Looked for only where the grader found something wrong."""
        if context.question is None or answer is None or not answer.misconceptions:
            return ""
        return find_mistaken(self._grader.reader, context.question, wanted.answer)

    def _assess(self, context: TurnContext, wanted: Wanted, said: str) -> Assessment | None:
        """What the answer covers; a mere request is not read by the grader."""
        is_mere_request = _is_request(wanted) and not wanted.is_answer and wanted.answer == said
        if context.question is None or (is_mere_request and not _asks_what_is_needed(context, wanted)):
            return _no_answer(context)
        point = probed_point(context)
        found = self._grader.assess(
            context.question, wanted.answer, context.turn, {point.id: wanted.answer} if point else {}
        )
        if found.is_on_topic or point is None or not answers(self._grader.reader, point, wanted.answer):
            return found
        return found.model_copy(update={"is_on_topic": True, "reason": ANSWERS_PROBE})

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """What the reply will do."""
        with self.ahead.turn():
            return await asyncio.to_thread(self._decide, context, understanding)

    def _decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        def is_fresh(question: str) -> bool:
            return not self._guards.was_asked(question, context)

        decision = policy.decide(self._bank, context, understanding, is_fresh)
        return with_threads(self._bank, context, understanding, decision)

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """The reply, sentence by sentence; one that breaks a rule is left out."""
        name = context.plan.persona.name or self._interviewer
        watch = self._guards.watch(context, decision, name)
        wording = Wording(self._bank, name, context, understanding, decision)
        said = 0
        for sentence in wording.sentences():
            with self.ahead.turn():
                broken = await asyncio.to_thread(watch.admit, sentence)
            if broken is None:
                said += 1
                yield sentence
        if not said:
            yield wording.nothing()


def _asked(context: TurnContext) -> str:
    """What the candidate replies to; a hint that was refused is no wish of theirs."""
    last = context.progress.last_reply
    if last is None:
        return ""
    told = sentences(last.text)
    kept = [sentence for sentence in told if not _REFUSED.search(sentence)]
    return " ".join(kept) if kept and len(kept) < len(told) else last.text


def _in_place(context: TurnContext, asked: str, said: str, wanted: Wanted) -> Wanted:
    """What is wanted where it is said: with the question on the table, after what was asked last."""
    question = context.question
    if question is not None and is_list_of_questions(f"{question.text} {asked}", said, wanted):
        return replace(wanted, intent="none", signals=(), second=None, is_answer=True, answer=said, aside=None)
    if wanted.intent == "clarify" and asks_approval(said) and not (REQUESTS - {"asks_for_score"}) & set(wanted.signals):
        signals = tuple(signal for signal in wanted.signals if signal not in REQUESTS)
        return replace(wanted, intent="none", signals=signals, second=None, is_answer=True, answer=said, aside=None)
    if is_code_open(context):
        wanted = _at_exercise(context, said, wanted)
    if minds_repeating(said) and "hold" in wanted.signals:
        others = tuple(signal for signal in wanted.signals if signal != "hold")
        return replace(wanted, signals=others, answer=said if wanted.intent == "none" else wanted.answer)
    is_asked = question is not None and context.exercise is None and wanted.intent == "clarify"
    if is_asked and wanted.aside == "detail" and (asks_count(said) or asks_size_of_each(said)):
        return replace(wanted, aside="scale")
    is_design = question is not None and context.exercise is None and question.area in policy.TECHNICAL
    if is_design and wanted.intent in ("none", "clarify") and not wanted.signals and asks_size(said):
        return replace(wanted, intent="clarify", confidence=1.0, aside="scale", is_answer=False, answer=said)
    return wanted


def _at_exercise(context: TurnContext, said: str, wanted: Wanted) -> Wanted:
    """A question about the task is read by itself: what is told before it is a plan, or leads to it."""
    question = last_question(said)
    aside = aside_of(question)
    is_rule = asks_for_a_rule(context) and not _OF_MARKS.search(question)
    is_heard = wanted.intent == "none" or wanted.confidence < policy.SURE
    is_asked = wanted.intent == "clarify" or (is_heard and (is_rule or aside == "tools"))
    misheard = {"asks_for_hint"} if aside == "tools" else {"asks_for_score"} if is_rule else set[str]()
    signals = tuple(signal for signal in wanted.signals if signal not in misheard)
    if not question or not is_asked or REQUESTS & set(signals) or wanted.aside not in _ON_THE_TASK:
        return wanted
    told = before_questions(said)
    is_answer = wanted.answer != said or len(words(told)) > MOST_BEFORE
    return replace(
        wanted,
        intent="clarify",
        confidence=1.0,
        signals=signals,
        aside=aside,
        is_answer=is_answer,
        answer=wanted.answer if wanted.answer != said or not is_answer else told,
    )


def _with_own_question(context: TurnContext, said: str, wanted: Wanted) -> tuple[Wanted, Aside | None]:
    """A question of the candidate's own, about the team and the like: what was said before it is read without it."""
    is_at_end, is_at_start = context.progress.is_evaluated, not context.progress.asked and context.exercise is None
    asked = find_own_question(said, is_at_end=is_at_end, is_at_start=is_at_start)
    if asked is None or wanted.intent in ("stop", "change_topic") or wanted.aside not in _OPEN_ASIDES:
        return wanted, None
    if wanted.intent == "write_code" and wanted.confidence >= policy.SURE and asked.about != "course":
        return wanted, None
    is_behind_answer = len(words(asked.before)) >= AN_ANSWER and not is_at_start
    if asked.about == "solution" and not is_behind_answer and not is_at_end:
        return wanted, None  # "can you tell me whether …?" alone is about the task
    if is_behind_answer:
        signals = tuple(each for each in wanted.signals if each == "dont_know")
        kept = replace(wanted, intent="none", confidence=1.0, signals=signals, second=None, is_answer=True, aside=None)
        return replace(kept, answer=asked.before), asked.about
    kept = replace(wanted, intent="clarify", confidence=1.0, signals=(), second=None, is_answer=False, aside=None)
    return kept, asked.about


def _find_topic(wanted: Wanted, said: str) -> str | None:
    """The subject to change to; beside a wish for any other one, what else is named is fled from."""
    if wanted.intent != "change_topic":
        return None
    named = find_topic(wanted.request)
    return named if named or is_elsewhere(wanted.request) else find_topic(said)


def _text_of(question: Question | None) -> str:
    return question.text if question is not None else ""


def _versions(context: TurnContext, said: str) -> tuple[str, ...]:
    question_id = context.progress.question_id or ""
    return find_contrary(said, context.progress.told, question_id) or ()


def _tells_of_own(context: TurnContext) -> bool:
    """Whether it is their own work that is talked about."""
    question = context.question
    return question is not None and (question.area in STORIES or question in context.plan.personal)


def _asks_what_is_needed(context: TurnContext, wanted: Wanted) -> bool:
    """Whether it is a design that is asked about, where to ask for what it has to bear is part of the answer."""
    is_design = context.question is not None and context.question.area == "design"
    return is_design and wanted.intent == "clarify" and wanted.aside in ("detail", "scale", "targets")


def _no_answer(context: TurnContext) -> Assessment | None:
    if context.question is None:
        return None
    return Assessment(question_id=context.question.id, turn=context.turn, score=None, reason=NOT_AN_ANSWER)


def _is_plain_request(wanted: Wanted) -> bool:
    """Whether nothing is said on the matter: "can I use a hash map?" makes a point and answers nothing."""
    return _is_request(wanted) and not wanted.is_answer


def _is_request(wanted: Wanted) -> bool:
    """Whether the utterance is about the interview and no answer to the question."""
    about_interview = (REQUESTS - {"skip"}) & set(wanted.signals)
    is_idle = wanted.aside in ("abuse", "chat", "person")
    return bool(about_interview) or is_idle or (wanted.intent != "none" and wanted.confidence >= policy.SURE)
