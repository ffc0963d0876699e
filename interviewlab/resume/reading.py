"""One upload to a Resume: checked from outside, parsed in a child process that has limits and a clock."""

from __future__ import annotations

import asyncio
import json
import math
import os
import signal
import stat
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from interviewlab.errors import BadUpload
from interviewlab.resume.formats import WANTED
from interviewlab.types import Resume

MAX_ANSWER_MB = 32
"""More than this from the child is no CV, whatever it says."""
ISOLATED = ("-s", "-P")
"""The child may read where its imports are and nothing else: ``-P`` keeps its folder, ``/``, out of them."""
SLOW = "Export the CV again, simpler or as plain text, and upload that."
DAMAGED = "Save or export the CV again and upload the new file."


async def read_resume(path: Path, *, max_mb: float = 10, max_pages: int = 20, timeout_s: float = 9) -> Resume:
    """The CV in a PDF, DOCX, text, Markdown or JSON Resume file; its type is decided by its content.

    Raises BadUpload, one sentence and a remedy, for whatever cannot be read within ``max_mb``, ``max_pages`` and
    ``timeout_s`` seconds. The file is hostile until proven otherwise: it is opened here and parsed in a child process.
    """
    descriptor = await asyncio.to_thread(_open, path, max_mb)
    try:
        answer = await _ask_child(descriptor, path.name, max_pages, timeout_s)
    finally:
        os.close(descriptor)
    return _resume(answer, path.name)


def _open(path: Path, max_mb: float) -> int:
    """A descriptor of the upload, checked without reading it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise BadUpload(f'There is no file "{path.name}".', "Check its name and folder.") from error
    except (OSError, ValueError) as error:
        raise BadUpload(f'The file "{path.name}" cannot be opened.', "Check that you may read it.") from error
    if problem := _problem(os.fstat(descriptor), path.name, max_mb):
        os.close(descriptor)
        raise problem
    return descriptor


def _problem(status: os.stat_result, name: str, max_mb: float) -> BadUpload | None:
    if not stat.S_ISREG(status.st_mode):
        return BadUpload(f'"{name}" is not a file but a folder or device.', WANTED)
    if status.st_size == 0:
        return BadUpload(f'The file "{name}" is empty.', "Choose the file that holds your CV.")
    if status.st_size > max_mb * 2**20:
        size = status.st_size / 2**20
        return BadUpload(f'The file "{name}" has {size:.1f} MB, more than the {max_mb:g} MB allowed.', SLOW)
    return None


async def _ask_child(descriptor: int, name: str, max_pages: int, timeout_s: float) -> bytes:
    """The child's answer; the child is gone when this returns, however it returns."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *(*ISOLATED, "-m", "interviewlab.resume.child", str(max_pages), str(max(1, math.ceil(timeout_s)))),
        stdin=descriptor,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": os.pathsep.join(entry for entry in _import_path() if entry), "PYTHONHASHSEED": "0"},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(timeout_s):
            answer = await _read_answer(process, name)
            await process.wait()
    except TimeoutError as error:
        raise BadUpload(f'Reading "{name}" took longer than {timeout_s:g} seconds.', SLOW) from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    _check_exit(process.returncode, name)
    return answer


def _import_path() -> list[str]:
    """Where this package comes from, then where this process finds its libraries."""
    return [str(Path(__file__).resolve().parents[2]), *(entry for entry in sys.path if Path(entry).is_dir())]


async def _read_answer(process: asyncio.subprocess.Process, name: str) -> bytes:
    if process.stdout is None:
        return b""
    answer = bytearray()
    while chunk := await process.stdout.read(2**16):
        answer += chunk
        if len(answer) > MAX_ANSWER_MB * 2**20:
            raise BadUpload(f'The file "{name}" holds far more text than a CV.', SLOW)
    return bytes(answer)


def _check_exit(returncode: int | None, name: str) -> None:
    if returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise BadUpload(f'Reading "{name}" took more computing time or memory than allowed.', SLOW)
    if returncode != 0:
        raise BadUpload(f'The file "{name}" is damaged or not what it says it is: reading it failed.', DAMAGED)


def _resume(answer: bytes, name: str) -> Resume:
    try:
        result: dict[str, Any] = json.loads(answer)
        if "resume" in result:
            return Resume.model_validate(result["resume"])
    except (ValueError, ValidationError) as error:
        raise BadUpload(f'The file "{name}" could not be read.', DAMAGED) from error
    problem = result.get("error") or {}
    raise BadUpload(
        f"{name}: {problem.get('what', 'The file could not be read.')}", str(problem.get("remedy", DAMAGED))
    )
