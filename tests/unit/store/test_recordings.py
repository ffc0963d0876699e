"""Files of recorded calls: each has its own, ids are anybody's choice, and deleting leaves nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.errors import StoreUnavailable
from interviewlab.store.recordings import PAGE_S, Recording, RecordingShelf, opus_seconds

ODD = ["", ".", "..", "../outside", "/etc", "a/b", "A", "a" * 300, "nul\0byte", "naïve", "con:", "-rf", "a b", "\ud800"]


def page(granule: int, body: bytes) -> bytes:
    """One page of Ogg (RFC 3533), its checksum left out."""
    segments = [255] * (len(body) // 255) + [len(body) % 255]
    header = b"OggS\0\0" + granule.to_bytes(8, "little", signed=True) + bytes(12) + bytes([len(segments)])
    return header + bytes(segments) + body


def sound(seconds: int) -> bytes:
    """Ogg Opus as far as its length goes: a pre-skip of 312 samples, a page a second."""
    head = b"OpusHead\1\2" + (312).to_bytes(2, "little") + bytes(7)
    pages = [page(312 + 48_000 * n, bytes(900)) for n in range(1, seconds + 1)]
    return page(0, head) + page(0, b"OpusTags" + bytes(300)) + b"".join(pages)


def test_each_call_of_an_interview_has_a_file_and_they_come_in_order(tmp_path: Path) -> None:
    shelf = RecordingShelf(tmp_path / "recordings")
    late, early = shelf.new("i1", 2000.25), shelf.new("i1", 999.5)
    late.write_bytes(sound(3))
    early.write_bytes(sound(2))
    shelf.new("i2", 1500.0).write_bytes(sound(1))
    assert shelf.of("i1") == [Recording(early, 999.5, 2.0), Recording(late, 2000.25, 3.0)]


def test_two_calls_that_begin_at_the_same_moment_have_two_files(tmp_path: Path) -> None:
    shelf = RecordingShelf(tmp_path)
    assert len({shelf.new("i1", 1000.0) for _ in range(3)}) == 3


def test_nobody_else_on_the_machine_may_read_them(tmp_path: Path) -> None:
    path = RecordingShelf(tmp_path / "recordings").new("i1", 1000.0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_call_without_sound_is_no_recording(tmp_path: Path) -> None:
    shelf = RecordingShelf(tmp_path)
    shelf.new("i1", 1000.0)
    shelf.new("i1", 1001.0).write_bytes(sound(0))
    shelf.new("i1", 1002.0).write_bytes(b"not Ogg at all, but long enough to look for a page in it")
    assert shelf.of("i1") == []
    assert shelf.of("nobody") == []


def test_a_file_cut_off_is_as_long_as_its_whole_pages(tmp_path: Path) -> None:
    whole, path = sound(5), tmp_path / "cut.ogg"
    path.write_bytes(whole[:-1])
    assert opus_seconds(path) == 4.0


@given(cut=st.integers(0, len(sound(3))), junk=st.binary(max_size=60))
def test_whatever_stands_in_a_file_it_has_a_length(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ogg"
    path.write_bytes(sound(3)[:cut] + junk)
    assert 0 <= opus_seconds(path) <= 3 + PAGE_S


def test_a_page_that_says_it_ends_in_a_thousand_years_is_none(tmp_path: Path) -> None:
    path = tmp_path / "torn.ogg"
    path.write_bytes(sound(3) + page(48_000 * 3600 * 24 * 365_000, b""))
    assert opus_seconds(path) == 3.0


def test_deleting_takes_all_of_one_interview_and_of_no_other(tmp_path: Path) -> None:
    shelf = RecordingShelf(tmp_path / "recordings")
    for started_at in (1000.0, 2000.0):
        shelf.new("mine", started_at).write_bytes(sound(1))
    kept = shelf.new("mine2", 1000.0)
    shelf.delete("mine")
    shelf.delete("mine")
    assert list(tmp_path.rglob("*.ogg")) == [kept]


@pytest.mark.parametrize("interview_id", ODD)
def test_an_odd_id_stays_inside_the_folder_and_apart_from_others(tmp_path: Path, interview_id: str) -> None:
    folder = tmp_path / "recordings"
    shelf = RecordingShelf(folder)
    others = [shelf.new(other, 1.0) for other in [*ODD, "a", "plain"] if other != interview_id]
    path = shelf.new(interview_id, 1.0)
    path.write_bytes(sound(1))
    assert path.parent.parent == folder
    assert [each.path for each in shelf.of(interview_id)] == [path]
    shelf.delete(interview_id)
    assert not path.exists()
    assert all(other.exists() for other in others)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("a file, where a folder should be")
    shelf = RecordingShelf(tmp_path / "recordings")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        shelf.new("i1", 1000.0)
    with pytest.raises(StoreUnavailable, match="cannot be deleted"):
        shelf.delete("i1")
