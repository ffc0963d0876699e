"""The list of attacks, and the judge of one: it must see what got through."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.bait import Bait, find_marked
from interviewlab.sandbox.contract import attack, judge
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.types import RunResult, Submission, TestResult

ATTACKS = {one.name: one for one in read_attacks()}
CLASSES = {
    *("cpu", "wall", "processes", "survivors", "memory", "output", "disk", "host files", "environment", "network"),
    *("system calls", "interpreter", "forged tests", "left behind", "Java", "C++", "Go", "SQL", "TypeScript"),
}


def test_names_are_unique_and_every_class_is_attacked() -> None:
    assert len(ATTACKS) == len(read_attacks()) >= 240
    assert {one.attack_class for one in read_attacks()} == CLASSES
    assert {one.language for one in read_attacks()} == set(ENTRIES)


def test_self_test_is_small() -> None:
    assert 0 < sum(one.quick for one in read_attacks()) <= 8


def test_bait_is_filled_into_every_attack() -> None:
    with Bait() as bait:
        for one in read_attacks():
            left = bait.fill(one.code + str(one.suite) + str(one.forbidden))
            assert not [word for word in ("@SECRET", "@TCP", "@EXPECTED", "@PROJECT", "@SERVER") if word in left]


def test_judge_sees_a_secret_that_was_printed() -> None:
    with Bait() as bait:
        leaked = RunResult(outcome="ok", stdout=f"tried {bait.secret}")
        assert "must not know" in judge(ATTACKS["read of host files"], leaked, bait)


def test_judge_sees_a_wrong_outcome_and_a_forged_pass() -> None:
    passed = TestResult(name="case 1", passed=True, outcome="ok", wall_s=0.1)
    with Bait() as bait:
        assert "outcome was ok" in judge(ATTACKS["busy loop"], RunResult(outcome="ok"), bait)
        forged = RunResult(outcome="wrong_answer", tests=(passed,))
        assert judge(ATTACKS["equal to everything"], forged, bait) == "a test passed"


def test_judge_sees_a_result_that_cannot_be_written_down() -> None:
    with Bait() as bait:
        broken = RunResult(outcome="ok", stdout="tried none [] refused \ud800")
        assert "written down" in judge(ATTACKS["invalid UTF-8, NUL and terminal escapes"], broken, bait)


def test_changed_bait_is_noticed() -> None:
    with Bait() as bait:
        assert bait.damage() == ""
        bait.file.chmod(0o600)
        assert "changed" in bait.damage()
        bait.file.unlink()
        assert "gone" in bait.damage() or "changed" in bait.damage()


def test_reached_socket_is_noticed() -> None:
    with Bait() as bait, socket.create_connection(("127.0.0.1", int(bait.fill("@TCP_PORT@")))):
        assert "TCP" in bait.damage()


def test_process_that_was_left_is_found_by_its_mark() -> None:
    own = Path("/proc/self/comm").read_text().strip()
    assert find_marked(own)
    assert not find_marked("ilnobodyhasthis")


class Naive:
    """A sandbox that lets everything through and says so."""

    name = "naive"

    async def run(self, submission: Submission, *rest: object, **more: object) -> RunResult:
        return RunResult(outcome="ok", stdout="unharmed\n")

    async def check(self) -> tuple[()]:
        return ()

    async def aclose(self) -> None:
        return


async def test_sandbox_that_stops_nothing_does_not_pass() -> None:
    results = await attack(Naive())  # type: ignore[arg-type]
    broken = [one.name for one in results if not one.held]
    assert len(results) == len(ATTACKS) + 2
    assert {"busy loop", "fork until refused", "memory by list growth", "output flood", "early exit"} <= set(broken)


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_attack_is_code_that_its_language_can_read(name: str) -> None:
    one = ATTACKS[name]
    with Bait() as bait:
        if one.language == "python":
            compile(bait.fill(one.code), name, "exec")
        else:
            assert bait.fill(one.code).strip()
