"""How long one waits for a SQLite file that others use."""

from __future__ import annotations

from typing import Any, Final

from tenacity import retry_if_exception_message, stop_after_delay, wait_random

BUSY_TIMEOUT_MS: Final = 15_000
"""How long a writer waits for another's transaction."""
WHILE_LOCKED: Final[dict[str, Any]] = {
    "retry": retry_if_exception_message(match=r".*database is locked"),
    "stop": stop_after_delay(BUSY_TIMEOUT_MS / 1000),
    "wait": wait_random(0.005, 0.03),
    "reraise": True,
}
"""For tenacity: the busy timeout does not hold while a new file is turned to WAL, where SQLite gives up at once if
another connection looks at the file (https://www.sqlite.org/c3ref/busy_handler.html)."""
