"""The two ends of a call: frames of the microphone coming in, a voice going out at the pace of the clock."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import av
import numpy as np
from livekit import rtc
from livekit.agents.voice import io
from livekit.local_inference import VAD_WINDOW_SAMPLES

from interviewlab.speech.audio import EARS_RATE, Ints, to_float, to_int16
from interviewlab.speech.resampling import resample
from interviewlab.types import Speech

OUT_RATE = 24_000
FRAME_S = 0.02
FRAME_SAMPLES = round(OUT_RATE * FRAME_S)
WAITING_FRAMES = 320
"""Frames that wait at most for the engine; of a stream that outruns it the oldest are lost."""
STALLED_S = 6.0
"""A line that brings no frame for so long brings silence: longer than a short cut of the network, in which nobody has
finished speaking, and short enough that who has finished is answered."""
SILENCE_S = 0.5
"""Enough to end any speech."""
WINDOW = VAD_WINDOW_SAMPLES
"""The engine looks for a voice in so many samples at once, 32 ms; smaller frames would wait there."""
HUSH = 32
"""Of 32768: where no sample is louder (-60 dBFS) nobody speaks."""
HUSH_S = 3.0
"""After so much hush no more of it is handed on: to look for a voice in it costs a call most of what it costs. Longer
than any silence that ends a turn, or after which a paused voice goes on."""
_WORDS = "interviewlab.words"


class Microphone(io.AudioInput):
    """What the engine hears, mono at ``EARS_RATE``: push samples, the engine takes frames of ``WINDOW`` samples.

    They are of silence where the line has stalled: the engine counts time in frames, and without them no speech ends
    and no paused voice goes on. Of a long hush it gets the beginning, of one before the first sound nothing. ``clean``
    is given all at ``EARS_RATE``.
    """

    def __init__(
        self, rate: int, stalled_s: float = STALLED_S, clean: Callable[[Ints], Ints] = lambda samples: samples
    ) -> None:
        super().__init__(label="microphone")
        self._stalled_s, self._clean = stalled_s, clean
        self._frames: asyncio.Queue[rtc.AudioFrame | None] = asyncio.Queue()
        self._rest = np.zeros(0, np.int16)
        self.last_at = time.monotonic()
        """When a frame came last."""
        self.set_rate(rate)

    def set_rate(self, rate: int) -> None:
        """Samples come at ``rate`` Hz from now on; said before the first of them."""
        self._rate = rate
        # PyAV's keeps one millisecond back, LiveKit's 18 to 38.
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=EARS_RATE) if rate != EARS_RATE else None
        self._hush = round(HUSH_S * rate) + 1
        """Samples since the last that was no hush. A microphone that was never heard is as one that fell silent."""

    def push(self, samples: Ints) -> None:
        """Mono samples at the rate of this microphone."""
        self.last_at = time.monotonic()
        is_hush = samples.max(initial=0) <= HUSH and samples.min(initial=0) >= -HUSH
        self._hush = self._hush + samples.size if is_hush else 0
        if self._is_hushed:
            return
        self._rest = np.concatenate([self._rest, *map(self._clean, self._at_ears_rate(samples))])
        while self._rest.size >= WINDOW:
            window, self._rest = self._rest[:WINDOW], self._rest[WINDOW:]
            if self._frames.qsize() >= WAITING_FRAMES:
                self._frames.get_nowait()
            self._frames.put_nowait(rtc.AudioFrame(window.tobytes(), EARS_RATE, 1, WINDOW))

    def _at_ears_rate(self, samples: Ints) -> list[Ints]:
        if self._resampler is None:
            return [samples]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples)[None], format="s16", layout="mono")
        frame.sample_rate = self._rate
        return [resampled.to_ndarray()[0] for resampled in self._resampler.resample(frame)]

    def close(self) -> None:
        """No more will come."""
        self._frames.put_nowait(None)

    @property
    def _is_hushed(self) -> bool:
        return self._hush > HUSH_S * self._rate

    async def __anext__(self) -> rtc.AudioFrame:
        try:
            async with asyncio.timeout(None if self._is_hushed else self._stalled_s):
                frame = await self._frames.get()
        except TimeoutError:
            return _silence(SILENCE_S)
        if frame is None:
            raise StopAsyncIteration
        return frame


def _silence(seconds: float) -> rtc.AudioFrame:
    samples = np.zeros(round(EARS_RATE * seconds), np.int16)
    return rtc.AudioFrame(samples.tobytes(), EARS_RATE, 1, samples.size)


@dataclass(frozen=True)
class _Line:
    """A sentence in the voice's script: ``start`` in samples of its segment."""

    text: str
    start: int


