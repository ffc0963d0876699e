"""The voice on the wire: a piece of each silence is left out, so that a browser which holds back too much runs dry.

A browser that once fell behind holds back all that follows, and catches up by a few milliseconds a second: after a busy
moment replies sounded a second late for many turns. Where nothing is sent for a while it plays what it holds back.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from aiortc import MediaStreamTrack

from interviewlab.speech.audio import Ints
from interviewlab.voice.frames import OUT_RATE

TAIL_S = 0.3
"""So much silence is sent behind words, that no browser makes up something in its place."""
PAUSE_S = 1.5
"""So much of the silence after it is left out."""
_BITS_A_SECOND = 64_000


class Breathing:
    """Counts what is left out: ``leaves_out`` is asked for each frame in turn."""

    def __init__(self) -> None:
        self._silent = 0
        self.skipped = 0
        """Samples of ``OUT_RATE`` by which the clock is ahead of what was sent."""

    def leaves_out(self, samples: Ints) -> bool:
        """Whether these samples need not be sent."""
        self._silent = 0 if np.any(samples) else self._silent + samples.size
        if not TAIL_S < self._silent / OUT_RATE <= TAIL_S + PAUSE_S:
            return False
        self.skip(samples.size)
        return True

    def skip(self, samples: int) -> None:
        """Nothing is sent in the time of so many."""
        self.skipped += samples


class VoicePackets(MediaStreamTrack):
    """``track``, in stereo at ``OUT_RATE``, encoded; the times of its packets are those of the clock.

    By these times a browser measures how late a packet comes. aiortc's own encoder keeps a frame back, 20 ms of each
    reply, and sends it after a silence as if it were 1.5 s late. To encode a frame takes a tenth of a millisecond.
    """

    kind = "audio"

    def __init__(self, track: MediaStreamTrack, breathing: Breathing) -> None:
        super().__init__()
        self._track, self._breathing = track, breathing
        self._opus: Any = av.CodecContext.create("libopus", "w")
        self._opus.sample_rate, self._opus.layout, self._opus.format = OUT_RATE, "stereo", "s16"
        self._opus.time_base, self._opus.bit_rate = Fraction(1, OUT_RATE), _BITS_A_SECOND
        self._opus.options = {"application": "voip"}

    async def recv(self) -> Any:
        """The next packet."""
        frame: Any = await self._track.recv()
        if frame is None:
            return None
        frame.pts += self._breathing.skipped
        packet = self._opus.encode(frame)[0]
        packet.pts = frame.pts  # the encoder dates the first after a gap before it
        return packet

    def stop(self) -> None:
        """This and what it is made of."""
        super().stop()
        self._track.stop()
