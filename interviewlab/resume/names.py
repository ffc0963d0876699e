"""What the names of people are made of."""

from __future__ import annotations

_PARTICLES = "al ben bin da de del della den der di dos du el ibn la le van von y zu"
PARTICLES = frozenset(_PARTICLES.split())
"""What stands before or between names and is none."""
