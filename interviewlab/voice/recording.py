"""A call recorded: the candidate left, the interviewer right, Opus in Ogg, both in time with the clock.

Frames come in bursts and go missing. Each is put where it sounded, no later than it came, with silence between, so that
second 1800 of the file is the call's second 1800 on both sides. A thread of its own encodes and writes.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import soxr
from av.error import FFmpegError

from interviewlab.errors import InterviewLabError, StoreUnavailable
from interviewlab.speech.audio import Ints
from interviewlab.store.recordings import RecordingShelf
from interviewlab.voice.events import VoiceEvent, VoiceTrouble

RATE = 48_000
BIT_RATE = 64_000
"""Both channels; some 35 MB an hour of unbroken speech. What one side leaves on the other stays 35 dB below it, at
48 kbit/s only 18 dB."""
_EFFORT = 5
"""Of 10; encoding an hour takes 23 s of one core."""
LAG_S = 1.0
"""What came together in a burst is spread over the gap before it, if the gap is no longer."""
SLACK_S = 0.06
"""Less than this beside its place, a frame follows its neighbour: patching every jitter would crackle."""
WAITING_PIECES = 1000
"""About ten seconds of both sides, for a disk that hesitates; what comes on top is lost, and told."""
_BLOCK = RATE // 50
CLOSE_S = 5.0
_NEVER = 1 << 62
_Piece = tuple["Track", Ints, int, float]
Trouble = Callable[[InterviewLabError], None]


async def begin_recording(
    folder: Path, interview_id: str, tell: Callable[[VoiceEvent], None], stack: AsyncExitStack
) -> Recorder | None:
    """Record a call of this interview from now on, until ``stack`` is closed. What goes wrong is told; None where there
    can be no file."""

    def on_trouble(error: InterviewLabError) -> None:
        tell(VoiceTrouble(sentence=str(error)))

    started_at = time.time()
    try:
        path = await asyncio.to_thread(RecordingShelf(folder).new, interview_id, started_at)
    except InterviewLabError as error:
        on_trouble(error)
        return None
    recorder = Recorder(path, started_at, on_trouble)
    stack.push_async_callback(recorder.aclose)
    return recorder


class Recorder:
    """Records one call into ``path``, whose folder exists, from ``started_at`` (Unix seconds) until ``aclose``.

    What goes wrong is told to ``on_trouble`` once, from the loop that records, and the call goes on without recording.
    ``elapsed`` gives the seconds since ``started_at``. A process that dies leaves a file that plays up to about
    ``LAG_S`` and an Ogg page (one second) before.
    """

    def __init__(
        self,
        path: Path,
        started_at: float,
        on_trouble: Trouble = lambda error: None,
        elapsed: Callable[[], float] | None = None,
    ) -> None:
        self._elapsed = elapsed or _since(started_at)
        self._on_trouble: Trouble | None = on_trouble
        self._candidate, self._interviewer = Track(), Track()
        self._waiting: queue.Queue[_Piece | float] = queue.Queue(WAITING_PIECES)
        self._failure: InterviewLabError | None = None
        self._end_s: float | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, args=(path,), name="recorder", daemon=True)
        self._thread.start()

    def candidate(self, samples: Ints, rate: int) -> None:
        """What just came in, mono at ``rate`` Hz: it ends now."""
        self._put(self._candidate, samples, rate, self._elapsed())

    def interviewer(self, samples: Ints, rate: int) -> None:
        """What goes out now, mono at ``rate`` Hz: it begins now."""
        self._put(self._interviewer, samples, rate, self._elapsed() + samples.size / rate)

    @property
    def waiting(self) -> int:
        """How many pieces wait to be written."""
        return self._waiting.qsize()

    async def aclose(self) -> None:
        """Finish the file, which a disk that hangs may hold up by twice ``CLOSE_S``; may be called twice."""
        if not self._is_closed:
            self._is_closed = True
            with suppress(queue.Full):  # told already
                await asyncio.to_thread(self._waiting.put, self._elapsed(), timeout=CLOSE_S)
        await asyncio.to_thread(self._thread.join, CLOSE_S)
        self._tell()

    def _put(self, track: Track, samples: Ints, rate: int, end_s: float) -> None:
        if self._is_closed:
            return
        try:
            self._waiting.put_nowait((track, samples.copy(), rate, end_s))
        except queue.Full:
            self._failure = self._failure or StoreUnavailable(
                "The disk is too slow for the recording, so parts of it are silent.",
                "The call goes on; the transcript is complete.",
            )
        self._tell()

    def _tell(self) -> None:
        """Told in the caller's thread, so that whoever is told need not think of threads."""
        if self._failure is not None and self._on_trouble is not None:
            tell, self._on_trouble = self._on_trouble, None
            tell(self._failure)

    # ---- in the thread

    def _work(self, path: Path) -> None:
        try:
            # A file of Python's own: PyAV would wait for a slow disk with the whole process held up.
            with (
                path.open("wb", buffering=0) as file,
                av.open(file, "w", format="ogg", options={"flush_packets": "1"}) as container,
            ):
                self._write_all(_Encoder(container))
        except (OSError, FFmpegError, ValueError) as error:
            self._failure = StoreUnavailable(
                f"The recording of this call could not be written: {getattr(error, 'strerror', None) or error}.",
                "The call goes on without recording. Free space in the data folder or make it writable for the next.",
            )
            while self._end_s is None:
                self._take()

    def _write_all(self, encoder: _Encoder) -> None:
        written_s = 0.0
        while (piece := self._take()) is not None:
            track, samples, rate, end_s = piece
            track.add(samples, rate, end_s)
            if end_s - LAG_S - written_s > LAG_S / 2:
                written_s = end_s - LAG_S
                encoder.write(self._candidate.settle(written_s), self._interviewer.settle(written_s))
        end_s = self._end_s or 0.0
        encoder.write(self._candidate.finish(end_s), self._interviewer.finish(end_s))
        encoder.close()

    def _take(self) -> _Piece | None:
        """The next piece; None when the call has ended."""
        piece = self._waiting.get()
        if isinstance(piece, float):
            self._end_s = piece
            return None
        return piece


