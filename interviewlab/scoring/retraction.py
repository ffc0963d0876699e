"""What a candidate takes back while speaking: it earns nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewlab.scoring.reported import is_reported
from interviewlab.scoring.text import sentences, words

_REVERSED = (
    r"(?:(?:the )?(?:exact )?opposite is (?:true|the case)|it(?:'s| is) (?:exactly |just )?(?:the )?"
    r"(?:other way (?:round|around)|reverse|opposite))"
)
_TURNS = r"(?:no|wait|actually|sorry|on second thoughts?)"
_END = r"(?: in (?:every|each) point)?\s*(?:[,;:.!?]|$)"
_ALL = re.compile(
    r"\b(?:forget (?:what|everything|all)(?: that)? i(?:'ve| have)? (?:just )?said|(?:scratch|strike) all of that"
    r"|(?:i|i'll|i will|i must|i have to|let me|i'd like to|i want to) take (?:all of |all |it |that |everything )+back"
    r"(?! (?:to|from|in|into|with)\b)|ignore (?:what|everything) i(?:'ve| have)? (?:just )?said"
    r"|i made (?:that|it) (?:all )?up(?! (?:to|of)\b)|none of that is true"
    r"|that(?:'s| is| was) not true,? (?:actually|really)"
    r"|(?:what|everything) i (?:just )?said (?:is|was) (?:wrong|nonsense))\b",
    re.IGNORECASE,
)
"""What takes back all that was said."""
_TURNED = re.compile(
    rf"(?:\b{_TURNS},? |^\W*(?:(?:but|and|so|in fact),? )?){_REVERSED}{_END}",
    re.IGNORECASE,
)
"""A reversal does so too where it is the whole sentence or follows "no": "with an array it is the other way round"
compares. Behind what others believe it reverses that."""
_LAST = re.compile(
    r"(?:\b(?:no,? wait|wait,? no|actually,? no|no,? actually|let me correct (?:myself|that)|i stand corrected"
    r"|i misspoke|on second thoughts?|i mean(?:t)? not|(?:scratch|strike) that(?! (?:balance|deal|itch|out)\b))\b[,:.]?"
    r"|(?:^|(?<=\w)\s?[,;:–—-]\s+)correction\s?[,:](?! (?:and|or)\b))\s*",
    re.IGNORECASE,
)
"""What mends the clause before it: "no wait", "scratch that"; the noun only where it opens a clause."""
_SCRATCHED = re.compile(r"(?:scratch|strike) that", re.IGNORECASE)
_EVERYTHING = re.compile(r"\b(?:everything|all|none)\b", re.IGNORECASE)
_OPENING = 3
"""Words before what takes back that are no answer yet: "sorry, but"."""
_CLAUSE = re.compile(r"[,;:–—]\s|\s[-–—]\s|\b(?:and|but|so|because)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Retracted:
    """``kept`` holds what still stands, a line for each piece, each an exact substring of what was said."""

    kept: str
    is_any: bool
    is_whole: bool = False
    """Whether all that was said before goes, not a clause alone."""
    reaches_back: bool = False
    """Whether turns before this one go too: nothing was said in it yet, or "everything" goes."""


def drop_from_turns(turns: Sequence[str]) -> tuple[Retracted, ...]:
    """``drop_retracted`` of each of several turns of one answer; of turns that a later one takes back nothing stands.

    Who mends a slip of the tongue in the answer to a follow-up takes nothing of the turns before back.
    """
    found = tuple(drop_retracted(turn, before) for before, turn in zip(("", *turns), turns, strict=False))
    first = max((n for n, each in enumerate(found) if each.reaches_back), default=0)
    gone = Retracted("", is_any=True, is_whole=True)
    return (*(gone if words(turn) else each for turn, each in zip(turns[:first], found, strict=False)), *found[first:])


def drop_retracted(said: str, before: str = "") -> Retracted:
    """What still stands of ``said``, before which another turn said ``before``: all up to "forget what I just said"
    goes, of "a list, no wait, a set" the list."""
    plain = said.replace("’", "'")
    kept: list[str] = []
    is_any, is_whole, reaches_back, place = False, False, False, 0
    last = next(reversed(sentences(before)), "")
    for sentence in sentences(plain):
        start = plain.index(sentence, place)
        place = start + len(sentence)
        told, last = last, sentence
        if back := _ALL.search(sentence) or (None if is_reported(told) else _TURNED.search(sentence)):
            kept, is_any, is_whole = [], True, True
            is_first = len(words(said[: start + back.start()])) < _OPENING
            reaches_back = reaches_back or is_first or _EVERYTHING.search(back.group()) is not None
        elif found := _LAST.search(sentence):
            is_any = True
            if sentence[: found.start()].strip(" ,;:-–—"):
                kept.append(_without_last_clause(said[start : start + found.start()]))
            elif kept:
                kept.pop()
            elif _SCRATCHED.match(found.group()):
                reaches_back = True
            kept.append(said[start + found.end() : place])
        else:
            kept.append(said[start:place])
    if not is_any:
        return Retracted(said, is_any=False)
    standing = "\n".join(piece for piece in kept if piece.strip())
    return Retracted(standing, is_any=True, is_whole=is_whole, reaches_back=reaches_back)


def _without_last_clause(text: str) -> str:
    """The clause before "no wait" is the one that is mended."""
    text = text.rstrip(" ,;:-–—")
    cuts = list(_CLAUSE.finditer(text))
    return text[: cuts[-1].start()] if cuts else ""
