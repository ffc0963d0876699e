"""Which of the candidate's own words are worth taking up: "You mentioned Redis."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from interviewlab.scoring.text import stems

_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][A-Za-z0-9+#.]*[A-Za-z0-9+#])(?: [A-Z][A-Za-z0-9+#]+)?")
_TOKEN = re.compile(r"[A-Za-z0-9+#]+(?:[-'’][A-Za-z0-9]+)*")
_BREAK = re.compile(r"[.,;:!?\n]")
_NOUN_FOLLOWS = frozenset(
    ["a", "an", "the", "with", "using", "by", "via", "on", "our", "some", "through", "into", "behind"]
)
ARTICLES = frozenset(["a", "an", "the"])
_ENDS = """
a an the is are was were and or to of in on at for with that which who so because but when by from as then if it we i
you they he she this there would could can will might should has had have does did do while where per before after
"""
_NOUN_ENDS = frozenset(_ENDS.split())
_LONGEST = 3
_PLAIN = """
it this that they we i you he she the a an of to in on at by for with from and or but not no yes is are was were be
been do does did have has had can could will would should may might all each every some any more most much many first
then when where how what which who why one two key value time data code work case thing way
between within after before into over under through via without than so because
"""
_TOO_PLAIN = frozenset(_PLAIN.split())
_DAYS = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
October November December Christmas Easter Halloween Thanksgiving Ramadan Diwali English German French Spanish
Chinese Hindi Dr Mr Mrs Ms
"""
_CALENDAR = frozenset(_DAYS.split())


class MentionFinder:
    """Knows names of things (skills, products) and terms (cues of the bank), and finds them in what was said.

    A term counts only where it stands as a noun, which shows by an article or a preposition before it and no noun
    behind it: "a hash table", "with retries", but not "we measured" or "the actual row counts".
    """

    def __init__(self, names: Iterable[str], terms: Iterable[str]) -> None:
        self._names = {key for name in names if (key := stems(name))}
        telling = [term for term in terms if _is_telling(term)]
        self._terms = {key for term in telling if (key := stems(term))}
        self._ends = {term.lower().split()[-1] for term in telling}

    def find(self, said: str, not_in: str = "") -> str:
        """The longest known name or term as it stands in ``said``, an article before it small; empty if there is none.

        What already stands in ``not_in`` (the question) is not taken up: that would be an echo.
        """
        asked = set(stems(not_in))
        names = [name for name in _NAME.findall(said) if name.split()[0] not in _CALENDAR]
        found = [m for m in (*self._known(said), *names) if not set(stems(m)) & asked]
        return max(found, key=lambda m: (len(m.split()), len(m)), default="")

    def _known(self, said: str) -> Iterator[str]:
        places = [match.span() for match in _TOKEN.finditer(said)]
        for i in range(len(places)):
            for j in range(i + 1, min(i + _LONGEST, len(places)) + 1):
                text = said[places[i][0] : places[j - 1][1]]
                before = said[slice(*places[i - 1])].lower() if i else ""
                stands_alone = before in _NOUN_FOLLOWS and _ends_noun(said[places[j - 1][1] :])
                if _BREAK.search(text):
                    continue
                if self._is_name(text):
                    yield text
                elif stands_alone and stems(text) in self._terms and self._is_noun(text):
                    yield f"{before} {text}" if before in ARTICLES else text

    def _is_noun(self, text: str) -> bool:
        """Of a stem a verb's form is another word: "numbered" is nothing that "numbers" stand for."""
        last = text.lower().split()[-1]
        return last in self._ends or not last.endswith(("ed", "ing"))

    def _is_name(self, text: str) -> bool:
        """Names that are words of the language too ("in one go") count only as they are written."""
        key = stems(text)
        return key in self._names and (text != text.lower() or len(key) > 1)


def _ends_noun(rest: str) -> bool:
    """Whether no further noun can follow: "the actual row" goes on with "counts"."""
    following = _TOKEN.match(rest.lstrip())
    return following is None or following.group().lower() in _NOUN_ENDS


def _is_telling(term: str) -> bool:
    tokens = term.lower().split()
    return bool(tokens) and len(term) > 2 and tokens[0] not in _TOO_PLAIN and tokens[-1] not in _TOO_PLAIN
