"""A recording as a browser makes it (WebM, Ogg, MP4, WAV) into samples for the ears.

The file comes from outside: only the containers and codecs of browsers are opened, no other file or address that it
may name is, and decoding stops where the recording is too long.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
import numpy as np

from interviewlab.errors import BadUpload
from interviewlab.speech.audio import EARS_RATE, Floats

LONGEST_S = 120.0
_MOMENT_S = 0.2
_FORMATS = "matroska,webm,ogg,mov,mp4,m4a,wav"
_CODECS = "opus,libopus,vorbis,libvorbis,aac,pcm_s16le,pcm_f32le,flac"


def read_recording(data: bytes) -> Floats:
    """Mono float32 at ``EARS_RATE``. Blocking. Raises BadUpload: empty, no audio, longer than ``LONGEST_S``."""
    if not data:
        raise BadUpload("The recording is empty.", "Record it again, or type.")
    try:
        audio = _within(_decode(data))
    except (av.FFmpegError, ValueError) as error:
        raise BadUpload("That is not a recording this server can play.", "Try another browser, or type.") from error
    if not audio.size:
        raise BadUpload("The recording holds no sound.", "Record it again, or type.")
    return audio


def split_at_pauses(audio: Floats, longest_s: float) -> list[Floats]:
    """Pieces of at most ``longest_s``, cut in the quietest moment of their second half; joined they are the audio."""
    pieces, longest, moment = list[Floats](), round(longest_s * EARS_RATE), round(_MOMENT_S * EARS_RATE)
    while audio.size > longest:
        later = audio[longest // 2 : longest]
        levels = np.square(later[: later.size // moment * moment].reshape(-1, moment)).mean(axis=1)
        cut = longest // 2 + int(np.argmin(levels)) * moment + moment // 2
        pieces.append(audio[:cut])
        audio = audio[cut:]
    return [*pieces, audio]


def _within(pieces: Iterator[Floats]) -> Floats:
    kept, size = list[Floats](), 0
    for piece in pieces:
        kept.append(piece)
        size += piece.size
        if size > LONGEST_S * EARS_RATE:
            raise BadUpload(
                f"The recording is longer than {LONGEST_S / 60:g} minutes.", "Say it in shorter pieces, or type."
            )
    return np.concatenate(kept) if kept else np.zeros(0, np.float32)


def _decode(data: bytes) -> Iterator[Floats]:
    options = {"format_whitelist": _FORMATS, "codec_whitelist": _CODECS, "protocol_whitelist": "none"}
    with av.open(io.BytesIO(data), "r", options=options) as container:
        if not container.streams.audio:
            raise ValueError("no audio stream")
        resampler = av.AudioResampler(format="flt", layout="mono", rate=EARS_RATE)
        for frame in container.decode(container.streams.audio[0]):
            for piece in resampler.resample(frame):
                yield piece.to_ndarray().reshape(-1).astype(np.float32, copy=False)
        for piece in resampler.resample(None):
            yield piece.to_ndarray().reshape(-1).astype(np.float32, copy=False)
