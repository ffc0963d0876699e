"""Words that are no answer: what a listener says to be polite, and a request for time to think."""

from __future__ import annotations

import re

from interviewlab.brains.intents import find_signals

NODS = frozenset(
    {"mm", "mhm", "mmhm", "mmhmm", "mm-hm", "mm-hmm", "uh-huh", "hm", "hmm", "ah", "oh", "okay", "ok", "right", "yeah"}
)
"""What a listener says to say: go on."""
HOLD_WORDS = 12
"""A request for time to think has no more words; in a longer utterance something was answered too."""


def is_nod(text: str) -> bool:
    """Whether this only says that one is listening."""
    said = " ".join(re.sub(r"[^a-z\s-]", "", text.lower()).split())
    return said == "i see" or all(word in NODS for word in said.split())


def is_hold(text: str) -> bool:
    """Whether somebody only asks for time to think."""
    return len(text.split()) <= HOLD_WORDS and "hold" in find_signals(text)
