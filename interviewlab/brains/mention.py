"""Which of the candidate's own words are worth taking up: "You mentioned Redis."."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interviewlab.scoring.text import stems

_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][A-Za-z0-9+#.]*[A-Za-z0-9+#])(?: [A-Z][A-Za-z0-9+#]+)?")
_TOKEN = re.compile(r"[A-Za-z0-9+#]+(?:[-'’][A-Za-z0-9]+)*")
_LONGEST = 3
_PLAIN = """
it this that they we i you he she the a an of to in on at by for with from and or but not no yes is are was were be
been do does did have has had can could will would should may might all each every some any more most much many first
then when where how what which who why one two key value time data code work case thing way
"""
_TOO_PLAIN = frozenset(_PLAIN.split())


class MentionFinder:
    """Knows a vocabulary of terms (skills, names, cues of the bank) and finds them in what was said."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = {key for term in terms if (key := tuple(stems(term))) and _is_telling(term)}

    def find(self, said: str, not_in: str = "") -> str:
        """The longest known term, else a name, as an exact substring of ``said``; empty if there is none.

        What already stands in ``not_in`` (the question) is not taken up: that would be an echo.
        """
        asked = set(stems(not_in))
        found = [m for m in self._known(said) + _NAME.findall(said) if not set(stems(m)) <= asked]
        return max(found, key=lambda m: (len(m.split()), len(m)), default="")

    def _known(self, said: str) -> list[str]:
        places = [match.span() for match in _TOKEN.finditer(said)]
        runs = ((i, j) for i in range(len(places)) for j in range(i + 1, min(i + _LONGEST, len(places)) + 1))
        texts = (said[places[i][0] : places[j - 1][1]] for i, j in runs)
        return [text for text in texts if tuple(stems(text)) in self._terms and _is_one_phrase(text)]


def _is_telling(term: str) -> bool:
    tokens = term.lower().split()
    return bool(tokens) and len(term) > 2 and tokens[0] not in _TOO_PLAIN and tokens[-1] not in _TOO_PLAIN


def _is_one_phrase(text: str) -> bool:
    return not re.search(r"[.,;:!?\n]", text)
