"""What works on this machine, looked at once for all visitors: a look starts the sandbox in use and attacks it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from interviewlab.bootstrap import examine_sandbox
from interviewlab.doctor import examine
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.types import Language, Part
from interviewlab.ui.handlers.views import Trouble

FRESH_S = 600.0
"""For so long what was found is told again."""


class Surroundings:
    """Parts of the house and languages of the sandbox, as last seen."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.languages: tuple[Language, ...] = ()
        """What the sandbox runs here; empty while nobody has looked, and where none can be used."""
        self._settings = settings
        self._clock = clock
        self._lock = asyncio.Lock()
        self._seen: tuple[float, tuple[Part, ...]] | None = None

    async def look(self) -> tuple[Part, ...] | Trouble:
        """Every part; those who ask at the same time wait for one look."""
        async with self._lock:
            if self._seen is None or self._clock() - self._seen[0] >= FRESH_S:
                try:
                    parts = await examine(self._settings, has_spare_sandboxes=False)
                    self.languages = await self._list_languages()
                except InterviewLabError as error:
                    return Trouble(str(error))
                self._seen = (self._clock(), parts)
            return self._seen[1]

    async def _list_languages(self) -> tuple[Language, ...]:
        try:
            _, health = await examine_sandbox(self._settings, self._settings.sandbox)
        except InterviewLabError:
            return ()
        return health.languages
