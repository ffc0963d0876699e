"""From a grader's scores to people's marks: a curve fitted on some questions, to be judged on others."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from interviewlab.errors import BadInput

GRID = 101
"""Points at which a smooth curve is kept."""
RIDGE = 0.01
"""How hard a steep logistic curve is held back: enough where a score parts two levels wholly, too little to pull the
marks of a hundred answers to their mean, which scikit-learn's own 1 does, scores lying between 0 and 1."""


@dataclass(frozen=True)
class Calibration:
    """A rising curve through ``points`` (score, mark), straight between them and flat beyond."""

    name: str
    points: tuple[tuple[float, float], ...]

    def apply(self, score: float) -> float:
        """The mark that people give where the grader gives ``score``."""
        place = bisect_right([x for x, _ in self.points], score)
        if place == 0:
            return round(self.points[0][1], 4)
        if place == len(self.points):
            return round(self.points[-1][1], 4)
        (left, low), (right, high) = self.points[place - 1], self.points[place]
        return round(low + (high - low) * (score - left) / (right - left), 4)

    def to_dict(self) -> dict[str, Any]:
        """As it stands in ``calibration.json``."""
        return asdict(self)


def fit_isotonic(scores: Sequence[float], marks: Sequence[float]) -> Calibration:
    """The rising step curve nearest to the marks."""
    from sklearn.isotonic import IsotonicRegression

    model = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(list(scores), list(marks))
    return _curve("isotonic", model.X_thresholds_, model.y_thresholds_)


def fit_ordinal(scores: Sequence[float], marks: Sequence[float], levels: int) -> Calibration:
    """The expected level of an ordinal regression: a logistic curve of reaching each level (Frank and Hall 2001)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    from evals.agreement import to_level

    given = np.array([to_level(mark, levels) for mark in marks])
    grid = np.linspace(0, 1, GRID)
    reached = np.zeros(GRID)
    for level in range(1, levels):
        is_reached = given >= level
        if is_reached.all() or not is_reached.any():
            reached += float(is_reached.all())
        else:
            model = LogisticRegression(C=1 / RIDGE).fit(np.array(scores)[:, None], is_reached)
            reached += model.predict_proba(grid[:, None])[:, 1]
    return _curve("ordinal", grid, np.maximum.accumulate(reached / (levels - 1)))


def load_calibration(path: Path) -> Calibration:
    """Raises BadInput."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        curve = _curve(str(kept["name"]), *zip(*kept["points"], strict=True))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is no calibration.", "Name a calibration.json that `calibrate` wrote.") from error
    marks = [mark for _, mark in curve.points]
    if not marks or marks != sorted(marks):
        raise BadInput(f"{path} does not rise.", "Name a calibration.json that `calibrate` wrote.")
    return curve


def _curve(name: str, x: Iterable[float], y: Iterable[float]) -> Calibration:
    """Equal scores keep their last mark, so that every step between two points has a width."""
    points = {round(float(score), 6): round(float(mark), 6) for score, mark in zip(x, y, strict=True)}
    return Calibration(name, tuple(sorted(points.items())))
