"""The labelled sets are those that figures were given on; nothing in them is used both to tune and to report."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest

from evals.dataset import Dataset, Sample
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.text import Rarity
from interviewlab.types import INTENTS, Phase, Signal

DATA = Path(__file__).parents[3] / "evals" / "data"
SETS = [
    "injections/code.jsonl",
    "injections/elsewhere.jsonl",
    "injections/inventive.jsonl",
    "injections/own.jsonl",
    "intents/utterances.jsonl",
    "levels/answers.jsonl",
    "nonsense/answers.jsonl",
    "nonsense/elsewhere.jsonl",
    "paraphrases/elsewhere.jsonl",
    "paraphrases/pairs.jsonl",
    "reversed/answers.jsonl",
    "reversed/elsewhere.jsonl",
    "stories/answers.jsonl",
    "wrong/answers.jsonl",
]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", [*SETS, "intents/second.jsonl", "other_fields/answers.jsonl"])
def test_a_set_has_the_hash_that_its_readme_names(name: str) -> None:
    path = DATA / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest in (path.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SETS)
def test_no_question_is_both_tuned_and_reported_on(name: str) -> None:
    splits: dict[str, set[str]] = defaultdict(set)
    for row in rows(name):
        splits[row.get("question_id") or row.get("exercise_id") or row["id"]].add(row["split"])
    assert set().union(*splits.values()) == {"tune", "report"}
    assert [key for key, found in splits.items() if len(found) > 1] == []


def test_sets_ask_what_the_bank_asks() -> None:
    bank = load_bank()
    told = [row for name in SETS for row in rows(name) if "question_id" in row]
    asked = {row["question_id"] for row in told if "reference" not in row}
    assert asked <= {question.id for question in bank.questions}
    assert all(row["question"] and row["reference"] for row in told if row["question_id"] not in asked)
    coded = {row["exercise_id"] for row in rows("injections/code.jsonl")}
    assert coded <= {exercise.id for exercise in bank.exercises}


def test_labels_of_utterances_are_words_of_the_types() -> None:
    signals = set(get_args(Signal))
    for row in rows("intents/utterances.jsonl") + rows("intents/second.jsonl"):
        assert row["intent"] in INTENTS, row["id"]
        assert set(row["signals"]) <= signals, row["id"]
        assert row["phase"] in get_args(Phase), row["id"]
        assert row["second"] is None or row["second"] in {*INTENTS, *signals} - {row["intent"]}, row["id"]


def test_answers_to_other_fields_are_rows_of_grade_six_to_a_question_that_no_bank_has() -> None:
    samples = list(Dataset(DATA / "other_fields" / "answers.jsonl", Rarity(["one two"])))
    kinds = defaultdict(set)
    for row in rows("other_fields/answers.jsonl"):
        kinds[row["question_id"]].add(row["kind"])
    assert (len(samples), len(kinds), {len(each) for each in kinds.values()}) == (72, 12, {6})
    assert all(isinstance(sample, Sample) and len(sample.marks) == 2 for sample in samples)
    assert not set(kinds) & {question.id for question in load_bank().questions}
