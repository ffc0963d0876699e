"""What a follow-up to a story asks for, and whether the story holds it already: a cause, a measure, what is done since.

Both are told by words alone, which are data (``follow_ups`` in ``stories.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewlab.scoring.story_rules import story_rules

_AND = re.compile(r"[,;]\s+(?:and\s+)?(?=(?:what|which|who|whom|how|why|with|when|where|from|did)\b)", re.IGNORECASE)


def tells_of(said: str, follow_up: str) -> bool:
    """Whether a story holds what the follow-up asks for: its first part, and the others as far as that can be seen."""
    kept = said.lower().replace("’", "'")
    first, *others = (_is_told(wanted, kept) for wanted in wanted_by(follow_up))
    return first is True and all(other is not False for other in others)


def wanted_by(follow_up: str) -> Iterator[str | None]:
    """What each part of a follow-up asks for, by its name in the data; None where that is not known."""
    rules = story_rules().follow_ups
    for part in _AND.split(follow_up.lower()):
        yield next((name for name, rule in rules.items() if rule.asked.search(part)), None)


def _is_told(wanted: str | None, said: str) -> bool | None:
    """None where it is not known what would answer this."""
    if wanted is None:
        return None
    rule = story_rules().follow_ups[wanted]
    return len(rule.told.findall(said)) >= rule.least
