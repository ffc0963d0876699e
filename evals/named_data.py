"""The sets that have a name of their own on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evals.dataset import Samples
from evals.own_data import OwnLevels
from evals.shared_data import DigiKlausur, open_saf
from interviewlab.scoring.text import Rarity


@dataclass(frozen=True)
class NamedSet:
    """On how many levels people marked it, and how it is opened (the first so many rows)."""

    levels: int
    open: Callable[[Rarity, int | None], Samples]


NAMED: dict[str, NamedSet] = {
    "saf": NamedSet(5, open_saf),
    "digiklausur": NamedSet(3, DigiKlausur),
    "levels": NamedSet(5, OwnLevels),
}
