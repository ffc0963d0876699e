"""One-time leave to speak in one interview. Minted for its owner, redeemed by the first to show it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from interviewlab.ports import ChatModel

OWNER = "interviewlab.owner"
"""Key of a request's scope under which whoever let it in says whose it is."""
TICKET_S = 120.0
"""Long enough to answer the browser's question about the microphone."""


@dataclass(frozen=True)
class Grant:
    """Whose voice may be heard where."""

    interview_id: str
    owner: str
    is_recorded: bool = False
    """The candidate agreed to be recorded."""
    model: ChatModel | None = None
    """A language model that the candidate brought, which speaks in place of that of the settings."""


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

    def redeem(self, ticket: str, scope: Mapping[str, Any]) -> Grant | None:
        """What the ticket grants, once, to its owner; None for one that is unknown, used, out of date or another's."""
        until, grant = self._open.get(ticket, (0.0, None))
        if grant is None or not is_shown_by_its_owner(grant, scope):
            return None
        del self._open[ticket]
        return grant if until > self._clock() else None


def is_shown_by_its_owner(grant: Grant, scope: Mapping[str, Any]) -> bool:
    """Whether the request comes from whom this was granted to; where nobody stands at the door, all are one person."""
    return bool(scope.get(OWNER, grant.owner) == grant.owner)
