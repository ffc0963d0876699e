"""Sentences that tell what others believe: such a belief is spoken of, not stated."""

from __future__ import annotations

import re

_WHO = (
    r"(?:people|some|many|most|others|beginners|everybody|everyone|somebody|someone|folks|they|textbooks?|blogs?|"
    r"(?:(?:a|an|the|my|our|some|many|most) )?(?:\w+ )?(?:colleagues?|teammates?|developers?|engineers?|students?|juniors?|managers?|boss|teacher)"
    r"(?: of (?:mine|ours))?|one (?:might|may|could|would)|you (?:might|may|could|would))"
)
_BELIEVE = (
    r"(?:say|says|said|think|thinks|thought|believes?|believed|assumes?|assumed|claims?|claimed|insists?|insisted|"
    r"argues?|argued|expects?|expected|swears?|swore|imagines?)"
)
_REPORTED = re.compile(
    rf"\b{_WHO} (?:(?:often|always|sometimes|still|wrongly|even|like to|tend to|will|would|usually|commonly|do|also) )?"
    rf"{_BELIEVE}\b|\b(?:i|you|we|one)(?:'d|'ll)? (?:often |sometimes |always |still )?(?:hear|read|reads|hears|used to "
    r"(?:think|believe|say|assume))\b|\b(?:is|are|it's) (?:often|sometimes|commonly|widely|frequently) (?:said|believed|assumed|claimed|thought)\b"
    r"|\b(?:myths?|misconceptions?|misunderstandings?|fallac(?:y|ies))\b|\b(?:common|classic|typical|popular|usual|frequent) "
    r"(?:mistakes?|errors?|beliefs?)\b|\b(?:wrong|false) (?:answers?|beliefs?|ideas?|assumptions?|statements?)\b|\bnot true that\b",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\b(?:rightly|correctly|(?:is|are|was|were|they're|he's|she's) (?:absolutely |quite |all |of course )?(?:right|correct)|"
    r"i (?:fully |quite )?agree|so do i|me too)\b",
    re.IGNORECASE,
)


def is_reported(sentence: str) -> bool:
    """Whether a sentence tells what others believe, and does not say that they are right."""
    plain = sentence.replace("’", "'")
    return _REPORTED.search(plain) is not None and _SHARED.search(plain) is None
