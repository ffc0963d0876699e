"""Requests' bodies: read whole and given again, or passed on and counted."""

from __future__ import annotations

from starlette.types import Message, Receive

from interviewlab.errors import BadInput


class TooLarge(BadInput):
    """More came in than is taken."""


def counted(receive: Receive, most: float) -> Receive:
    """The same body; TooLarge is raised in whoever reads more than ``most`` bytes."""
    seen = 0

    async def count() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise too_large(most)
        return message

    return count


async def read_whole(receive: Receive, most: float) -> bytes:
    """The whole body. Raises TooLarge."""
    read, body, more = counted(receive, most), b"", True
    while more:
        message = await read()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def read_off(receive: Receive, most: float = 100e6) -> None:
    """Throw away what still comes: a browser that is refused while it sends shows no sentence, but a broken network."""
    read, more = counted(receive, most), True
    try:
        while more:
            message = await read()
            more = message["type"] == "http.request" and message.get("more_body", False)
    except TooLarge:
        return


def again(body: bytes, receive: Receive) -> Receive:
    """A body that was read already; after it comes what else the connection has to say."""
    is_given = False

    async def give() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


def too_large(most: float) -> TooLarge:
    """The error in a sentence."""
    return TooLarge(f"That is more than {most / 1e6:g} MB.", "Send less at once.")
