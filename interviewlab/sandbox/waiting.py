"""What waits to be used once, kept by shape: the bookkeeping of containers and of processes that wait."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT_SHAPES = 6
"""For how many kinds of jobs something waits: four kinds of programs and two of compilers have shapes of their own."""
Shape = TypeVar("Shape", bound=Hashable)
Cell = TypeVar("Cell")


class Waiting(Generic[Shape, Cell]):
    """As many as ``wanted`` says of each shape that was asked for lately.

    Used by several threads; it makes and ends nothing.
    """

    def __init__(self, wanted: Callable[[Shape], int]) -> None:
        self._wanted = wanted
        self._cells: OrderedDict[Shape, deque[Cell]] = OrderedDict()
        self._lock = threading.Lock()
        self._is_closed = False

    def pop(self, shape: Shape) -> Cell | None:
        """One that waits, the oldest first; None where none does."""
        with self._lock:
            cells = self._cells.get(shape)
            return cells.popleft() if cells else None

    def want(self, shape: Shape) -> list[Cell]:
        """The shape was asked for; what waits for one that was not for long is given back, to be ended."""
        with self._lock:
            if self._is_closed:
                return []
            self._cells.setdefault(shape, deque())
            self._cells.move_to_end(shape)
            old = [self._cells.popitem(last=False)[1] for _ in range(len(self._cells) - KEPT_SHAPES)]
        return [cell for cells in old for cell in cells]

    def lacks(self, shape: Shape) -> bool:
        """Whether more of a shape are wanted."""
        with self._lock:
            return shape in self._cells and self._has_too_few(shape)

    def find_lacking(self) -> Shape | None:
        """The shape asked for last of which more are wanted; None where there is none."""
        with self._lock:
            return next(filter(self._has_too_few, reversed(self._cells)), None)

    def _has_too_few(self, shape: Shape) -> bool:
        return len(self._cells[shape]) < self._wanted(shape)

    def put(self, shape: Shape, cell: Cell) -> bool:
        """Let it wait; whether it is still wanted."""
        with self._lock:
            is_wanted = shape in self._cells
            if is_wanted:
                self._cells[shape].append(cell)
            return is_wanted

    def count(self) -> int:
        """How many wait."""
        with self._lock:
            return sum(map(len, self._cells.values()))

    def close(self) -> list[Cell]:
        """Want no more; all that waits is given back, to be ended."""
        with self._lock:
            self._is_closed = True
            left = [cell for cells in self._cells.values() for cell in cells]
            self._cells.clear()
        return left
