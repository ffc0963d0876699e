"""What the candidate wants: the wish of the utterance, a second one in the same breath, and what is left as the answer.

Reading is done by ``wishes``; here utterances are cut where a request may begin ("…, and could you repeat that").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import yaml

from interviewlab.brains.wishes import SIGNALS, Wish, form, read_wish
from interviewlab.scoring.reading import Reader
from interviewlab.scoring.text import words
from interviewlab.types import Aside, Intent, Signal

SURE = 0.8
"""Chance from which a piece of an utterance counts as a request of its own."""
SURER = 0.9
"""Chance from which the wish to go on counts in a breath with an answer ("and then we moved on" wishes nothing), and
words that ask what a system has to bear are an answer."""
LONG = 40
"""Words from which an utterance can ask for something only at its end."""
BRIEF = 25
"""Words up to which a piece can be a question about how one may work here."""
READ = 120
"""Words at the end of an utterance that are looked at for asides: patterns take longer than in proportion."""
SETTLED = Wish("clarify", 1.0, (), is_answer=False)
"""Asked how one may work here, which has an answer of its own."""
_LEAD = re.compile(
    r"^\W*(?:(?:okay|ok|so|and|but|sorry|well|hmm|wait|yeah|yes|oh|um+|uh+|please|quick question|one question|first"
    r"|before (?:we|i) (?:start|begin))\b\W*)*",
    re.IGNORECASE,
)
"""What comes before such a question."""
REQUESTS: frozenset[Signal] = frozenset(
    ("hold", "repeat", "asks_for_answer", "asks_for_hint", "asks_for_score", "skip")
)
"""Signals that ask for something."""
_CUT = re.compile(
    r"(?<=[.?!;])\s+|(?:,|(?<![\s,]))\s+(?:but|and|so)\s+(?=(?:can|could|may|would|will|what's|how|is|please|then)\b)"
    r"|(?:,|(?<![\s,]))\s+(?=(?:can|could|may|shall) (?:i|you|we)\b)"
    r"|,\s+(?=(?:please|what's|how (?:am|did)|let's|next)\b)",
    re.IGNORECASE,
)

_DONE = re.compile(r"\b(?:that['’]?s|that is|that was|i['’]?m|i am) (?:it|all|done|finished|through)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:interview|stop|end|finish|quit|leave|go|bye|goodbye|for today|call it|enough)\b", re.IGNORECASE
)
"""Who says so behind an answer, and not only that it is complete, wants the interview to end."""
_LEAVES = re.compile(
    r"\b(?:bye|goodbye|let['’]?s (?:stop|end|finish)|(?:have|need|got) to (?:go|leave|run) now)\b", re.IGNORECASE
)
"""In one breath with an answer; other words for ending belong to it: "I would stop the server and end the session"."""

_HOLDS = re.compile(r"\W{0,9}(?:hold on|hang on|bear with me)\b", re.IGNORECASE)


_RANK = re.compile(r"\bseconds?\b", re.IGNORECASE)
_WAITS = re.compile(
    r"\b(?:a|an|one|another|few|of|more|quick|just|\d+|two|three|five|ten|thirty) seconds?\b|^\W*second\b"
    r"|\b(?:secs?|moment|minutes?|hold|hang|wait|bear|give me|let me|think|thinking|brb|back|time|sorry)\b",
    re.IGNORECASE,
)
"""Beside "second" what shows that it is time."""


@dataclass(frozen=True)
class Wanted:
    """What an utterance asks for; ``answer`` is the part of it before the requests, an exact substring."""

    intent: Intent
    confidence: float
    signals: tuple[Signal, ...]
    second: Intent | None
    is_answer: bool
    answer: str
    request: str
    """The pieces that ask for what is wanted; all of the utterance where none does by itself."""
    aside: Aside | None


def find_signals(text: str) -> tuple[Signal, ...]:
    """What else the utterance carries ("I don't know", "say that again")."""
    return find_wanted(text).signals


def find_wanted(text: str, asked: str = "", reader: Reader | None = None) -> Wanted:
    """What is wanted in ``text``, said after the interviewer had said ``asked``.

    With a ``reader`` the meaning of one text is looked at: of the whole, of a long one only the end.
    """
    cuts = list(cut(text))
    pieces = [(start, _read_piece(text[start:end], asked)) for start, end in cuts]
    if _is_remark(text[slice(*cuts[-1])], pieces):
        pieces[-1] = (cuts[-1][0], replace(pieces[-1][1], intent="none", is_answer=True))
    read = text if len(words(text)) < LONG else text[slice(*cuts[-1])]
    whole = _without_rank(read, read_wish(read, asked, reader))
    if _is_full_stop(text[slice(*cuts[-1])], pieces):
        pieces[-1] = (cuts[-1][0], replace(pieces[-1][1], intent="none", is_answer=True))
        whole = replace(whole, intent="none", is_answer=True)
    settled = _settled(text)
    if settled is not None:
        whole = pieces[-1][1] if len(pieces) == 1 else _with_end(replace(whole, signals=()), SETTLED)
    elif len(pieces) > 1 and _is_clear(pieces[-1][1]):
        whole = _with_end(whole, pieces[-1][1])
    elif not _asks(whole) and text.rstrip().endswith("?") and _is_clear(pieces[0][1]):
        whole = pieces[0][1]
    elif whole.is_answer and _is_told(whole, text):
        whole = replace(whole, intent="none")
    elif not _asks(whole) and whole.chance < SURER and _is_asked(text) and _kind(text, "asked") in ("targets", "scale"):
        whole = Wish("clarify", SURE, (), is_answer=False)
    if not _asks(whole):
        whole = Wish(
            "none", whole.chance, tuple(s for s in whole.signals if s not in REQUESTS), is_answer=whole.is_answer
        )
    requests = [wish for _, wish in pieces if _is_clear(wish)]
    besides = REQUESTS & {signal for wish in requests for signal in wish.signals} if _asks(whole) else set[Signal]()
    signals = set(whole.signals) | besides
    if _is_clear(pieces[-1][1]) and "hold" not in pieces[-1][1].signals:
        signals.discard("hold")  # "Wait, could you say that again?" asks for no time
    if whole.is_answer and not _is_clear(pieces[-1][1]) and not _HOLDS.match(text):
        signals.discard("hold")  # nor does "One second is the timeout we used"
    return Wanted(
        intent=whole.intent,
        confidence=whole.chance,
        signals=tuple(signal for signal in SIGNALS if signal in signals),
        second=_second(whole, requests),
        is_answer=whole.is_answer,
        answer=_answer(text, pieces),
        request=" ".join(text[a:b] for (a, b), (_, wish) in zip(cuts, pieces, strict=True) if _is_for(whole, wish))
        or text,
        aside=settled or _aside(text, whole),
    )


def _read_piece(text: str, asked: str) -> Wish:
    return SETTLED if _kind(_LEAD.sub("", text), "settled") else _without_rank(text, read_wish(text, asked))


def _without_rank(text: str, wish: Wish) -> Wish:
    """Who puts something second asks for no time: "I need the server second"."""
    if "hold" not in wish.signals or not _RANK.search(text) or _WAITS.search(text):
        return wish
    return replace(wish, signals=tuple(signal for signal in wish.signals if signal != "hold"), is_answer=True)


def _settled(text: str) -> Aside | None:
    """What is asked about how one may work here, wherever in a short utterance or at the end of a long one."""
    pieces = [text[slice(*each)] for each in cut(text)]
    pieces = pieces if len(words(text)) < LONG else pieces[-1:]
    return next((kind for piece in pieces if (kind := _kind(_LEAD.sub("", piece), "settled"))), None)


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of ``text`` begin and end, each of which may be a request of its own."""
    start = 0
    for found in _CUT.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _with_end(whole: Wish, end: Wish) -> Wish:
    """A clear request at the end counts, and is as sure as it is by itself."""
    if not _asks(whole):
        return replace(end, is_answer=True)
    return replace(whole, chance=max(whole.chance, end.chance)) if whole.intent == end.intent else whole


