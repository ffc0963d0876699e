"""Choosing a backend: the strongest that holds, late, once, and never an unsafe one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from interviewlab.errors import BadInput, BadSubmission, SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.choice import LazySandbox, choose_sandbox, open_sandbox
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import AttackResult, RunResult, Submission

CODE = Submission(code="print(1)", language="python")


class Attacked(ScriptedSandbox):
    """A scripted sandbox whose self-test ends as it is told."""

    def __init__(self, name: str, held: bool = True) -> None:
        super().__init__([RunResult(outcome="ok", backend=name)] * 3)
        self.name = name
        self.held = held
        self.checks = 0

    async def check(self) -> tuple[AttackResult, ...]:
        self.checks += 1
        await asyncio.sleep(0.01)
        return (AttackResult(name="fork bomb", attack_class="processes", held=self.held, outcome="ok", note="it ran"),)


def absent() -> Sandbox:
    raise SandboxUnavailable("No engine answers.", "Start it.")


def give(sandbox: Sandbox) -> Callable[[], Sandbox]:
    return lambda: sandbox


async def test_first_backend_that_holds_is_chosen() -> None:
    weak, strong = Attacked("weak", held=False), Attacked("strong")
    chosen, attacks = await choose_sandbox([absent, give(weak), give(strong)])
    assert chosen is strong
    assert attacks[0].held
    assert weak.is_closed


async def test_no_backend_that_holds_is_an_error_that_names_what_each_lacked() -> None:
    with pytest.raises(SandboxUnavailable, match=r"No engine answers.*fork bomb \(it ran\)") as caught:
        await choose_sandbox([absent, give(Attacked("weak", held=False))])
    assert "docker" in caught.value.remedy.lower()


async def test_backend_that_breaks_in_its_self_test_is_not_used() -> None:
    class Broken(Attacked):
        async def check(self) -> tuple[AttackResult, ...]:
            raise SandboxFailed("It broke.")

    with pytest.raises(SandboxUnavailable, match="It broke"):
        await choose_sandbox([give(Broken("broken"))])


async def test_choice_waits_for_the_first_program_and_is_made_once() -> None:
    backend = Attacked("strong")
    sandbox = LazySandbox([give(backend)])
    assert (backend.checks, sandbox.name) == (0, "auto")
    assert [(await sandbox.run(CODE)).backend for _ in range(2)] == ["strong", "strong"]
    assert (backend.checks, sandbox.name) == (1, "strong")
    await sandbox.aclose()
    assert backend.is_closed


async def test_backend_proven_in_this_process_is_not_attacked_again() -> None:
    proven: dict[str, tuple[AttackResult, ...]] = {}
    together = [Attacked("strong") for _ in range(3)]
    await asyncio.gather(*(LazySandbox([give(each)], proven=proven).run(CODE) for each in together))
    assert sum(each.checks for each in together) == 1
    later = Attacked("strong")
    await LazySandbox([give(later)], proven=proven).run(CODE)
    assert later.checks == 0


async def test_failed_choice_is_tried_again() -> None:
    openers = iter([absent, give(Attacked("late"))])

    def open_next() -> Sandbox:
        return next(openers)()

    sandbox = LazySandbox([open_next])
    with pytest.raises(SandboxUnavailable):
        await sandbox.run(CODE)
    assert (await sandbox.run(CODE)).backend == "late"


async def test_closing_a_sandbox_that_was_never_used_opens_nothing() -> None:
    await LazySandbox([absent]).aclose()


async def test_unknown_and_unsafe_backends_are_refused() -> None:
    for name in ("unsafe", "subprocess", "none", ""):
        with pytest.raises(BadInput, match="Known: auto, docker, sandlock"):
            await open_sandbox(name)


async def test_bad_code_is_refused_before_anything_is_chosen() -> None:
    with pytest.raises(BadSubmission):
        await LazySandbox([absent]).run(Submission(code=" \n", language="python"))
