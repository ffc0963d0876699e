"""CPython for WASI, compiled for this machine once and kept; used only as long as its bytes are what was written."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from interviewlab.errors import SandboxUnavailable

HOST = Path(__file__).with_name("wasm_host.py")
COMPILE_S = 300.0
"""Compiling took 6 to 17 s on two cores."""
EXTRA = "pip install wasmtime"


def find_engine() -> Path:
    """The folder that holds wasmtime; raises SandboxUnavailable."""
    found = importlib.util.find_spec("wasmtime")
    if found is None or found.origin is None:
        raise SandboxUnavailable("wasmtime is not installed.", EXTRA)
    return Path(found.origin).parent.parent


def to_host_command(*words: str) -> list[str]:
    """How the process around a program is started: isolated, with no packages but the engine."""
    return [sys.executable, "-I", "-S", "-B", str(HOST), *words]


def open_module(interpreter: Path, folder: Path) -> int:
    """A descriptor of the compiled ``interpreter``, compiled into ``folder`` where it is not there or not whole.

    What was hashed is what the descriptor shows, whatever is put in its place later. Raises SandboxUnavailable.
    """
    target = folder / f"{_identity(interpreter)}.cwasm"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _check_owner(folder)
            found = _open_whole(target)
            if found is None:
                _compile(interpreter, target)
                found = _open_whole(target)
    except (OSError, subprocess.SubprocessError) as error:
        raise SandboxUnavailable(
            f"CPython for WASI could not be compiled into {folder}: {error}.",
            "Make the folder writable and free 100 MB, or name another with INTERVIEWLAB_CACHE_DIR.",
        ) from error
    if found is None:
        raise SandboxUnavailable(f"{target} changes while it is written.", "Delete the folder and try again.")
    return found


def _identity(interpreter: Path) -> str:
    """What the compiled bytes depend on: the interpreter, the engine, our settings of it, the machine."""
    digest = hashlib.sha256(HOST.read_bytes())
    with interpreter.open("rb") as file:
        digest.update(hashlib.file_digest(file, "sha256").digest())
    try:
        digest.update(version("wasmtime").encode())
    except PackageNotFoundError as error:
        raise SandboxUnavailable("wasmtime is not installed.", EXTRA) from error
    digest.update(platform.machine().encode())
    return digest.hexdigest()[:24]


def _check_owner(folder: Path) -> None:
    """Compiled code is run as it is: nobody else may have put it there."""
    about = folder.stat()
    if about.st_uid != os.geteuid() or about.st_mode & 0o022:
        raise SandboxUnavailable(f"Others can write to {folder}.", f"chmod 700 {folder}, or delete it.")


def _open_whole(target: Path) -> int | None:
    """A descriptor of the file if it has the bytes that were written, else None."""
    try:
        noted = json.loads(target.with_suffix(".json").read_text())["sha256"]
        found = os.open(target, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with open(found, "rb", closefd=False) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() == noted:
            return found
    os.close(found)
    return None


def _compile(interpreter: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="compiling-", dir=target.parent) as workshop:
        made = Path(workshop) / "made"
        command = to_host_command("compile", str(find_engine()), str(interpreter), str(made))
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=COMPILE_S, env={})
        if done.returncode:
            said = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
            raise OSError(said)
        noted = hashlib.sha256(made.read_bytes()).hexdigest()
        for old in target.parent.glob("*.cwasm"):
            with contextlib.suppress(OSError):
                old.unlink()
                old.with_suffix(".json").unlink()
        # Readable by the process that runs it, which is nobody where we are root.
        made.chmod(0o444)
        os.replace(made, target)
        target.with_suffix(".json").write_text(json.dumps({"sha256": noted}))
