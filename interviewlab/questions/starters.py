"""Starters in languages that an exercise was not written in, from the signature of its Python starter.

The sandbox calls a function with arguments of the types that it declares, so a signature is all that another language
needs: the tests stay the same. An exercise whose types a language has no name for is left out in that language.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from interviewlab.types import Exercise, Language

UNWRITTEN = "not written yet"
"""What a derived starter fails with."""
_RESERVED = frozenset(
    {
        "auto", "bool", "byte", "case", "catch", "char", "class", "const", "default", "delete", "do", "double",
        "enum", "export", "extends", "final", "float", "func", "function", "goto", "import", "int", "interface",
        "long", "map", "namespace", "new", "package", "private", "public", "range", "select", "short", "signed",
        "static", "string", "struct", "switch", "template", "this", "throw", "try", "type", "typename", "union",
        "unsigned", "var", "void", "volatile",
    }
)  # fmt: skip
"""Names that mean something in one of the languages; a parameter of such a name gets an underscore."""
_WIDEST_INT = 2**31 - 1
"""Where whole numbers go beyond it, Java and C++ get wider ones."""


@dataclass(frozen=True)
class _Signature:
    """A function as its Python starter declares it."""

    name: str
    parameters: tuple[tuple[str, ast.expr], ...]
    result: ast.expr
    told: str


def with_further_languages(exercise: Exercise) -> Exercise:
    """The exercise, also set in TypeScript, Java, C++ and Go where its types can be written in them."""
    signature = _read_signature(exercise)
    if signature is None:
        return exercise
    starters: dict[Language, str] = {}
    for language, dialect in _dialects(exercise).items():
        if language not in exercise.starter and (starter := dialect.write(signature)):
            starters[language] = starter
    functions: dict[Language, str] = dict.fromkeys(starters, signature.name)
    return exercise.model_copy(
        update={"function": exercise.function | functions, "starter": exercise.starter | starters}
    )


def _read_signature(exercise: Exercise) -> _Signature | None:
    """None where there is no Python starter, or not every type is named in it."""
    try:
        lines = ast.parse(exercise.starter.get("python", "")).body
    except SyntaxError:
        return None
    wanted = exercise.function.get("python")
    found = next((line for line in lines if isinstance(line, ast.FunctionDef) and line.name == wanted), None)
    if found is None or found.returns is None:
        return None
    parameters = tuple((_camel(one.arg), one.annotation) for one in found.args.args if one.annotation is not None)
    if len(parameters) != len(found.args.args):
        return None
    told = " ".join((ast.get_docstring(found) or "").replace("*/", "").split())
    return _Signature(_camel(found.name), parameters, found.returns, told)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    joined = first + "".join(part.capitalize() for part in rest)
    return f"{joined}_" if joined in _RESERVED else joined


@dataclass(frozen=True)
class _Dialect:
    """How one language names types and frames a function; ``{…}`` are filled in."""

    scalars: dict[str, str]
    list_of: str
    map_of: str
    parameter: str
    frame: str

    def write(self, signature: _Signature) -> str:
        """A starter, or an empty string where a type has no name here."""
        parameters = [(name, self.name_type(kind)) for name, kind in signature.parameters]
        result = self.name_type(signature.result)
        if not result or not all(kind for _, kind in parameters):
            return ""
        listed = ", ".join(self.parameter.format(name=name, type=kind) for name, kind in parameters)
        return self.frame.format(told=signature.told, name=signature.name, parameters=listed, result=result)

    def name_type(self, kind: ast.expr) -> str:
        """An annotation in this language, or an empty string."""
        match kind:
            case ast.Name(id=name):
                return self.scalars.get(name, "")
            case ast.Subscript(value=ast.Name(id="list"), slice=inner):
                return self._of(self.list_of, inner)
            case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), inner])):
                return self._of(self.map_of, inner)
        return ""

    def _of(self, pattern: str, inner: ast.expr) -> str:
        name = self.name_type(inner)
        return pattern.format(name) if name else ""


def _dialects(exercise: Exercise) -> dict[Language, _Dialect]:
    is_wide = any(abs(number) > _WIDEST_INT for case in _values(exercise) for number in _integers(case))
    return {
        "typescript": _Dialect(
            {"int": "number", "float": "number", "str": "string", "bool": "boolean", "list": "any[]"},
            list_of="{0}[]",
            map_of="Record<string, {0}>",
            parameter="{name}: {type}",
            frame="/** {told} */\nfunction {name}({parameters}): {result} {{\n"
            f'  throw new Error("{UNWRITTEN}");\n}}}}\n',
        ),
        "java": _Dialect(
            {"int": "long" if is_wide else "int", "float": "double", "str": "String", "bool": "boolean"},
            list_of="{0}[]",
            map_of="Map<String, {0}>",
            parameter="{type} {name}",
            frame="import java.util.*;\n\nclass Solution {{\n    /** {told} */\n"
            "    {result} {name}({parameters}) {{\n"
            f'        throw new UnsupportedOperationException("{UNWRITTEN}");\n    }}}}\n}}}}\n',
        ),
        "cpp": _Dialect(
            {"int": "long long" if is_wide else "int", "float": "double", "str": "string", "bool": "bool"},
            list_of="vector<{0}>",
            map_of="map<string, {0}>",
            parameter="{type} {name}",
            frame="#include <bits/stdc++.h>\nusing namespace std;\n\n// {told}\n{result} {name}({parameters}) {{\n"
            f'    throw logic_error("{UNWRITTEN}");\n}}}}\n',
        ),
        "go": _Dialect(
            {"int": "int", "float": "float64", "str": "string", "bool": "bool", "list": "[]any"},
            list_of="[]{0}",
            map_of="map[string]{0}",
            parameter="{name} {type}",
            frame="package main\n\n// {told}\nfunc {name}({parameters}) {result} {{\n"
            f'\tpanic("{UNWRITTEN}")\n}}}}\n',
        ),
    }


def _values(exercise: Exercise) -> Iterator[JsonValue]:
    for case in (*exercise.visible, *exercise.hidden):
        yield from case.args
        yield case.expect


def _integers(value: JsonValue) -> Iterator[int]:
    match value:
        case bool():
            return
        case int():
            yield value
        case list():
            for item in value:
                yield from _integers(item)
        case dict():
            for item in value.values():
                yield from _integers(item)
