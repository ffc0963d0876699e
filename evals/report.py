"""The report of a grading run: ``summary.json``, and the same figures as lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from evals.agreement import LEVELS, measure_agreement
from evals.held import measure_held
from evals.retest import measure_retest
from evals.runner import Run

FIGURES = {
    "pearson_r": "pooled r",
    "mean_r_inside_question": "mean r inside a question",
    "spearman": "Spearman",
    "icc": "ICC(A,1)",
    "qwk": "quadratic weighted kappa",
    "krippendorff_alpha": "Krippendorff's alpha, ordinal",
    "exact": "same level",
    "adjacent": "same or next level",
    "mae": "MAE, share of full marks",
    "rmse": "RMSE, share of full marks",
    "bias": "bias",
}


def to_summary(
    run: Run, dataset: str, scorer: str, fallbacks: Sequence[str], seed: int, levels: int = LEVELS
) -> dict[str, Any]:
    """The whole of ``summary.json``; ``agreement`` is None where no row carries a human score, ``people`` (their
    agreement with each other, pair by pair in the order of ``scores``) where none carries two, ``intervals`` (of the
    scores: how many marks they hold) where none has a mark and an interval."""
    everything = measure_agreement(run.judged, seed, levels)
    filled = [row for row in run.judged if not row.is_blank]
    told = everything if len(filled) == len(run.judged) else measure_agreement(filled, seed, levels)
    return {
        "dataset": dataset,
        "scorer": scorer,
        "fallbacks": list(fallbacks),
        "seed": seed,
        "n": run.n,
        "coverage": round(run.scored / run.n, 4) if run.n else None,
        "blanks": run.blanks,
        "problems": [asdict(problem) for problem in run.problems],
        "agreement": {
            "overall": everything.to_dict() if everything else None,
            "without_blanks": told.to_dict() if told else None,
        },
        "people": measure_retest(run.marks, seed, levels),
        "intervals": measure_held(run.held, seed),
    }


def to_lines(summary: dict[str, Any]) -> Iterator[str]:
    """The summary for a reader, or what a dry run expects."""
    if summary.get("dry_run"):
        yield _expectation(summary)
        return
    share = "none" if summary["coverage"] is None else f"{summary['coverage']:.1%}"
    yield f"{summary['n']} rows, {share} scored, {summary['blanks']} blank, {len(summary['problems'])} with problems"
    yield from _of_a_model(summary)
    for part, agreement in summary["agreement"].items():
        if agreement:
            size = f"{agreement['n']} answers, {agreement['questions']} questions"
            yield f"Against people, {part.replace('_', ' ')}: {size}"
            yield from figure_lines(agreement)
    if held := summary.get("intervals"):
        yield (
            f"Intervals of the scores hold {_figure(held['inside'])} of {held['n']} marks of people,"
            f" mean width {held['mean_width']:.2f}"
        )
    if people := summary.get("people"):
        yield f"People with each other, blanks left out: {_again(people)}"


def _of_a_model(summary: dict[str, Any]) -> Iterator[str]:
    """What a language model took, what it was not asked for, and how far it says the same again."""
    if (used := summary.get("usage")) and used["calls"]:
        cost = f"{used['cost_usd']:.4f} USD" if used["cost_usd"] else "cost not known, as no price was given"
        yield f"{used['calls']} calls, {used['tokens_in']} tokens in, {used['tokens_out']} out, {cost}"
    if left := summary.get("not_run"):
        yield f"{left} not asked about, as the cost cap was reached; a higher --max-cost goes on with them"
    if again := summary.get("test_retest"):
        yield f"Asked more than once: {_again(again)}"


def _again(found: dict[str, Any]) -> str:
    """How far scores of the same answers are the same."""
    told = found["agreement"]
    figures = ", ".join(f"{FIGURES[name]} {_figure(told[name])}" for name in ("icc", "qwk", "mae"))
    same = f"{found['answers']} answers, {found['identical']:.1%} with one score"
    return f"{same}, mean SD {found['mean_sd']:.3f}, {figures}"


def figure_lines(agreement: dict[str, Any]) -> Iterator[str]:
    """Each figure with its interval, and how much of the data it covers."""
    yield f"  coverage: {agreement['coverage']:.1%}"
    yield from (f"  {label}: {_figure(agreement[name])}" for name, label in FIGURES.items())


def _expectation(summary: dict[str, Any]) -> str:
    if not summary["calls"]:
        return f"{summary['rows']} rows, no call, 0 USD" + (
            f", about {summary['seconds']:g} s" if "seconds" in summary else ""
        )
    tokens = f"at most {summary['tokens_in']} tokens in and {summary['tokens_out']} out"
    return f"{summary['rows']} rows, {summary['calls']} calls, {tokens}, at most {summary['cost_usd']:.4f} USD"


def _figure(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return "not defined on these rows"
    low_high = figure["interval"]
    return f"{figure['value']:.3f}" + (f" [{low_high[0]:.3f}, {low_high[1]:.3f}]" if low_high else "")
