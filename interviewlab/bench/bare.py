"""The same program as a bare process, without any wall: what the cost of a sandbox is measured against."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

REPEAT = """
import base64, json, os, subprocess, sys, tempfile, time
order = json.loads(sys.stdin.readline())
folder = tempfile.mkdtemp(dir=order["below"])
for name, data in order["files"].items():
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(base64.b64decode(data))
    os.chmod(path, 0o755)
for _ in sys.stdin:
    start = time.perf_counter()
    done = subprocess.run(order["command"], cwd=folder, env=order["environment"], input=b"", capture_output=True)
    spent = time.perf_counter() - start
    if done.returncode or done.stdout.decode() != order["printed"]:
        raise SystemExit(done.stderr.decode() or "it printed something else")
    print(spent, flush=True)
"""
"""Runs one program each time a line comes, and says how many seconds it took."""
COLD = 2
"""The first runs, with cold files, count for nothing."""


@dataclass(frozen=True)
class Bare:
    """A process, or a container, that runs one program again and again."""

    process: subprocess.Popen[str]

    def time(self) -> float:
        """Seconds of one run. Blocking; raises ValueError where it did not print what it should."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def open_bare(
    files: Mapping[str, bytes], command: Sequence[str], environment: Mapping[str, str], printed: str, image: str = ""
) -> Iterator[Bare]:
    """A warm one, in a container of ``image`` that has no other work, or on this machine where it is empty."""
    if not image:
        program = sys.executable if command[0] == "python3" else shutil.which(command[0]) or command[0]
        command = [program, *command[1:]]
    order = {
        "files": {name: base64.b64encode(data).decode() for name, data in files.items()},
        "command": list(command),
        "environment": {"PATH": "/usr/bin:/bin", **environment},
        "printed": printed,
        "below": "/work" if image else None,
    }
    inside = ["docker", "run", "--rm", "-i", "--network=none", "--tmpfs=/work:exec,uid=65534,gid=65534,mode=700"]
    start = [*inside, image, "python3"] if image else [sys.executable, "-S", "-E"]
    with subprocess.Popen([*start, "-c", REPEAT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(order) + "\n")
        bare = Bare(process)
        for _ in range(COLD):
            bare.time()
        yield bare
        process.stdin.close()
