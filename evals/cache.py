"""What was paid for once is not paid for again: scores by the hash of everything that decides them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import diskcache

SIZE_LIMIT_BYTES = 2**30


class ScoreCache:
    """Finished scores on disk, as JSON. Errors are never kept: only what ``put`` is given is."""

    def __init__(self, folder: Path) -> None:
        # JSONDisk: the default pickles, and a pickle from a folder that others write to runs their code.
        self._cache = diskcache.Cache(str(folder), disk=diskcache.JSONDisk, size_limit=SIZE_LIMIT_BYTES)

    def get(self, key: str) -> dict[str, Any] | None:
        """What was kept under this key, or None."""
        kept: dict[str, Any] | None = self._cache.get(key)
        return kept

    def put(self, key: str, line: dict[str, Any]) -> None:
        """Keep a finished score."""
        self._cache.set(key, line)

    def close(self) -> None:
        """Let go of the files."""
        self._cache.close()


def hash_of(*parts: Any) -> str:
    """SHA-256 of the canonical JSON of the parts."""
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
