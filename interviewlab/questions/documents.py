"""YAML as the bank writes it: the values of JSON, no doubled keys, and a line number for each field.

Plain YAML 1.1 reads ``no`` as false and ``2026-01-01`` as a date; here only true, false, null and decimal numbers
are more than text, so that a case means the same in YAML, in JSON and to the sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from interviewlab.errors import BadBank

# The C parser is about seven times as quick; PyYAML builds without libyaml lack it.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 1000
# The C parser recurses and crashes the process at some 40 000 levels, each at least one character; a file of the usual
# size cannot get there, so only a larger one is looked through first.
_USUAL_CHARACTERS = 16_000

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$")


class _Loader(_Safe):  # type: ignore[misc]
    """Safe, with the scalars of JSON alone."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own shape

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """As PyYAML's, but a key given twice is an error instead of the last one winning."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(problem="a key that is not text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key '{key.value}' is given twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep=deep))


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INTEGER, list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _DECIMAL, list("-0123456789"))


def read_document(path: Path) -> dict[str, Any]:
    """The mapping a file holds; raises BadBank naming file and line."""
    text = _read_text(path)
    try:
        _check_depth(text)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadBank(f"{path}{_place(error)}: not valid YAML ({_reason(error)}).", "Mend that place.") from error
    if not isinstance(document, dict):
        raise BadBank(f"{path}: holds no fields.", "Write one question or exercise as 'field: value' lines.")
    return document


def line_of(path: Path, field: Sequence[str | int]) -> int | None:
    """The line, counted from 1, where ``field`` (keys and positions from the top) or its nearest parent stands."""
    node: Any = yaml.compose(_read_text(path), Loader=_Loader)
    line: int | None = None
    for part in field:
        step = _step(node, part)
        if step is None:
            break
        place, node = step
        line = place.start_mark.line + 1
    return line


def _step(node: Any, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Where ``part`` of ``node`` is written, and its value."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _check_depth(text: str) -> None:
    if len(text) <= _USUAL_CHARACTERS:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError(f"nested more than {_DEEPEST} levels deep")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadBank(f"{path}: not UTF-8 text.", "Save the file as UTF-8.") from error
    except OSError as error:
        raise BadBank(f"{path}: cannot be read ({error.strerror}).", "Check the file and its permissions.") from error


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return "" if mark is None else f", line {mark.line + 1}"


def _reason(error: Exception) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
