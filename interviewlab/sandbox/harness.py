"""Tests whose expected values never enter the candidate's process.

A driver in that process is asked one call at a time. The next input leaves only after the last answer was read,
each request bears a fresh token, and the answer is compared here. A forged answer is an answer like any other:
there is nothing beside it to be right by accident.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from interviewlab.sandbox.comparison import cut, from_wire, to_wire
from interviewlab.sandbox.trial import Trial
from interviewlab.types import Outcome, TestResult

ANSWER_ERRORS: tuple[Outcome, ...] = ("runtime_error", "compile_error", "memory_limit")


@dataclass(frozen=True)
class Answer:
    """What came back for one request: a value, or why there is none."""

    outcome: Outcome
    value: JsonValue = None
    text: str = ""
    wall_s: float = 0.0
    is_last: bool = False
    """The process is over: nothing more can be asked of it."""


def to_request(token: str, **what: JsonValue) -> bytes:
    """One line for the driver."""
    return json.dumps({"token": token, **what}, allow_nan=False).encode() + b"\n"


def split_answer(data: bytes, token: str) -> tuple[bytes, bytes, bytes] | None:
    """(printed before, payload, printed after) if the whole answer to ``token`` is there; None while it is not."""
    before, mark, rest = data.partition(b"\0" + token.encode() + b" ")
    length, newline, rest = rest.partition(b"\n")
    if not mark or not newline or not length.isdigit() or len(length) > 9 or len(rest) < int(length):
        return None
    return before, rest[: int(length)], rest[int(length) :]


def read_answer(payload: bytes) -> Answer:
    """The answer in a payload; whatever is in it came from the candidate's process."""
    try:
        found = json.loads(payload)
        if isinstance(found, dict) and "value" in found:
            return Answer("ok", value=from_wire(found["value"]))
    except ValueError:
        return Answer("runtime_error", text="the answer is not JSON")
    except RecursionError:
        return Answer("runtime_error", text="the answer is nested too deeply")
    error = found.get("error") if isinstance(found, dict) else None
    outcome = next((known for known in ANSWER_ERRORS if known == error), None)
    if outcome is not None:
        return Answer(outcome, text=cut(str(found.get("text", ""))))
    return Answer("runtime_error", text="the answer is neither a value nor an error")


def ask(trial: Trial, timeout_s: float, **what: JsonValue) -> Answer:
    """Send one request and read its answer, for at most ``timeout_s``."""
    token = secrets.token_hex(16)
    started = time.monotonic()
    trial.send(to_request(token, **what))
    payload = _await_payload(trial, token, started + timeout_s)
    wall_s = time.monotonic() - started
    if payload is None:
        outcome, text = trial.why_over()
        return Answer(outcome, text=text, wall_s=wall_s, is_last=True)
    answer = read_answer(payload)
    return Answer(answer.outcome, answer.value, answer.text, wall_s)


def _await_payload(trial: Trial, token: str, deadline: float) -> bytes | None:
    while True:
        parts = split_answer(bytes(trial.stdout), token) if token.encode() in trial.stdout else None
        if parts:
            before, payload, after = parts
            trial.replace_stdout(before + after)
            return payload
        if not trial.pump(deadline):
            return None


def call(trial: Trial, args: Sequence[JsonValue], timeout_s: float) -> Answer:
    """Ask for one call of the function."""
    return ask(trial, timeout_s, call=to_wire(list(args)))


def renew(trial: Trial, timeout_s: float) -> Answer:
    """Ask for a new object where the loaded function is a method; ``load`` says whether it is by a value that is true.

    A request of its own: what making the object costs is not in the time of the call.
    """
    return ask(trial, timeout_s, renew=True)


def to_name(number: int, category: str) -> str:
    """What a test is called, counted from 1."""
    return f"{number}: {category}" if category else f"case {number}"


def overall(results: Sequence[TestResult]) -> Outcome:
    """``ok`` when all passed, otherwise the outcome of the first that did not."""
    return next((result.outcome for result in results if not result.passed), "ok")
