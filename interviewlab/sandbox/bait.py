"""Things of this machine that no program may reach, and how to see whether one did."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import secrets
import socket
import sysconfig
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType


@dataclass
class Bait:
    """Things of this machine that no program may reach, and how to see whether one did."""

    mark: str = field(default_factory=lambda: "il" + secrets.token_hex(6))
    secret: str = field(default_factory=lambda: "secret-" + secrets.token_hex(8))
    expected: str = field(default_factory=lambda: "expected-" + secrets.token_hex(8))
    later: str = field(default_factory=lambda: "later-" + secrets.token_hex(8))
    was_served: bool = False
    """Whether a visitor of this machine was let in at ``free_port``, where nobody of ours listens."""

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
        self.free_port = _find_free_port()
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
            "FREE_PORT": str(self.free_port),
            "HOME": str(Path.home()),
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
        if self.was_served:
            return "a service was open to this machine"
        if _was_queue_left(self.mark):
            return "a queue of messages was left"
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


def _find_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _was_reached(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(1)
    except BlockingIOError:
        return False
    return True


def _was_queue_left(name: str) -> bool:
    """Whether the kernel keeps a queue of that name for the whole machine; removes it."""
    queues = ctypes.CDLL(ctypes.util.find_library("rt") or None)
    return bool(queues.mq_unlink(f"/{name}".encode()) == 0)


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
    for process in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:  # it has ended meanwhile
            continue
        if name == mark and rest.split()[0] not in ("Z", "X"):
            found.append(int(process.name))
    return found
