"""The parts of ``bench voice``: each measures one thing, for real, and can be asked for by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from interviewlab.bench.voice.aims import compare
from interviewlab.bench.voice.rooms import open_rooms
from interviewlab.errors import BadInput
from interviewlab.settings import Settings

Measure = Callable[[Settings, int], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Part:
    """Where it is measured (``module:function`` of this folder) and how many turns, or cases, it takes by default."""

    measure: str
    turns: int


PARTS: dict[str, Part] = {
    "turns": Part("turns:measure_turns", 52),
    "curves": Part("curves:measure_curves", 65),
    "barge-in": Part("barge_in:measure_barge_in", 20),
    "echo": Part("echo:measure_echo", 50),
    "four": Part("four:measure_four", 24),
    "hour": Part("hour:measure_hour", 470),
    "ears": Part("speech_parts:measure_default_ears", 0),
    "mouth": Part("speech_parts:measure_default_mouth", 60),
    "endpoint": Part("endpoint:measure_endpoint", 20),
}


async def bench_voice(
    settings: Settings, part: str = "turns", turns: int | None = None, transport: str = "fastrtc"
) -> dict[str, Any]:
    """The figures of one part and its ``aims``; turns in a LiveKit room are followed by as many over FastRTC, under
    ``direct``. Raises BadInput, WeightsMissing, InterviewLabError."""
    if transport not in ("fastrtc", "livekit"):
        raise BadInput(f"There is no transport '{transport}'.", "Use --transport fastrtc or livekit.")
    if part not in PARTS:
        raise BadInput(f"There is no part '{part}'.", f"Choose one of {', '.join(PARTS)}.")
    chosen = PARTS[part]
    module, _, name = chosen.measure.partition(":")
    measure: Measure = getattr(import_module(f"interviewlab.bench.voice.{module}"), name)
    direct, count = settings.model_copy(update={"livekit_url": ""}), turns or chosen.turns
    if transport == "fastrtc":
        figures = await measure(direct, count)
    else:
        async with open_rooms(settings) as with_rooms:
            figures = await measure(with_rooms, count)
        if part == "turns":
            figures["direct"] = await measure(direct, count)
            figures["over_direct_s"] = round(_median_s(figures) - _median_s(figures["direct"]), 4)
    return {**figures, "part": part, "transport": transport, "aims": compare(part, figures)}


def _median_s(figures: dict[str, Any]) -> float:
    return float(figures["voice_to_voice_s"]["p50"])
