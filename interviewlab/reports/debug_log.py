"""What happened when in an interview, for those who look for a fault: words only where they are asked for."""

from __future__ import annotations

import json
from typing import Any

from interviewlab.types import Entry, Transcript

_TOLD = ("source", "move", "phase", "question_id", "exercise_id", "brain", "language", "of_turn", "by", "topic")
_WORDS = ("text", "code")


def to_debug_log(transcript: Transcript, *, with_words: bool = False) -> str:
    """JSON lines, one an entry: ``wait_s`` since the entry before it, lengths in characters in place of words."""
    lines, before = [], None
    for entry in transcript.entries:
        wait_s = round((entry.at - before).total_seconds(), 3) if before else 0.0
        lines.append(json.dumps(_line(entry, wait_s, with_words), ensure_ascii=False))
        before = entry.at
    return "\n".join(lines) + "\n" if lines else ""


def _line(entry: Entry, wait_s: float, with_words: bool) -> dict[str, Any]:
    line: dict[str, Any] = {
        "at": entry.at.isoformat(),
        "wait_s": wait_s,
        "sequence": entry.sequence,
        "turn": entry.turn,
        "kind": entry.kind,
    }
    line |= {name: value for name in _TOLD if (value := getattr(entry, name, None)) is not None}
    for name in _WORDS:
        words = getattr(entry, name, None)
        if isinstance(words, str):
            line |= {f"{name}_length": len(words)} | ({name: words} if with_words else {})
    result = getattr(entry, "result", None)
    return line if result is None else {**line, "outcome": result.outcome, "wall_s": result.wall_s}
