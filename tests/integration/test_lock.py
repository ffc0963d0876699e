from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.parts import need

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / "scripts" / "uv.sh"


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture
def _uv() -> None:
    done = subprocess.run([UV, "--version"], capture_output=True, check=False)
    need("uv", done.returncode == 0, "scripts/uv.sh could neither find nor fetch it")


@pytest.mark.usefixtures("_uv")
def test_the_pip_lock_is_what_the_lock_gives():
    options = ["--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--no-annotate", "--no-header"]
    command = [UV, "export", "--quiet", *options, "--extra", "app", "--extra", "voice", "--extra", "llm"]
    exported = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert rows((ROOT / "requirements.txt").read_text(encoding="utf-8")) == rows(exported), "Run `make lock`."


@pytest.mark.usefixtures("_uv")
def test_the_lock_fits_the_project():
    done = subprocess.run([UV, "lock", "--check", "--offline"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stderr} Run `make lock`."


def test_every_line_of_the_pip_lock_is_one_pinned_package():
    for row in rows((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        assert re.match(r"^[\w.\-]+(\[[\w,\-]+\])?==[\w.!+]+( ; .+)?$", row), row
