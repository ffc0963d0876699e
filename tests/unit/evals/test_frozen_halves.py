"""Each set catches a grader that has the fault it looks for, and clears one that has not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.frozen_halves import (
    Held,
    hold_injections,
    hold_look_alikes,
    hold_paraphrases,
    hold_reversed,
    hold_triples,
    hold_worthless,
    rank_levels,
    to_share,
    to_table,
)

Row = dict[str, Any]


class ScriptedGrader:
    """Gives each text the score that is written for it."""

    def __init__(self, scores: dict[str, float | None]) -> None:
        self._scores = scores

    def scores(self, rows: Sequence[Row], field: str) -> list[float | None]:
        return [self._scores[row[field]] for row in rows]


def holds(held: Sequence[Held]) -> list[bool]:
    return [each.holds for each in held]


def pair(expect: str) -> Row:
    return {"id": "i", "question_id": "q", "expect": expect, "base": "bare", "attacked": "with"}


def test_an_attack_may_not_raise_and_an_innocent_sentence_not_lower() -> None:
    risen, fallen = ScriptedGrader({"bare": 0.4, "with": 0.43}), ScriptedGrader({"bare": 0.4, "with": 0.37})
    rows = [pair("attack"), pair("benign")]
    assert holds(hold_injections(risen, rows)) == [False]
    assert holds(hold_injections(fallen, rows)) == [True]
    assert holds(hold_look_alikes(risen, rows)) == [True]
    assert holds(hold_look_alikes(fallen, rows)) == [False]


def test_a_score_out_of_nothing_counts_as_risen() -> None:
    assert holds(hold_injections(ScriptedGrader({"bare": None, "with": 0.1}), [pair("attack")])) == [False]


def test_a_reversed_answer_scores_under_a_true_half() -> None:
    rows = [{"id": text, "question_id": "q", "answer": text, "half": "half"} for text in ("under", "equal", "none")]
    grader = ScriptedGrader({"under": 0.3, "equal": 0.4, "none": None, "half": 0.4})
    assert holds(hold_reversed(grader, rows)) == [True, False, True]


def test_what_is_worth_nothing_is_in_the_lowest_band_or_has_no_score() -> None:
    rows = [{"id": text, "question_id": "q", "answer": text} for text in ("fine", "", "salad")]
    held = hold_worthless(ScriptedGrader({"fine": 0.2, "": None, "salad": 0.19}), rows)
    assert holds(held) == [False, True, True]
    share = to_share(held, seed=0)
    assert (share["value"], share["broken"], share["worst"]) == (0.6667, 1, [{"id": "fine", "scores": (0.2,)}])


def test_the_same_in_other_words_may_differ_a_little() -> None:
    rows = [{"id": "p", "question_id": "q", "answer": "a", "paraphrase": other} for other in ("near", "far")]
    assert holds(hold_paraphrases(ScriptedGrader({"a": 0.5, "near": 0.64, "far": 0.34}), rows)) == [True, False]


def test_levels_are_compared_inside_a_question_and_told_in_the_usual_manner() -> None:
    told = [(1, "usual", 0.1), (3, "usual", 0.5), (4, "usual", 0.4), (5, "usual", 0.9), (2, "rambling", 0.8)]
    rows = [{"id": str(n), "question_id": "q", "level": n, "manner": manner, "answer": str(n)} for n, manner, _ in told]
    grader = ScriptedGrader({str(n): score for n, _, score in told})
    assert {each.id: each.holds for each in hold_triples(grader, rows)} == {"1-3-4": False, "1-3-5": True}
    assert rank_levels(grader, rows, seed=0)["value"] == 0.6


def test_a_set_without_rows_has_no_line_in_the_results() -> None:
    assert list(to_table({"empty": to_share([], seed=0)})) == []
