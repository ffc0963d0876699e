"""Gates for tests that need a real part: skip with the reason on a laptop, fail where everything is required."""

from __future__ import annotations

import os

import pytest


def need(name: str, ok: bool, why: str) -> None:
    """Go on if the part is there; otherwise skip, or fail where ``INTERVIEWLAB_REQUIRE`` is ``all`` or names it."""
    if ok:
        return
    required = os.environ.get("INTERVIEWLAB_REQUIRE", "").split(",")
    if "all" in required or name in required:
        pytest.fail(f"{name} is required here but missing: {why}")
    pytest.skip(f"needs {name}: {why}")
