"""Questions inside what the candidate says: about how large it all is, about the rules of a task, or as the answer."""

from __future__ import annotations

import re

from interviewlab.brains.intents import Wanted, is_about_size
from interviewlab.scoring.text import sentences, words

_WANTS_QUESTIONS = re.compile(
    r"\bwhat (?:would|do|will|should) you (?:first )?(?:ask|want to know|need to know|have to know|like to know)\b"
    r"|\b(?:which|what) questions (?:would|do|will|should) you\b",
    re.IGNORECASE,
)
_OF_ME = re.compile(
    r"\bdo you mean\b|\byou mean\b|\b(?:repeat|rephrase|say (?:that|it) again|the question|another way|clarify)\b",
    re.IGNORECASE,
)
"""Asked of the interviewer about the question itself."""
_OWN_IDEA = re.compile(r"\b(?:i|i'm|i'd|my|we|this work|that work|it work)\b", re.IGNORECASE)
_MAY_ASK = re.compile(
    r"^\W*(?:(?:okay|ok|so|and|but|sorry|well|hmm|just|quickly|first|before i start|can i ask(?: first)?|may i ask"
    r"|i(?:'d| would) like to ask|one question|a question|quick question|to be sure|let me ask)\b[\s,:]*)*",
    re.IGNORECASE,
)
MOST_BEFORE = 25
"""Words before a question about how large it is; behind a longer answer it belongs to that."""


def wants_questions(asked: str) -> bool:
    """Whether the answer to ``asked`` is a list of questions: "What would you ask them before you agree?"."""
    return _WANTS_QUESTIONS.search(asked) is not None


def is_list_of_questions(asked: str, said: str, wanted: Wanted) -> bool:
    """Whether what looks like a wish to have something cleared up is the answer to a question that wants questions."""
    return wanted.intent == "clarify" and wants_questions(asked) and not _OF_ME.search(said)


def asks_size(said: str) -> bool:
    """Whether it ends with a question how large it all is, after a few words at most."""
    last = last_question(said)
    before = len(words(said)) - len(words(last))
    return bool(last) and before <= MOST_BEFORE and is_about_size(last)


def asks_about_task(said: str) -> bool:
    """Whether it asks for a rule of the task; who asks whether an own idea would do tries it."""
    last = last_question(said)
    return bool(last) and not _OWN_IDEA.search(last)


def last_question(said: str) -> str:
    """The question at the end without what leads to it; empty where none stands there."""
    last = (sentences(said) or [""])[-1]
    return _MAY_ASK.sub("", last) if last.endswith("?") else ""
