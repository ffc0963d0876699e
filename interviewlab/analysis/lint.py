"""What ruff finds in a Python program: faults and habits that a reviewer would name, each with its line."""

from __future__ import annotations

import json
import subprocess
from functools import lru_cache

RULES = "F,B,C4,E7,PLE"
"""Pyflakes, bugbear, comprehensions, statements, errors."""
LEFT_OUT = "F821,B006,B007,B011,E701,E702,E722,E741"
"""Names that the harness defines, what ``code.py`` tells itself, and what is a matter of taste."""
TIMEOUT_S = 5.0
SHOWN = 8


def lint_python(code: str) -> tuple[str, ...] | None:
    """One sentence for each finding, in order of lines, at most ``SHOWN``; None where ruff cannot be run this time.

    The code is read and not run; comments in it switch nothing off, and no file of settings is looked at.
    """
    try:
        return _findings(code)
    except (ImportError, OSError, subprocess.SubprocessError, json.JSONDecodeError):
        return None


@lru_cache(maxsize=256)
def _findings(code: str) -> tuple[str, ...]:
    """Raises what a ruff that is missing, late or broken raises: what is not known is not remembered."""
    from ruff import find_ruff_bin

    command = [find_ruff_bin(), "check", "--isolated", "--no-cache", "--quiet", "--exit-zero", "--ignore-noqa"]
    options = ["--select", RULES, "--ignore", LEFT_OUT, "--output-format", "json", "--stdin-filename", "a.py", "-"]
    done = subprocess.run(
        [*command, *options],
        input=code.encode("utf-8", "replace"),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    findings = json.loads(done.stdout)
    named = sorted((each["location"]["row"], each["code"], each["message"]) for each in findings if each["code"])
    return tuple(f"Line {row}: {message} ({rule})." for row, rule, message in named[:SHOWN])
