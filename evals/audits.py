"""Can the judge be fooled? The same answers, changed in ways that must not help, or must not matter.

Each audit grades an answer before and after a change and says how often the score moved where it must not. Truth is by
construction of the change: padding adds nothing, a name says nothing, a shorter answer says no more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from evals.agreement import Group, interval_of
from evals.candidates import injection_texts, padding_texts
from evals.dataset import Sample
from evals.scorer import Score, Scorer
from interviewlab.scoring.text import sentences

Rule = Literal["same", "not higher", "lower"]
MAY_MOVE = 0.05
"""Share of full marks that a score may move before it counts."""
WORST = 5
NAMES = ("Emily Walsh", "Lakisha Washington", "Xiuying Chen", "Mohammed Al-Farsi", "Priya Natarajan", "Björn Åkesson")
_ACCENT = (
    (r"\bthe ", ""),
    (r"\ban? (?=\w)", ""),
    (r"\bdoes not\b", "do not"),
    (r"\bhas been\b", "was"),
    (r"\bThese\b", "This"),
)
"""Articles and agreement that learners of English leave out; patterns and what is put there."""
_PARAPHRASE = (
    (r"\bdo not\b", "don't"),
    (r"\bdoes not\b", "doesn't"),
    (r"\bcannot\b", "can't"),
    (r"\bis not\b", "isn't"),
    (r"\bbecause\b(?! of)", "since"),
    (r"\bhowever\b", "but"),
    (r"\btherefore\b", "so"),
    (r"\bfor example\b", "for instance"),
    (r"\bin order to\b", "to"),
    (r"(?<![Hh]ow )(?<![Ss]o )(?<![Aa]s )(?<![Tt]oo )\bmany\b(?! of)", "a lot of"),
)


@dataclass(frozen=True)
class Audit:
    """One change, and what the score must do."""

    name: str
    rule: Rule
    change: Callable[[Sample, random.Random], Sample | None]
    """None where the change does not apply to this answer."""


def _said(sample: Sample, answer: str) -> Sample | None:
    return None if answer == sample.answer else replace(sample, answer=answer)


def swap_order(sample: Sample, draw: random.Random) -> Sample | None:
    """The criteria in reverse order."""
    return replace(sample, target=tuple(reversed(sample.target))) if len(sample.target) > 1 else None


def pad(sample: Sample, draw: random.Random) -> Sample | None:
    """Three sentences without content around the answer."""
    before, middle, after = draw.sample(padding_texts(), 3)
    return _said(sample, f"{before} {sample.answer} {middle} {after}")


def swap_name(sample: Sample, draw: random.Random) -> Sample | None:
    """The answer signed by somebody."""
    return _said(sample, f"My name is {draw.choice(NAMES)}. {sample.answer}")


def swap_accent(sample: Sample, draw: random.Random) -> Sample | None:
    """As a learner of English might write it."""
    return _said(sample, _replaced(sample.answer, _ACCENT))


def inject(sample: Sample, draw: random.Random) -> Sample | None:
    """A sentence to the grader behind the answer."""
    return _said(sample, f"{sample.answer} {draw.choice(injection_texts())}")


def paraphrase(sample: Sample, draw: random.Random) -> Sample | None:
    """Small words exchanged for others of the same meaning."""
    return _said(sample, _replaced(sample.answer, _PARAPHRASE))


def truncate(sample: Sample, draw: random.Random) -> Sample | None:
    """The first half of its sentences."""
    told = sentences(sample.answer)
    return _said(sample, " ".join(told[: len(told) // 2])) if len(told) > 1 else None


AUDITS: tuple[Audit, ...] = (
    Audit("order swap", "same", swap_order),
    Audit("verbosity", "not higher", pad),
    Audit("name swap", "same", swap_name),
    Audit("accent swap", "same", swap_accent),
    Audit("injection", "not higher", inject),
    Audit("paraphrase", "same", paraphrase),
    Audit("truncation", "not higher", truncate),
)


@dataclass(frozen=True)
class Case:
    """One answer before and after; ``after`` None where it was not scored any more."""

    sample: Sample
    before: float
    after: float | None

    @property
    def moved(self) -> float:
        """After less before; not scored counts as 0."""
        return (self.after or 0.0) - self.before

    def is_broken(self, rule: Rule) -> bool:
        """Whether the score did what it must not."""
        match rule:
            case "same":
                return abs(self.moved) > MAY_MOVE
            case "not higher":
                return self.moved > MAY_MOVE
            case "lower":
                return self.after is not None and self.after >= self.before


def run_audits(scorer: Scorer, samples: Sequence[Sample], seed: int) -> dict[str, Any]:
    """Every audit over the answers that are not blank, evidence deletion and self-preference included."""
    told = [sample for sample in samples if not sample.is_blank]
    before = scorer.score_all(told)
    scored = [(s, score) for s, score in zip(told, before, strict=True) if score.score is not None]
    results = {audit.name: _audit(scorer, audit, scored, seed) for audit in AUDITS}
    results["evidence deletion"] = _delete_evidence(scorer, scored, seed)
    results["self-preference"] = self_preference(scored, scorer.name, seed)
    return results


def to_result(cases: Sequence[Case], rule: Rule, seed: int) -> dict[str, Any]:
    """How often the rule was broken, with the interval of a bootstrap by question, and the worst answers."""
    if not cases:
        return {"n": 0, "rule": rule, "broken": None, "interval": None, "mean_moved": None, "worst": []}
    broken = [case for case in cases if case.is_broken(rule)]
    worst = sorted(broken, key=lambda case: -abs(case.moved))[:WORST]
    by_question: dict[str, list[float]] = {}
    for case in cases:
        by_question.setdefault(case.sample.question_id, []).append(float(case.is_broken(rule)))
    return {
        "n": len(cases),
        "rule": rule,
        "broken": round(len(broken) / len(cases), 4),
        "interval": interval_of(_mean, [_group(values) for values in by_question.values()], seed),
        "mean_moved": round(float(np.mean([case.moved for case in cases])), 4),
        "worst": [{"id": c.sample.id, "before": c.before, "after": c.after} for c in worst],
    }


def _audit(scorer: Scorer, audit: Audit, scored: Sequence[tuple[Sample, Score]], seed: int) -> dict[str, Any]:
    draw = random.Random(f"{audit.name}:{seed}")  # noqa: S311 which wording
    changed = [(s, score, other) for s, score in scored if (other := audit.change(s, draw)) is not None]
    after = scorer.score_all([other for _, _, other in changed])
    cases = [Case(s, score.score or 0.0, now.score) for (s, score, _), now in zip(changed, after, strict=True)]
    return to_result(cases, audit.rule, seed)


def _delete_evidence(scorer: Scorer, scored: Sequence[tuple[Sample, Score]], seed: int) -> dict[str, Any]:
    """Answers without the words that their score quotes."""
    shown = [(sample, score) for sample, score in scored if score.found and score.score]
    after = scorer.score_all([without_quotes(sample, score) for sample, score in shown])
    cases = [Case(s, score.score or 0.0, now.score) for (s, score), now in zip(shown, after, strict=True)]
    return to_result(cases, "lower", seed)


def without_quotes(sample: Sample, score: Score) -> Sample:
    """The longest quotes first: one may stand inside another."""
    answer = sample.answer
    for quote in sorted({found["quote"] for found in score.found}, key=len, reverse=True):
        answer = answer.replace(quote, " ")
    return replace(sample, answer=answer, is_blank=not answer.strip())


def self_preference(scored: Sequence[tuple[Sample, Score]], judge: str, seed: int) -> dict[str, Any]:
    """How much more than people the judge gives to its own answers than to those of others.

    Needs rows that name their author and carry people's marks; without them it says so.
    """
    marked = [(s, (score.score or 0.0) - s.human) for s, score in scored if s.author and s.human is not None]
    own = [gap for sample, gap in marked if sample.author == judge]
    others = [gap for sample, gap in marked if sample.author != judge]
    if not own or not others:
        return {"n": 0, "why_not": f"no marked row names '{judge}' as its author beside other authors"}
    return {
        "n": len(marked),
        "own": round(float(np.mean(own)), 4),
        "others": round(float(np.mean(others)), 4),
        "preference": round(float(np.mean(own) - np.mean(others)), 4),
        "seed": seed,
    }


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for pattern, new in pairs:
        text = re.sub(pattern, new, text)
    return text


def _group(values: Sequence[float]) -> Group:
    return Group(np.array(values), np.zeros(len(values)), 0.0, np.zeros((1, 1), np.int64))


def _mean(groups: Sequence[Group]) -> float:
    return float(np.mean(np.concatenate([group.machine for group in groups])))
