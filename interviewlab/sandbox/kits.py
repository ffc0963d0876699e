"""The toolchains of this machine, for walls that run languages without the image: what of them is prepared and read."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from importlib.resources import as_file, files
from pathlib import Path

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.types import Language

PREPARE_S = 180.0
"""How long preparing may take: Go compiles its standard library in 10 to 40 s where it has not done so before."""
KIT_PARTS = ("image/kit.sh", "drivers/InterviewlabDriver.java", "drivers/driver.hpp", "drivers/typescript.js")
"""What kits are made from, beside the toolchains."""
SHELL_PROGRAMS = ("sh", "cat", "wc", "mkdir")
"""What a compile step's line of shell needs."""


class Kits:
    """Prepares each language's kit when its first program comes, once on a machine: the next process finds it.

    ``root`` is a folder of our user's alone, named by what the kits are made from; see ``open_folder``.
    """

    def __init__(self) -> None:
        self.root = open_folder()
        self._readable: dict[Language, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def get_readable(self, language: Language) -> tuple[str, ...]:
        """What the language's steps read beside the interpreters.

        Blocking at the first call; raises SandboxFailed where the toolchain, though it is here, cannot be prepared.
        """
        if language not in READABLE:
            return ()
        with self._lock:
            if language not in self._readable:
                prepare(language, self.root)
                found = (str(self.root / language), *READABLE[language]())
                self._readable[language] = tuple(path for path in dict.fromkeys(found) if path and os.path.exists(path))
            return self._readable[language]


def open_folder() -> Path:
    """Where kits are kept on this machine; raises SandboxFailed where somebody else has put something there."""
    room = files("interviewlab.sandbox")
    made_from = [room.joinpath(*name.split("/")).read_bytes() for name in KIT_PARTS]
    tools = sorted({find_program(name) for entry in ENTRIES.values() for name in entry.programs})
    ages = "".join(f"{tool} {os.stat(tool).st_mtime_ns}\n" for tool in tools if tool)
    digest = hashlib.sha256(b"".join(made_from) + ages.encode()).hexdigest()[:12]
    folder = Path(os.path.realpath(tempfile.gettempdir())) / f"interviewlab-kits-{os.geteuid()}-{digest}"
    try:
        folder.mkdir(mode=0o755, exist_ok=True)
        about = folder.lstat()
    except OSError as error:
        raise SandboxFailed(f"{folder} cannot be made: {error.strerror}.", "Make room on the disk.") from error
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid() or about.st_mode & 0o022:
        raise SandboxFailed(f"{folder} is not ours alone.", "Remove it and try again.")
    # Whatever the umask: as root, programs run as somebody else.
    folder.chmod(0o755)
    return folder


def prepare(language: Language, root: Path) -> None:
    """Make one language's kit unless it is there already; raises SandboxFailed."""
    with (root / f"{language}.lock").open("w") as lock:
        # Another process may be making it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / f"{language}.ready").exists():
            _run_script(language, root)
            (root / f"{language}.ready").touch()


def _run_script(language: Language, root: Path) -> None:
    room = files("interviewlab.sandbox")
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "GOCACHE", "GOROOT")}
    with as_file(room / "image" / "kit.sh") as script, as_file(room / "drivers") as drivers:
        command = ["sh", str(script), language, str(root), str(drivers)]
        try:
            subprocess.run(
                command, env=environment, check=True, capture_output=True, timeout=PREPARE_S, text=True, umask=0o022
            )
        except (OSError, subprocess.SubprocessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            raise SandboxFailed(
                f"The tools for {language} could not be prepared: {said[-1] if said else error}.",
                "Use the Docker sandbox, or install the language anew.",
            ) from error


def find_program(name: str) -> str:
    """Where a program really is, links followed; empty when it is not here."""
    found = shutil.which(name)
    return os.path.realpath(found) if found else ""


def _read_cpp() -> tuple[str, ...]:
    inner = subprocess.run(["g++", "-print-prog-name=cc1plus"], capture_output=True, text=True, check=False)
    programs = tuple(find_program(name) for name in ("g++", "as", "ld"))
    # The compiler's folder: itself, its headers and what it links with.
    return (*programs, os.path.dirname(inner.stdout.strip()), "/usr/lib/gcc", "/usr/include")


def _read_java() -> tuple[str, ...]:
    home = Path(find_program("java")).parents[1]
    # Debian keeps its configuration elsewhere and links to it.
    return (str(home), f"/etc/{home.name.rpartition('-openjdk')[0]}-openjdk")


READABLE: dict[Language, Callable[[], tuple[str, ...]]] = {
    "cpp": _read_cpp,
    "java": _read_java,
    "typescript": tuple,
    "go": tuple,
}
"""What of the machine each toolchain reads beside its kit."""


def list_missing(programs: tuple[str, ...], has: Mapping[str, str]) -> list[str]:
    """Those of the programs that are neither in ``has`` nor on the PATH."""
    return [name for name in programs if name not in has and shutil.which(name) is None]
