"""Hostile programs, as data: a file of ``hostile/`` for each class. Aimed at the wall they run in and at loopback only.

In the code ``@NAME@`` stands for a thing of this machine that the contract laid out as bait, see ``bait.Bait``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from interviewlab.sandbox.limits import EVERYWHERE
from interviewlab.types import Language, Outcome

CLOCKED_S = 6.0
"""Wall limit of an attack that a clock may stop. One that must end otherwise has all the time a program may have: what
it shows does not depend on how fast the machine is."""
STOPPED: tuple[Outcome, ...] = (
    "time_limit",
    "memory_limit",
    "output_limit",
    "process_limit",
    "killed",
    "runtime_error",
)


@dataclass(frozen=True)
class Attack:
    """One hostile program and what must hold when it was run.

    ``outcomes`` are those that count as held. Its output must hold none of ``forbidden``, and its standard output
    all of ``printed``. With a ``suite``, no test may pass. ``wall_s`` and ``cpu_s`` lower the limits. ``not_on``
    says for a backend why the attack cannot exist there.
    """

    name: str
    attack_class: str
    language: Language
    code: str
    outcomes: tuple[Outcome, ...]
    forbidden: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    suite: dict[str, Any] | None = None
    wall_s: float = CLOCKED_S
    cpu_s: float = EVERYWHERE.cpu_s
    quick: bool = False
    not_on: Mapping[str, str] = field(default_factory=dict)


@cache
def read_attacks() -> tuple[Attack, ...]:
    """All attacks, file by file in alphabetical order.

    What a file says beside its ``attacks`` (``class``, and if need be ``language``, ``not_on``, ``before``: code put
    before each program) holds for each of them that does not say otherwise.
    """
    folder = files("interviewlab.sandbox").joinpath("hostile")
    found: list[Attack] = []
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name):
        shared = yaml.safe_load(file.read_text(encoding="utf-8"))
        rows = shared.pop("attacks")
        found += [_to_attack({"language": "python", **shared, **row}) for row in rows]
    return tuple(found)


def _to_attack(row: dict[str, Any]) -> Attack:
    told = row.pop("outcomes")
    outcomes = STOPPED if told == "stopped" else tuple(told)
    return Attack(
        attack_class=row.pop("class"),
        outcomes=outcomes,
        wall_s=row.pop("wall_s", CLOCKED_S if "time_limit" in outcomes else EVERYWHERE.wall_s),
        forbidden=tuple(row.pop("forbidden", ())),
        printed=tuple(row.pop("printed", ())),
        code=row.pop("before", "") + row.pop("code"),
        **row,
    )
