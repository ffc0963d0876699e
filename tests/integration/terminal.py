"""Runs the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def interviewlab(*arguments: str | Path, data_dir: Path, stdin: str = "", **settings: str) -> Any:
    """The finished process; ``settings`` are INTERVIEWLAB_ variables in lower case."""
    environment = os.environ | {f"INTERVIEWLAB_{key.upper()}": value for key, value in settings.items()}
    environment["INTERVIEWLAB_DATA_DIR"] = str(data_dir)
    command = [sys.executable, "-m", "interviewlab", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, timeout=240, check=False
    )


def json_lines(text: str) -> list[dict[str, Any]]:
    """Every line must be a JSON object: nothing else may reach standard output."""
    return [json.loads(line) for line in text.splitlines()]
