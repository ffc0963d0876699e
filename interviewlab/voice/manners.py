"""Words that are no answer: what a listener says to be polite, a request for time to think, the interviewer's own."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from interviewlab.brains.intents import find_signals
from interviewlab.types import Transcription

_NODS = """
mm mhm mmhm mmhmm mm-hm mm-hmm uh-huh huh hm hmm ah oh uh um er erm okay ok right yeah
"""
NODS = frozenset(_NODS.split())
"""What a listener says to say: go on; and the sounds of one who has not begun."""
_APPROVAL = """
yes yep yup sure wow well really great good nice cool fine exactly absolutely true alright gotcha
"""
APPROVAL = NODS | frozenset(_APPROVAL.split())
"""And what a listener says to say: I agree, while the other still speaks (the acknowledgements and appreciations of
Jurafsky, Shriberg and Biasca, Switchboard SWBD-DAMSL, 1997). Said once it is quiet, some of these are answers."""
_APPROVING = ("i see", "got it", "makes sense", "that makes sense", "of course", "thats right", "thats true")
BRIEF_S, DOUBT, WORDS_A_SECOND = 0.9, 0.25, 6.0
"""A sound so brief, with the quiet around it, that ears are less sure of, or in which nobody says so many words, was
hardly one: "Out" for an "uh-huh", "Thank you very much" for a cough. Of 48 words like "Stop!" and "Sorry?", said by the
embedded voice, two were doubted."""
HOLD_WORDS = 12
"""A request for time to think has no more words; in a longer utterance something was answered too."""


def is_nod(text: str) -> bool:
    """Whether this only says that one is listening."""
    said = _sounds(text)
    return said == ["i", "see"] or all(word in NODS for word in said)


def is_approval(text: str) -> bool:
    """Whether this, said while the interviewer speaks, only agrees with it."""
    said = _sounds(text)
    return " ".join(said) in _APPROVING or all(word in APPROVAL for word in said)


def _sounds(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9\s-]", "", text.lower()).split()


def is_doubtful(heard: Transcription, seconds: float) -> bool:
    """Whether ``seconds`` of sound, heard like this, are rather a cough or a nod than words."""
    is_unsure = heard.confidence is not None and heard.confidence < DOUBT
    return seconds < BRIEF_S and (is_unsure or len(heard.text.split()) > WORDS_A_SECOND * seconds)


def is_hold(text: str) -> bool:
    """Whether somebody only asks for time to think."""
    return len(text.split()) <= HOLD_WORDS and "hold" in find_signals(text)


ECHO_SHARE = 0.7
"""Of the words of an echo at least so many are heard right, in their order."""


def is_echo(text: str, overheard: str) -> bool:
    """Whether ``text`` is a piece of what the interviewer said, as far as ears can tell."""
    heard, said = words(text), words(overheard)
    blocks = SequenceMatcher(None, heard, said, autojunk=False).get_matching_blocks()
    return bool(heard) and sum(block.size for block in blocks) >= ECHO_SHARE * len(heard)


def words(text: str) -> list[str]:
    """Without case and marks, by which two texts of the same words may differ."""
    return re.sub(r"[^a-z0-9\s]", "", text.lower()).split()
