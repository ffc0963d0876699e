"""From a transcript to a report: gathers the facts, hands them to the judge, names what was missing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from interviewlab.analysis.code import code_facts
from interviewlab.analysis.delivery import delivery_facts
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import all_questions
from interviewlab.scoring.case import sift_answers
from interviewlab.scoring.judge import Judge
from interviewlab.scoring.model_judge import ModelJudge
from interviewlab.scoring.rubric import load_rubric
from interviewlab.scoring.text import tell_turns
from interviewlab.types import (
    MODEL_NOTE,
    CodeFacts,
    Gap,
    MeasuredEntry,
    NoteEntry,
    Question,
    Reply,
    Report,
    Rubric,
    Submission,
    SubmissionEntry,
    Transcript,
    Utterance,
)


@dataclass(frozen=True)
class Bench:
    """Where judgement is given: a judge and the bank whose questions it knows."""

    judge: Judge
    bank: Bank
    fallbacks: tuple[str, ...] = ()
    """What judges in place of something better, in one sentence each; named in every report."""
    reviewer: ModelJudge | None = None
    """A language model that adds words."""
    embedder: str = ""
    """The name of the sentence model, for the record."""


async def judge_transcript(bench: Bench, transcript: Transcript, rubric: str | Rubric = "default") -> Report:
    """The report of a transcript under a rubric (name, path or Rubric); questions it carries itself are known too."""
    chosen = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
    report = await asyncio.to_thread(_judge, bench, transcript, chosen)
    if bench.reviewer is None:
        return report
    return await bench.reviewer.review(report, transcript, chosen, _questions(bench, transcript))


def _judge(bench: Bench, transcript: Transcript, rubric: Rubric) -> Report:
    questions = _questions(bench, transcript)
    said, _ = sift_answers(transcript, questions)
    replies = transcript.replies()
    measured = {entry.turn: entry for entry in transcript.entries if isinstance(entry, MeasuredEntry)}
    facts = {entry.turn: _facts(entry, measured.get(entry.turn)) for entry, _ in transcript.submissions()}
    scorecard = bench.judge.judge(
        transcript,
        rubric,
        questions=questions,
        exercises={exercise.id: exercise for exercise in bench.bank.exercises},
        facts=facts,
        delivery=delivery_facts(
            tuple(said.values()), [r.text for r in replies.values()], stories=_stories(said, replies, questions)
        )
        if said
        else None,
    )
    card = dict(scorecard)
    card["gaps"] = (*scorecard.gaps, *_fallbacks(bench, transcript))
    return Report(
        **card,
        interview_id=transcript.interview_id,
        brain=_speakers(replies),
        created_at=max((entry.at for entry in transcript.entries), default=datetime.now(UTC)),
    )


def _facts(entry: SubmissionEntry, measured: MeasuredEntry | None) -> CodeFacts:
    """What the text shows, and what the record says was measured: repeated examples are no tests of their own."""
    facts = code_facts(Submission(code=entry.code, language=entry.language))
    if measured is None:
        return facts
    own = max(0, facts.own_tests - (measured.tried.copied_in_code if measured.tried else 0))
    return facts.model_copy(update={"growth": measured.growth, "tried": measured.tried, "own_tests": own})


def _questions(bench: Bench, transcript: Transcript) -> Mapping[str, Question]:
    plan = transcript.plan
    return all_questions(bench.bank, plan.personal if plan else ())


def _stories(
    said: Mapping[int, Utterance], replies: Mapping[int, Reply], questions: Mapping[str, Question]
) -> tuple[str, ...]:
    """The answers to behavioural questions."""
    asked = {turn + 1: questions.get(reply.question_id or "") for turn, reply in replies.items()}
    return tuple(u.text for turn, u in said.items() if (q := asked.get(turn)) is not None and q.area == "behavioural")


def _speakers(replies: Mapping[int, Reply]) -> str:
    """Which brain spoke; where it was more than one, in which turns."""
    turns: dict[str, list[int]] = {}
    for turn, reply in replies.items():
        turns.setdefault(reply.brain, []).append(turn)
    if len(turns) <= 1:
        return next(iter(turns), "none")
    return "; ".join(f"{name} ({tell_turns(spoken)})" for name, spoken in turns.items())


def _fallbacks(bench: Bench, transcript: Transcript) -> Iterable[Gap]:
    noted = [e.text for e in transcript.entries if isinstance(e, NoteEntry) and e.topic == "fallback"]
    for text in dict.fromkeys((*noted, *bench.fallbacks)):
        yield Gap(what="the setup", why=text)
    lost: dict[str, list[int]] = {}
    for entry in transcript.entries:
        if isinstance(entry, NoteEntry) and entry.topic == MODEL_NOTE and entry.text:
            lost.setdefault(entry.text, []).append(entry.turn)
    for text, turns in lost.items():
        yield Gap(what=f"the interviewer in {tell_turns(turns)}", why=text)
