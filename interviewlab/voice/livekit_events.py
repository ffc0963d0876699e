"""Rooms and streams that are woken by what is theirs alone.

LiveKit's client gives each event of the process, that a piece of sound was heard or taken among them, to all of its
rooms and streams, and each looks whether it is meant: with twenty rooms nineteen of twenty looks are for nothing. The
event's own queue takes a filter; here it gets one that knows whose events these are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from livekit import rtc
from livekit.rtc._ffi_client import FfiClient

LEAVE_S = 10.0
_OF_ANY_ROOM = ("publish_track", "unpublish_track")
"""Answers that a room hands on to whoever of it asked; they bear a number and no room, and are rare."""
_IsOurs = Callable[[Any], bool]
_leaving: set[asyncio.Task[None]] = set()
"""Held here: an event loop holds its tasks loosely."""


class QuietRoom(rtc.Room):
    """As ``rtc.Room``; once connected it is woken by its own events only."""

    async def connect(self, url: str, token: str, options: rtc.RoomOptions | None = None) -> None:
        """As ``rtc.Room``. Raises rtc.ConnectError.

        Cancelled, it goes on behind the scenes and the room is left once it is entered. LiveKit's client takes a room
        that nobody came for within 15 s for a catastrophe, and ends the process with all its other rooms
        (https://github.com/livekit/python-sdks/issues/784).
        """
        calm_askers()
        entering = asyncio.create_task(super().connect(url, token, options or rtc.RoomOptions()))
        try:
            await asyncio.shield(entering)
        except asyncio.CancelledError:
            _leaving.add(leaving := asyncio.create_task(self._leave_after(entering)))
            leaving.add_done_callback(_leaving.discard)
            raise
        _narrow(self._ffi_queue, self._is_ours)

    async def leave(self) -> None:
        """Disconnect. A client that has flooded its line may wait for it for ever: it is not waited for so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.disconnect(), LEAVE_S)

    async def _leave_after(self, entering: asyncio.Task[None]) -> None:
        await asyncio.wait([entering])
        if not entering.cancelled() and entering.exception() is None:
            await self.leave()

    def _is_ours(self, event: Any) -> bool:
        match event.WhichOneof("message"):
            case "room_event":
                own = self._ffi_handle
                return own is not None and bool(event.room_event.room_handle == own.handle)
            case "rpc_method_invocation":
                asked = event.rpc_method_invocation.local_participant_handle
                return bool(asked == self.local_participant._ffi_handle.handle)
            case other:
                return other in _OF_ANY_ROOM


class QuietAudioStream(rtc.AudioStream):
    """As ``rtc.AudioStream``, woken by its own sound only."""

    def __init__(self, track: rtc.Track, **options: Any) -> None:
        super().__init__(track, **options)
        _narrow(self._ffi_queue, self._is_ours)

    def _is_ours(self, event: Any) -> bool:
        return event.WhichOneof("message") == "audio_stream_event" and self._is_event(event)


def _narrow(waiting: Any, is_ours: _IsOurs) -> None:
    """Let only what ``is_ours`` into a queue that the client fills."""
    events = FfiClient.instance.queue
    with events._lock:
        for place, (queue, loop, _) in enumerate(events._subscribers):
            if queue is waiting:
                events._subscribers[place] = (queue, loop, is_ours)


def is_answer(event: Any) -> bool:
    """Whether an event answers somebody who asked once, and is not of the many that tell what happens in a room."""
    kind: str = event.WhichOneof("message") or ""
    return not kind.endswith("_event") and kind != "rpc_method_invocation"


def calm_askers() -> None:
    """Have who waits for one answer woken by answers alone from now on; may be called again.

    Whatever is asked of LiveKit's client, that it take a piece of sound among it, is waited for in a queue without a
    filter. An event loop that is late has one such queue a room at any time, each filled with the sound of all rooms,
    and gets later by that.
    """
    events: Any = FfiClient.instance.queue
    if getattr(events, "is_calm", False):
        return
    subscribe, events.is_calm = events.subscribe, True

    def subscribe_calmly(loop: Any = None, filter_fn: _IsOurs | None = None) -> Any:
        return subscribe(loop, filter_fn or is_answer)

    events.subscribe = subscribe_calmly
