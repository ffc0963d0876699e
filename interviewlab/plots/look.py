"""How every figure looks: no ground of its own, so that it stands on light and dark pages alike."""

from __future__ import annotations

from typing import Any

ACCENT = "#0f9a8f"
WORDS = "#6b7a8d"
"""Read on white and on nearly black with a contrast of 4.4 at least (WCAG: 3 for large words and lines)."""
COLOURS = (ACCENT, "#d97706", "#6d78e8", "#d0518f", "#5f9e3d", "#7b8794")
_CLEAR = "rgba(0, 0, 0, 0)"
_RULE = {"gridcolor": "rgba(123, 135, 148, .3)", "zerolinecolor": "rgba(123, 135, 148, .3)"}
LOOK: dict[str, Any] = {
    "layout": {
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "font": {"color": WORDS},
        "colorway": list(COLOURS),
        "xaxis": _RULE,
        "yaxis": _RULE,
        "polar": {
            "bgcolor": _CLEAR,
            "angularaxis": {"gridcolor": _RULE["gridcolor"], "linecolor": _RULE["gridcolor"]},
            "radialaxis": {"gridcolor": _RULE["gridcolor"], "linecolor": _RULE["gridcolor"]},
        },
        "margin": {"t": 60, "b": 60, "l": 60, "r": 30},
    }
}
"""A template of plotly's."""
