"""What every sandbox signs: hostile programs end stopped, the host is as it was, and the next run is unharmed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import socket
import time

from pydantic import TypeAdapter

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.ports import Sandbox
from interviewlab.sandbox.attacks import Attack, read_attacks
from interviewlab.sandbox.bait import Bait, find_marked
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import COMPILING, EVERYWHERE
from interviewlab.types import AttackResult, Language, Outcome, RunResult, Submission, TestSuite

SUITE: TypeAdapter[TestSuite] = TypeAdapter(TestSuite)
AT_ONCE = 5
"""Attacks that are on at the same time: most wait for a clock or for an engine, two processors carry five."""
LOOK_EVERY = 10
"""Attacks between two harmless programs that show whether the next run is unharmed."""
OVERTIME_S = 8.0
"""How much longer than its wall limit a run may take until its result is there, on a busy machine."""
LATE = "s longer than its limit"
"""Ends the note of an attack that did."""
NEVER_S = 180.0
SETTLE_S = 2.0
COMPILED = frozenset(language for language, entry in ENTRIES.items() if entry.compile)
CROWD = 50
GREETINGS: dict[Language, str] = {"python": "print('unharmed')", "javascript": "console.log('unharmed')"}
"""In the language of the attack; Python after one that would have to be compiled."""
NAMED: dict[Language, str] = {
    "python": (
        "def _name():\n    import ctypes\n    ctypes.CDLL(None).prctl(15, b'@MARK@', 0, 0, 0)\n"
        "try: _name()\nexcept Exception: pass\ndel _name\n"
    ),
    "javascript": "process.title = '@MARK@';\n",
}
"""Processes of an attack bear its mark as their name, and so do their descendants: none may be left. Programs in
other languages than these name themselves."""


async def attack(sandbox: Sandbox, *, quick: bool = False) -> tuple[AttackResult, ...]:
    """Run the attacks, a few at the same time; ``quick`` takes those that a start-up can afford.

    Each is judged by its outcome, what it printed, the bait and the processes left, and some of them, among them the
    last, by whether a harmless program still runs after it. Those that cannot exist here are listed with the
    reason, and not counted.
    """
    turns = asyncio.Semaphore(AT_ONCE)
    chosen = [one for one in read_attacks() if (one.quick or not quick) and one.language in ENTRIES]

    async def take_turn(number: int, one: Attack) -> AttackResult:
        async with turns:
            return await attack_once(sandbox, one, look_after=not quick and number % LOOK_EVERY == 0)

    results = list(await asyncio.gather(*(take_turn(number, one) for number, one in enumerate(chosen))))
    # Five bombs at a time can hold each other up: what ended late is judged by itself.
    for number, found in enumerate(results):
        if LATE in found.note:
            results[number] = await attack_once(sandbox, chosen[number], look_after=not quick)
    last = max((number for number, found in enumerate(results) if not found.is_absent), default=0)
    results[last] = await _greet(sandbox, chosen[last], results[last])
    if not quick:
        results += [await _meet(sandbox), await _crowd(sandbox)]
    return tuple(results)


async def attack_once(sandbox: Sandbox, one: Attack, *, look_after: bool) -> AttackResult:
    """Run one attack and judge it; ``look_after`` also runs a harmless program behind it."""
    if sandbox.name in one.not_on:
        return to_absent(one, one.not_on[sandbox.name])
    with Bait() as bait:
        try:
            result = await asyncio.wait_for(_run(sandbox, one, bait), NEVER_S)
        except BadSubmission as error:
            return to_absent(one, error.what)
        except (SandboxFailed, TimeoutError) as error:
            return to_result(one, None, str(error) or "it never ended", held=False)
        fault = judge(one, result, bait) or bait.damage() or await _find_survivor(bait.mark)
    # The compiler has a clock of its own.
    late_s = result.wall_s - one.wall_s * max(1, len(result.tests)) - COMPILING.wall_s * (one.language in COMPILED)
    if not fault and late_s > OVERTIME_S:
        fault = f"it ran {late_s:.1f} {LATE}"
    found = to_result(one, result, fault, held=not fault)
    return await _greet(sandbox, one, found) if look_after else found


async def _run(sandbox: Sandbox, one: Attack, bait: Bait) -> RunResult:
    code = bait.fill(NAMED.get(one.language, "") + one.code)
    suite = SUITE.validate_json(bait.fill(json.dumps(one.suite))) if one.suite else None
    limits = EVERYWHERE.model_copy(update={"wall_s": one.wall_s, "cpu_s": one.cpu_s, "memory_mb": 10**6})
    visitor = asyncio.create_task(_knock(bait.free_port)) if "@FREE_PORT@" in one.code else None
    try:
        return await sandbox.run(Submission(code=code, language=one.language), suite, limits=limits)
    finally:
        if visitor is not None:
            visitor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                bait.was_served = await visitor


async def _knock(port: int) -> bool:
    """Whether somebody opens at a port of this machine; asks until it is called off."""
    while True:
        with socket.socket() as visitor:
            visitor.setblocking(False)
            with contextlib.suppress(OSError):
                await asyncio.get_running_loop().sock_connect(visitor, ("127.0.0.1", port))
                return True
        await asyncio.sleep(0.1)


def judge(one: Attack, result: RunResult, bait: Bait) -> str:
    """What is wrong with the result itself; empty when nothing is."""
    if result.outcome not in one.outcomes:
        return f"the outcome was {result.outcome}"
    printed = result.stdout + result.stderr + "".join(test.got for test in result.tests)
    if any(bait.fill(text) in printed for text in one.forbidden):
        return "it printed what it must not know"
    if not all(bait.fill(text) in result.stdout for text in one.printed):
        return "it did not come to its end"
    if not _can_be_kept(result):
        return "its result cannot be written down"
    return "a test passed" if any(test.passed for test in result.tests) else ""


def _can_be_kept(result: RunResult) -> bool:
    try:
        return bool(result.model_dump_json().encode())
    except ValueError:
        return False


async def _find_survivor(mark: str) -> str:
    deadline = time.monotonic() + SETTLE_S
    while left := find_marked(mark):
        if time.monotonic() > deadline:
            return f"{len(left)} processes were left"
        await asyncio.sleep(0.05)
    return ""


async def _greet(sandbox: Sandbox, one: Attack, found: AttackResult) -> AttackResult:
    """The attack's result, broken if a harmless program does not run after it."""
    if not found.held or found.is_absent:
        return found
    language = one.language if one.language in GREETINGS else "python"
    result = await sandbox.run(Submission(code=GREETINGS[language], language=language))
    if (result.outcome, result.stdout) == ("ok", "unharmed\n"):
        return found
    return found.model_copy(update={"held": False, "note": f"the next run ended {result.outcome}"})


