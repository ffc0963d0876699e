"""What the reader of wishes learns from is labelled as it should be, and what is kept back is not learned from."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.fit_wishes import ASKED, FURTHER, asked_lines, is_kept_back
from evals.intents import SIGNALS
from interviewlab.types import INTENTS


@pytest.mark.parametrize("path", [ASKED, FURTHER], ids=lambda path: path.stem)
def test_all_that_was_asked_has_utterances_with_labels_that_there_are(path: Path) -> None:
    rows = [line.row for line in asked_lines(path)]
    assert {row.intent for row in rows} == set(INTENTS)
    assert all(row.context and row.utterance and set(row.signals) <= set(SIGNALS) for row in rows)


def test_each_utterance_stands_after_what_was_asked_with_its_labels() -> None:
    rows = [line.row for line in asked_lines()]
    [row] = [row for row in rows if row.utterance == "nope don't know that let's go to another one"]
    assert (row.intent, set(row.signals), row.is_answer) == ("continue", {"dont_know", "skip"}, False)


def test_no_utterance_stands_twice_so_that_none_is_learned_and_kept_back() -> None:
    texts = [line.row.utterance for line in asked_lines()]
    assert len(texts) == len(set(texts))


def test_half_is_kept_back() -> None:
    kept = [is_kept_back(line.row.utterance) for line in asked_lines()]
    assert 0.45 < sum(kept) / len(kept) < 0.55
