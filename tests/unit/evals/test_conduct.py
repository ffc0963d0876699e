"""A sample of the interviews of ``python -m evals run conduct``, without weights and sandbox, and its counting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.conduct import _asked_in, _climb, _place, examine, hold, to_result
from interviewlab.bootstrap import open_house
from interviewlab.brains.ability import RATING
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from interviewlab.types import InterviewType, Plan, Reply, Resume, Transcript

BANK = load_bank()
TRANSCRIPTS = Path(__file__).parents[2] / "data" / "transcripts"
NOBODY = Resume(document={}, text="", source="text")


@pytest.mark.parametrize(
    ("temper", "type_"),
    [
        ("strong", "system-design"),
        ("weak", "sql"),
        ("hostile", "behavioural"),
        ("silent", "mixed"),
        ("injecting", "resume"),
    ],
)
async def test_the_interviewer_keeps_its_manners(tmp_path: Path, temper: str, type_: InterviewType) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_house(settings) as house:
        transcript, plan = await hold(settings, house, NOBODY, type_, temper, seed=11)
    found = examine(transcript, plan, BANK, ScriptedEmbedder(), temper)
    assert (found.repeated, found.leaks, found.remarks, found.long_replies) == ((), (), (), 0)
    assert found.is_closed
    assert found.is_in_time
    assert found.most_probes <= 3


@pytest.mark.parametrize("name", ["played-machine-learning", "played-system-design"])
def test_interviews_that_were_played_freely_stay_examples_of_good_conduct(name: str) -> None:
    lines = (TRANSCRIPTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    transcript = Transcript.from_jsonl(lines, interview_id=name)
    found = examine(transcript, transcript.plan or Plan(), BANK, ScriptedEmbedder(), "middling")
    assert (found.repeated, found.leaks, found.remarks, found.long_replies) == ((), (), (), 0)
    assert found.is_closed


def test_a_short_question_is_asked_about_what_was_said_before_it() -> None:
    asked = ("Suppose it ran often. What would you change?", "Fine. What would you change about the pool, and why?")
    assert [list(_asked_in(text)) for text in asked] == [[asked[0]], ["What would you change about the pool, and why?"]]


def test_what_goes_wrong_is_counted() -> None:
    question = BANK.questions[0]
    telling = question.key_points[0].text
    texts = [
        ("greet", "Hello."),
        ("ask", f"Great answer. {question.text}"),
        ("ask", question.text),
        ("clarify", telling),
    ]
    where = {"phase": "technical", "question_id": question.id, "brain": "bank", "kind": "reply"}
    lines = [
        json.dumps({"sequence": n, "turn": n, "at": f"2026-01-01T0{n}:00:00Z", "text": text, "move": move, **where})
        for n, (move, text) in enumerate(texts)
    ]
    transcript = Transcript.from_jsonl(lines, interview_id="bad")
    found = examine(transcript, Plan(minutes=30), BANK, ScriptedEmbedder(), "strong")
    assert len(found.repeated) == 3, "the id twice, and the pair"
    assert found.leaks == (telling,)
    assert len(found.remarks) == 1
    assert not found.is_closed
    assert not found.is_in_time
    rows = {row["figure"]: row["value"] for row in to_result([found])["table"]}
    assert rows["repeated questions"] == 3


def asking(*ids: str) -> list[Reply]:
    return [
        Reply(turn=n, text="Well?", move="ask", phase="technical", question_id=id, brain="bank")
        for n, id in enumerate(ids)
    ]


def test_a_climb_ends_where_the_hard_questions_do() -> None:
    own = [question for question in BANK.questions if question.area == "resume"]
    hardest_first = [each.id for each in sorted(own, key=lambda each: -RATING[each.level])]
    plan = Plan(type="resume")
    assert _climb(asking(*hardest_first), BANK) == -2.0
    assert _place(asking(*hardest_first), plan, BANK) == 1.0, "nothing harder was left"
    assert _place(asking(*hardest_first[::-1]), plan, BANK) == 0.0
    assert _place(asking(*hardest_first[:2]), plan, BANK) is None
