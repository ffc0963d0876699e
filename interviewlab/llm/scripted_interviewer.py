"""What a scripted model answers to one who asks it to speak in an interview.

What was decided, as it stands, after a few of the candidate's own words.
"""

from __future__ import annotations

import json
import re
from typing import Any

LED_BY = 4
"""Words of the answer."""
_PART = re.compile(r"<(?P<name>\w+) (?P<mark>[0-9a-f]{12})>\n(?P<text>.*?)\n</(?P=name) (?P=mark)>", re.DOTALL)


def word_as_told(system: str, user: str) -> str:
    """The default option in its own words, led in with a sentence where there is room for one."""
    parts = parts_of(user)
    if "say" in parts:
        return json.dumps({"reply": parts["say"]})
    option = default_option(parts)
    about = option["about"] if "begun" in parts else with_lead(option["about"], parts.get("answer", ""))
    return json.dumps({"option": option["option"], "reply": about})


def with_lead(about: str, answer: str) -> str:
    """Led in with the first words of the answer, unless that would make a fourth sentence."""
    words = re.sub(r"[.!?]", "", " ".join(answer.split()[:LED_BY])).rstrip(",;:")
    return f"You said {words}. {about}" if words and len(re.findall(r"[.!?](?:\s|$)", about)) < 3 else about


def parts_of(user: str) -> dict[str, str]:
    """What stands between the marks, by name."""
    return {found["name"]: found["text"] for found in _PART.finditer(user)}


def default_option(parts: dict[str, str]) -> dict[str, Any]:
    """The option that the rules chose."""
    rows = [json.loads(line) for line in parts["options"].splitlines()]
    return next(row for row in rows if row.get("default"))
