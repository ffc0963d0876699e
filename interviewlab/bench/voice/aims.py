"""What the figures are meant to be: numbers alone, reviewed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Aim:
    """A figure, by its path in what a part gives, is at most so much."""

    figure: str
    most: float


AIMS: dict[str, tuple[Aim, ...]] = {
    "turns": (
        Aim("voice_to_voice_s.p50", 0.8),
        Aim("voice_to_voice_s.p95", 1.5),
        Aim("greeting_s.p95", 0.3),
        Aim("gap_between_sentences_s.p95", 0.3),
        Aim("longest_block_s", 0.1),
        Aim("cut_off", 0),
        Aim("unanswered", 0),
        Aim("over_direct_s", 0.15),
    ),
    "barge-in": (
        Aim("falls_silent_s.p95", 0.25),
        Aim("cough.goes_on_s.p95", 1.0),
        Aim("cough.turns_taken", 0),
        Aim("nod.turns_taken", 0),
    ),
    "echo": (Aim("answers_to_itself", 0), Aim("unanswered", 0)),
    "curves": (
        Aim("normal.cut_off_up_to_1s", 0.05),
        Aim("patient.cut_off_up_to_2s", 0.05),
        Aim("brisk.missed", 0.05),
        Aim("normal.missed", 0.05),
        Aim("patient.missed", 0.05),
    ),
    "four": (Aim("voice_to_voice_s.p95", 2.0), Aim("longest_block_s", 0.1)),
    "hour": (Aim("growth_mb_an_hour", 10.0), Aim("longest_block_s", 0.1)),
    "ears": (Aim("native.wer", 0.05),),
    "mouth": (Aim("round_trip.wer", 0.05), Aim("clipped_samples", 0), Aim("longest_gap_s", 0.3)),
    "load": (
        Aim("interviews.reply_s.p95", 0.3),
        Aim("pages.reply_s.p95", 1.0),
        Aim("page_alone.usable_s", 10.0),
        Aim("page_alone.first_paint_s", 2.0),
        Aim("page_alone.run_over_run_s.p95", 0.5),
        Aim("page_alone.longest_task_ms", 200.0),
    ),
    "endpoint": (Aim("voice_to_voice_s.p50", 1.5),),
}


def compare(part: str, figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each aim of a part with what was measured; ``is_met`` is None where nothing was."""
    rows = []
    for aim in AIMS.get(part, ()):
        value = find(figures, aim.figure)
        is_met = None if value is None else value <= aim.most
        rows.append({"figure": aim.figure, "value": value, "at_most": aim.most, "is_met": is_met})
    return rows


def find(figures: Mapping[str, Any], path: str) -> float | None:
    """The number at a path with dots, or None."""
    at: Any = figures
    for name in path.split("."):
        at = at.get(name) if isinstance(at, Mapping) else None
    return float(at) if isinstance(at, (int, float)) else None
