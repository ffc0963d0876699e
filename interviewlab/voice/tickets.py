"""One-time leave to speak in one interview. Minted for its owner, redeemed by the first to show it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

TICKET_S = 120.0
"""Long enough to answer the browser's question about the microphone."""


@dataclass(frozen=True)
class Grant:
    """Whose voice may be heard where."""

    interview_id: str
    owner: str
    is_recorded: bool = False
    """The candidate agreed to be recorded."""


class Tickets:
    """Tickets of one process; unguessable, good for ``TICKET_S`` and for one call."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, tuple[float, Grant]] = {}

    def mint(self, grant: Grant) -> str:
        """A new ticket. The caller has checked that the interview is this owner's."""
        now = self._clock()
        self._open = {ticket: kept for ticket, kept in self._open.items() if kept[0] > now}
        ticket = secrets.token_urlsafe(24)
        self._open[ticket] = (now + TICKET_S, grant)
        return ticket

    def redeem(self, ticket: str) -> Grant | None:
        """What the ticket grants, once; None for one that is unknown, used or out of date."""
        until, grant = self._open.pop(ticket, (0.0, None))
        return grant if until > self._clock() else None
