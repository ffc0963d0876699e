"""The candidate's own tests, as they write them: a line each, arguments and what they should give."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from interviewlab.errors import BadSubmission
from interviewlab.types import FunctionCase

MOST = 20
LONGEST_LINE = 2_000
CATEGORY = "yours"
_ARROW = re.compile(r"\s*(?:=>|==|\bgives\b)\s*")
_CALL = re.compile(r"[A-Za-z_]\w*\((.*)\)\Z", re.DOTALL)
_REMEDY = 'Write for example: [1, 2, 3], "a" => true'


def cases_from_lines(text: str) -> tuple[FunctionCase, ...]:
    """A case for each line that is not blank: ``[1, 2], 3 => true`` or ``name([1, 2], 3) gives true``.

    Values are JSON, or as Python writes them. Raises BadSubmission naming the line that is wrong.
    """
    written = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(written) > MOST:
        raise BadSubmission(f"You wrote {len(written)} tests of your own.", f"At most {MOST} are run at once.")
    return tuple(_case(line, f"Line {number} of your tests") for number, line in written)


def _case(line: str, where: str) -> FunctionCase:
    if len(line) > LONGEST_LINE:
        raise BadSubmission(f"{where} is longer than {LONGEST_LINE} characters.", "Use a smaller input.")
    arrows = list(_ARROW.finditer(line))
    if not arrows:
        raise BadSubmission(f"{where} says not what the call should give.", _REMEDY)
    for arrow in reversed(arrows):
        try:
            args = tuple(_value(f"[{_arguments(line[: arrow.start()].strip())}]"))
            return FunctionCase(args=args, expect=_value(line[arrow.end() :].strip()), category=CATEGORY)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue  # an arrow within a text
    raise BadSubmission(f"{where} cannot be read.", _REMEDY)


def _arguments(written: str) -> str:
    """What stands between the parentheses, where the whole call was written."""
    called = _CALL.match(written)
    return called[1] if called else written


def _value(text: str) -> Any:
    """JSON, or what Python writes in its place; a tuple is a list to every test."""
    try:
        value = json.loads(text)
    except ValueError:
        value = ast.literal_eval(text)
    return json.loads(json.dumps(value, allow_nan=False))
