"""Which sandbox is used: the strongest that holds against its own attacks on this machine. There is no unsafe one."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Mapping, MutableMapping, Sequence

from interviewlab.errors import BadInput, SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.runner import check_submission
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import AttackResult, Limits, RunResult, SandboxHealth, Submission, TestSuite

BACKENDS = ("docker", "sandlock", "wasm")
"""Strongest first."""
Opener = Callable[[], Sandbox]
"""Opens a backend; blocking; raises SandboxUnavailable where it has not what it needs."""

REMEDY = (
    "Install Docker (Debian, Ubuntu: sudo apt-get install docker.io) and run scripts/sandbox-image.sh, "
    "or use Linux 6.12 or newer for sandlock, or run `interviewlab weights fetch python-wasi` for wasm; "
    "`interviewlab doctor` shows what is missing."
)


Chosen = tuple[Sandbox, tuple[AttackResult, ...]]
Proven = MutableMapping[str, tuple[AttackResult, ...]]
"""Backends by name that held every attack, and how: a kernel does not change while a process runs."""

_PROVEN_HERE: Proven = {}
_PROVING: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Lock]] = weakref.WeakKeyDictionary()


async def choose_sandbox(backends: Sequence[Opener], proven: Proven | None = None) -> Chosen:
    """The first of ``backends`` (strongest first) that opens and holds every attack of its ``check``; and they.

    One that is in ``proven`` is not attacked again; one that holds is put there. Of those who would attack a backend at
    the same time one does, and the others wait for it. Raises SandboxUnavailable, with what each backend lacked, if
    none holds.
    """
    known: Proven = {} if proven is None else proven
    reasons: list[str] = []
    for opener in backends:
        try:
            sandbox = await asyncio.to_thread(opener)
        except SandboxUnavailable as error:
            reasons.append(str(error))
            continue
        async with _proving(sandbox.name):
            weakness = "" if sandbox.name in known else await _prove(sandbox, known)
        if not weakness:
            return sandbox, known[sandbox.name]
        await sandbox.aclose()
        reasons.append(weakness)
    raise SandboxUnavailable(f"No sandbox can be used here: {' '.join(reasons) or 'none was offered.'}", REMEDY)


def _proving(name: str) -> asyncio.Lock:
    """Held by whoever attacks this backend in the running loop."""
    return _PROVING.setdefault(asyncio.get_running_loop(), {}).setdefault(name, asyncio.Lock())


async def _prove(sandbox: Sandbox, proven: Proven) -> str:
    """Why this sandbox may not be used; empty, and noted in ``proven``, when it holds."""
    try:
        attacks = await sandbox.check()
    except SandboxFailed as error:
        return f"{sandbox.name} broke in its self-test: {error}"
    if not all(attack.held for attack in attacks):
        return describe_weakness(sandbox.name, attacks)
    proven[sandbox.name] = attacks
    return ""


def describe_weakness(name: str, attacks: Sequence[AttackResult]) -> str:
    """Which attacks a backend did not hold, in words."""
    broken = [f"{attack.name} ({attack.note})" for attack in attacks if not attack.held]
    return f"{name} does not hold {len(broken)} of {len(attacks)} attacks: {', '.join(broken)}."


class LazySandbox:
    """A sandbox that is chosen when the first program comes, once; opening an interview does not pay for it.

    ``name`` is what was asked for until then, the chosen backend's from then on. A choice that fails is tried
    again with the next program: the engine may have been started by then.
    """

    def __init__(self, backends: Sequence[Opener], name: str = "auto", proven: Proven | None = None) -> None:
        self.name = name
        self._proven: Proven = {} if proven is None else proven
        self._backends = tuple(backends)
        self._chosen: Chosen | None = None
        self._lock = asyncio.Lock()

    async def choose(self) -> Chosen:
        """The backend in use and how its self-test went; raises SandboxUnavailable."""
        async with self._lock:
            if self._chosen is None:
                self._chosen = await choose_sandbox(self._backends, self._proven)
                self.name = self._chosen[0].name
            return self._chosen

    async def run(
        self, submission: Submission, tests: TestSuite | None = None, stdin: str = "", limits: Limits | None = None
    ) -> RunResult:
        """See ``Sandbox.run``; also raises SandboxUnavailable."""
        check_submission(submission, tests, stdin)
        sandbox, _ = await self.choose()
        return await sandbox.run(submission, tests, stdin, limits)

    async def check(self) -> tuple[AttackResult, ...]:
        """The self-test by which the backend was chosen; raises SandboxUnavailable where none passes."""
        return (await self.choose())[1]

    def health(self) -> SandboxHealth:
        """See ``Sandbox.health``; of nothing while none is chosen."""
        return self._chosen[0].health() if self._chosen else SandboxHealth(backend=self.name)

    async def aclose(self) -> None:
        """See ``Sandbox.aclose``."""
        async with self._lock:
            chosen, self._chosen = self._chosen, None
        if chosen is not None:
            await chosen[0].aclose()


def without_wasm() -> Sandbox:
    """For those who name no interpreter."""
    raise SandboxUnavailable("No interpreter for WebAssembly was named.", "interviewlab weights fetch python-wasi")


def open_backends(concurrency: int, open_wasm: Opener = without_wasm) -> Mapping[str, Opener]:
    """How each backend is opened, strongest first. A vendor's library is imported by the one who opens it.

    ``open_wasm`` knows where the interpreter is that the third one needs.
    """

    def open_docker() -> Sandbox:
        from interviewlab.sandbox.docker import DockerSandbox

        return DockerSandbox(concurrency)

    def open_sandlock() -> Sandbox:
        from interviewlab.sandbox.sandlock import SandlockSandbox

        return SandlockSandbox(concurrency)

    return dict(zip(BACKENDS, (open_docker, open_sandlock, open_wasm), strict=True))


async def open_sandbox(backend: str = "auto", concurrency: int = 2, open_wasm: Opener = without_wasm) -> Sandbox:
    """A sandbox that chooses its backend at the first run, from all (``auto``) or the one named.

    ``concurrency`` programs run at the same time, further ones wait. Raises BadInput for an unknown name.
    """
    if backend == "scripted":
        return ScriptedSandbox()
    known = open_backends(concurrency, open_wasm)
    if backend == "auto":
        return LazySandbox(tuple(known.values()), proven=_PROVEN_HERE)
    if backend not in known:
        raise BadInput(f"There is no sandbox called {backend!r}.", f"Known: auto, {', '.join(known)}.")
    return LazySandbox((known[backend],), backend, _PROVEN_HERE)