async def _meet(sandbox: Sandbox) -> AttackResult:
    """Two runs at the same time: one looks for what the other has in its memory and its folder."""
    secret = "secret-" + secrets.token_hex(8)
    hider = f"kept = {secret!r}\n" + HIDER
    seeker = Attack("search of a run for another", "other runs", "python", SEEKER, ("ok",))
    hidden, found = await asyncio.gather(
        sandbox.run(Submission(code=hider, language="python")), sandbox.run(Submission(code=SEEKER, language="python"))
    )
    fault = "it found the other" if secret in found.stdout else ""
    if (hidden.outcome, found.outcome) != ("ok", "ok") or "tried" not in found.stdout:
        fault = f"the two ended {hidden.outcome} and {found.outcome}"
    return to_result(seeker, found, fault, held=not fault)


HIDER = """
import time
try: open("kept.txt", "w").write(kept)
except OSError: pass
time.sleep(1.5)
"""
SEEKER = """
import glob, os, time
time.sleep(0.5)
own = os.path.realpath(".")
places = ("/proc/[0-9]*/cwd/*", "/proc/[0-9]*/root/work/*", "/tmp/*/run-*/work/*", "../../run-*/work/*")
for path in [found for place in places for found in glob.glob(place)]:
    try:
        if "solution.py" in path and os.path.realpath(path).startswith(own): continue
        text = open(path, errors="replace").read(20000)
        at = text.find("".join(("sec", "ret-")))
        if at >= 0: print(path, text[at:at + 40])
    except OSError: pass
print("tried")
"""


async def _crowd(sandbox: Sandbox) -> AttackResult:
    """Fifty runs at the same time, each answered with its own answer."""
    one = Attack("fifty runs at once", "many at once", "python", "", ("ok",))
    codes = [Submission(code=f"print({number})", language="python") for number in range(CROWD)]
    results = await asyncio.gather(*map(sandbox.run, codes), return_exceptions=True)
    right = sum(isinstance(r, RunResult) and r.stdout == f"{number}\n" for number, r in enumerate(results))
    fault = "" if right == CROWD else f"{CROWD - right} of {CROWD} were not answered rightly"
    last = next((r for r in reversed(results) if isinstance(r, RunResult)), None)
    return to_result(one, last, fault, held=not fault)


def to_result(one: Attack, result: RunResult | None, note: str, *, held: bool) -> AttackResult:
    """The attack's line in the self-test."""
    outcome: Outcome | None = result.outcome if result is not None else None
    return AttackResult(name=one.name, attack_class=one.attack_class, held=held, outcome=outcome, note=note)


def to_absent(one: Attack, reason: str) -> AttackResult:
    """The line of an attack that cannot exist here."""
    return to_result(one, None, reason, held=True).model_copy(update={"is_absent": True})
