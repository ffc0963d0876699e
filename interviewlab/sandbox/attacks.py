"""Hostile programs, as data. Aimed at the wall they run in and at loopback only.

In the code ``@NAME@`` stands for a thing of this machine that the contract laid out as bait, see ``contract.Bait``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import yaml

from interviewlab.types import Language, Outcome

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

    ``outcomes`` are those that count as held. Its standard output must hold none of ``forbidden``, and
    all of ``printed``. With a ``suite``, no test may pass. ``wall_s`` and ``cpu_s`` lower the limits.
    """

    name: str
    attack_class: str
    language: Language
    code: str
    outcomes: tuple[Outcome, ...]
    forbidden: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    suite: dict[str, Any] | None = None
    wall_s: float = 3.0
    cpu_s: float = 3.0
    quick: bool = False
    not_on: dict[str, str] = field(default_factory=dict)


def read_attacks() -> tuple[Attack, ...]:
    """All attacks of ``attacks.yaml``, in its order."""
    text = files("interviewlab.sandbox").joinpath("attacks.yaml").read_text(encoding="utf-8")
    return tuple(_to_attack(row) for row in yaml.safe_load(text))


def _to_attack(row: dict[str, Any]) -> Attack:
    outcomes = row.pop("outcomes")
    return Attack(
        attack_class=row.pop("class"),
        outcomes=STOPPED if outcomes == "stopped" else tuple(outcomes),
        forbidden=tuple(row.pop("forbidden", ())),
        printed=tuple(row.pop("printed", ())),
        **row,
    )
