"""Removing what a program left in its folder: whatever it is, and without following links."""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.folders import PREFIX, remove_folder, remove_leftovers
from interviewlab.sandbox.kits import open_folder
from interviewlab.sandbox.mounts import mount_memory
from interviewlab.sandbox.orders import NOBODY
from interviewlab.sandbox.toolbox import build_toolbox


def test_folders_that_shut_everybody_out_are_removed_by_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    tmp_path.chmod(0o777)
    is_root = os.geteuid() == 0
    if is_root:
        # Root may look everywhere: what a user who is not root could not remove must be tried as one.
        for parent in (folder, *tmp_path.parents[:-2]):
            parent.chmod(0o777)
        os.seteuid(NOBODY)
    try:
        (folder / "blind" / "inner").mkdir(parents=True)
        (folder / "blind" / "inner" / "file").write_text("left")
        (folder / "blind" / "inner").chmod(0)
        (folder / "blind").chmod(0o300)
        remove_folder(folder)
    finally:
        if is_root:
            os.seteuid(0)
    assert not folder.exists()


def test_links_are_removed_and_what_they_show_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("precious")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "fifo")
    remove_folder(folder)
    assert not folder.exists()
    assert (kept / "file").read_text() == "precious"


def test_what_a_crashed_server_had_mounted_goes_with_its_folder(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    work = tmp_path / f"{PREFIX}{ended.pid}-x" / "run-y" / "work"
    work.mkdir(parents=True)
    if not mount_memory(work, 1, 4, NOBODY, is_native=False):
        pytest.skip("we may not mount here")
    for number in range(3):
        (work / str(number)).touch()
    with pytest.raises(OSError, match="No space left"):
        (work / "one more").touch()
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path) not in Path("/proc/self/mounts").read_text()


@pytest.mark.parametrize("mask", [0o002, 0o022, 0o077])
def test_kits_and_interpreters_can_be_used_under_any_umask(
    mask: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = os.umask(mask)
    try:
        kits = open_folder()
        tools = build_toolbox(tmp_path / "toolbox").root
        assert open_folder() == kits
    finally:
        os.umask(before)
    folders = (kits, tools, tools / "bin", tools / "lib")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o755] * 4


def test_kits_in_a_folder_that_others_write_to_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    open_folder().chmod(0o775)
    with pytest.raises(SandboxFailed, match="not ours alone"):
        open_folder()
