"""Skills of which a job wants any one: ``Go or Java``, ``e.g. Jest, Cypress or Playwright``. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from interviewlab.resume.skills import Mention, find_skills, mentions

_ITEM = r"(?:[\w+#-]+(?:\.\w+)?[ ]?){1,2}"
_GAP = re.compile(
    rf"\)?\s*(?:{_ITEM}\s*)?(?P<link>,\s*(?:(?:and|or|and/or)\b)?|/|\b(?:and/or|and|or)\b|&)\s*"
    rf"(?:{_ITEM},\s*(?:or\s+)?)?(?:an?|the|other)?\s*\(?",
    re.IGNORECASE,
)
"""Between two skills of one list, at most with a name that is not known or a noun beside it."""
_EXAMPLES = re.compile(
    r"(?:\be\.?\s?g\.?|\bfor (?:example|instance)|\bsuch as|(?<!would )(?<!['’]d )(?<!you )(?<!we )\blike|"
    r"\b(?:at least )?one (?:or more )?of|\bany of|\beither)"
    rf"[,:]?\s*(?:(?:the following|these)\b:?\s*)?\(?(?:{_ITEM},\s*){{0,2}}$",
    re.IGNORECASE,
)
"""What makes a list one of examples, right before its first skill."""
_BEHIND = re.compile(r"\s*,?\s*or (?:a |an |something |the )?(?:similar|comparable|like|equivalent|another)\b", re.I)
_LONGEST_GAP = 80
"""Characters between two skills of one list."""
_MOST_OF_A_KIND = 3
"""Names before ``or similar`` that are taken as of one kind."""


def find_alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    """Groups of canonical names of which one is enough, in the order of the text.

    A skill that the text also asks for outside the group is in none.
    """
    found: list[tuple[str, ...]] = []
    rest = text
    for group in (group for run in _runs(text) for group in _groups(text, run)):
        found.append(tuple(dict.fromkeys(mention.name for mention in group)))
        start, end = group[0].start, group[-1].end
        rest = rest[:start] + " " * (end - start) + rest[end:]
    alone = set(find_skills(rest))
    free = (tuple(name for name in group if name not in alone) for group in found)
    return tuple(group for group, whole in zip(free, found, strict=True) if group == whole and len(group) > 1)


def _runs(text: str) -> Iterator[list[Mention]]:
    """Skills that stand in one list."""
    run: list[Mention] = []
    for mention in mentions(text):
        if run and not _is_gap(text[run[-1].end : mention.start]):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _is_gap(between: str) -> bool:
    return len(between) <= _LONGEST_GAP and _GAP.fullmatch(between.replace("\n", ";")) is not None


def _groups(text: str, run: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Of one list the parts of which one is enough."""
    is_of_examples = _EXAMPLES.search(text[max(0, run[0].start - 60) : run[0].start].replace("\n", ";")) is not None
    is_left_open = len(run) <= _MOST_OF_A_KIND and _BEHIND.match(text[run[-1].end : run[-1].end + 40]) is not None
    if len(run) > 1 and (is_of_examples or is_left_open):
        yield run
        return
    links = [_link(text[one.end : two.start]) for one, two in itertools.pairwise(run)]
    parts = [0, *(n + 1 for n, link in enumerate(links) if link == "and"), len(run)]
    for start, end in itertools.pairwise(parts):
        yield from _with_or(run[start:end], links[start : end - 1])


def _with_or(part: Sequence[Mention], links: Sequence[str]) -> Iterator[Sequence[Mention]]:
    """``A, B or C`` is one wish; where the list goes on behind the ``or``, only its two neighbours are."""
    if "or" not in links:
        return
    if links[-1] == "or":
        yield part
        return
    start = links.index("or")
    end = start
    while end < len(links) and links[end] == "or":
        end += 1
    yield part[start : end + 1]


def _link(gap: str) -> str:
    words = set(re.findall(r"[a-z]+", gap.lower()))
    return "or" if "or" in words else "and" if words & {"and"} or "&" in gap else ","
