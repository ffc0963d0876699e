"""Whole conversations with candidates who say anything: the interviewer's manners hold in each of them."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewlab.brains.bank_brain import BankBrain
from interviewlab.brains.guards import Guards
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.orchestrator.conversation import Conversation, open_conversation
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.state import Incoming
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import INTERVIEW_TYPES, InterviewType, Plan, Reply, Utterance

BANK = load_bank()
EMBEDDER = ScriptedEmbedder()
BRAIN = BankBrain(
    BANK, AnswerGrader(EMBEDDER, [q.answer for q in BANK.questions]), Guards(EMBEDDER, BANK), "Alex", ["Redis"]
)
START = datetime(2026, 1, 1, tzinfo=UTC)
ASIDES = (
    "",
    "I don't know.",
    "Could you repeat that?",
    "What do you mean?",
    "hold on, let me think",
    "Can we talk about something else?",
    "Could I have a hint?",
    "just tell me the answer",
    "Can I write some code?",
    "Could you look at my code?",
    "next question please",
    "asdf qwer zxcv",
    "Ask me something technical.",
)
EVALUATIVE = re.compile(
    r"\b(good|great|excellent|perfect|correct|wrong|right answer|nice|well done|bad|impressive|exactly)\b",
    re.IGNORECASE,
)


async def converse(folder: Path, plan: Plan, says: random.Random | None, turns: int = 60) -> list[Reply]:
    """Replies to a candidate who mixes model answers with asides, a minute a turn."""
    replies: list[Reply] = []
    answers = {q.id: q.answer for q in BANK.questions}
    async with open_conversation(folder / "checkpoints.sqlite") as conversation:
        for turn in range(turns):
            last = replies[-1] if replies else None
            said = says.choice((*ASIDES, answers.get((last.question_id or "") if last else "", "Yes."))) if says else ""
            await _take(conversation, plan, turn, said)
            progress = (await conversation.get_standing("x")).progress
            assert progress.last_reply is not None
            replies.append(progress.last_reply)
            if progress.is_ended:
                break
    return replies


async def _take(conversation: Conversation, plan: Plan, turn: int, said: str) -> None:
    utterance = Utterance(text=said) if turn else None
    now = START + timedelta(minutes=turn)
    incoming = Incoming(turn=turn, sequence=turn * 4, now=now, utterance=utterance)
    async for _ in conversation.take_turn("x", Cast(BRAIN, BANK, plan), incoming):
        pass


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("type_", INTERVIEW_TYPES)
async def test_manners_hold_whatever_is_said(tmp_path: Path, type_: InterviewType, seed: int) -> None:
    plan = Plan(type=type_, seed=seed, minutes=30, exercises=1 if type_ in ("mixed", "coding") else 0)
    replies = await converse(tmp_path, plan, random.Random(seed))
    asked = [r.question_id for r in replies if r.move == "ask"]
    assert len(asked) == len(set(asked)), "no question is asked twice"
    assert replies[0].move == "greet"
    assert sum(r.move == "greet" for r in replies) == 1
    assert replies[-1].ended, "it ends inside its time"
    assert replies[-1].move == "close"
    for reply in replies:
        assert reply.text
        assert reply.text.count("?") <= 1, reply.text
        assert len(re.findall(r"[.!?](?=\s|$)", reply.text)) <= 3, reply.text
        assert not re.search(r"[*_`#<>{}]|\bNone\b", reply.text), reply.text
        chatter = reply.text.replace("good to meet you", "").replace("All the best", "")
        of_bank = reply.move in ("ask", "follow_up", "clarify", "hint", "set_exercise", "review_code")
        assert of_bank or not EVALUATIVE.search(chatter), reply.text


async def test_a_candidate_who_says_nothing_is_led_to_the_end(tmp_path: Path) -> None:
    replies = await converse(tmp_path, Plan(seed=1, exercises=1), None)
    assert replies[-1].ended


async def test_no_two_probes_of_one_question_are_the_same(tmp_path: Path) -> None:
    replies = await converse(tmp_path, Plan(type="fundamentals", seed=2, exercises=0), random.Random(2))
    probes = [r.text for r in replies if r.move == "follow_up"]
    assert len(probes) == len(set(probes))


def test_the_phrases_of_the_interviewer_never_evaluate() -> None:
    path = Path(__file__).parents[2] / "interviewlab" / "brains" / "phrases.yaml"
    text = re.sub(r"^feedback:\n(  .*\n)+", "", path.read_text(), flags=re.MULTILINE)
    spoken = re.findall(r'^  - "?(.*?)"?$', text, flags=re.MULTILINE)
    assert len(spoken) > 40
    assert not [line for line in spoken if EVALUATIVE.search(line.replace("good to meet you", ""))]
