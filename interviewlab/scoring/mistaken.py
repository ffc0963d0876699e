"""Which words of an answer surely state what people wrongly say about the question.

Surer than what lowers a score: a whole sentence, said the same way round as the mistake, and nearer to it than to any
key point. What is only contrary to a key point's words is left out: that is told by words of denial, which do not
always deny.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from interviewlab.scoring.contradiction import is_said_alike
from interviewlab.scoring.grader import Gradable, is_alike
from interviewlab.scoring.reading import Reader, Sentence, pooled
from interviewlab.scoring.reported import is_reported
from interviewlab.scoring.retraction import drop_retracted
from interviewlab.types import Mistake, Question

SURE = 0.8
"""Cosine from which a sentence states a mistake for sure; what lowers a score begins lower."""
_SPOKEN_OF = re.compile(
    r"\b(?:not true|untrue|false|wrong\w*|mistake\w*|misunderstand\w*|would be|sounds|used to think|thought"
    r"|(?:people|some|many|others) (?:\w+ )?(?:say|think|believe|assume|claim))\b",
    re.IGNORECASE,
)
"""What may speak of a mistake beside what is surely told as a belief of others: then it is not surely made."""
NEARER = 0.08
"""By how much it must be nearer to the mistake than to what is right."""


def find_mistaken(reader: Reader, question: Gradable, answer: str) -> str:
    """The first such sentence, an exact substring of ``answer``; empty where nothing is sure."""
    wrong = [read for each in question.misconceptions if (read := reader.read(each.text))]
    right = [pooled(read) for point in question.key_points if (read := reader.read(point.text))]
    for said in reader.read(drop_retracted(answer).kept):
        near = max((float(said.mean @ each) for each in right), default=0.0)
        is_own = not (is_reported(said.text) or _SPOKEN_OF.search(said.text))
        if is_own and any(_states(read, said, near) for read in wrong):
            return said.text
    return ""


def find_mistakes(
    reader: Reader, question: Question, said: Mapping[int, str], corrections: Collection[str]
) -> tuple[Mistake, ...]:
    """The sentence behind each correction that an answer was given: of those ``said``, by turn, that stand, are the
    candidate's own and say it the same way round, the one most like what people wrongly say; where there is none the
    correction is left without. Corrections that are none of the question's are left out: they quote for themselves."""
    standing = [(turn, each) for turn, text in said.items() for each in reader.read(drop_retracted(text).kept)]
    own = [(turn, each) for turn, each in standing if not is_reported(each.text)]
    found = []
    for wrong in (each for each in question.misconceptions if each.correction in corrections):
        stated = reader.read(wrong.text)
        alike = [(turn, each) for turn, each in own if all(is_alike(one, each) for one in stated)]
        if stated and alike:
            vector = pooled(stated)
            turn, sentence = max(alike, key=lambda pair: float(vector @ pair[1].mean))
            found.append(Mistake(turn=turn, quote=sentence.text, rather=wrong.correction))
    return tuple(found)


def _states(wrong: tuple[Sentence, ...], said: Sentence, near: float) -> bool:
    cosine = float(pooled(wrong) @ said.mean)
    return cosine >= SURE and cosine >= near + NEARER and all(is_said_alike(each, said) for each in wrong)
