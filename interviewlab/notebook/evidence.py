"""A transcript with the words that a report rests on marked where they were said. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from interviewlab.notebook.tables import to_table
from interviewlab.types import AXES, AxisName, QuoteEvidence, Scorecard, Transcript

COLOURS: dict[AxisName, str] = {
    "communication": "#fde68a",
    "technical_knowledge": "#bfdbfe",
    "problem_solving": "#bbf7d0",
    "code_quality": "#e9d5ff",
    "testing": "#fecaca",
}
"""Behind dark words, in light themes and dark ones."""


def evidence_to_html(transcript: Transcript, scorecard: Scorecard) -> str:
    """Each answer after the question it answers; quoted words bear the colour of their axis and its name as a title.

    Words quoted for several axes bear the first in the order of ``AXES``.
    """
    quotes = _quotes(scorecard)
    replies = transcript.replies()
    rows = []
    for turn, utterance in sorted(transcript.utterances().items()):
        asked = replies[turn - 1].text if turn - 1 in replies else ""
        said = mark(utterance.text, quotes.get(turn, {}))
        rows.append(f"<tr><td>{turn}</td><td>{escape(asked)}</td><td>{said}</td></tr>")
    return f"<section>{_legend()}{to_table(('turn', 'asked', 'answered'), rows)}</section>"


def mark(text: str, quotes: Mapping[str, AxisName]) -> str:
    """The text as HTML, every quote marked where it first stands; a quote inside another marked one is passed over."""
    spans: list[tuple[int, int, AxisName]] = []
    for quote, axis in sorted(quotes.items(), key=lambda pair: -len(pair[0])):
        start = text.find(quote) if quote else -1
        if start >= 0 and all(start + len(quote) <= low or high <= start for low, high, _ in spans):
            spans.append((start, start + len(quote), axis))
    parts, place = [], 0
    for low, high, axis in sorted(spans):
        parts += [escape(text[place:low]), _marked(text[low:high], axis)]
        place = high
    return "".join([*parts, escape(text[place:])])


def _quotes(scorecard: Scorecard) -> dict[int, dict[str, AxisName]]:
    found: dict[int, dict[str, AxisName]] = {}
    for axis in AXES:
        for item in scorecard.axes[axis].evidence:
            if isinstance(item, QuoteEvidence):
                found.setdefault(item.turn, {}).setdefault(item.quote, axis)
    return found


def _marked(text: str, axis: AxisName) -> str:
    name = axis.replace("_", " ")
    return f'<mark style="background:{COLOURS[axis]};color:#111" title="{name}">{escape(text)}</mark>'


def _legend() -> str:
    return "<p>" + "&ensp;".join(_marked(axis.replace("_", " "), axis) for axis in AXES) + "</p>"
