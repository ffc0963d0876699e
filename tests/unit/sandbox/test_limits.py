"""Limits: data, lowered by a caller and never raised."""

from __future__ import annotations

import pytest

from interviewlab.errors import BadSubmission
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import EVERYWHERE, EXEMPTIONS, get_compile_limits, get_limits, lower


def test_a_caller_lowers_limits() -> None:
    asked = EVERYWHERE.model_copy(update={"wall_s": 2.0, "memory_mb": 64})
    assert lower(EVERYWHERE, asked) == asked


def test_a_caller_cannot_raise_limits() -> None:
    asked = EVERYWHERE.model_copy(update={name: value * 10 for name, value in EVERYWHERE.model_dump().items()})
    assert lower(EVERYWHERE, asked) == EVERYWHERE


@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_a_limit_that_is_not_above_zero_is_refused(value: float) -> None:
    with pytest.raises(BadSubmission, match="wall_s"):
        lower(EVERYWHERE, EVERYWHERE.model_copy(update={"wall_s": value}))


def test_every_exemption_has_a_reason_and_names_a_limit() -> None:
    for exemption in EXEMPTIONS:
        assert len(exemption.reason) > 20
        assert set(exemption.changes) <= set(EVERYWHERE.model_dump())


def test_compilers_have_limits_of_their_own_that_no_program_gets() -> None:
    for language in ENTRIES:
        assert get_compile_limits(language, "docker").memory_mb > EVERYWHERE.memory_mb
        assert get_limits(language, "docker").output_kb == EVERYWHERE.output_kb


def test_javascript_has_more_memory_than_python() -> None:
    assert get_limits("javascript", "docker").memory_mb > get_limits("python", "docker").memory_mb


def test_heap_of_v8_follows_the_memory_limit() -> None:
    command = ENTRIES["javascript"].command("program", 320)
    assert "--max-old-space-size=256" in command
    assert command[-3:] == ("program", "solution.js", "[]")
