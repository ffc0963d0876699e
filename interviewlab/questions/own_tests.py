"""The candidate's own tests, as they write them: a line each, arguments and what they should give, or assertions."""

from __future__ import annotations

import ast
import json
import re
import warnings
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
    written = _written(text)
    if len(written) > MOST:
        raise BadSubmission(f"You wrote {len(written)} tests of your own.", f"At most {MOST} are run at once.")
    return tuple(_case(line, number) for number, line in written)


def read_lines(text: str) -> tuple[tuple[tuple[int, FunctionCase], ...], tuple[str, ...]]:
    """The cases of the lines that can be read, each with its number, and a sentence for each line that cannot."""
    cases, unread = [], []
    for number, line in _written(text):
        try:
            cases.append((number, _case(line, number)))
        except BadSubmission as error:
            unread.append(error.what)
    return tuple(cases[:MOST]), tuple(unread[:MOST])


def cases_from_code(code: str, function: str) -> tuple[tuple[int, FunctionCase], ...]:
    """Assertions in Python code that are data, each with its line: ``assert name([1, 2], 3) == True`` and
    ``self.assertEqual(name([1, 2], 3), True)`` with written-out values. Nothing is run; no text raises."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return ()
    pairs = [(node.lineno, pair) for node in nodes if (pair := _compared(node))]  # type: ignore[attr-defined]
    found = [(line, case) for line, (call, value) in pairs if (case := _called_case(call, value, function))]
    return tuple(sorted(found, key=lambda each: each[0])[:MOST])


def _compared(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """The two sides of an assertion of equality."""
    match node:
        case ast.Assert(test=ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right])):
            return left, right
        case ast.Assert(test=ast.UnaryOp(op=ast.Not(), operand=ast.Call() as call)):
            return call, ast.Constant(value=False)
        case ast.Assert(test=ast.Call() as call):
            return call, ast.Constant(value=True)
        case ast.Call(func=ast.Attribute(attr="assertEqual"), args=[left, right, *_]):
            return left, right
    return None


def _called_case(one: ast.expr, other: ast.expr, function: str) -> FunctionCase | None:
    """The case, where one side calls ``function`` and all values are written out."""
    for call, value in ((one, other), (other, one)):
        match call:
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name == function:
                try:
                    written = [_plain(ast.literal_eval(each)) for each in (*args, value)]
                except (ValueError, TypeError, MemoryError, RecursionError):
                    return None
                return FunctionCase(args=tuple(written[:-1]), expect=written[-1], category=CATEGORY)
    return None


def _written(text: str) -> list[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _case(line: str, number: int) -> FunctionCase:
    where = f"Line {number} of your tests"
    if len(line) > LONGEST_LINE:
        raise BadSubmission(f"{where} is longer than {LONGEST_LINE} characters.", "Use a smaller input.")
    arrows = list(_ARROW.finditer(line))
    if not arrows:
        raise BadSubmission(f"{where} does not say what the call should give.", _REMEDY)
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
    return _plain(value)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, allow_nan=False))
