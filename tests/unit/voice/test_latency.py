"""Stages add up."""

from __future__ import annotations

import pytest

from interviewlab.voice.latency import Marks, latency_from


def test_stages_add_up_to_the_whole() -> None:
    marks = Marks(quiet_at=10.0, heard_at=10.6, ended_at=10.75, answered_at=10.8, sounded_at=11.0)
    latency = latency_from(marks, turn=3)
    assert latency is not None
    assert latency.turn == 3
    assert latency.total_s == pytest.approx(1.0)
    assert latency.endpoint_s + latency.brain_s + latency.mouth_s == pytest.approx(latency.total_s)
    assert latency.transcript_s == pytest.approx(0.6)


@pytest.mark.parametrize("missing", ["quiet_at", "ended_at", "answered_at", "sounded_at"])
def test_turn_that_was_not_spoken_or_not_heard_has_no_latency(missing: str) -> None:
    marks = Marks(quiet_at=1.0, heard_at=1.1, ended_at=1.2, answered_at=1.3, sounded_at=1.4)
    setattr(marks, missing, None)
    assert latency_from(marks, turn=0) is None
