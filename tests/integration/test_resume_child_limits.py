"""The reading child has given away what a hostile upload would want."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interviewlab.resume.reading import ISOLATED
from tests.parts import need

LIMITED = "from interviewlab.resume.child import limit\nlimit(2)\n"


def _run(code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LIMITED + code], capture_output=True, text=True, cwd=cwd, timeout=60, check=False
    )


def test_no_file_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "interviewlab").symlink_to(Path(__file__).resolve().parents[2] / "interviewlab")
    result = _run("f = open('x', 'wb', 0); f.write(b'hello')", tmp_path)
    assert "File too large" in result.stderr
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0


SHUT_IN = """from interviewlab.resume import child
from interviewlab.sandbox.confinement import confine
import sys
if not confine((*sys.path, child.MEMORY_FILE)):
    sys.exit("no wall")
child.limit(2)
print(open(sys.argv[1]).read())
"""


def test_started_as_it_is_the_child_reads_no_file_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "upload_probe.py").write_text(SHUT_IN, encoding="utf-8")
    (tmp_path / "secret").write_text("a word", encoding="utf-8")
    places = [str(tmp_path / "code"), str(Path(__file__).resolve().parents[2]), *filter(None, sys.path[1:])]
    command = [sys.executable, *ISOLATED, "-m", "upload_probe", str(tmp_path / "secret")]
    env = {"PYTHONPATH": os.pathsep.join(places)}
    done = subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, timeout=60, check=False)
    need("landlock", "no wall" not in done.stderr, "the kernel has no Landlock")
    assert done.stdout == ""
    assert "PermissionError" in done.stderr


def test_memory_ends_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "interviewlab").symlink_to(Path(__file__).resolve().parents[2] / "interviewlab")
    assert "MemoryError" in _run("bytearray(900 * 2**20)", tmp_path).stderr


def test_computing_ends_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "interviewlab").symlink_to(Path(__file__).resolve().parents[2] / "interviewlab")
    assert _run("while True: pass", tmp_path).returncode < 0


@pytest.mark.parametrize(
    "guest", ["gradio", "langgraph", "pdfplumber", "docx", "dateparser", "phonenumbers", "jsonschema"]
)
def test_importing_the_room_loads_no_heavy_guest(guest: str) -> None:
    code = f"import sys, interviewlab.resume; sys.exit({guest!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
