"""What is said of how somebody speaks: each part in a sentence, with the candidate's own words beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewlab.scoring.text import sentences, words
from interviewlab.types import QuoteEvidence

Part = Literal["relevance", "substance", "order", "fluency"]
STRONG, WEAK = 0.7, 0.4
"""From which a part is a strength, and under which it is a weakness."""
ALWAYS, WORST = 0.5, 0.75
"""Under which a part gets advice, and under which the weakest does."""
LONGEST = 25
"""Words of an example."""
LEAST = 4
NOISE = re.compile(
    r"\b(?:u+h*m+|u+h+|e+r+m*|hm+|you know|sort of|kind of|i mean|i guess|i think|i suppose|i believe|maybe|perhaps"
    r"|probably|possibly|not sure|where was i|rambling|drifting|sorry|anyway|or something|or whatever)\b",
    re.IGNORECASE,
)
"""What an example of filled gaps has; the rates are counted elsewhere."""
JOINS = re.compile(
    r"(?:\b(?:then|because|since|so that|for example|for instance|however|therefore|although|instead|whereas|finally"
    r"|which means|after that|in the end)|(?:^|[,;:]\s|\b(?:and|so|but)\s)(?:first|second|third|next))\b",
    re.IGNORECASE,
)
TELLING = 8
"""Words from which a sentence shows how steps are joined."""
_STRENGTHS: dict[Part, str] = {
    "relevance": "Your answers stay with what was asked",
    "substance": "Your answers go into the matter",
    "order": "Your answers can be followed, one step joined to the next",
    "fluency": "You say things plainly, with few fillers and hedges",
}
_WEAKNESSES: dict[Part, str] = {
    "relevance": "Several answers went past what was asked",
    "substance": "Your answers are too short, or tell too little, to carry a reason",
    "order": "Your answers are hard to follow: their parts stand side by side",
    "fluency": "Fillers, hedges and lost threads cover much of what you say",
}
_ADVICE: dict[Part, str] = {
    "relevance": "Name what was asked in your first sentence, then answer it.",
    "substance": "Give each answer a mechanism, an example and a limit; a single sentence rarely carries that.",
    "order": "Signpost: first, then, because, for example.",
    "fluency": "Pause in silence rather than fill the gap, and state what you know without hedging.",
}


@dataclass(frozen=True)
class Spoken:
    """How the answers to one question were spoken, and their words by turn."""

    marks: dict[Part, float]
    said: dict[int, str]


def tell_strengths(parts: dict[Part, float], answers: Sequence[Spoken]) -> tuple[str, ...]:
    """A sentence for each part that stood well, each with an example of its own where one shows it."""
    told: list[str] = []
    shown: set[str] = set()
    for part in (part for part, mark in parts.items() if mark >= STRONG):
        quote = next((each for each in _best(part, answers) if each.quote not in shown), None)
        shown |= {quote.quote} if quote else set()
        told.append(f"{_STRENGTHS[part]}{_shown(', as in', quote)}.")
    return tuple(told)


def tell_weaknesses(parts: dict[Part, float]) -> tuple[str, ...]:
    """A sentence for each part that hardly stood."""
    return tuple(f"{_WEAKNESSES[part]}." for part, mark in parts.items() if mark < WEAK)


def advise(parts: dict[Part, float], answers: Sequence[Spoken]) -> tuple[str, ...]:
    """What to do about the weakest part, where it is not good, and about all that are poor, the weakest first."""
    order = sorted(parts, key=lambda part: (parts[part], part != "fluency"))
    chosen = [part for place, part in enumerate(order) if parts[part] < (ALWAYS if place else WORST)]
    return tuple(f"{_ADVICE[part]}{_shown(' You said', _worst(part, answers))}" for part in chosen)


def _shown(lead: str, quote: QuoteEvidence | None) -> str:
    return f"{lead} “{quote.quote}” (turn {quote.turn})" if quote else ""


def _best(part: Part, answers: Sequence[Spoken]) -> list[QuoteEvidence]:
    """Sentences that show the part, the best first: how an answer begins that keeps to the question, the longest of one
    with substance, those that join steps. Nothing shows that no gap was filled."""
    best = max(answers, key=lambda each: (each.marks[part], sum(each.marks.values())))
    told = [(turn, s) for turn, text in best.said.items() for s in _fitting(text)]
    if part == "fluency":
        told = []
    elif part == "substance":
        told.sort(key=lambda pair: -len(words(pair[1])))
    elif part == "order":
        told = [(turn, s) for each in answers for turn, text in each.said.items() for s in _fitting(text)]
        told = [(turn, s) for turn, s in told if len(words(s)) >= TELLING and _joins(s) > 1]
        told.sort(key=lambda pair: -_joins(pair[1]))
    return [QuoteEvidence(turn=turn, quote=s) for turn, s in told]


def _joins(sentence: str) -> int:
    return len({found.lower() for found in JOINS.findall(sentence)})


def _worst(part: Part, answers: Sequence[Spoken]) -> QuoteEvidence | None:
    """A sentence that shows what the part lacks."""
    told = [(turn, s) for each in answers for turn, text in each.said.items() for s in _fitting(text)]
    if part == "fluency":
        noisy = [(turn, s) for turn, s in told if NOISE.search(s)]
        return _quote(max(noisy, key=lambda pair: len(NOISE.findall(pair[1])), default=None))
    if part == "order":
        bare = [(turn, s) for turn, s in told if not JOINS.search(s)]
        return _quote(max(bare, key=lambda pair: len(words(pair[1])), default=None))
    worst = min(answers, key=lambda each: each.marks[part])
    return _quote(next(((turn, s) for turn, text in worst.said.items() for s in _fitting(text)), None))


def _fitting(text: str) -> list[str]:
    return [s for s in sentences(text) if LEAST <= len(words(s)) <= LONGEST]


def _quote(pair: tuple[int, str] | None) -> QuoteEvidence | None:
    return None if pair is None else QuoteEvidence(turn=pair[0], quote=pair[1])
