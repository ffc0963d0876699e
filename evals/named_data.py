"""The sets that have a name of their own on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.dataset import Samples
from evals.own_data import DATA, LEVELS_ROWS, OwnLevels
from evals.shared_data import DigiKlausur, digiklausur_file, open_saf, saf_file
from interviewlab.scoring.text import Rarity


@dataclass(frozen=True)
class NamedSet:
    """On how many levels people marked it, how it is opened (the first so many rows), and the file of its rows."""

    levels: int
    open: Callable[[Rarity, int | None], Samples]
    find: Callable[[], Path]


NAMED: dict[str, NamedSet] = {
    "saf": NamedSet(5, open_saf, saf_file),
    "digiklausur": NamedSet(3, DigiKlausur, digiklausur_file),
    "levels": NamedSet(5, OwnLevels, lambda: DATA / LEVELS_ROWS),
}
