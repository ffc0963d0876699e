"""The task: which data are graded, how they are read, and how much of them; what a run folder remembers of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.agreement import LEVELS
from evals.cache import hash_of
from evals.calibration import Calibration
from evals.dataset import Card, Dataset, OfSplit, Samples
from evals.named_data import NAMED, NamedSet
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity


@dataclass(frozen=True)
class Task:
    """``data`` names a file, or a set by name ("saf", "digiklausur", "levels") where there is no such file."""

    data: str
    names: dict[str, str] = field(default_factory=dict)
    card: Card | None = None
    split: str = ""
    limit: int | None = None
    seed: int = 0
    levels: int | None = None
    calibration: Calibration | None = None

    @property
    def is_named(self) -> bool:
        """Whether a set with a name of its own is meant."""
        return self.data in NAMED and not Path(self.data).exists()

    def open(self, rarity: Rarity) -> Samples:
        """The dataset. Raises BadInput."""
        if self.is_named:
            return self._open_named(NAMED[self.data], rarity)
        return Dataset(Path(self.data), rarity, self.limit, self.names, card=self.card, split=self.split)

    def _open_named(self, named: NamedSet, rarity: Rarity) -> Samples:
        if self.names:
            raise BadInput(f"The set '{self.data}' has its own fields.", "Leave --map out, or name a file.")
        if not self.split:
            return named.open(rarity, self.limit)
        return OfSplit(named.open(rarity, None), self.split, self.limit)

    def levels_or_default(self) -> int:
        """The levels asked for, or those on which people marked this set."""
        return self.levels or (NAMED[self.data].levels if self.is_named else LEVELS)

    def fingerprint(self) -> str:
        """Another for other rows, or for the same read differently. Raises BadInput where a named set is not here."""
        rows = (self.data, _digest(NAMED[self.data].find())) if self.is_named else _digest(Path(self.data))
        return hash_of(rows, self.names, self.split, self.limit)

    def to_dict(self) -> dict[str, Any]:
        """As it stands in ``run.json``: what is needed to read the same rows again."""
        data = self.data if self.is_named else str(Path(self.data).resolve())
        how = {"names": self.names, "split": self.split, "limit": self.limit, "levels": self.levels_or_default()}
        return {"command": "grade", "data": data, **how, "fingerprint": self.fingerprint()}


def task_from_dict(how: dict[str, Any]) -> Task:
    """The task that ``run.json`` remembers."""
    return Task(how["data"], how["names"], None, how["split"], how["limit"], levels=how["levels"])


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
