"""Sound on the wire: what is said is encoded as it is made, what is heard decoded as it comes.

FastRTC and aiortc put a thread, two queues and four tasks a packet between the wire and the call. With four calls on
two cores that was a third of all that the event loop did, and made what it sent late.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from fractions import Fraction
from queue import SimpleQueue
from typing import Any

import av
from aiortc import MediaStreamTrack, RTCPeerConnection
from aiortc.codecs import get_decoder
from aiortc.codecs.base import Decoder
from fastrtc.tracks import AudioCallback

from interviewlab.speech.audio import Ints
from interviewlab.voice.frames import OUT_RATE

Said = tuple[int, Ints]
"""When, in samples of ``OUT_RATE`` since the call began, and the samples of one frame."""
_BITS_A_SECOND = 48_000
_BUFFER, _QUEUE = "_RTCRtpReceiver__jitter_buffer", "_RTCRtpReceiver__decoder_queue"
_LOG = logging.getLogger(__name__)


class VoicePackets(MediaStreamTrack):
    """What is ``said``, encoded; the times of its packets are those of the clock.

    By these times a browser measures how late a packet comes. ``track`` is FastRTC's, which makes the call begin; its
    frames are not asked for: FastRTC turns each into decimal numbers and back and waits once more for the time that it
    was made at, and aiortc's own encoder keeps a frame back, 20 ms of each reply, and sends it after a silence as if it
    were 1.5 s late. To encode a frame takes a tenth of a millisecond.
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


class HeardPackets:
    """Stands where aiortc queues packets for a thread that decodes them: each is decoded at once, and ``hear`` is given
    its samples, mono at ``rate``. The thread waits for the end of the call."""

    def __init__(self, rate: int, hear: Callable[[Ints], None]) -> None:
        self._hear = hear
        self._rate, self._codec = rate, ""
        self._decoder: Decoder | None = None
        self._mono: av.AudioResampler | None = None
        self._end: SimpleQueue[None] = SimpleQueue()

    def put(self, packet: Any) -> None:
        """The codec and the frame that were received, or None at the end."""
        if packet is None:
            return self._end.put(None)
        try:
            self._decode(*packet)
        except Exception as error:  # noqa: BLE001 - whatever it is, aiortc would end the call
            _LOG.warning("a packet could not be heard: %s", type(error).__name__)

    def get(self) -> None:
        """None, at the end."""
        return self._end.get()

    def _decode(self, codec: Any, encoded: Any) -> None:
        if self._decoder is None or self._mono is None or codec.name != self._codec:
            self._codec, self._decoder = codec.name, get_decoder(codec)
            self._mono = av.AudioResampler(format="s16", layout="mono", rate=self._rate)
        frames: Any = self._decoder.decode(encoded)
        for frame in frames:
            for samples in self._mono.resample(frame):
                self._hear(samples.to_ndarray()[0])


def connect(connection: RTCPeerConnection, rate: int, hear: Callable[[Ints], None], said: asyncio.Queue[Said]) -> bool:
    """Lead the sound of a connection that does not stand yet past the queues of aiortc; it has no option for it.

    It would also keep four packets back, 80 ms of speech, to put late ones in their place; one is kept here, since what
    waits here delays each reply. False where this aiortc has no such place for the microphone: it comes by FastRTC.
    """
    is_led = False
    for receiver in connection.getReceivers():
        inside = vars(receiver)
        if receiver.track.kind == "audio" and {_BUFFER, _QUEUE} <= inside.keys():
            inside[_BUFFER]._prefetch = 1
            inside[_QUEUE] = HeardPackets(rate, hear)
            is_led = True
    for sender in connection.getSenders():
        if isinstance(sender.track, AudioCallback):
            sender.replaceTrack(VoicePackets(sender.track, said))
    return is_led
