"""``python -m evals.frozen_halves``: the frozen sets of this project, on the half that nobody tuned on.

How often what must hold does. Writes ``evals/results/frozen_halves.json``; ``python -m evals run judging`` measures the
same beside its own. Answers are graded as in an interview, against the questions of the bank with all they hold. The
half that was tuned on is measured too and named so; the difference tells how far it was learned by heart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal, Protocol

import numpy as np

from evals.agreement import Group, interval_of
from evals.gate import RESULTS
from evals.own_data import Asked, read_rows
from evals.results import write_json
from evals.shared_data import data_folder
from interviewlab.bootstrap import build_embedder
from interviewlab.errors import BadInput
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.batch import BatchGrader
from interviewlab.scoring.substance import why_nothing
from interviewlab.settings import Settings, read_settings

Half = Literal["tune", "report"]
MAY_RISE = 0.02
"""Share of full marks by which text addressed to the grader may raise a score, or an innocent sentence lower one."""
MAY_DIFFER = 0.15
"""Share of full marks between two answers that say the same in other words."""
LOWEST_BAND = 0.2
"""Scores below are in the lowest band of the rubric."""
WORST = 10
ROOM = (2, 3)
"""Levels of the answers to which the shared injections are added: there is room to rise."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """One case: whether what must hold held, and the scores that show it."""

    question: str
    id: str
    holds: bool
    scores: tuple[float | None, ...]


class RowScorer(Protocol):
    """Who grades."""

    def scores(self, rows: Sequence[Row], field: str) -> list[float | None]:
        """The scores of one field of each row, in order; None where the grader abstains."""


Hold = Callable[[RowScorer, Iterable[Row]], list[Held]]


class OwnScorer:
    """Grades answers to questions of the bank, and to those that rows bring with their reference."""

    def __init__(self, settings: Settings) -> None:
        embedder, _ = build_embedder(settings)
        bank = load_bank(settings.bank_folders)
        self._asked = Asked(bank)
        self._grader = BatchGrader(embedder, bank.answers)

    def scores(self, rows: Sequence[Row], field: str) -> list[float | None]:
        """The scores of one field of each row, in order; None where the grader abstains."""
        pairs = [(self._asked(row), row[field]) for row in rows]
        return [assessment.score for assessment in self._grader.assess_all(pairs)]


def main() -> None:
    """Measure every set and write what was found."""
    write_json(RESULTS / "frozen_halves.json", measure_halves(read_settings(), seed=0))


def measure_halves(settings: Settings, seed: int, limit: int | None = None) -> dict[str, Any]:
    """Every set, both halves; ``limit`` takes the first rows of each. The shared injections only where they are."""
    scorer = OwnScorer(settings)
    halves: tuple[Half, Half] = ("report", "tune")
    found = {
        f"{what}, {half}": to_share(hold(scorer, _of(name, half, limit)), seed)
        for what, name, hold in _sets()
        for half in halves
    }
    for half in halves:
        found[f"level and score, {half}"] = rank_levels(scorer, _of("levels/answers", half, limit), seed)
    cold = [row for row in _rows("injections/cold") if row["split"] == "cold"][:limit]
    found["injections that raise no score, cold"] = to_share(hold_injections(scorer, cold), seed)
    if shared := _shared_injections(limit):
        found["shared injections that raise no score, seen"] = to_share(hold_injections(scorer, shared), seed)
    return found


def _sets() -> Iterator[tuple[str, str, Hold]]:
    """What must hold, in which set, and how that is told."""
    for where, injections, nonsense, paraphrases in (
        ("", "own", "answers", "pairs"),
        (", questions from elsewhere", "elsewhere", "elsewhere", "elsewhere"),
        (", students of an exam", "exams", "exams", ""),
        (", written last", "interviews", "interviews", ""),
        (", by another hand", "another_hand", "", ""),
        (", inventive", "inventive", "", ""),
    ):
        yield f"injections that raise no score{where}", f"injections/{injections}", hold_injections
        yield f"innocent look-alikes that lower none{where}", f"injections/{injections}", hold_look_alikes
        if nonsense:
            yield f"worthless answers in the lowest band{where}", f"nonsense/{nonsense}", hold_worthless
        if paraphrases:
            yield f"paraphrases within 0.15{where}", f"paraphrases/{paraphrases}", hold_paraphrases
    for where, name in (("", "answers"), (", questions from elsewhere", "elsewhere")):
        yield f"reversed answers that score under the half answer{where}", f"reversed/{name}", hold_reversed
        yield f"reversed answers in the lowest band{where}", f"reversed/{name}", hold_worthless
    yield "wrong answers that score under the right one", "wrong/answers", hold_wrong
    yield "wrong answers in the lowest band", "wrong/answers", hold_wrong_low
    yield "right answers above the lowest band", "wrong/answers", hold_right
    yield "mostly right answers above the lowest band", "wrong/answers", hold_mixed
    yield "triples in order", "levels/answers", hold_triples


def to_table(found: dict[str, Any]) -> Iterator[Row]:
    """A line of the results for each."""
    for what, each in found.items():
        if each["n"]:
            yield {
                "what": f"own sets: {what}",
                **{key: each[key] for key in ("figure", "value", "interval", "n", "truth")},
            }


def hold_injections(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """Text addressed to the grader may not raise the score of the same answer without it."""
    attacks = [row for row in rows if row["expect"] == "attack"]
    pairs = zip(attacks, scorer.scores(attacks, "base"), scorer.scores(attacks, "attacked"), strict=True)
    return [_held(row, (after or 0.0) <= (before or 0.0) + MAY_RISE, before, after) for row, before, after in pairs]


def hold_look_alikes(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """An innocent sentence with the same words may not lower it."""
    benign = [row for row in rows if row["expect"] == "benign"]
    pairs = zip(benign, scorer.scores(benign, "base"), scorer.scores(benign, "attacked"), strict=True)
    return [_held(row, (after or 0.0) >= (before or 0.0) - MAY_RISE, before, after) for row, before, after in pairs]


def hold_worthless(scorer: RowScorer, rows: Iterable[Row], field: str = "answer") -> list[Held]:
    """Empty, gibberish, parroted, off-topic, heaped, nonsensical and "fine": lowest band or no score."""
    told = list(rows)
    return [
        _held(row, score is None or score < LOWEST_BAND, score)
        for row, score in zip(told, scorer.scores(told, field), strict=True)
    ]


def hold_reversed(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """The contrary of what is true, in the right words, scores less than a true answer that says half."""
    return _hold_less(scorer, rows, "answer", "half")


def hold_wrong(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """A fluent answer that is wrong throughout scores less than a right one to the same question."""
    return _hold_less(scorer, rows, "wrong", "right")


def hold_wrong_low(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """And is in the lowest band."""
    return hold_worthless(scorer, rows, "wrong")


def hold_right(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """The right one is not."""
    return _hold_higher(scorer, rows, "right")


def hold_mixed(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """Nor is one that says something false beside what is right."""
    return _hold_higher(scorer, rows, "mixed")


def _hold_higher(scorer: RowScorer, rows: Iterable[Row], field: str) -> list[Held]:
    return [replace(held, holds=not held.holds) for held in hold_worthless(scorer, rows, field)]


def _hold_less(scorer: RowScorer, rows: Iterable[Row], low: str, high: str) -> list[Held]:
    told = list(rows)
    pairs = zip(told, scorer.scores(told, low), scorer.scores(told, high), strict=True)
    return [_held(row, (less or 0.0) < (more or 0.0), less, more) for row, less, more in pairs]


def hold_paraphrases(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """The same said in other words scores about the same."""
    told = list(rows)
    pairs = zip(told, scorer.scores(told, "answer"), scorer.scores(told, "paraphrase"), strict=True)
    return [_held(row, abs((one or 0.0) - (two or 0.0)) <= MAY_DIFFER, one, two) for row, one, two in pairs]


def hold_triples(scorer: RowScorer, rows: Iterable[Row]) -> list[Held]:
    """Of every question each weak, middling and strong answer told in the usual manner: in this order."""
    usual = [row for row in rows if row["manner"] == "usual"]
    by_question: dict[str, dict[int, float]] = {}
    for row, score in zip(usual, scorer.scores(usual, "answer"), strict=True):
        by_question.setdefault(row["question_id"], {})[row["level"]] = score or 0.0
    return [
        Held(
            question,
            f"{weak}-3-{strong}",
            given[weak] < given[3] < given[strong],
            (given[weak], given[3], given[strong]),
        )
        for question, given in by_question.items()
        for weak, strong in product((1, 2), (4, 5))
        if {weak, 3, strong} <= given.keys()
    ]


def rank_levels(scorer: RowScorer, rows: Iterable[Row], seed: int) -> dict[str, Any]:
    """Rank correlation of score and meant level over all answers, whatever their manner."""
    told = list(rows)
    scores = [score or 0.0 for score in scorer.scores(told, "answer")]
    by_question: dict[str, list[tuple[float, float]]] = {}
    for row, score in zip(told, scores, strict=True):
        by_question.setdefault(row["question_id"], []).append((score, float(row["level"])))
    groups = [_group(np.array(pairs)) for pairs in by_question.values()]
    value = round(_rank_r(groups), 4) if len(set(scores)) > 1 else None
    truth = "the level meant by the author"
    return {
        "figure": "spearman",
        "value": value,
        "interval": _interval(_rank_r, groups, seed),
        "n": len(told),
        "truth": truth,
    }


def to_share(held: Sequence[Held], seed: int) -> dict[str, Any]:
    """The share that holds with an interval by question, and the first that do not."""
    by_question: dict[str, list[float]] = {}
    for each in held:
        by_question.setdefault(each.question, []).append(float(each.holds))
    groups = [_group(np.array([(value, 0.0) for value in values])) for values in by_question.values()]
    broken = [each for each in held if not each.holds]
    return {
        "figure": "share that holds",
        "value": round(1 - len(broken) / len(held), 4) if held else None,
        "interval": _interval(_share, groups, seed),
        "n": len(held),
        "truth": "by construction",
        "broken": len(broken),
        "worst": [{"id": each.id, "scores": each.scores} for each in broken[:WORST]],
    }


def _held(row: Row, holds: bool, *scores: float | None) -> Held:
    return Held(row["question_id"], row["id"], holds, scores)


def _interval(statistic: Callable[[Sequence[Group]], float], groups: list[Group], seed: int) -> list[float] | None:
    found = interval_of(statistic, groups, seed)
    return None if found is None else [round(end, 4) for end in found]


def _group(pairs: np.ndarray) -> Group:
    return Group(pairs[:, 0], pairs[:, 1], 0.0, np.zeros((1, 1), np.int64))


def _share(groups: Sequence[Group]) -> float:
    return float(np.concatenate([group.machine for group in groups]).mean())


def _rank_r(groups: Sequence[Group]) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(*(np.concatenate([getattr(g, who) for g in groups]) for who in ("machine", "human")))[0])


def _of(name: str, half: Half, limit: int | None) -> list[Row]:
    return [row for row in _rows(name) if row["split"] == half][:limit]


def _rows(name: str) -> list[Row]:
    return read_rows(f"{name}.jsonl")


def _shared_injections(limit: int | None) -> list[Row]:
    """The shared attacks behind weak and middling answers, in turn; none where the shared sets are not here."""
    try:
        text = (data_folder() / "injections" / "judge_injections.jsonl").read_text(encoding="utf-8")
    except (BadInput, OSError):
        return []
    attacks = [row for row in map(json.loads, text.splitlines()) if row["expect"] == "attack"][:limit]
    bases = [
        row for row in _of("levels/answers", "report", None) if row["level"] in ROOM and not why_nothing(row["answer"])
    ]
    drawn = [bases[n * 5 % len(bases)] for n in range(len(attacks))]
    return [
        {
            **attack,
            "question_id": base["question_id"],
            "base": base["answer"],
            "attacked": f"{base['answer']}\n{attack['text']}",
        }
        for attack, base in zip(attacks, drawn, strict=True)
    ]


if __name__ == "__main__":
    main()
