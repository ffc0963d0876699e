"""Counting what a sandbox does."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable

from interviewlab.types import Language, Outcome, SandboxHealth, Spread

REMEMBERED = 1000
"""Of how many of the last runs times are kept."""


class Metrics:
    """Counts and times of one sandbox; used by several threads."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._lock = threading.Lock()
        self._outcomes: Counter[Outcome] = Counter()
        self._running = self._waiting = self._refused = self._failed = 0
        self._wait_s: deque[float] = deque(maxlen=REMEMBERED)
        self._run_s: deque[float] = deque(maxlen=REMEMBERED)

    def refuse(self) -> None:
        """A submission could not be run as it was."""
        with self._lock:
            self._refused += 1

    def enter(self) -> None:
        """A submission waits for its turn."""
        with self._lock:
            self._waiting += 1

    def leave(self) -> None:
        """A submission was called off while it waited."""
        with self._lock:
            self._waiting -= 1

    def start(self, waited_s: float) -> None:
        """Its turn has come."""
        with self._lock:
            self._waiting -= 1
            self._running += 1
            self._wait_s.append(waited_s)

    def end(self, outcome: Outcome | None, ran_s: float) -> None:
        """It has a result, or none because the sandbox broke."""
        with self._lock:
            self._running -= 1
            self._run_s.append(ran_s)
            if outcome is None:
                self._failed += 1
            else:
                self._outcomes[outcome] += 1

    def report(self, backend: str, languages: tuple[Language, ...], spares: int) -> SandboxHealth:
        """Everything as it stands."""
        with self._lock:
            return SandboxHealth(
                backend=backend,
                languages=languages,
                concurrency=self._concurrency,
                running=self._running,
                waiting=self._waiting,
                spares=spares,
                outcomes=dict(self._outcomes),
                refused=self._refused,
                failed=self._failed,
                wait_s=to_spread(self._wait_s),
                run_s=to_spread(self._run_s),
            )


def to_spread(values: Iterable[float]) -> Spread:
    """p50 and p95 by nearest rank."""
    ordered = sorted(values)
    if not ordered:
        return Spread()
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
    return Spread(p50=round(p50, 4), p95=round(p95, 4), n=len(ordered))
