"""Runs the real command in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def interviewlab(*arguments: str | Path, data_dir: Path, stdin: str = "", **settings: str) -> Any:
    """The finished process; ``settings`` are INTERVIEWLAB_ variables in lower case."""
    return subprocess.run(
        _command(arguments),
        input=stdin,
        capture_output=True,
        text=True,
        env=_environment(data_dir, settings),
        timeout=240,
        check=False,
    )


def interrupted(*arguments: str | Path, data_dir: Path, after: str, **settings: str) -> tuple[int, str]:
    """Exit status and standard error of a process that gets Ctrl+C when its output ends with ``after``."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(_command(arguments), text=True, env=_environment(data_dir, settings), **pipes) as process:
        said = ""
        while process.stdout and not said.endswith(after) and (character := process.stdout.read(1)):
            said += character
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        return process.returncode, errors


def _command(arguments: Sequence[str | Path]) -> list[str]:
    return [sys.executable, "-m", "interviewlab", *map(str, arguments)]


def _environment(data_dir: Path, settings: Mapping[str, str]) -> dict[str, str]:
    named = {f"INTERVIEWLAB_{key.upper()}": value for key, value in settings.items()}
    return os.environ | named | {"INTERVIEWLAB_DATA_DIR": str(data_dir)}


def json_lines(text: str) -> list[dict[str, Any]]:
    """Every line must be a JSON object: nothing else may reach standard output."""
    return [json.loads(line) for line in text.splitlines()]
