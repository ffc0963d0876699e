"""Spoken sentences that are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from interviewlab.speech.audio import Floats
from interviewlab.speech.cache import SpeechCache

RATE = 22_050


def sound(seed: int, seconds: float = 0.1) -> Floats:
    return np.random.default_rng(seed).uniform(-0.5, 0.5, round(seconds * RATE)).astype(np.float32)


def test_what_was_put_is_got_by_voice_pace_and_text_alone() -> None:
    cache = SpeechCache()
    cache.put("joe", 1.0, "Hello.", sound(1), RATE)
    audio, rate = cache.get("joe", 1.0, "Hello.") or (None, 0)
    np.testing.assert_array_equal(audio, sound(1))
    assert rate == RATE
    assert cache.get("ann", 1.0, "Hello.") is cache.get("joe", 1.1, "Hello.") is cache.get("joe", 1.0, "Bye.") is None


def test_only_public_sentences_reach_the_disk_and_the_next_process(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    cache.put("joe", 1.0, "Welcome.", sound(1), RATE, is_public=True)
    cache.put("joe", 1.0, "You worked at Acme.", sound(2), RATE)
    later = SpeechCache(tmp_path)
    audio, rate = later.get("joe", 1.0, "Welcome.") or (np.zeros(0), 0)
    np.testing.assert_allclose(audio, sound(1), atol=1e-4)
    assert rate == RATE
    assert later.get("joe", 1.0, "You worked at Acme.") is None
    assert len(list(tmp_path.iterdir())) == 1
    assert cache.has_on_disk("joe", 1.0, "Welcome.")
    assert not cache.has_on_disk("joe", 1.0, "You worked at Acme.")


def test_no_text_can_be_read_off_the_disk(tmp_path: Path) -> None:
    SpeechCache(tmp_path).put("joe", 1.0, "Welcome.", sound(1), RATE, is_public=True)
    (file,) = tmp_path.iterdir()
    assert "elcome" not in file.name
    assert b"elcome" not in file.read_bytes()


def test_memory_is_bounded_and_the_last_used_stay() -> None:
    cache = SpeechCache(memory_mb=0.05)
    for n in range(5):
        cache.put("joe", 1.0, str(n), sound(n, 0.2), RATE)
        cache.get("joe", 1.0, "0")
    kept = [n for n in range(5) if cache.get("joe", 1.0, str(n))]
    assert kept == [0, 4]


def test_the_disk_is_bounded_and_the_least_recently_used_go(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, memory_mb=0, disk_mb=0.02)
    for n in range(6):
        cache.put("joe", 1.0, str(n), sound(n), RATE, is_public=True)
        SpeechCache(tmp_path).get("joe", 1.0, "0")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 20_000
    assert cache.has_on_disk("joe", 1.0, "0")
    assert cache.has_on_disk("joe", 1.0, "5")
    assert not cache.has_on_disk("joe", 1.0, "1")


def test_a_spoilt_file_counts_as_none_and_is_written_anew(tmp_path: Path) -> None:
    SpeechCache(tmp_path).put("joe", 1.0, "Hi.", sound(1), RATE, is_public=True)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:30])
    assert SpeechCache(tmp_path).get("joe", 1.0, "Hi.") is None
    SpeechCache(tmp_path).put("joe", 1.0, "Hi.", sound(1), RATE, is_public=True)
    assert SpeechCache(tmp_path).get("joe", 1.0, "Hi.") is not None


def test_a_disk_that_cannot_be_written_costs_only_the_memory_of_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = SpeechCache(tmp_path / "file" / "below")
    cache.put("joe", 1.0, "Hi.", sound(1), RATE, is_public=True)
    assert cache.get("joe", 1.0, "Hi.") is not None


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    cache.put("joe", 1.0, "Hi.", sound(1), RATE, is_public=True)
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.mkdir()  # it cannot be put there
    cache.put("joe", 1.0, "Hi.", sound(1), RATE, is_public=True)
    assert list(tmp_path.iterdir()) == [file]


def test_many_threads_may_use_it(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, memory_mb=0.02, disk_mb=0.05)

    def use(n: int) -> bool:
        cache.put("joe", 1.0, str(n % 7), sound(n % 7), RATE, is_public=True)
        found = cache.get("joe", 1.0, str(n % 7))
        return found is None or bool(np.allclose(found[0], sound(n % 7), atol=1e-4))

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(use, range(60)))
    assert not list(tmp_path.glob("*.part"))
