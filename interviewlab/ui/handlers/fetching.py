"""Models that are not here yet, fetched when a server is first started, with a word on how far it is."""

from __future__ import annotations

import asyncio
import logging

from interviewlab import weights
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings

_LOG = logging.getLogger(__name__)


class Fetching:
    """One server's models, in the order in which visitors miss them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.sentence = ""
        """What is being done, for the page; empty when nothing is."""
        self.missing = self._look() if settings.space_id and not settings.is_offline else ()

    async def fetch(self) -> None:
        """Fetch all of it, one after the other; what cannot be had is left to what runs in its place."""
        settings, known = self._settings, weights.list_models()
        for number, name in enumerate(self.missing, 1):
            size_mb = sum(file.size_bytes for file in known[name]) / 1e6
            place = f"{number} of {len(self.missing)}"
            self.sentence = f"First start: fetching models, {place} ({name}, {size_mb:.0f} MB)…"
            _LOG.warning("%s", self.sentence)
            try:
                await asyncio.to_thread(
                    weights.fetch, name, settings.cache_dir, settings.weights_mirror, progress=False
                )
            except InterviewLabError as error:
                _LOG.warning("%s", error)
        self.missing, self.sentence = (), ""

    def _look(self) -> tuple[str, ...]:
        settings = self._settings
        wanted = ("minilm", "python-wasi", settings.ears, settings.second_ears, settings.mouth)
        known = weights.list_models()
        needed = [name for name in dict.fromkeys(wanted) if name in known]
        return tuple(n for n in needed if weights.find(n, settings.cache_dir, settings.weights_mirror) is None)
