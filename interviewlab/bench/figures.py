"""Percentiles, the same for every bench."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Figures = dict[str, float]


def percentiles(values: Sequence[float]) -> Figures:
    """p50, p95 and n of a sample, rounded to four digits; linear interpolation between ranks (numpy's default)."""
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": round(float(p50), 4), "p95": round(float(p95), 4), "n": len(values)}
