"""The conversation with a driver: answers among printed text, forged answers, hiding."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.sandbox.comparison import DEEPEST, is_same, to_shown
from interviewlab.sandbox.compiling import Compiler
from interviewlab.sandbox.harness import read_answer, split_answer, to_request
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import EVERYWHERE
from interviewlab.sandbox.runs import run_job
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.types import FunctionCase, FunctionTests, RunResult, StdinCase, StdinTests
from tests.walls import StandInWall

TOKEN = "aabbccdd"


def frame(token: str, answer: object) -> bytes:
    payload = json.dumps(answer).encode()
    return b"\0" + token.encode() + b" " + str(len(payload)).encode() + b"\n" + payload


def test_answer_is_found_among_printed_text() -> None:
    assert split_answer(b"before" + frame(TOKEN, 1) + b"after", TOKEN) == (b"before", b"1", b"after")


@given(st.integers(min_value=0, max_value=len(frame(TOKEN, {"value": "some text"})) - 1))
def test_half_an_answer_is_waited_for(length: int) -> None:
    assert split_answer(frame(TOKEN, {"value": "some text"})[:length], TOKEN) is None


def test_answer_to_another_request_is_printed_text() -> None:
    assert split_answer(frame("00000000", True), TOKEN) is None


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"99999999999999", b"x"])
def test_length_that_is_none_is_never_an_answer(length: bytes) -> None:
    assert split_answer(b"\0" + TOKEN.encode() + b" " + length + b"\n{}", TOKEN) is None


@pytest.mark.parametrize(
    "payload", [b"{", b"[]", b"1", b'{"error": "ok"}', b'{"passed": true}', b"[" * 100_000, b'{"value": {"$int": "x"}}']
)
def test_nonsense_for_an_answer_is_a_runtime_error(payload: bytes) -> None:
    assert read_answer(payload).outcome == "runtime_error"


def test_request_is_one_line() -> None:
    request = to_request(TOKEN, call=["a\nb", 1])
    assert request.endswith(b"\n")
    assert request.count(b"\n") == 1


class ScriptedCell:
    """A program that answers each request by a function of ours, and ends when that gives None."""

    def __init__(self, answer: Callable[[dict[str, object]], bytes | None], seen: list[dict[str, object]]) -> None:
        self.answer, self.seen = answer, seen
        self.ready: list[bytes] = []
        self.is_over = False

    def send(self, data: bytes) -> None:
        request = json.loads(data)
        self.seen.append(request)
        answer = self.answer(request)
        self.is_over = answer is None
        self.ready.append(answer or b"")

    def close_input(self) -> None:
        self.is_over = True

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        if self.ready and self.ready[0]:
            return [("stdout", self.ready.pop(0))]
        return None if self.is_over else []

    def close(self, grace_s: float) -> Exit:
        return Exit(status=0)


class ScriptedWall(StandInWall):
    """Opens scripted cells and keeps every request that entered one."""

    def __init__(self, answer: Callable[[dict[str, object]], bytes | None]) -> None:
        self.answer = answer
        self.requests: list[dict[str, object]] = []
        self.opened = 0

    def open(self, job: Job) -> ScriptedCell:
        self.opened += 1
        return ScriptedCell(self.answer, self.requests)


JOB = Job(ENTRIES["python"], "program", "", EVERYWHERE.model_copy(update={"wall_s": 0.2}))
SUITE = FunctionTests(name="double", cases=tuple(FunctionCase(args=(n,), expect=f"secret {n}") for n in range(3)))


def run(wall: ScriptedWall, suite: FunctionTests = SUITE) -> RunResult:
    return run_job(wall, Compiler(wall), JOB, suite, "", threading.Event())


def reply(request: dict[str, object], answer: object) -> bytes:
    return frame(str(request["token"]), answer)


def test_expected_values_never_enter_the_process() -> None:
    wall = ScriptedWall(lambda request: reply(request, {"value": None}))
    run(wall)
    assert len(wall.requests) == 4
    assert "secret" not in json.dumps(wall.requests)


def test_next_input_leaves_only_after_the_last_answer() -> None:
    wall = ScriptedWall(lambda request: reply(request, {"value": 1}) if "load" in request else b"thinking")
    assert {test.outcome for test in run(wall).tests} == {"time_limit"}
    assert [request["call"] for request in wall.requests if "call" in request] == [[0], [1]]


def test_every_request_has_a_token_of_its_own() -> None:
    wall = ScriptedWall(lambda request: reply(request, {"value": 1}))
    run(wall)
    assert len({request["token"] for request in wall.requests}) == 4


def test_answers_sent_in_advance_count_for_nothing() -> None:
    wall = ScriptedWall(lambda request: reply(request, {"value": "secret 0"}) * 9)
    assert [test.passed for test in run(wall).tests] == [True, False, False]


def test_case_that_ends_the_process_does_not_take_the_next_with_it() -> None:
    def answer(request: dict[str, object]) -> bytes | None:
        if request.get("call") == [1]:
            return None
        return reply(request, {"value": f"secret {request.get('call', [0])[0]}"})  # type: ignore[index]

    wall = ScriptedWall(answer)
    result = run(wall)
    assert [(test.passed, test.outcome) for test in result.tests] == [
        (True, "ok"),
        (False, "runtime_error"),
        (True, "ok"),
    ]
    assert result.outcome == "runtime_error"
    assert wall.opened == 2


def test_code_that_does_not_load_fails_every_case_at_once() -> None:
    wall = ScriptedWall(lambda request: reply(request, {"error": "compile_error", "text": "SyntaxError: line 1"}))
    result = run(wall)
    assert {(test.outcome, test.got) for test in result.tests} == {("compile_error", "SyntaxError: line 1")}
    assert (result.outcome, wall.opened) == ("compile_error", 1)


def test_tests_are_named_by_number_and_category() -> None:
    cases = (FunctionCase(args=(), expect=1), FunctionCase(args=(), expect=1, category="empty input"))
    wall = ScriptedWall(lambda request: reply(request, {"value": 1}))
    assert [test.name for test in run(wall, FunctionTests(name="f", cases=cases)).tests] == ["case 1", "2: empty input"]


def test_stdin_suite_gives_up_after_two_cases_over_the_limit() -> None:
    class Silent(ScriptedCell):
        def send(self, data: bytes) -> None:
            return

        def close_input(self) -> None:
            return

        def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
            return []

    class SilentWall(ScriptedWall):
        def open(self, job: Job) -> ScriptedCell:
            self.opened += 1
            return Silent(self.answer, [])

    wall = SilentWall(lambda request: None)
    suite = StdinTests(cases=tuple(StdinCase(stdin="", stdout="") for _ in range(9)))
    result = run_job(wall, Compiler(wall), JOB, suite, "", threading.Event())
    assert {test.outcome for test in result.tests} == {"time_limit"}
    assert wall.opened == 2


def test_answer_of_any_depth_is_a_result_and_no_failure_of_ours() -> None:
    def nest(depth: int) -> bytes:
        return b'{"value": [' + b"[" * depth + b"]" * depth + b"]}"

    for depth in (*range(300, 520, 2), 990, 5000):
        payload = nest(depth)

        def answer(request: dict[str, object], payload: bytes = payload) -> bytes:
            token = str(request["token"]).encode()
            return b"\0" + token + b" " + str(len(payload)).encode() + b"\n" + payload

        suite = FunctionTests(name="f", any_order=True, cases=(FunctionCase(args=(1,), expect=[1]),))
        result = run(ScriptedWall(answer), suite)
        assert result.outcome in ("wrong_answer", "runtime_error")
        assert result.model_dump_json()


def test_answer_of_any_depth_is_an_answer_or_an_error() -> None:
    for depth in range(200, 1200, 7):
        payload = b'{"value": ' + b"[" * depth + b"1" + b"]" * depth + b"}"
        answer = read_answer(payload)
        assert answer.outcome == ("ok" if depth < DEEPEST else "runtime_error")
        if answer.outcome == "ok":
            assert not is_same(answer.value, [[0]], any_order=True)
            assert to_shown(answer.value)
