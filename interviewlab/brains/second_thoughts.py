"""What candidates tell of their own work and then tell otherwise: "actually it was my colleague's idea"."""

from __future__ import annotations

import re

from interviewlab.scoring.text import sentences

_THOUGHT = re.compile(
    r"\b(?:now that i think (?:of|about) it|thinking about it|come to think of it|on reflection|strictly speaking"
    r"|if i(?:'m| am) (?:quite |really |completely )?honest|to be fair)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:really|actually|rather|more of|not|never|\w+n't|somebody else|someone else|colleague\w*|boss|lead's)\b",
    re.IGNORECASE,
)
_NOT_MINE = re.compile(
    r"\b(?:it|that|this|the \w+) was (?:really|actually|in fact|mostly|rather) "
    r"(?:not me|(?:my|our|a|the) \w+'s|his|hers?|theirs?|some(?:one|body) else's)\b",
    re.IGNORECASE,
)


def has_second_thoughts(said: str) -> bool:
    """Whether a sentence of ``said`` tells what was told before in another way."""
    rows = sentences(said.replace("’", "'"))
    return any(_NOT_MINE.search(row) or (_THOUGHT.search(row) and _OTHERWISE.search(row)) for row in rows)
