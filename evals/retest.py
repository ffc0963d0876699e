"""Does the same answer get the same score again, from the same grader or from another person?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import fmean, pstdev
from typing import Any

from evals.agreement import LEVELS, Judged, measure_agreement


def measure_retest(
    scores: Sequence[tuple[str, Sequence[float]]], seed: int = 0, levels: int = LEVELS
) -> dict[str, Any] | None:
    """Each answer's scores over all epochs (or from all people), with its question; None where none was scored twice.

    ``agreement`` compares them pair by pair, the earlier in the place of people, so its bias is the later less the
    earlier. ``mean_sd`` is the mean of each answer's own standard deviation (of its scores alone, not of a sample).
    """
    twice = [(question, given) for question, given in scores if len(given) > 1]
    if not twice:
        return None
    pairs = [Judged(q, first, second, False) for q, given in twice for first, second in combinations(given, 2)]
    agreement = measure_agreement(pairs, seed, levels)
    return {
        "answers": len(twice),
        "identical": round(fmean(len(set(given)) == 1 for _, given in twice), 4),
        "mean_sd": round(fmean(pstdev(given) for _, given in twice), 4),
        "agreement": agreement.to_dict() if agreement else None,
    }
