"""What every sandbox signs: hostile programs end stopped, the host is as it was, and the next run is unharmed."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from pydantic import TypeAdapter

from interviewlab.errors import BadSubmission
from interviewlab.ports import Sandbox
from interviewlab.sandbox.attacks import Attack, read_attacks
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import EVERYWHERE
from interviewlab.types import AttackResult, Language, RunResult, Submission, TestSuite

SUITE: TypeAdapter[TestSuite] = TypeAdapter(TestSuite)
OVERTIME_S = 8.0
"""How much longer than its wall limit a run may take until its result is there, on a busy machine."""
SETTLE_S = 2.0
GREETINGS: dict[Language, str] = {"python": "print('unharmed')", "javascript": "console.log('unharmed')"}
NAMED: dict[Language, str] = {
    "python": (
        "def _name():\n    import ctypes\n    ctypes.CDLL(None).prctl(15, b'@MARK@', 0, 0, 0)\n"
        "try: _name()\nexcept Exception: pass\ndel _name\n"
    ),
    "javascript": "process.title = '@MARK@';\n",
}
"""Processes of an attack bear its mark as their name, and so do their descendants: none may be left."""


@dataclass
class Bait:
    """Things of this machine that no program may reach, and how to see whether one did."""

    mark: str = field(default_factory=lambda: "il" + secrets.token_hex(6))
    secret: str = field(default_factory=lambda: "secret-" + secrets.token_hex(8))
    expected: str = field(default_factory=lambda: "expected-" + secrets.token_hex(8))
    later: str = field(default_factory=lambda: "later-" + secrets.token_hex(8))

    def __enter__(self) -> Bait:
        self._folder = tempfile.TemporaryDirectory(prefix="interviewlab-bait-")
        self.folder = Path(self._folder.name)
        # Only the wall may stand between the program and the bait, not its mode.
        self.folder.chmod(0o777)
        self.file = self.folder / "secret.txt"
        self.file.write_text(self.secret)
        self.file.chmod(0o666)
        self._tcp = _listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self._udp = _listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self._unix = _listen(socket.AF_UNIX, socket.SOCK_STREAM, str(self.folder / "socket"))
        self._abstract = _listen(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.mark)
        (self.folder / "socket").chmod(0o777)
        self._before = self._look()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in (self._tcp, self._udp, self._unix, self._abstract):
            one.close()
        self._folder.cleanup()

    def _look(self) -> tuple[object, ...]:
        about = self.file.lstat()
        names = tuple(sorted(path.name for path in self.folder.iterdir()))
        return names, self.file.read_text(), about.st_mode, about.st_uid, about.st_mtime_ns, about.st_nlink

    def fill(self, text: str) -> str:
        """The text with every ``@NAME@`` filled in."""
        known = {
            "MARK": self.mark,
            "SECRET": self.secret,
            "SECRET_FILE": str(self.file),
            "SECRET_FOLDER": str(self.folder),
            "EXPECTED": self.expected,
            "LATER": self.later,
            "PROJECT": str(Path(__file__).resolve().parents[2]),
            "SITE_PACKAGES": sysconfig.get_path("purelib"),
            "PASSWD_LINE": _own_passwd_line(),
            "ENVIRONMENT": _own_environment(),
            "SERVER_PID": str(os.getpid()),
            "TCP_PORT": str(self._tcp.getsockname()[1]),
            "UDP_PORT": str(self._udp.getsockname()[1]),
            "UNIX_SOCKET": str(self.folder / "socket"),
            "ABSTRACT_SOCKET": self.mark,
        }
        for name, value in known.items():
            text = text.replace(f"@{name}@", value)
        return text

    def damage(self) -> str:
        """What happened to the bait, in words; empty when nothing did."""
        try:
            if self._look() != self._before:
                return "the bait file was changed"
        except OSError:
            return "the bait file is gone"
        for name, one in (("TCP", self._tcp), ("UDP", self._udp), ("unix", self._unix), ("abstract", self._abstract)):
            if _was_reached(one):
                return f"the {name} socket was reached"
        return ""


def _listen(family: socket.AddressFamily, kind: socket.SocketKind, address: str | tuple[str, int]) -> socket.socket:
    found = socket.socket(family, kind)
    found.bind(address)
    if kind == socket.SOCK_STREAM:
        found.listen()
    found.setblocking(False)
    return found


def _was_reached(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(1)
    except BlockingIOError:
        return False
    return True


def _own_passwd_line() -> str:
    """A line of this machine's user list that a container's own does not have."""
    lines = Path("/etc/passwd").read_text(errors="replace").split("\n")
    own = [line for line in lines if line.partition(":")[0] not in STOCK_USERS and line]
    return own[-1] if own else "no line is only here"


STOCK_USERS = frozenset(
    [
        *("root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data"),
        *("backup", "list", "irc", "gnats", "_apt", "nobody", "systemd-network"),
    ]
)
"""Users that Debian has everywhere, and so the image as well."""


def _own_environment() -> str:
    """A variable of ours that no program may see."""
    public = ("PATH", "LC_CTYPE", "LANG", "TERM")
    wanted = [f"{name}={value}" for name, value in os.environ.items() if len(value) > 8 and name not in public]
    return wanted[0] if wanted else "no variable is only here"


def find_marked(mark: str) -> list[int]:
    """The living processes of this machine that bear the mark."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        if name == mark and rest.split()[0] not in ("Z", "X"):
            found.append(int(path.parent.name))
    return found


