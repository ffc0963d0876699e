"""Rules asked together answer as if each were tried on each text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from interviewlab.scoring.addressed import _DIRECT, _SHAPE, _TOPICAL
from interviewlab.scoring.claims import CLAIMS
from interviewlab.scoring.folding import readings
from interviewlab.scoring.rules import Rules, needs_of

OWN = Path(__file__).parents[3] / "evals" / "data" / "injections" / "own.jsonl"


@pytest.mark.parametrize(
    ("rule", "met", "needs"),
    [
        (
            r"\b(?:give|award) (?:me )?(?:full|top) marks?\b",
            "please award me top mark.",
            {"give full mark", "give top mark"},
        ),
        (r"(?:x|y)?ab+c", "zabbc", {"a"}),
        (r"\d+ ?/ ?\d+", "5 / 5", {"/"}),
        (r"(?i:score)|grade", "SCORE", None),
        (r"[^a]\w*", "b", None),
        (r"(?:very )?(?:good|)", "", None),
        (r"(?P<one>\d)-(?P=one)", "4-4", {"-"}),
        (r"\bno(?! way)\b(?=.)", "no.", {"no"}),
    ],
)
def test_a_rule_is_tried_where_it_can_be_met(rule: str, met: str, needs: set[str] | None) -> None:
    assert re.search(rule, met)
    assert Rules([rule]).is_met(met)
    assert all(any(word in met for word in some) for some in needs_of(rule))
    assert needs is None if not needs_of(rule) else needs <= frozenset().union(*needs_of(rule))


@pytest.mark.parametrize("rules", [(*_DIRECT, *CLAIMS), _SHAPE, _TOPICAL])
def test_attacks_and_answers_meet_the_same_rules_as_one_by_one(rules: tuple[str, ...]) -> None:
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    texts = [reading for row in rows[::2] for text in row["attacked"].split(". ") for reading in readings(text)]
    one_by_one = re.compile("|".join(f"(?:{rule})" for rule in rules))
    together = Rules(rules)
    expected = [one_by_one.search(text) is not None for text in texts]
    assert any(expected)
    assert [together.is_met(text) for text in texts] == expected
