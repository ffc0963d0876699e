"""Simulated candidates keep their level, manner and behaviour, and the same one answers the same way twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.candidates import (
    BEHAVIOURS,
    LEVELS,
    MANNERS,
    HumanSpeaker,
    Line,
    Persona,
    SimulatedCandidate,
    WrittenSpeaker,
)
from evals.evidence_audit import without_turns
from evals.simulation import read_transcripts
from interviewlab.candidates.candidate import Candidate
from interviewlab.errors import BadInput
from interviewlab.types import Exercise, Reply, SubmissionEntry, UtteranceEntry

QUESTIONS = (
    "algo-binary-search",
    "algo-bloom-filter",
    "db-index-cost",
    "sys-deadlock",
    "design-read-cache",
    "sys-tcp-vs-udp",
)
TRANSCRIPTS = Path(__file__).parents[3] / "evals" / "data" / "transcripts"


def asks(question: str, turn: int = 1) -> Reply:
    return Reply(turn=turn, text="What about it?", move="ask", phase="technical", question_id=question, brain="bank")


async def answers(persona: Persona, questions: Sequence[str] = QUESTIONS) -> list[str]:
    candidate = SimulatedCandidate(persona, WrittenSpeaker(persona))
    return [str((await candidate.answer(asks(question), None)).get("say")) for question in questions]


def written(name: str) -> list[str]:
    return [str(Candidate(name, "python").answer(asks(question), None)["say"]) for question in QUESTIONS]


@pytest.mark.parametrize(("level", "name"), [(1, "poor"), (3, "middling"), (5, "strong")])
async def test_odd_levels_answer_from_one_stock(level: int, name: str) -> None:
    assert await answers(Persona(level)) == written(name)


@pytest.mark.parametrize(("level", "below", "above"), [(2, "poor", "middling"), (4, "middling", "strong")])
async def test_even_levels_mix_the_two_beside_them(level: int, below: str, above: str) -> None:
    said = await answers(Persona(level, seed=3))
    pairs = zip(said, written(below), written(above), strict=True)
    assert all(answer in (low, high) for answer, low, high in pairs)
    assert sum(answer == low for answer, low in zip(said, written(below), strict=True)) == len(QUESTIONS) / 2


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
async def test_the_same_persona_answers_the_same_way_twice(manner: str, behaviour: str) -> None:
    persona = Persona(3, manner, behaviour, seed=5)  # type: ignore[arg-type]
    assert await answers(persona) == await answers(persona)


async def test_manners_leave_what_is_known_where_it_is() -> None:
    plain = await answers(Persona(5))
    for manner in ("rambling", "anxious", "overconfident"):
        mannered = await answers(Persona(5, manner))  # type: ignore[arg-type]
        assert all(said in more and said != more for said, more in zip(plain, mannered, strict=True))
    assert all(len(short) <= len(said) for short, said in zip(await answers(Persona(5, "terse")), plain, strict=True))


async def test_who_shows_nothing_gives_up_and_counts_as_level_1() -> None:
    reply = asks("db-index-cost")
    for behaviour in ("silent", "gibberish", "parrot", "code-only"):
        persona = Persona(5, behaviour=behaviour)  # type: ignore[arg-type]
        candidate = SimulatedCandidate(persona, WrittenSpeaker(persona))
        lines = [await candidate.answer(reply, None) for _ in range(9)]
        assert lines[-1] == {"finish": True}
        assert persona.true_level == 1
    assert Persona(5, behaviour="injecting").true_level == 5


async def test_a_parrot_repeats_and_a_silent_one_says_nothing() -> None:
    assert set(await answers(Persona(3, behaviour="parrot"))) == {"What about it?"}
    assert set(await answers(Persona(3, behaviour="silent"))) == {""}


async def test_people_answer_once_and_then_have_no_more() -> None:
    speaker = HumanSpeaker({"saf-1": ["what somebody wrote"]})
    exercise: Exercise | None = None
    lines: list[Line] = [await speaker.answer(asks(question), exercise) for question in ("saf-1", "saf-1", "other")]
    assert lines == [{"say": "what somebody wrote"}, {"say": "I have nothing to add to that."}, {"finish": True}]


@pytest.mark.parametrize("wrong", [{"level": 6}, {"level": 3, "manner": "rude"}, {"level": 3, "behaviour": "late"}])
def test_a_persona_that_does_not_exist_is_bad_use(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="There is no"):
        Persona(**wrong)  # type: ignore[arg-type]


# ---- the set


def test_the_own_set_has_sixty_transcripts_with_every_level_manner_and_behaviour() -> None:
    recorded = read_transcripts(TRANSCRIPTS)
    truths = [each.truth for each in recorded]
    assert len(recorded) >= 60
    assert not [each.problem for each in recorded if each.problem]
    assert {truth.level for truth in truths} == set(LEVELS)
    assert {truth.manner for truth in truths} == set(MANNERS)
    assert {truth.behaviour for truth in truths} == set(BEHAVIOURS)
    assert all(truth.truth and truth.seed for truth in truths)
    assert len({truth.seed for truth in truths}) == len(truths)


def test_a_transcript_without_a_turn_has_nothing_that_was_brought_in_it() -> None:
    transcript = read_transcripts(TRANSCRIPTS, limit=1)[0].transcript
    assert transcript is not None
    turns = [e.turn for e in transcript.entries if isinstance(e, UtteranceEntry | SubmissionEntry)]
    shorter = without_turns(transcript, turns[:2])
    left = [e.turn for e in shorter.entries if isinstance(e, UtteranceEntry | SubmissionEntry)]
    assert left == turns[2:]
    assert [entry.sequence for entry in shorter.entries] == list(range(len(shorter.entries)))
    assert shorter.replies() == transcript.replies()
