"""Recordings as browsers make them, and files that are none."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from interviewlab.errors import BadUpload
from interviewlab.speech.audio import EARS_RATE, Floats, rms_dbfs, to_wav
from interviewlab.voice.uploads import LONGEST_S, read_recording, split_at_pauses

RATE = 48_000


def tone(seconds: float, rate: int = RATE) -> Floats:
    return (0.3 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def encode(audio: Floats, container: str, codec: str) -> bytes:
    """As MediaRecorder does."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=RATE, layout="mono")
        for start in range(0, audio.size, 960):
            frame = av.AudioFrame.from_ndarray(audio[None, start : start + 960].copy(), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(("container", "codec"), [("webm", "libopus"), ("ogg", "libopus"), ("mp4", "aac")])
def test_what_browsers_record_becomes_samples_for_the_ears(container: str, codec: str) -> None:
    audio = read_recording(encode(tone(2.0), container, codec))
    assert audio.dtype == np.float32
    assert audio.size / EARS_RATE == pytest.approx(2.0, abs=0.1)
    assert rms_dbfs(audio) == pytest.approx(rms_dbfs(tone(2.0)), abs=1.0)
    spectrum = np.abs(np.fft.rfft(audio))
    assert np.argmax(spectrum) * EARS_RATE / audio.size == pytest.approx(440, abs=2)


def test_wav_keeps_its_samples() -> None:
    said = tone(0.5, EARS_RATE)
    assert np.allclose(read_recording(to_wav(said, EARS_RATE)), said, atol=1e-3)


@pytest.mark.parametrize("data", [b"", b"hello" * 100, b"RIFF\x00\x00\x00\x00WAVEfmt ", b"\x1aE\xdf\xa3" + bytes(500)])
def test_what_is_no_recording_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(BadUpload, match="type"):
        read_recording(data)


def test_recording_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadUpload, match="2 minutes"):
        read_recording(to_wav(tone(LONGEST_S + 1, 8000), 8000))


def test_playlist_that_names_a_file_of_the_server_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(to_wav(tone(1.0), RATE))
    lists = (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile {secret}\n",
    )
    for text in lists:
        with pytest.raises(BadUpload):
            read_recording(text.encode())


def test_long_speech_is_cut_in_its_pauses() -> None:
    pause, speech = np.zeros(EARS_RATE // 2, np.float32), tone(4.0, EARS_RATE)
    audio = np.concatenate([speech, pause, speech, pause, speech, pause, speech])
    pieces = split_at_pauses(audio, 10.0)
    assert np.array_equal(np.concatenate(pieces), audio)
    assert [round(piece.size / EARS_RATE, 1) for piece in pieces] == [8.7, 8.8]
    assert all(np.abs(piece[:800]).max() == 0 for piece in pieces[1:])


def test_short_speech_and_unbroken_noise_are_never_longer_than_allowed() -> None:
    short = tone(3.0, EARS_RATE)
    assert [piece.size for piece in split_at_pauses(short, 10.0)] == [short.size]
    unbroken = tone(35.0, EARS_RATE)
    assert max(piece.size for piece in split_at_pauses(unbroken, 10.0)) <= 10 * EARS_RATE
    assert sum(piece.size for piece in split_at_pauses(unbroken, 10.0)) == unbroken.size