class Voice(io.AudioOutput):
    """What the engine says, paced by whoever takes ``next_frame`` every ``FRAME_S``.

    Knows which words were heard when it is cut short: whole sentences, and of the last one as many words as its share
    of time. ``on_line`` is told each sentence as it begins to sound.
    """

    def __init__(self, on_line: Callable[[str], None] = lambda text: None) -> None:
        super().__init__(label="voice", capabilities=io.AudioOutputCapabilities(pause=True), sample_rate=OUT_RATE)
        self._on_line = on_line
        self._reset()
        self.is_paused = False

    def _reset(self) -> None:
        self._waiting: deque[Ints] = deque()
        self._script: list[_Line] = []
        self._captured = 0
        self._played = 0
        self._told = 0
        self._is_whole = False

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        """Queue a frame of the current segment."""
        await super().capture_frame(frame)
        self._is_whole = False
        if words := frame.userdata.get(_WORDS):
            self._script.append(_Line(words, self._captured))
        samples = np.frombuffer(frame.data, np.int16)
        self._waiting.append(samples)
        self._captured += samples.size

    def flush(self) -> None:
        """The segment has come whole."""
        super().flush()
        if self._captured:
            self._is_whole = True

    def clear_buffer(self) -> None:
        """Stop at once."""
        if self._captured:
            position, heard = self._played / OUT_RATE, self.heard
            self._reset()
            self.on_playback_finished(playback_position=position, interrupted=True, synchronized_transcript=heard)
        self.is_paused = False

    def pause(self) -> None:
        """Fall silent and keep the place."""
        self.is_paused = True

    def resume(self) -> None:
        """Go on in place."""
        self.is_paused = False

    @property
    def heard(self) -> str:
        """The words of this segment that have sounded."""
        ends = [*(line.start for line in self._script[1:]), self._captured]
        words = [self._part(line, end) for line, end in zip(self._script, ends, strict=False)]
        return " ".join(part for part in words if part)

    def _part(self, line: _Line, end: int) -> str:
        if self._played >= end:
            return line.text
        words = line.text.split()
        share = max(0, self._played - line.start) / max(1, end - line.start)
        return " ".join(words[: int(len(words) * share)])

    def next_frame(self) -> Ints:
        """The next ``FRAME_S`` of sound; silence where there is nothing to say."""
        out = np.zeros(FRAME_SAMPLES, np.int16)
        if self.is_paused or not self._captured:
            return out
        taken = self._take(out)
        if taken and self._played == taken:
            self.on_playback_started(created_at=time.time())
        self._tell()
        if self._is_whole and not self._waiting:
            position = self._played / OUT_RATE
            heard = self.heard
            self._reset()
            self.on_playback_finished(playback_position=position, interrupted=False, synchronized_transcript=heard)
        return out

    def _take(self, out: Ints) -> int:
        taken = 0
        while self._waiting and taken < out.size:
            head = self._waiting.popleft()
            size = min(head.size, out.size - taken)
            out[taken : taken + size] = head[:size]
            if size < head.size:
                self._waiting.appendleft(head[size:])
            taken += size
        self._played += taken
        return taken

    def _tell(self) -> None:
        while self._told < len(self._script) and self._script[self._told].start < self._played:
            self._told += 1
            self._on_line(self._script[self._told - 1].text)


def load_native() -> None:
    """LiveKit's native library takes a second to load: not in a call, where it would hold up the event loop."""
    rtc.AudioResampler(OUT_RATE, EARS_RATE)


def frame_from_speech(speech: Speech) -> rtc.AudioFrame:
    """A piece of the mouth as one frame at ``OUT_RATE`` that bears its words. Blocking: run it in a thread."""
    samples = to_int16(resample(to_float(speech.pcm), speech.sample_rate, OUT_RATE))
    frame = rtc.AudioFrame(samples.tobytes(), OUT_RATE, 1, samples.size)
    if speech.text:
        frame.userdata[_WORDS] = speech.text
    return frame
