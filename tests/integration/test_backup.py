"""Backup, everything deleted, restore: all is there again, and interviews go on."""

from __future__ import annotations

import errno
import gzip
import io
import json
import shutil
import sqlite3
import stat
import tarfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.cli.commands import app
from interviewlab.errors import BadInput, DataTooNew, StoreUnavailable
from interviewlab.settings import Settings
from interviewlab.store import backup
from interviewlab.store.backup import read_backup, write_backup
from interviewlab.types import Plan, Resume
from tests.integration.test_upgrades import OLD


def settings_in(folder: Path, url: str = "") -> Settings:
    return Settings(data_dir=folder, database_url=url, embedder="scripted", sandbox="scripted")


async def fill(settings: Settings) -> dict[str, Any]:
    async with open_interview(settings, "i1", plan=Plan(type="fundamentals", seed=2)) as interview:
        await interview.start()
        await interview.reply("Yes, I'm ready. ünï 🧪")
    async with open_library(settings) as library:
        await library.keep_resume(Resume(document={"basics": {"name": "Ada"}}, text="Ada\n\tGo", source="text"))
    record(settings.recordings_dir / "i1" / "1-0.ogg")
    return await look(settings)


def record(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"OggS not really")


def size(path: Path) -> int:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "words of people are for nobody else"
    return path.stat().st_size


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: size(path) // 2])


def old_database(path: Path) -> Path:
    path.write_bytes(gzip.decompress((OLD / "interviewlab.sqlite.gz").read_bytes()))
    return path


async def look(settings: Settings) -> dict[str, Any]:
    async with open_library(settings) as library:
        return {
            "interviews": await library.list_interviews(),
            "said": (await library.get_transcript("i1")).entries,
            "resumes": await library.list_resumes(),
            "recordings": recordings(settings.recordings_dir),
        }


