"""The interviewer's own voice is taken out of a microphone that brings it, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from interviewlab.speech.audio import EARS_RATE, Floats, Ints
from interviewlab.speech.resampling import resample
from interviewlab.voice.echo import ALIKE, GONE_S, EchoCanceller, compare
from interviewlab.voice.frames import FRAME_S, OUT_RATE, Microphone


def talk(seconds: float, seed: int) -> Floats:
    """Noise that comes and goes as syllables do, at ``OUT_RATE``."""
    random = np.random.default_rng(seed)
    size = round(seconds * OUT_RATE)
    loudness = np.interp(np.arange(size), 3000 * np.arange(size // 3000 + 2), random.uniform(-0.3, 1, size // 3000 + 2))
    sound = random.normal(0, 1, size) * np.clip(loudness, 0, 1)
    return np.asarray(0.1 * sound / np.sqrt(np.mean(sound**2)), np.float32)


def echo_of(voice: Floats, after_s: float, gain: float = 0.25) -> Floats:
    """The voice as a microphone brings it, at ``EARS_RATE``."""
    late = np.concatenate([np.zeros(round(after_s * OUT_RATE), np.float32), voice])[: voice.size]
    return gain * resample(late, OUT_RATE, EARS_RATE)


def frames(sound: Floats, rate: int) -> list[Ints]:
    size = round(rate * FRAME_S)
    whole = (sound[: sound.size - sound.size % size] * 32767).astype(np.int16)
    return list(whole.reshape(-1, size))


def run(
    canceller: EchoCanceller, voice: Floats, microphone: Floats, hear: Callable[[Ints], Ints | None] | None = None
) -> Floats:
    cleaned = []
    for said, heard in zip(frames(voice, OUT_RATE), frames(microphone, EARS_RATE), strict=False):
        canceller.played(said)
        cleaned.append((hear or canceller.cleaned)(heard))
    whole = [each for each in cleaned if each is not None]
    return np.concatenate([*whole, np.zeros(0, np.int16)]).astype(np.float32) / 32767


def level(sound: Floats) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(sound**2)) + 1e-9))


@pytest.mark.parametrize("after_s", [0.1, 0.25, 0.45])
def test_an_echo_is_found_and_taken_out(after_s: float) -> None:
    voice, canceller = talk(6.0, 1), EchoCanceller()
    microphone = echo_of(voice, after_s)
    cleaned = run(canceller, voice, microphone)
    assert canceller.is_needed
    last = slice(3 * EARS_RATE, 5 * EARS_RATE)
    assert level(cleaned[last]) < level(microphone[last]) - 20


def test_who_cuts_in_where_there_is_no_echo_is_heard_as_they_are() -> None:
    canceller = EchoCanceller()
    candidate = resample(talk(6.0, 2), OUT_RATE, EARS_RATE)
    cleaned = run(canceller, talk(6.0, 1), candidate)
    assert not canceller.is_needed
    assert np.array_equal(cleaned, np.concatenate(frames(candidate, EARS_RATE)).astype(np.float32) / 32767)


def test_who_cuts_into_an_echo_is_heard() -> None:
    voice, canceller = talk(8.0, 1), EchoCanceller()
    candidate = resample(talk(8.0, 2), OUT_RATE, EARS_RATE)
    candidate[: 5 * EARS_RATE] = 0
    cleaned = run(canceller, voice, echo_of(voice, 0.2) + candidate)
    last = slice(round(5.5 * EARS_RATE), 7 * EARS_RATE)
    assert level(cleaned[last]) > level(candidate[last]) - 6


def test_an_echo_that_comes_late_is_taken_out_as_soon_as_it_is_found() -> None:
    voice, canceller = talk(2 * GONE_S, 3), EchoCanceller()
    microphone, begins = echo_of(voice, 0.2), round(1.5 * GONE_S) * EARS_RATE
    microphone[:begins] = 0
    cleaned = run(canceller, voice, microphone)
    assert canceller.is_needed
    differs = cleaned[: microphone.size] != np.concatenate(frames(microphone, EARS_RATE)).astype(np.float32) / 32767
    found = int(np.flatnonzero(differs[begins:])[0]) + begins
    assert found < begins + 1.5 * EARS_RATE
    soon = slice(found, found + EARS_RATE)
    assert level(cleaned[soon]) < level(microphone[soon]) - 15


async def test_an_echo_that_ends_is_forgotten_though_the_microphone_is_hushed() -> None:
    canceller = EchoCanceller()
    microphone = Microphone(EARS_RATE, clean=canceller.cleaned)
    run(canceller, talk(4.0, 1), echo_of(talk(4.0, 1), 0.2), microphone.push)
    assert canceller.is_needed
    voice = talk(2 * GONE_S, 3)
    run(canceller, voice, np.zeros(voice.size * 2 // 3, np.float32), microphone.push)
    assert not canceller.is_needed


def test_pieces_of_any_size_come_out_whole() -> None:
    canceller, heard = EchoCanceller(), np.arange(304 + 10 * 320, dtype=np.int16)
    pieces = [heard[:304], *(heard[304 + n * 320 : 304 + (n + 1) * 320] for n in range(10))]
    cleaned = np.concatenate([canceller.cleaned(piece) for piece in pieces])
    assert np.array_equal(cleaned, np.concatenate([np.zeros(16, np.int16), heard]))
    small = EchoCanceller()
    cleaned = np.concatenate([small.cleaned(heard[n * 7 : n * 7 + 7]) for n in range(heard.size // 7)])
    assert cleaned.size % 160 == 0
    assert np.array_equal(cleaned[153:], heard[: cleaned.size - 153])


def test_a_reply_that_comes_back_later_than_the_last_is_not_heard() -> None:
    canceller, pause = EchoCanceller(), np.zeros(OUT_RATE, np.float32)
    voice = np.concatenate([talk(5.0, 1), pause, talk(2.0, 3)])
    early, late = echo_of(voice, 0.1), echo_of(voice, 0.2)
    cut = round(5.5 * EARS_RATE)
    cleaned = run(canceller, voice, np.concatenate([early[:cut], late[cut:]]))
    after = cleaned[6 * EARS_RATE :]
    assert np.abs(after).max() < 0.1 * np.abs(late[6 * EARS_RATE :]).max()


def test_who_cuts_in_at_once_must_be_louder_than_the_echo() -> None:
    canceller, pause = EchoCanceller(), np.zeros(OUT_RATE, np.float32)
    voice = np.concatenate([talk(5.0, 1), pause, talk(2.0, 3)])
    candidate = np.concatenate([np.zeros(6 * EARS_RATE, np.float32), resample(talk(2.0, 2), OUT_RATE, EARS_RATE)])
    size = min(candidate.size, voice.size * 2 // 3)
    cleaned = run(canceller, voice, echo_of(voice, 0.1)[:size] + candidate[:size])
    assert level(cleaned[6 * EARS_RATE :]) > level(candidate[6 * EARS_RATE :]) - 6


def test_a_piece_is_like_where_it_was_taken_from() -> None:
    said = 32_767 * talk(1.0, 4)
    ends_s = (said.size - 11_000) / 8000
    assert compare(said, 0.1 * said[3000:11000]) == pytest.approx((1.0, 0.1, ends_s), abs=1e-3)
    assert compare(said, 32_767 * talk(1.0, 5)[:8000])[0] < ALIKE
