"""Language models that people brought for a browser session: in this process's memory and nowhere else."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from interviewlab.ports import ChatModel
from interviewlab.ui.door.identity import Scope, cookie_line

COOKIE = "interviewlab-visit"
"""Without an age: the browser forgets it when it is closed."""
IDLE_S = 4 * 3600.0
"""After so long without a turn a model is forgotten, whatever the browser remembers."""
MOST = 10_000


@dataclass
class OwnModel:
    """A model and what the page may say of it: never the key."""

    model: ChatModel
    name: str
    host: str
    used_at: float


class OwnModels:
    """By owner and visit, so that neither another person nor another browser of the same one speaks through it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], OwnModel] = {}

    async def keep(self, owner: str, visit: str, model: ChatModel, name: str, host: str) -> None:
        """From now on, in place of one that was brought before."""
        await self.drop(owner, visit)
        await self.forget_idle()
        self._kept[owner, visit] = OwnModel(model, name, host, self._clock())
        if len(self._kept) > MOST:
            await self.drop(*next(iter(self._kept)))

    def find(self, owner: str, visit: str) -> OwnModel | None:
        """The one of this visit; None where there is none any more."""
        found = self._kept.get((owner, visit)) if visit else None
        if found is None or self._clock() - found.used_at > IDLE_S:
            return None
        found.used_at = self._clock()
        return found

    async def drop(self, owner: str, visit: str) -> None:
        """Forget it with its key."""
        if dropped := self._kept.pop((owner, visit), None):
            await dropped.model.aclose()

    async def forget(self, owner: str) -> None:
        """Forget all that a person brought."""
        for whose, visit in [key for key in self._kept if key[0] == owner]:
            await self.drop(whose, visit)

    async def aclose(self) -> None:
        """Forget all."""
        for owner, visit in list(self._kept):
            await self.drop(owner, visit)

    async def forget_idle(self) -> None:
        """Forget those that took no turn for long."""
        now = self._clock()
        for key in [key for key, kept in self._kept.items() if now - kept.used_at > IDLE_S]:
            await self.drop(*key)


def visit_cookie(scope: Scope) -> str:
    """The Set-Cookie line of a new visit."""
    return cookie_line(COOKIE, secrets.token_urlsafe(24), scope)
