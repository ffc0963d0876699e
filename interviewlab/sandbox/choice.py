"""Which sandbox is used: the strongest one that holds against its own attacks on this machine. There is no unsafe one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from interviewlab.errors import BadInput, SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.runner import check_submission
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import AttackResult, Limits, RunResult, Submission, TestSuite

Opener = Callable[[], Sandbox]
"""Opens a backend; blocking; raises SandboxUnavailable where it has not what it needs."""

REMEDY = (
    "Install Docker (Debian, Ubuntu: sudo apt-get install docker.io) and run scripts/sandbox-image.sh, "
    "or use Linux 6.12 or newer for sandlock; `interviewlab doctor` shows what is missing."
)


async def choose_sandbox(backends: Sequence[Opener]) -> Sandbox:
    """The first of ``backends`` (strongest first) that opens and holds every attack of its ``check``.

    Raises SandboxUnavailable, with what each backend lacked, if none does.
    """
    reasons: list[str] = []
    for opener in backends:
        try:
            sandbox = await asyncio.to_thread(opener)
        except SandboxUnavailable as error:
            reasons.append(str(error))
            continue
        reason = await find_weakness(sandbox)
        if not reason:
            return sandbox
        await sandbox.aclose()
        reasons.append(reason)
    raise SandboxUnavailable(f"No sandbox can be used here: {' '.join(reasons) or 'none was offered.'}", REMEDY)


async def find_weakness(sandbox: Sandbox) -> str:
    """Why this sandbox may not be used; empty when its ``check`` holds."""
    try:
        broken = [one for one in await sandbox.check() if not one.held]
    except (SandboxFailed, SandboxUnavailable) as error:
        return f"{sandbox.name} broke in its self-test: {error}"
    if not broken:
        return ""
    return f"{sandbox.name} did not hold {len(broken)} of its attacks ({broken[0].name}: {broken[0].note})."


class LazySandbox:
    """A sandbox that is chosen when the first program comes, once; opening an interview does not pay for it.

    A choice that fails is tried again with the next program: the engine may have been started by then.
    """

    def __init__(self, backends: Sequence[Opener], name: str = "auto") -> None:
        self._backends = tuple(backends)
        self._asked = name
        self._chosen: Sandbox | None = None
        self._lock = asyncio.Lock()

    @property
    def name(self) -> str:
        """The chosen backend's name; before the choice, what was asked for."""
        return self._chosen.name if self._chosen is not None else self._asked

    async def choose(self) -> Sandbox:
        """The backend in use; raises SandboxUnavailable."""
        async with self._lock:
            if self._chosen is None:
                self._chosen = await choose_sandbox(self._backends)
            return self._chosen

    async def run(
        self, submission: Submission, tests: TestSuite | None = None, stdin: str = "", limits: Limits | None = None
    ) -> RunResult:
        """See ``Sandbox.run``; also raises SandboxUnavailable."""
        check_submission(submission, tests)
        return await (await self.choose()).run(submission, tests, stdin, limits)

    async def check(self) -> tuple[AttackResult, ...]:
        """See ``Sandbox.check``."""
        return await (await self.choose()).check()

    async def aclose(self) -> None:
        """See ``Sandbox.aclose``."""
        async with self._lock:
            chosen, self._chosen = self._chosen, None
        if chosen is not None:
            await chosen.aclose()


def open_backends(concurrency: int) -> Mapping[str, Opener]:
    """How each backend is opened, strongest first. A vendor's library is imported by the one who opens it."""

    def open_docker() -> Sandbox:
        from interviewlab.sandbox.docker import DockerSandbox

        return DockerSandbox(concurrency)

    def open_sandlock() -> Sandbox:
        from interviewlab.sandbox.sandlock import SandlockSandbox

        return SandlockSandbox(concurrency)

    return {"docker": open_docker, "sandlock": open_sandlock}


async def open_sandbox(backend: str = "auto", concurrency: int = 2) -> Sandbox:
    """A sandbox that chooses its backend at the first run, from all (``auto``) or the one named.

    ``concurrency`` programs run at the same time, further ones wait. Raises BadInput for an unknown name.
    """
    if backend == "scripted":
        return ScriptedSandbox()
    known = open_backends(concurrency)
    if backend == "auto":
        return LazySandbox(tuple(known.values()))
    if backend not in known:
        raise BadInput(f"There is no sandbox called {backend!r}.", f"Known: auto, {', '.join(known)}.")
    return LazySandbox((known[backend],), backend)