async def attack(sandbox: Sandbox, *, quick: bool = False) -> tuple[AttackResult, ...]:
    """Run the attacks one after the other; ``quick`` takes the few that a start-up can afford.

    Each is judged by its outcome, what it printed, the bait, the processes left, and (at the end, or each time
    when not quick) by whether a harmless program still runs. Languages without a toolchain are left out.
    """
    results: list[AttackResult] = []
    absent: set[Language] = set()
    chosen = [one for one in read_attacks() if (one.quick or not quick) and one.language in ENTRIES]
    for one in chosen:
        if one.language in absent:
            continue
        try:
            results.append(await _attack_once(sandbox, one, look_after=not quick or one is chosen[-1]))
        except BadSubmission:
            absent.add(one.language)
    return tuple(results)


async def _attack_once(sandbox: Sandbox, one: Attack, *, look_after: bool) -> AttackResult:
    if sandbox.name in one.not_on:
        return to_result(one, None, one.not_on[sandbox.name], held=True)
    with Bait() as bait:
        started = time.monotonic()
        result = await _run(sandbox, one, bait)
        late_s = time.monotonic() - started - one.wall_s
        fault = judge(one, result, bait) or bait.damage() or await _find_survivor(bait.mark)
    tries = len(result.tests) or 1
    if not fault and late_s > OVERTIME_S + one.wall_s * (tries - 1):
        fault = f"it ran {late_s:.1f} s longer than its limit"
    if not fault and look_after:
        fault = await _look_after(sandbox, one.language)
    return to_result(one, result, fault, held=not fault)


async def _run(sandbox: Sandbox, one: Attack, bait: Bait) -> RunResult:
    code = bait.fill(NAMED[one.language] + one.code)
    suite = SUITE.validate_json(bait.fill(json.dumps(one.suite))) if one.suite else None
    limits = EVERYWHERE.model_copy(update={"wall_s": one.wall_s, "cpu_s": one.cpu_s, "memory_mb": 10**6})
    return await sandbox.run(Submission(code=code, language=one.language), suite, limits=limits)


def judge(one: Attack, result: RunResult, bait: Bait) -> str:
    """What is wrong with the result itself; empty when nothing is."""
    if result.outcome not in one.outcomes:
        return f"the outcome was {result.outcome}"
    printed = result.stdout + result.stderr + "".join(test.got for test in result.tests)
    if any(bait.fill(text) in printed for text in one.forbidden):
        return "it printed what it must not know"
    if not all(bait.fill(text) in result.stdout for text in one.printed):
        return "it did not come to its end"
    return "a test passed" if any(test.passed for test in result.tests) else ""


async def _find_survivor(mark: str) -> str:
    deadline = time.monotonic() + SETTLE_S
    while left := find_marked(mark):
        if time.monotonic() > deadline:
            return f"{len(left)} processes were left"
        await asyncio.sleep(0.05)
    return ""


async def _look_after(sandbox: Sandbox, language: Language) -> str:
    result = await sandbox.run(Submission(code=GREETINGS[language], language=language))
    return "" if (result.outcome, result.stdout) == ("ok", "unharmed\n") else f"the next run ended {result.outcome}"


def to_result(one: Attack, result: RunResult | None, note: str, *, held: bool) -> AttackResult:
    """The attack's line in the self-test."""
    outcome = result.outcome if result is not None else None
    return AttackResult(name=one.name, attack_class=one.attack_class, held=held, outcome=outcome, note=note)