class Track:
    """One side of a call: pieces with the moments they ended go in, an unbroken stream at ``RATE`` comes out."""

    def __init__(self) -> None:
        self._rate = RATE
        self._resampler: Any = None
        self._waiting: deque[tuple[float, Ints]] = deque()
        self._settled = 0
        """Samples at the rate of the pieces."""

    def add(self, samples: Ints, rate: int, end_s: float) -> None:
        """A piece that had sounded by ``end_s``, in seconds of the recording. The rate of the first one stays."""
        if not self._waiting and self._resampler is None and rate != RATE:
            self._resampler = soxr.ResampleStream(rate, RATE, 1, dtype="int16")
            self._settled, self._rate = self._settled * rate // RATE, rate
        if rate != self._rate:
            samples = soxr.resample(samples, rate, self._rate)
        self._waiting.append((end_s, samples))

    def settle(self, until_s: float) -> Ints:
        """What came up to ``until_s`` and the silence in which nothing did."""
        starts = self._latest_starts()
        parts = self._place(until_s, starts)
        edge = min(round(until_s * self._rate), starts[0] if starts else _NEVER)
        parts += self._silence(edge - self._settled - round(SLACK_S * self._rate))
        return self._resampled(parts, is_last=False)

    def finish(self, until_s: float) -> Ints:
        """The rest, filled up with silence to ``until_s``."""
        parts = self._place(float("inf"), self._latest_starts())
        parts += self._silence(round(until_s * self._rate) - self._settled)
        return self._resampled(parts, is_last=True)

    def _latest_starts(self) -> deque[int]:
        """Where each waiting piece begins if it sounds as late as it can: ended when it came, and before the next."""
        starts: deque[int] = deque()
        for end_s, samples in reversed(self._waiting):
            end = min(round(end_s * self._rate), starts[0] if starts else _NEVER)
            starts.appendleft(end - samples.size)
        return starts

    def _place(self, until_s: float, starts: deque[int]) -> list[Ints]:
        slack = round(SLACK_S * self._rate)
        parts: list[Ints] = []
        while self._waiting and self._waiting[0][0] <= until_s:
            start, (_, samples) = starts.popleft(), self._waiting.popleft()
            if self._settled - start > slack:
                continue  # more sound than time: a fast clock, or a burst that came too late for its gap
            if start - self._settled > slack:
                parts += self._silence(start - self._settled)
            parts.append(samples)
            self._settled += samples.size
        return parts

    def _silence(self, size: int) -> list[Ints]:
        self._settled += max(0, size)
        return [np.zeros(size, np.int16)] if size > 0 else []

    def _resampled(self, parts: list[Ints], *, is_last: bool) -> Ints:
        stream = np.concatenate([np.zeros(0, np.int16), *parts])
        if self._resampler is None:
            return stream
        made: Ints = self._resampler.resample_chunk(stream, last=is_last)
        return made


class _Encoder:
    """Two channels into one container, as far as both have come."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self._stream = container.add_stream(
            "libopus", rate=RATE, layout="stereo", options={"compression_level": str(_EFFORT)}
        )
        self._stream.bit_rate = BIT_RATE
        self._left, self._right = np.zeros(0, np.int16), np.zeros(0, np.int16)
        self._at = 0

    def write(self, left: Ints, right: Ints) -> None:
        self._left, self._right = np.concatenate([self._left, left]), np.concatenate([self._right, right])
        self._encode(min(self._left.size, self._right.size) // _BLOCK * _BLOCK)

    def close(self) -> None:
        size = max(self._left.size, self._right.size)
        self._left, self._right = (np.pad(side, (0, size - side.size)) for side in (self._left, self._right))
        self._encode(size)
        self._container.mux(self._stream.encode(None))

    def _encode(self, size: int) -> None:
        if not size:
            return
        both = np.stack([self._left[:size], self._right[:size]], axis=1).reshape(1, -1)
        self._left, self._right = self._left[size:], self._right[size:]
        frame = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._at
        self._at += size
        self._container.mux(self._stream.encode(frame))


def _since(started_at: float) -> Callable[[], float]:
    """Seconds since a Unix time, by a clock that nobody sets while it runs."""
    ahead = time.time() - started_at - time.monotonic()
    return lambda: ahead + time.monotonic()
