"""The same program as a bare process, without any wall: what the cost of a sandbox is measured against."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

REPEAT = """
import base64, json, os, subprocess, sys, tempfile, time
order = json.load(sys.stdin)
folder = tempfile.mkdtemp(dir=order["below"])
for name, data in order["files"].items():
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(base64.b64decode(data))
    os.chmod(path, 0o755)
times = []
for _ in range(order["times"] + 2):
    start = time.perf_counter()
    done = subprocess.run(order["command"], cwd=folder, env=order["environment"], input=b"", capture_output=True)
    times.append(time.perf_counter() - start)
if done.returncode or done.stdout.decode() != order["printed"]:
    raise SystemExit(done.stderr.decode() or "it printed something else")
json.dump(times[2:], sys.stdout)
"""
"""Runs one program again and again; the first two times, with cold files, are left out."""


def time_bare(
    files: Mapping[str, bytes],
    command: Sequence[str],
    environment: Mapping[str, str],
    printed: str,
    times: int,
    image: str = "",
) -> list[float]:
    """Seconds of each run, in a container of ``image`` that has no other work, or on this machine where it is empty."""
    if not image:
        program = sys.executable if command[0] == "python3" else shutil.which(command[0]) or command[0]
        command = [program, *command[1:]]
    order = {
        "files": {name: base64.b64encode(data).decode() for name, data in files.items()},
        "command": list(command),
        "environment": {"PATH": "/usr/bin:/bin", **environment},
        "printed": printed,
        "times": times,
        "below": "/work" if image else None,
    }
    inside = [
        "docker",
        "run",
        "--rm",
        "-i",
        "--network=none",
        "--tmpfs=/work:exec,uid=65534,gid=65534,mode=700",
        image,
        "python3",
    ]
    start = inside if image else [sys.executable, "-S", "-E"]
    done = subprocess.run(
        [*start, "-c", REPEAT], input=json.dumps(order), capture_output=True, text=True, check=True, timeout=300
    )
    return [float(value) for value in json.loads(done.stdout)]