def recordings(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.ogg")}


@pytest.mark.parametrize("into", ["sqlite", "postgres"])
async def test_everything_is_deleted_and_comes_back(tmp_path: Path, into: str, request: pytest.FixtureRequest) -> None:
    before = settings_in(tmp_path / "data")
    kept = await fill(before)
    file = tmp_path / "backup.tar.gz"
    await write_backup(before.store_url, before.recordings_dir, file)
    assert size(file) > 0
    shutil.rmtree(before.data_dir)
    after = settings_in(tmp_path / "data", request.getfixturevalue("empty_postgres") if into == "postgres" else "")
    await read_backup(file, after.store_url, after.recordings_dir)
    assert await look(after) == kept
    async with open_interview(after, "i1") as interview:
        assert (await interview.start()).turn == 1
        assert (await interview.reply("An index is a sorted copy of a column.")).turn == 2


def test_the_commands_say_what_they_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    old_database(folder / "interviewlab.sqlite")
    monkeypatch.setenv("INTERVIEWLAB_DATA_DIR", str(folder))
    run, file = CliRunner(), str(tmp_path / "backup.tar.gz")
    assert "2 interviews" in run.invoke(app, ["backup", file]).stderr
    shutil.rmtree(folder)
    restored = run.invoke(app, ["restore", file])
    assert restored.exit_code == 0
    assert "Restored 2 interviews" in restored.stderr
    assert isinstance(run.invoke(app, ["restore", file]).exception, BadInput), "never onto what is there"
    assert isinstance(run.invoke(app, ["backup", file]).exception, BadInput), "never over another backup"


async def test_a_backup_of_an_older_revision_is_migrated_as_it_comes_in(tmp_path: Path) -> None:
    old = old_database(tmp_path / "old.sqlite")
    file = tmp_path / "backup.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        add(archive, "manifest.json", json.dumps({"format": 1, "revision": "0001"}))
        for table in ("interviews", "entries", "resumes"):
            add(archive, f"tables/{table}.jsonl", "".join(rows_of(old, table)))
    after = settings_in(tmp_path / "data")
    found = await read_backup(file, after.store_url, after.recordings_dir)
    assert found.rows["interviews"] == 2
    async with open_library(after) as library:
        assert {each.id for each in await library.list_interviews()} == {"old-1", "old-2"}
        assert await library.list_jobs() == ()


@pytest.mark.parametrize("damage", ["cut", "newer", "leads out"])
async def test_a_file_that_is_no_backup_is_refused_and_nothing_is_kept(tmp_path: Path, damage: str) -> None:
    before, file = settings_in(tmp_path / "data"), tmp_path / "backup.tar.gz"
    await fill(before)
    await write_backup(before.store_url, before.recordings_dir, file)
    if damage == "cut":
        cut(file)
    elif damage == "newer":
        with tarfile.open(file, "w:gz") as archive:
            add(archive, "manifest.json", json.dumps({"format": 1, "revision": "9999"}))
    else:
        unpacked = io.BytesIO(gzip.decompress(file.read_bytes()))
        with tarfile.open(fileobj=unpacked, mode="a") as archive:
            add(archive, "recordings/../../evil.ogg", "not ours")
        file.write_bytes(gzip.compress(unpacked.getvalue()))
    after = settings_in(tmp_path / "after")
    with pytest.raises(DataTooNew if damage == "newer" else BadInput):
        await read_backup(file, after.store_url, after.recordings_dir)
    async with open_library(after) as library:
        assert await library.list_interviews() == ()
    assert not (tmp_path / "evil.ogg").exists()


async def test_a_disk_that_is_full_leaves_the_store_empty_and_the_same_file_goes_in_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after, file = settings_in(tmp_path / "data"), settings_in(tmp_path / "after"), tmp_path / "backup.tar.gz"
    kept = await fill(before)
    await write_backup(before.store_url, before.recordings_dir, file)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(backup.shutil, "copyfileobj", fail)
        with pytest.raises(StoreUnavailable, match=r"put into .*after: No space left on device\. Make room there"):
            await read_backup(file, after.store_url, after.recordings_dir)
    assert list(after.recordings_dir.iterdir()) == []
    await read_backup(file, after.store_url, after.recordings_dir)
    assert await look(after) == kept
    assert [path.name for path in after.recordings_dir.iterdir()] == ["i1"]


async def test_a_recording_that_is_deleted_while_others_are_packed_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after, file = settings_in(tmp_path / "data"), settings_in(tmp_path / "after"), tmp_path / "backup.tar.gz"
    await fill(before)
    record(before.recordings_dir / "i2" / "2-0.ogg")
    add_one = tarfile.TarFile.add

    def delete_then_add(archive: tarfile.TarFile, name: Path, arcname: str) -> None:
        if arcname.startswith("recordings/"):
            shutil.rmtree(before.recordings_dir / "i2", ignore_errors=True)
        add_one(archive, name, arcname)

    monkeypatch.setattr(tarfile.TarFile, "add", delete_then_add)
    assert (await write_backup(before.store_url, before.recordings_dir, file)).recordings == 1
    assert (await read_backup(file, after.store_url, after.recordings_dir)).recordings == 1


async def test_a_backup_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    before = settings_in(tmp_path / "data")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match=r"today\.tar\.gz cannot be written: .*\. Check that its folder"):
        await write_backup(before.store_url, before.recordings_dir, tmp_path / "file" / "today.tar.gz")


@pytest.mark.parametrize("damage", ["missing", "a folder", "other bytes inside"])
async def test_a_file_that_cannot_be_opened_or_unpacked_is_named_and_nothing_else(tmp_path: Path, damage: str) -> None:
    before, after, file = settings_in(tmp_path / "data"), settings_in(tmp_path / "after"), tmp_path / "backup.tar.gz"
    if damage == "a folder":
        file.mkdir()
    elif damage == "other bytes inside":
        await fill(before)
        await write_backup(before.store_url, before.recordings_dir, file)
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2] + bytes(64) + whole[len(whole) // 2 + 64 :])
    with pytest.raises(BadInput, match=r"backup\.tar\.gz is no backup that can be read"):
        await read_backup(file, after.store_url, after.recordings_dir)


def add(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    archive.addfile(member, io.BytesIO(text.encode()))


def rows_of(path: Path, table: str) -> list[str]:
    with sqlite3.connect(path) as raw:
        raw.row_factory = sqlite3.Row
        rows = [json.dumps(dict(row)) + "\n" for row in raw.execute(f"SELECT * FROM {table}")]
    raw.close()
    return rows
