"""Whether the candidate minds being asked for what they have told: "I just told you"."""

from __future__ import annotations

import re

_TOLD = r"(?:told|said|answered|mentioned|explained|covered)"
_WHAT = r"(?:all (?:of )?(?:that|this|it)|that|this|it|so|everything|(?:your|the|that|this) (?:last |same )?question)"
_WHEN = r"(?:before|earlier|i think|a (?:moment|minute) ago|in my (?:last|first|previous) answer)"
_SAYINGS = (
    r"\b(?:i|i have|i had|i've|i'd) (?:already|just) told you\b",
    # "I just explained the trade-offs to the team" goes on, and complains of nothing.
    rf"\b(?:i|i have|i had|i've|i'd) (?:already|just) {_TOLD}"
    rf"(?: (?:to )?you)?(?: {_WHAT}(?=\W*$|[^\w\s]| {_WHEN}\b)|(?=[^\w\s,]|\W*$| {_WHEN}\b))",
    rf"\bi {_TOLD} (?:you )?(?:that|this|it|so) (?:already|before|a (?:moment|minute) ago)\b",
    rf"\b{_TOLD} (?:you )?(?:that|this|it) already\b",
    r"\bare you (?:even )?listening\b",
    r"\byou (?:have |had |'ve )?(?:already |just )?asked (?:me )?(?:that|this|it|about (?:that|this|it))"
    r" (?:already|before|a (?:moment|minute) ago)\b",
    r"\byou (?:already|just) asked (?:me )?(?:that|this|it|about (?:that|this|it))\b",
)
_COMPLAINT = re.compile("|".join(rf"(?<!as )(?<!like )(?:{saying})" for saying in _SAYINGS))
MOST_WORDS = 30
"""Of a complaint; a long answer may say on its way what it has said."""


def minds_repeating(text: str) -> bool:
    """Whether ``text`` says so. "As I already said, …" is only a way to begin."""
    return len(text.split()) <= MOST_WORDS and _COMPLAINT.search(text.lower().replace("’", "'")) is not None
