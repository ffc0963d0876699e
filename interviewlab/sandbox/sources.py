"""What lies in the folder of a compile step: the candidate's code, and what calls its function. Pure."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

Sources = dict[str, str]
"""Texts by file name."""

_PUBLIC_CLASS = re.compile(
    r"\bpublic\s+(?:(?:final|abstract|sealed|strictfp)\s+)*(?:class|interface|enum|record)\s+(\w+)"
)
_BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*')
_GO_PACKAGE = re.compile(r"^\s*package\s+\w+", re.MULTILINE)
_GO_MAIN = re.compile(r"^func\s+main\s*\(", re.MULTILINE)
_CPP_SOLUTION = re.compile(r"\b(?:class|struct)\s+Solution\b")


@cache
def _read(name: str) -> str:
    return files("interviewlab.sandbox").joinpath("drivers", name).read_text(encoding="utf-8")


def typescript_sources(code: str, mode: str, function: str) -> Sources:
    """The code alone: what it exports or declares is found when it runs."""
    return {"solution.ts": code}


def java_sources(code: str, mode: str, function: str) -> Sources:
    """The code under the name of its public class, as javac wants it, ``Main.java`` where it has none."""
    found = _PUBLIC_CLASS.search(_BLOCK_COMMENT.sub("", code))
    return {f"{found[1] if found else 'Main'}.java": code}


def cpp_sources(code: str, mode: str, function: str) -> Sources:
    """The code, in function mode between a header of the kit and a ``main`` that serves its function.

    The function is a method of ``Solution`` where there is such a class. The candidate's own ``main`` is renamed.
    """
    if mode == "program":
        return {"solution.cpp": code}
    bare = _BLOCK_COMMENT.sub("", code)
    is_method = _CPP_SOLUTION.search(bare) and not _is_free_in_cpp(function, bare)
    target = f"new Solution(), &Solution::{function}" if is_method else f"&{function}"
    serve = f"interviewlab::serve([] {{ return interviewlab::wrap({target}); }})"
    glue = f'#line 1 "driver.cpp"\n#undef main\nint main() {{ return {serve}; }}'
    begin = '#include "driver.hpp"\n#line 1 "solution.cpp"'
    return {"solution.cpp": f"{begin}\n{code}\n{glue}\n"}


def _is_free_in_cpp(function: str, code: str) -> bool:
    """Whether the function's name is followed by parameters outside all braces."""
    bare = _LITERAL.sub("", code)
    starts = (found.start() for found in re.finditer(rf"\b{function}\s*\(", bare))
    return any(bare.count("{", 0, start) == bare.count("}", 0, start) for start in starts)


def go_sources(code: str, mode: str, function: str) -> Sources:
    """The code, in function mode with a driver that serves its function before ``main`` would start.

    A missing ``package main`` and, in function mode, a missing ``main`` are supplied.
    """
    bare = _BLOCK_COMMENT.sub("", code)
    text = code if _GO_PACKAGE.search(bare) else f"package main\n\n//line solution.go:1\n{code}"
    if mode == "program":
        return {"solution.go": text}
    main = "" if _GO_MAIN.search(bare) else "\nfunc main() {}\n"
    # Files are initialised in the order of their names: the driver after the candidate's.
    driver = f"{_read('driver.go')}\nvar ilTarget any = {function}\n{main}"
    return {"solution.go": text, "zz_driver.go": driver}
