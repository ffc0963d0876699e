"""Whether the candidate minds being asked for what they have told ("I just told you") or refers to it ("as I said")."""

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
_END = r"(?=\s*(?:[:.,;!?]|$)|,? (?:already|before)\b)"
_PLAINLY = re.compile(
    r"\bi(?:'m| am) (?:just |only )?repeating myself\b|\bi(?:'d| would)? (?:only |just )?repeat(?:ed)? myself\b"
    rf"|\bthat(?:'s| is| was) what i(?:'ve| have)? (?:just |already )?{_TOLD}(?: you)?\b(?! (?:to|him|her|them)\b)"
    rf"|^\W{{0,9}}(?:but |well,? )?i(?:'ve| have)? {_TOLD} (?:that|this|it){_END}"
    # "I explained it, and she agreed" goes on with a story.
    rf"|[.,;!?] (?:but |well,? )?i(?:(?:'ve| have) {_TOLD} (?:that|this|it){_END}"
    rf"| {_TOLD} (?:that|this|it)(?:,? (?:already|before)\b|\W{{0,9}}$))"
    rf"|(?:^|[.,;!?] )\W{{0,9}}already {_TOLD} (?:that|this|it|so)\b"
    rf"|\bi {_TOLD} (?:you )?(?:that|this|it) (?:in|at|from) the (?:very )?(?:begin|start)\w*"
    rf"|\bas i(?:'ve| have)? {_TOLD} (?:you )?already\b(?! ,)"
    r"|(?:^|[.,;!?] )\W{0,9}(?:but )?i did (?:list|name|say|mention|tell)(?: you)? (?:them|that|it|so|those)\b"
)
"""Said so also inside a long answer."""
_BACK = re.compile(
    rf"\b(?:as|like) i(?:'ve| have)? (?:just |already )?{_TOLD}\b"
    rf"|(?:^|[.!?] )\W{{0,9}}what i(?:'ve| have)? (?:just )?{_TOLD}\b"
)


_TAKES_BACK = re.compile(r"\b(?:forget|ignore|scratch|strike|disregard) (?:what|everything|all)\b")


def minds_repeating(text: str) -> bool:
    """Whether ``text`` says so. "As I already said, …" is a way to begin, and "forget what I just said" takes back."""
    said = text.lower().replace("’", "'")
    if _TAKES_BACK.search(said):
        return False
    is_brief = len(text.split()) <= MOST_WORDS
    return _PLAINLY.search(said) is not None or (is_brief and _COMPLAINT.search(said) is not None)


def refers_back(text: str) -> bool:
    """Whether it tells something once more: "as I said, …". Behind a follow-up that asked for it, that is meant."""
    return _BACK.search(text.lower().replace("’", "'")) is not None
