"""What candidates say to have done, to be taken up later: "Earlier you said you led the migration."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewlab.scoring.text import sentences, stems, words
from interviewlab.types import Question, Said

_DONE = (
    "led|built|designed|wrote|rewrote|migrated|introduced|owned|shipped|reduced|cut|improved|scaled|managed|mentored|"
    "implemented|created|founded|launched|optimi[sz]ed|automated|set up|moved|replaced|fixed|deployed|ran|maintained|"
    "refactored|developed|debugged|tuned|invented|proposed|coordinated|trained|taught|published"
)
_CLAIM = re.compile(
    rf"\b(?:I|we)(?: (?:have|had|also|then|later|personally|just|actually))* (?:{_DONE})\b", re.IGNORECASE
)
_END = re.compile(
    r"[,;:–—]| (?:because|so that|so|which|and then|but|when|while|since|where|after|before)\b", re.IGNORECASE
)
_YOU = {
    "i": "you",
    "we": "you",
    "my": "your",
    "our": "your",
    "me": "you",
    "us": "you",
    "mine": "yours",
    "i've": "you've",
    "we've": "you've",
    "i'd": "you'd",
    "we'd": "you'd",
    "i'm": "you're",
    "we're": "you're",
}
_ARE = {"was": "were", "am": "are"}
_TEAM = {"we": "the team", "us": "the team"}
_UNTOLD = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|their|theirs|this|that|these|those|one|all|both|there|everything)\b",
    re.IGNORECASE,
)
"""Words that need what was said before: "I wrote all of it down" cannot be taken up by itself."""
_ON_THE_WAY = re.compile(
    r"\b(?:when|while|which|who|that|because|since|where|after|before|if|until|as)\s*$", re.IGNORECASE
)
"""What is said only to date or to explain something else: "… when I wrote my review"."""
_ITS_TIME = (
    r"(?i:in|at|on|for|during|by|from|within|over|back|early|late|last|this|that|one|two|three|some|a few|each|every|a"
    r"|\d+)\b[^,;:.!?]{0,30}?(?:\b[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}|\b\d{2,4}s?"
    r"|\b(?:years?|months?|weeks?|weekend|quarter|days?|nights?|mornings?|evenings?|ago|time|spring|summer|autumn"
    r"|winter|beginning|start|end|moment|case)"
    r"|\b(?:my|that|this|another|one|our)(?: \w+){0,2} (?:project|team|job|role|post|thesis|company|internship))"
)
_BEGINS = re.compile(
    r"(?:^|[,;:.!?–—\"“(]|\b(?i:and|but|so|then|or|yet|plus|think|guess|believe|suppose|say|mean|remember|admit)\b)\W*"
    r"(?:(?i:well|um+|uh+|yes|yeah|okay|honestly|actually|basically|then|later|first|next|finally|instead|once|recently"
    r"|afterwards|eventually|there|today|yesterday|also|so|and|but|you know|like|maybe)\W+)*"
    rf"(?:{_ITS_TIME}\W*|[Aa]s an? \w+(?: \w+)?\W*)?$"
)
"""What a sentence of its own begins with: nothing, a word that joins it, when or where it was. Behind anything else "I
moved" tells of that: of "the report I moved to Friday" no part can be taken up."""
LOOKED_AT = 120
"""Characters before a claim that are looked at."""
SHORTEST, LONGEST = 4, 16
"""Words of a claim that is worth taking up and can be said in one breath."""


def find_claim(said: str) -> str:
    """The first thing that was done, as an exact substring of ``said``; empty if there is none."""
    for sentence in sentences(said):
        for found in _CLAIM.finditer(sentence):
            rest = sentence[found.start() :].rstrip(".!? ")
            end = _END.search(rest, found.end() - found.start())
            claim = rest[: end.start()] if end else rest
            before = sentence[: found.start()]
            is_told = not _ON_THE_WAY.search(before) and _begins_behind(before)
            if is_told and SHORTEST <= len(words(claim)) <= LONGEST:
                return claim
    return ""


def _begins_behind(before: str) -> bool:
    """Whether what follows ``before`` in its sentence can stand as one by itself."""
    near = before if len(before) <= LOOKED_AT else f"x{before[-LOOKED_AT:]}"
    return _BEGINS.search(near) is not None


def can_be_taken_up(claim: str) -> bool:
    """Whether it can be understood by itself, as in "You told me that …"."""
    return bool(claim) and not _UNTOLD.search(claim)


def to_second_person(claim: str) -> str:
    """As the interviewer says it: "you led your migration" of "I led our migration"; who says both I and we is told
    apart from the team."""
    others = _TEAM if re.search(r"\bI\b", claim) else {}
    claim = re.sub(r"\bI (was|am)\b", lambda found: f"I {_ARE[found[1].lower()]}", claim, flags=re.IGNORECASE)

    def told(found: re.Match[str]) -> str:
        word = found[0].lower().replace("’", "'")
        return others.get(word) or _YOU.get(word, found[0])

    return re.sub(r"[A-Za-z]+(?:['’][a-z]+)?", told, claim)


def find_related(question: Question, claims: Sequence[Said], taken_up: Sequence[int], before: int) -> Said | None:
    """A claim from before turn ``before``, not taken up yet, that can stand by itself and has to do with the question:
    it names a skill that the question is about. Other words are shared by claims and questions that are not."""
    skills = [frozenset(stems(skill)) for skill in question.skills]
    open_claims = [claim for claim in claims if claim.turn not in taken_up and claim.turn < before]
    return next((claim for claim in open_claims if can_be_taken_up(claim.text) and _names(claim.text, skills)), None)


def _names(claim: str, skills: Sequence[frozenset[str]]) -> bool:
    said = set(stems(claim))
    return any(skill and skill <= said for skill in skills)
