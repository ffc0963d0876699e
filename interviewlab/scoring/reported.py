"""Sentences that tell what others believe: such a belief is spoken of, not stated."""

from __future__ import annotations

import re

_WHO = (
    r"(?:people|some|many|most|others|beginners|everybody|everyone|somebody|someone|folks|textbooks?|blogs?|"
    r"(?:(?:a|an|the|my|our|some|many|most) )?(?:\w+ )?(?:colleagues?|teammates?|developers?|engineers?|students?|"
    r"juniors?|managers?|boss|teacher)(?: of (?:mine|ours))?|(?:one|you) (?:might|may|could|would))"
)
_HOW = r"(?:often|always|sometimes|still|wrongly|even|like to|tend to|will|would|usually|commonly|do|also)"
_BELIEVE = (
    r"(?:say|says|said|think|thinks|thought|believes?|believed|assumes?|assumed|claims?|claimed|insists?|insisted|"
    r"argues?|argued|swears?|swore)"
)
_REPORTED = re.compile(
    rf"\b{_WHO} (?:{_HOW} )?{_BELIEVE}\b"
    r"|\b(?:i|you|we|one)(?:'d|'ll)? (?:often |sometimes |always |still )?hears?\b"
    r"|\b(?:you|one) (?:often|sometimes|always|still) reads?\b|\b(?:i|we|you) used to (?:think|believe|say|assume)\b"
    r"|\b(?:is|are|it's) (?:often|sometimes|commonly|widely|frequently) (?:said|believed|assumed|claimed|thought)\b"
    r"|\b(?:myths?|misconceptions?|misunderstandings?|fallac(?:y|ies))\b|\bnot true that\b"
    r"|\b(?:common|classic|typical|popular|usual|frequent) (?:mistakes?|errors?|beliefs?)\b"
    r"|\b(?:wrong|false) (?:answers?|beliefs?|ideas?|assumptions?|statements?)\b",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\b(?:rightly|correctly|(?:is|are|was|were|they're|he's|she's) (?:absolutely |quite |all |of course )?"
    r"(?:right|correct)|i (?:fully |quite )?agree|so do i|me too)\b",
    re.IGNORECASE,
)


def is_reported(sentence: str) -> bool:
    """Whether a sentence tells what others believe, and does not say that they are right."""
    plain = sentence.replace("’", "'")
    return _REPORTED.search(plain) is not None and _SHARED.search(plain) is None
