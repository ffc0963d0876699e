"""The voice on the wire: a piece of each silence is left out, so that a browser which holds back too much runs dry.

A browser that once fell behind holds back all that follows, and catches up by a few milliseconds a second: after a busy
moment replies sounded a second late for many turns. Where nothing is sent for a while it plays what it holds back.
"""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import Any

import av
from aiortc import MediaStreamTrack
from fastrtc.tracks import AudioCallback

from interviewlab.speech.audio import Ints
from interviewlab.voice.frames import OUT_RATE

TAIL_S = 0.3
"""So much silence is sent behind words, that no browser makes up something in its place."""
PAUSE_S = 1.5
"""So much of the silence after it is left out."""
Said = tuple[int, Ints]
"""When, in samples of ``OUT_RATE`` since the call began, and the samples of one frame."""
_BITS_A_SECOND = 48_000


class Breathing:
    """Counts what is left out: ``leaves_out`` is asked for each frame in turn."""

    def __init__(self) -> None:
        self._silent = 0

    def leaves_out(self, samples: Ints) -> bool:
        """Whether these samples need not be sent."""
        self._silent = 0 if samples.any() else self._silent + samples.size
        return TAIL_S < self._silent / OUT_RATE <= TAIL_S + PAUSE_S


class VoicePackets(MediaStreamTrack):
    """What is said, encoded; the times of its packets are those of the clock.

    By these times a browser measures how late a packet comes. ``track`` is FastRTC's, which makes the call begin; its
    frames are not asked for: FastRTC turns each into decimal numbers and back, waits once more for the time that the
    frame was made at, and aiortc's own encoder keeps a frame back, 20 ms of each reply, and sends it after a silence as
    if it were 1.5 s late. To encode a frame takes a tenth of a millisecond.
    """

    kind = "audio"

    def __init__(self, track: AudioCallback, said: asyncio.Queue[Said]) -> None:
        super().__init__()
        self._track: Any = track  # FastRTC's methods have no types
        self._said = said
        self._opus: Any = av.CodecContext.create("libopus", "w")
        self._opus.sample_rate, self._opus.layout, self._opus.format = OUT_RATE, "mono", "s16"
        self._opus.time_base, self._opus.bit_rate = Fraction(1, OUT_RATE), _BITS_A_SECOND
        self._opus.options = {"application": "voip"}

    async def recv(self) -> Any:
        """The next packet."""
        await self._track.start()
        at, samples = await self._said.get()
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = OUT_RATE, self._opus.time_base, at
        packet = self._opus.encode(frame)[0]
        packet.pts = at  # the encoder dates the first after a gap before it
        return packet

    def stop(self) -> None:
        """This and what it is made of."""
        super().stop()
        self._track.stop()
