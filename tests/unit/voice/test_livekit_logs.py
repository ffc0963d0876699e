from __future__ import annotations

import logging

from interviewlab.voice.livekit_logs import Rarely


def record(said: str) -> logging.LogRecord:
    return logging.LogRecord("livekit.agents", logging.WARNING, "", 0, said, None, None)


def test_what_is_said_of_every_piece_of_sound_is_written_once_in_a_while_and_all_else_always() -> None:
    now = 100.0
    rarely = Rarely(("late",), 30.0, lambda: now)
    assert [rarely.filter(record(said)) for said in ("late", "late", "lost", "lost")] == [True, False, True, True]
    now += 31.0
    assert [rarely.filter(record("late")), rarely.filter(record("late"))] == [True, False]
