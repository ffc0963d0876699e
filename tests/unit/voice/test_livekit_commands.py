from __future__ import annotations

import json

import pytest

from interviewlab.errors import BadInput
from interviewlab.voice.events import Hold, Say
from interviewlab.voice.livekit_commands import A_SECOND, BURST, LONGEST_BYTES, TURN_COST, CommandGate

TYPING = json.dumps({"kind": "typing"})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_commands_come_in_and_nonsense_does_not() -> None:
    gate = CommandGate(Clock())
    assert gate.admit('{"kind": "hold", "is_on": true}') == Hold(is_on=True)
    assert gate.admit('{"kind": "say", "text": "Yes."}') == Say(text="Yes.")
    for nonsense in ("", "[]", '{"kind": "grade", "score": 1}', '{"kind": "say", "text": ""}', "\ud800"):
        with pytest.raises(BadInput):
            gate.admit(nonsense)


def test_more_bytes_than_may_come_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(BadInput, match="too long"):
        CommandGate(Clock()).admit(" " * (LONGEST_BYTES + 1))


def test_a_burst_is_taken_then_so_many_a_second() -> None:
    clock = Clock()
    gate = CommandGate(clock)
    for _ in range(int(BURST)):
        gate.admit(TYPING)
    with pytest.raises(BadInput, match="Too many"):
        gate.admit(TYPING)
    clock.now = 1.0
    for _ in range(int(A_SECOND)):
        gate.admit(TYPING)
    with pytest.raises(BadInput, match="Too many"):
        gate.admit(TYPING)


def test_nonsense_counts_and_turns_count_more() -> None:
    gate = CommandGate(Clock())
    for _ in range(int(BURST / TURN_COST)):
        gate.admit('{"kind": "catch_up"}')
    with pytest.raises(BadInput, match="Too many"):
        gate.admit("nonsense")
