"""The sets with names of their own: what is in them, and that truth and criteria are kept apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.agreement import Judged
from evals.bank import bank_rarity
from evals.candidates import Persona
from evals.dataset import Problem, Sample
from evals.human_answers import LENGTHS, HumanAnswers, triples_in_order
from evals.named_data import NAMED
from evals.own_data import run_pairs
from evals.scorer import Score
from evals.simulation import Quarters, hold
from evals.task import Task
from interviewlab.errors import BadInput
from interviewlab.settings import Settings


class LongestWins:
    """A judge that takes length for knowledge."""

    name = "longest wins"

    def score_all(self, samples: Sequence[Sample]) -> list[Score]:
        return [Score(min(1.0, len(sample.answer) / 400), None) for sample in samples]


def samples(name: str) -> list[Sample]:
    items = list(NAMED[name].open(bank_rarity(), None))
    assert not [item for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, Sample)]


@pytest.mark.parametrize(("name", "rows", "questions"), [("saf", 1728, 18), ("digiklausur", 646, 17)])
def test_the_shared_sets_are_read_whole(data_dir: Path, name: str, rows: int, questions: int) -> None:
    read = samples(name)
    assert (len(read), len({sample.question_id for sample in read})) == (rows, questions)
    assert all(sample.human is not None and sample.target for sample in read)
    assert NAMED[name].open(bank_rarity(), 5).count() == 5
    assert NAMED[name].open(bank_rarity(), None).card.licence
    assert len(NAMED[name].find().read_text(encoding="utf-8").splitlines()) >= rows


def test_an_answer_that_serves_as_reference_is_not_graded_by_itself(data_dir: Path) -> None:
    for sample in samples("digiklausur"):
        assert " ".join(sample.answer.split()) != " ".join(" ".join(p.text for p in sample.target).split())


def test_without_the_shared_data_a_sentence_says_how_to_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEWLAB_DATA", raising=False)
    with pytest.raises(BadInput, match="INTERVIEWLAB_DATA"):
        Task("saf").open(bank_rarity())


def test_of_the_own_levels_only_the_part_for_reports_is_given() -> None:
    read = samples("levels")
    assert len(read) == 72
    assert {sample.split for sample in read} == {"report"}
    assert {sample.human for sample in read} == {0.0, 0.25, 0.5, 0.75, 1.0}
    lines = NAMED["levels"].find().read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} > {sample.id for sample in read}


def test_a_judge_that_takes_length_for_knowledge_is_caught_by_the_pairs() -> None:
    found = run_pairs(LongestWins(), seed=0)
    assert found["paraphrase pairs"]["broken"] > 0.1
    assert found["injection pairs"]["broken"] > 0.5
    assert found["injection pairs, questions from elsewhere"]["broken"] > 0.5


async def test_a_candidate_of_human_answers_is_worth_their_marks(data_dir: Path, tmp_path: Path) -> None:
    answers = HumanAnswers(bank_rarity())
    low, high = answers.interview(Persona(1, seed=4)), answers.interview(Persona(5, seed=4))
    assert low.level < high.level
    with Quarters(Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")) as settings:
        held = await hold(settings, Persona(5, seed=4), high.plan, high.speaker)
    asked = {reply.question_id for reply in held.transcript.replies().values() if reply.question_id in high.marks}
    assert asked == set(high.marks)
    assert "I have nothing to add" in held.transcript.to_jsonl()


def test_half_an_hour_asks_more_of_who_answers_as_people_did(data_dir: Path) -> None:
    answers = HumanAnswers(bank_rarity())
    for questions in LENGTHS:
        human = answers.interview(Persona(4, seed=2), questions)
        assert len(human.marks) == len(human.plan.personal) == questions


def test_triples_are_in_order_where_weak_stays_below_middling_and_middling_below_strong() -> None:
    def judged(level: float, score: float | None) -> Judged:
        return Judged("interview", level, score, is_blank=False)

    rows = [judged(0.0, 0.1), judged(0.25, 0.5), judged(0.5, 0.4), judged(1.0, 0.9), judged(0.75, None)]
    assert triples_in_order(rows) == {"n": 2, "value": 0.5}
    assert triples_in_order(rows[:2]) is None