def _is_remark(end: str, pieces: list[tuple[int, Wish]]) -> bool:
    """Whether the end of an answer, taken for a question, asks nothing: "… it gets undone. All or nothing"."""
    last = pieces[-1][1]
    is_answered = len(pieces) > 1 and all(wish.is_answer and not _asks(wish) for _, wish in pieces[:-1])
    is_plain = form(end) == "form plain" and not REQUESTS & set(last.signals)
    return is_answered and is_plain and last.intent == "clarify" and _kind(end, "asked") == "detail"


def _is_full_stop(end: str, pieces: list[tuple[int, Wish]]) -> bool:
    """Whether the end of an answer only says that the answer is complete: "… That's it, I'm done"."""
    is_answered = any(wish.is_answer for _, wish in pieces[:-1])
    return is_answered and pieces[-1][1].intent == "stop" and bool(_DONE.search(end)) and not _ENDS.search(end)


def _is_told(whole: Wish, text: str) -> bool:
    """Whether words for going on or for ending belong to the answer they stand in."""
    is_step = whole.intent == "continue" and whole.chance < SURER
    return is_step or (whole.intent == "stop" and not _LEAVES.search(text))


def _is_asked(text: str) -> bool:
    return form(text).startswith(("form which", "form whether"))


def is_about_size(question: str) -> bool:
    """Whether it is asked what a system has to bear: "how many users are we talking?"."""
    return _is_asked(question) and _kind(question, "asked") == "scale"


