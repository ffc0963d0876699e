"""What a submission's text shows: sizes, complexity, comments, the candidate's own tests."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from interviewlab.analysis.lint import lint_python
from interviewlab.analysis.source import Source, split_source
from interviewlab.types import CodeFacts, Language, Submission

_FILE_NAMES: dict[Language, str] = {
    "python": "a.py",
    "javascript": "a.js",
    "typescript": "a.ts",
    "java": "a.java",
    "cpp": "a.cpp",
    "go": "a.go",
}
_MAX_CHARACTERS = 100_000
# Lizard's tokenizer is quadratic in one hostile line: 40,000 characters took 8 s.
_MAX_LINE = 2_000
_LONG_FUNCTION = 40
_COMPLEX = 10
_PLAIN_LETTERS = frozenset("ijknmxyz_")
_ASSERTIONS = re.compile(r"(?<!function )(?<![\w$])(?:console\.assert|assert(?:\.\w+)?|expect)\s*\(")
_TEST_BLOCKS = re.compile(r"(?<!function )(?<![\w$.])(?:test|it)\s*\(\s*\"\"")
_LETTER_NAMES = re.compile(r"\b(?:let|const|var)\s+([A-Za-z])\b")
_PYTHON_TESTS = re.compile(r"^[ \t]*(?:assert\b|(?:async\s+)?def\s+test_)", re.MULTILINE)


@dataclass(frozen=True)
class _Size:
    """Lines without blanks and comments (NLOC), as lizard counts them."""

    lines: int
    functions: int = 0
    longest: int = 0
    complexity: int = 0


def code_facts(submission: Submission) -> CodeFacts:
    """What the code shows, by its text alone: it is not run, and no text raises.

    ``cyclomatic_complexity`` is the highest of any function, 0 where there is none. Whether the code parses is known
    for Python; for other languages it means that the brackets balance, and a note says so.
    """
    code, language = submission.code, submission.language
    source = split_source(code, language)
    tree, fault = _parse(code) if language == "python" else (None, "")
    size, size_notes = _measure(code, language, source, tree)
    lint = lint_python(code) if tree is not None and len(code) <= _MAX_CHARACTERS else ()
    parses = tree is not None if language == "python" else bool(source.lines) and source.is_balanced
    return CodeFacts(
        language=language,
        parses=parses and bool(source.lines),
        lines=size.lines,
        functions=size.functions,
        longest_function=size.longest,
        cyclomatic_complexity=size.complexity,
        comment_lines=source.comment_lines,
        own_tests=_count_tests(source, language, tree),
        loop_depth=None if tree is None else _loop_depth(tree),
        lint=lint or (),
        notes=(
            *_parse_notes(source, language, fault),
            *size_notes,
            *(("The linter could not be run.",) if lint is None else ()),
            *_style_notes(size, source, tree),
        ),
    )


def _measure(code: str, language: Language, source: Source, tree: ast.Module | None) -> tuple[_Size, tuple[str, ...]]:
    if language not in _FILE_NAMES:
        return _Size(source.lines), ("Functions and complexity are not measured for this language.",)
    if len(code) > _MAX_CHARACTERS or any(len(line) > _MAX_LINE for line in code.splitlines()):
        return _Size(source.lines), ("Functions and complexity were not measured: the text or a line is too long.",)
    import lizard

    try:
        found = lizard.analyze_file.analyze_source_code(_FILE_NAMES[language], code)
    except Exception:  # noqa: BLE001 - of some broken programs it raises whatever its states come to
        return _Size(source.lines), ("Functions and complexity were not measured: the program cannot be read.",)
    functions = found.function_list
    count = _python_functions(tree) if tree else len(functions)
    size = _Size(
        lines=found.nloc,
        functions=count,
        longest=max((each.nloc for each in functions), default=0),
        complexity=max((each.cyclomatic_complexity for each in functions), default=0),
    )
    return size, () if count or not source.lines else ("No function.",)


def _loop_depth(tree: ast.AST) -> int:
    """Walked with a stack: code may be nested deeper than calls may be."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            depth += 1
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            depth += len(node.generators)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            depth = 0
        deepest = max(deepest, depth)
        waiting += [(child, depth) for child in ast.iter_child_nodes(node)]
    return deepest


def _python_functions(tree: ast.Module) -> int:
    # Lizard misses a function that stands on one line at the end of the text.
    return sum(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) for node in ast.walk(tree))


def _parse(code: str) -> tuple[ast.Module | None, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code), ""
    except SyntaxError as error:
        return None, f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return None, f"the parser gave up ({type(error).__name__})"


def _count_tests(source: Source, language: Language, tree: ast.Module | None) -> int:
    if tree is not None:
        return _python_tests(tree)
    if language == "python":
        return len(_PYTHON_TESTS.findall(source.bare))
    if language in {"javascript", "typescript"}:
        return len(_ASSERTIONS.findall(source.bare)) or len(_TEST_BLOCKS.findall(source.bare))
    return 0


def _python_tests(tree: ast.Module) -> int:
    """Assertions that can fail, and test functions that hold none."""
    counted = 0
    for node in ast.walk(tree):
        is_test = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        counted += _is_assertion(node) or (is_test and not any(_is_assertion(inner) for inner in ast.walk(node)))
    return counted


def _is_assertion(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return not isinstance(node.test, ast.Constant)
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_method and node.func.attr.startswith("assert")  # type: ignore[attr-defined]


def _parse_notes(source: Source, language: Language, fault: str) -> tuple[str, ...]:
    if not source.lines:
        return ("There is no code.",)
    if language == "python":
        return (f"Does not parse: {fault}.",) if fault else ()
    if not source.is_balanced:
        return ("Does not parse: the brackets do not balance.",)
    return ("Not parsed: its brackets balance, no more is known.",)


def _style_notes(size: _Size, source: Source, tree: ast.Module | None) -> tuple[str, ...]:
    notes = []
    if size.longest > _LONG_FUNCTION:
        notes.append(f"A function of {size.longest} lines.")
    if size.complexity > _COMPLEX:
        notes.append(f"A function with {size.complexity} paths through it (cyclomatic complexity).")
    letters = _python_letters(tree) if tree else set(_LETTER_NAMES.findall(source.bare)) - _PLAIN_LETTERS
    if letters:
        notes.append(f"Names of one letter: {', '.join(sorted(letters))}.")
    return (*notes, *(_python_habits(tree) if tree else ()))


def _python_letters(tree: ast.Module) -> set[str]:
    """Names of one letter that are bound, those aside that convention gives a meaning."""
    names = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {name for name in names if len(name) == 1} - _PLAIN_LETTERS


def _python_habits(tree: ast.Module) -> tuple[str, ...]:
    nodes = list(ast.walk(tree))
    notes = []
    if any(isinstance(node, ast.ExceptHandler) and node.type is None for node in nodes):
        notes.append("A bare except hides every error.")
    defaults = [
        each for node in nodes if isinstance(node, ast.arguments) for each in (*node.defaults, *node.kw_defaults)
    ]
    if any(isinstance(each, ast.List | ast.Dict | ast.Set) for each in defaults):
        notes.append("A mutable default argument is shared between calls.")
    return tuple(notes)
