"""What lies in the folder of a compile step: the candidate's code, and what calls its function. Pure.

Code is read outside the wall, so in linear time: what opens and never closes is looked through once.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

Sources = dict[str, str]
"""Texts by file name."""

_PUBLIC_CLASS = re.compile(
    r"\bpublic\s+(?:(?:final|abstract|sealed|strictfp)\s+)*(?:class|interface|enum|record)\s+(\w+)"
)
_JAVA_TEXT = re.compile(r'"""[\s\S]*?"""')
_LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?|//[^\n]*')
_GO_PACKAGE = re.compile(r"^[ \t]*package\s+\w+", re.MULTILINE)
_GO_MAIN = re.compile(r"^func\s+main\s*\(", re.MULTILINE)
_CPP_SOLUTION = re.compile(r"\b(?:class|struct)\s+Solution\b")


@cache
def _read(name: str) -> str:
    return files("interviewlab.sandbox").joinpath("drivers", name).read_text(encoding="utf-8")


def _without_comments(code: str) -> str:
    """Without what stands between ``/*`` and ``*/``."""
    kept, at = list[str](), 0
    while (start := code.find("/*", at)) >= 0 and (end := code.find("*/", start + 2)) >= 0:
        kept.append(code[at:start])
        at = end + 2
    return "".join([*kept, code[at:]])


def javascript_types(code: str, function: str) -> tuple[str, ...]:
    """The classes that ``@param {…}`` before a function names and, last, ``@returns {…}``; an empty name for none."""
    start = rf"(?:async\s+)?(?:function\s*\*?\s*{function}\b|(?:var|let|const)\s+{function}\b|[\w.]+\.{function}\s*=)"
    found = re.search(rf"\*/\s*{start}", code)
    opened = code.find("/**", code.rfind("*/", 0, found.start()) + 1, found.start()) if found else -1
    if found is None or opened < 0:
        return ()
    told = code[opened : found.start()]
    gives = re.search(r"@returns?\s*\{([^}]{0,300})\}", told)
    declared = [*re.findall(r"@param\s*\{([^}]{0,300})\}", told), gives[1] if gives else ""]
    return tuple(map(_to_class, declared))


def typescript_types(code: str, function: str) -> tuple[str, ...]:
    """The classes that a function's parameters are declared with and, last, what it gives; an empty name for none."""
    bare = _LITERAL.sub("''", _without_comments(code))
    declared = rf"\bfunction\s+{function}\s*(?:<[^(]{{0,300}}>)?\("
    start = rf"{declared}|\b{function}\s*=\s*(?:async\b\s*)?(?:function\b\s*(?:\w+\s*)?)?\("
    found = re.search(start, bare)
    return tuple(map(_to_class, _split_signature(bare[found.end() :]))) if found else ()


def _split_signature(text: str) -> list[str]:
    """The types in what follows an opening bracket, up to the one that closes it, and the one behind that."""
    parts, depth, at = [""], 0, 0
    for at, sign in enumerate(text):
        is_arrow = text[at - 1 : at + 1] == "=>"
        depth += (sign in "([{<") - (sign in ")]}>" and not is_arrow)
        if depth < 0:
            break
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    gives = re.match(r"\)\s*:([^{=]*)", text[at:])
    return [part.partition(":")[2].partition("=")[0] for part in parts] + [gives[1] if gives else ""]


def _to_class(declared: str) -> str:
    """The first name in a type that is a class of the candidate's, as it begins with a capital."""
    found = re.search(r"\b(?!Array\b|Map\b|Set\b|Record\b|Promise\b|Object\b|String\b|Number\b)[A-Z]\w*", declared)
    return found[0] if found else ""


def typescript_sources(code: str, mode: str, function: str) -> Sources:
    """The code alone: what it exports or declares is found when it runs."""
    return {"solution.ts": code}


def java_sources(code: str, mode: str, function: str) -> Sources:
    """The code under the name of its public class, as javac wants it, ``Main.java`` where it has none."""
    found = _find_outside_braces(_PUBLIC_CLASS.pattern, _JAVA_TEXT.sub("''", _without_comments(code)))
    return {f"{found[1] if found else 'Main'}.java": code}


def cpp_sources(code: str, mode: str, function: str) -> Sources:
    """The code, in function mode between a header of the kit and a ``main`` that serves its function.

    The function is a method of ``Solution`` where there is such a class. The candidate's own ``main`` is renamed.
    """
    if mode == "program":
        return {"solution.cpp": code}
    bare = _without_comments(code)
    is_method = _CPP_SOLUTION.search(bare) and not _is_free_in_cpp(function, bare)
    target = f"<Solution>(&Solution::{function})" if is_method else f"(&{function})"
    serve = f"interviewlab::serve([] {{ return interviewlab::wrap{target}; }})"
    glue = f'#line 1 "driver.cpp"\n#undef main\nint main() {{ return {serve}; }}'
    begin = '#include "driver.hpp"\n#line 1 "solution.cpp"'
    return {"solution.cpp": f"{begin}\n{code}\n{glue}\n"}


def _is_free_in_cpp(function: str, code: str) -> bool:
    """Whether the function's name is followed by parameters outside all braces."""
    return _find_outside_braces(rf"\b{function}\s*\(", code) is not None


def _find_outside_braces(pattern: str, code: str) -> re.Match[str] | None:
    """The first match outside all braces, literals and line comments."""
    depth = 0
    for found in re.finditer(rf"[{{}}]|{pattern}", _LITERAL.sub("''", code)):
        if found[0] not in "{}":
            if depth == 0:
                return found
        else:
            depth += 1 if found[0] == "{" else -1
    return None


def go_sources(code: str, mode: str, function: str) -> Sources:
    """The code, in function mode with a driver that serves its function before ``main`` would start.

    A missing ``package main`` and, in function mode, a missing ``main`` are supplied.
    """
    bare = _without_comments(code)
    text = code if _GO_PACKAGE.search(bare) else f"package main\n\n//line solution.go:1\n{code}"
    if mode == "program":
        return {"solution.go": text}
    main = "" if _GO_MAIN.search(bare) else "\nfunc main() {}\n"
    # Files are initialised in the order of their names: the driver after the candidate's.
    driver = f"{_read('driver.go')}\nvar ilTarget any = {function}\n{main}"
    return {"solution.go": text, "zz_driver.go": driver}
