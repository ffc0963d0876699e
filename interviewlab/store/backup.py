"""All that is kept in one file, and back: rows as JSON lines, so that a backup of SQLite goes into Postgres too.

A ``.tar.gz`` with ``manifest.json``, ``tables/NAME.jsonl`` and ``recordings/``. Working state and locks are not in it:
an interview goes on from its record.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, MetaData, Table, delete, func, inspect, select

from interviewlab.errors import BadInput, DataTooNew, StoreUnavailable
from interviewlab.store.engine import begin, migrate, open_bare_engine, open_engine
from interviewlab.store.schema import HEAD, REVISIONS, to_text

FORMAT = 1
"""Of the archive; the tables in it have the revision that the manifest names."""
_BATCH = 500
_NOT_KEPT = frozenset({"locks", "alembic_version"})
_WORKING_STATE = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")
_Rows = dict[str, int]


@dataclass(frozen=True)
class Kept:
    """What a backup holds: rows by table, and how many files were recorded."""

    rows: _Rows
    recordings: int


async def write_backup(url: str, recordings: Path, path: Path) -> Kept:
    """Everything at one moment, while interviews go on. Raises StoreUnavailable, BadInput where ``path`` exists.

    The file is readable by this user alone, and has its name only when it is whole. A recording that is deleted
    meanwhile is left out.
    """
    _check_is_new(path)
    try:
        with tempfile.TemporaryDirectory() as folder:
            rows = await _dump(url, Path(folder))
            with _new_archive(path) as archive:
                manifest = {"format": FORMAT, "revision": HEAD, "created_at": to_text(datetime.now(UTC)), "rows": rows}
                _add_text(archive, "manifest.json", json.dumps(manifest, indent=2))
                for name in rows:
                    archive.add(Path(folder) / f"{name}.jsonl", f"tables/{name}.jsonl")
                files = _find_recordings(recordings)
                packed = sum(_add_recording(archive, each, recordings) for each in files)
    except OSError as error:
        raise StoreUnavailable(
            f"The backup {path} cannot be written: {error.strerror or error}.",
            "Check that its folder can be written and that this disk and that of temporary files have space.",
        ) from error
    return Kept(rows, packed)


async def read_backup(path: Path, url: str, recordings: Path) -> Kept:
    """Put a backup of this or an older version into an empty store, whole or not at all.

    Raises BadInput where the store holds anything or the file is no backup, DataTooNew, StoreUnavailable.
    """
    with _open_archive(path, recordings) as archive:
        manifest = _read_manifest(archive, path)
        files = _recordings_in(archive, recordings.parent)
        with _room_in(recordings) as folder:
            unpacked = {target: folder / str(number) for number, target in enumerate(files)}
            for target, each in files.items():
                _extract(archive, each, unpacked[target])
            rows = await _load(url, archive, manifest["revision"])
            for target, each_file in unpacked.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                each_file.replace(target)
    return Kept(rows, len(files))


# ---- out


def _check_is_new(path: Path) -> None:
    if path.exists():
        raise BadInput(f"{path} is there already.", "Name a new file: a backup never replaces another.")


def _find_recordings(folder: Path) -> list[Path]:
    """What is there now; a folder that goes while they are looked for has none."""
    return sorted(Path(here) / name for here, _, names in os.walk(folder) for name in names if name.endswith(".ogg"))


def _add_recording(archive: tarfile.TarFile, file: Path, folder: Path) -> bool:
    """Whether it was still there."""
    try:
        archive.add(file, f"recordings/{file.relative_to(folder)}")
    except FileNotFoundError:
        return False
    return True


async def _dump(url: str, folder: Path) -> _Rows:
    async with open_engine(url, is_snapshot=True) as engine, begin(engine, "BEGIN") as connection:
        return await connection.run_sync(_dump_tables, folder)


def _dump_tables(connection: Connection, folder: Path) -> _Rows:
    return {table.name: _dump_table(connection, table, folder) for table in _tables(connection)}


def _dump_table(connection: Connection, table: Table, folder: Path) -> int:
    count = 0
    with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
        for row in connection.execute(select(table), execution_options={"yield_per": _BATCH}).mappings():
            file.write(json.dumps(dict(row)) + "\n")
            count += 1
    return count


@contextmanager
def _new_archive(path: Path) -> Iterator[tarfile.TarFile]:
    """An archive that takes its name when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        Path(name).rename(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    archive.addfile(member, io.BytesIO(text.encode()))


# ---- and back


@contextmanager
def _open_archive(path: Path, recordings: Path) -> Iterator[tarfile.TarFile]:
    """A backup to be read into the data folder. Raises BadInput, or StoreUnavailable where the folder takes nothing."""
    no_backup = BadInput(f"{path} is no backup that can be read.", "Name a file that `interviewlab backup` wrote.")
    try:
        archive = tarfile.open(path, "r:gz")  # noqa: SIM115 - closed below
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise no_backup from error
    try:
        with archive:
            yield archive
    except (gzip.BadGzipFile, zlib.error, EOFError, tarfile.TarError, KeyError, ValueError) as error:
        raise no_backup from error
    except OSError as error:
        raise StoreUnavailable(
            f"The backup cannot be put into {recordings.parent}: {error.strerror or error}.",
            "Make room there and let this user write, or name another folder with INTERVIEWLAB_DATA_DIR.",
        ) from error


def _recordings_in(archive: tarfile.TarFile, folder: Path) -> dict[Path, tarfile.TarInfo]:
    """Plain files by where they go below ``folder``; raises ValueError for a name that leads out of it.

    By hand: the filter of ``extractall`` that refuses such names is not in the Python of Debian 12.
    """
    files = {(folder / each.name).resolve(): each for each in archive if each.isfile()}
    if outside := [each.name for path, each in files.items() if not path.is_relative_to(folder.resolve())]:
        raise ValueError(f"{outside[0]} leads out of {folder}")
    return {path: each for path, each in files.items() if each.name.startswith("recordings/")}


@contextmanager
def _room_in(folder: Path) -> Iterator[Path]:
    """An empty folder for a while, on the same disk: what is moved out of it needs no more space."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as name:
        yield Path(name)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    with _open_member(archive, member) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
    target.chmod(member.mode & 0o755)


def _read_manifest(archive: tarfile.TarFile, path: Path) -> Mapping[str, Any]:
    manifest: dict[str, Any] = json.load(_open_member(archive, "manifest.json"))
    if manifest["format"] > FORMAT or manifest["revision"] not in REVISIONS:
        raise DataTooNew(f"{path} was written by a newer version of InterviewLab.", "Upgrade InterviewLab first.")
    return manifest


async def _load(url: str, archive: tarfile.TarFile, revision: str) -> _Rows:
    """Tables as they were, then their rows, then every migration since; in one transaction."""

    def load(connection: Connection) -> _Rows:
        _clear(connection)
        migrate(connection, revision)
        rows = {table.name: _load_table(connection, table, archive) for table in _tables(connection)}
        migrate(connection, HEAD)
        return rows

    async with open_bare_engine(url) as engine, begin(engine, "BEGIN IMMEDIATE") as connection:
        return await connection.run_sync(load)


def _clear(connection: Connection) -> None:
    """Take away empty tables, and working state that belongs to other records. Raises BadInput."""
    there = _reflect(connection)
    for table in there.sorted_tables:
        is_ours = table.name not in (*_NOT_KEPT, *_WORKING_STATE, "checkpoint_migrations")
        if is_ours and connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise BadInput(
                "The store is not empty, and a backup is never mixed with what is there.",
                "Name an empty folder with INTERVIEWLAB_DATA_DIR, or an empty database with INTERVIEWLAB_DATABASE_URL.",
            )
    for name in _WORKING_STATE:
        if name in there.tables:
            connection.execute(delete(there.tables[name]))
    ours = [table for table in there.sorted_tables if not table.name.startswith("checkpoint")]
    there.drop_all(connection, ours)


def _load_table(connection: Connection, table: Table, archive: tarfile.TarFile) -> int:
    count = 0
    lines = _open_member(archive, f"tables/{table.name}.jsonl")
    while batch := [json.loads(line) for line in islice(lines, _BATCH)]:
        connection.execute(table.insert(), batch)
        count += len(batch)
    return count


def _open_member(archive: tarfile.TarFile, name: str | tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


def _tables(connection: Connection) -> list[Table]:
    """The tables that a backup keeps, those that others refer to first."""
    return [
        table
        for table in _reflect(connection).sorted_tables
        if table.name not in _NOT_KEPT and not table.name.startswith("checkpoint")
    ]


def _reflect(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection, only=inspect(connection).get_table_names())
    return found