def aside_of(question: str) -> Aside | None:
    """What is asked in a question that stands for itself."""
    return _kind(question, "asked")


def _asks(wish: Wish) -> bool:
    return wish.intent != "none" or bool(REQUESTS & set(wish.signals))


def _is_for(whole: Wish, piece: Wish) -> bool:
    return whole.intent != "none" and piece.intent == whole.intent


def _is_clear(wish: Wish) -> bool:
    return _asks(wish) and wish.chance >= SURE and not wish.is_answer


def _second(whole: Wish, requests: list[Wish]) -> Intent | None:
    others = (wish.intent for wish in requests if wish.intent not in ("none", whole.intent))
    return next(others, None) if _asks(whole) else None


def _answer(text: str, pieces: list[tuple[int, Wish]]) -> str:
    """``text`` up to the requests at its end; all of it where nothing would be left, or none stand there."""
    end = len(text)
    for start, wish in reversed(pieces):
        if not _is_clear(wish):
            break
        end = start
    return text[:end] if words(text[:end]) else text


def _aside(text: str, wish: Wish) -> Aside | None:
    is_short = len(words(text)) < LONG
    if wish.intent in ("none", "continue") and not wish.is_answer and is_short and (kind := _kind(text, "any")):
        return kind
    if wish.intent == "clarify" and "repeat" not in wish.signals:
        return "abuse" if _kind(text, "idle") == "abuse" else _kind(text, "asked")
    is_idle = wish.intent == "none" and not wish.signals and (_is_asked(text) or not wish.is_answer)
    return _kind(text, "idle") if is_idle else None


def _kind(text: str, group: str) -> Aside | None:
    said = words(text.replace("’", "'"))
    if group == "settled" and len(said) > BRIEF:
        return None
    plain = " ".join(said[-READ:]).lower()
    return next((kind for kind, pattern in _patterns(group) if pattern.search(plain)), None)


@lru_cache(maxsize=4)
def _patterns(group: str) -> tuple[tuple[Aside, re.Pattern[str]], ...]:
    text = (files("interviewlab.brains") / "asides.yaml").read_text(encoding="utf-8")
    kinds: dict[Aside, list[str]] = yaml.safe_load(text)[group]
    return tuple((kind, re.compile("|".join(f"(?:{p})" for p in patterns))) for kind, patterns in kinds.items())
