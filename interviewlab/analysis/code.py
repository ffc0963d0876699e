"""What a submission's text shows: sizes, complexity, comments, the candidate's own tests."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from interviewlab.analysis.lint import lint_python
from interviewlab.analysis.loops import loop_depth
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
_LONGEST_LINTED = 1_000_000
# Lizard's tokenizer is quadratic in one hostile line: 40,000 characters took 8 s.
_MAX_LINE = 2_000
_LONG_FUNCTION = 40
_COMPLEX = 10
_PLAIN_LETTERS = frozenset("ijknmxyz_")
_ASSERTIONS = re.compile(
    r"(?<!function )(?<![\w$])(?:console\.assert|assert(?:\.\w+)?|expect)\s*\((?P<about>[^();]{0,300}(?:(?<=[\w$])\()?)"
)
_NAMES_OF_CALLS = re.compile(r"\b(?:let|const|var)\s+([\w$]+)\s*=[^;\n(]{0,300}[\w$]\(")
_TEST_BLOCKS = re.compile(r"(?<!function )(?<![\w$.])(?:test|it)\s*\(\s*\"\"")
_TEST_NAME = re.compile(r"(?:^|_|(?<=[a-z\d])(?=T))[tT]ests?(?=[_A-Z\d]|$)")
_LONGEST_HEAD = 300
_PARAMETERS = r"\([^()]*\)\s*(?::[^(){};=]*)?"
_HEAD = re.compile(
    r"(?<![\w$])(?!(?:if|for|while|switch|catch|with|function|async)\b)(?P<name>[\w$]{1,80})\s*"
    rf"(?:(?:<[^<>()]*>\s*)?{_PARAMETERS}"
    rf"|=\s*(?:async\b\s*)?(?:(?:function\b[\s*\w$]*)?{_PARAMETERS}(?:=>)?|[\w$]+\s*=>))\s*$"
)
"""What stands before the body of a function of a script that has a name; one that is only handed on has none."""
_STATEMENT_CALLS = re.compile(
    r"^[ \t]*(?:await[ \t]+)?([\w$]+)[ \t]*(?!\([^()]{0,300}\)[^(){};=]{0,80}\{)\(", re.MULTILINE
)
"""The head of a method is none."""
_LETTER_NAMES = re.compile(r"\b(?:let|const|var)\s+([A-Za-z])\b")
_PYTHON_TESTS = re.compile(r"^[ \t]*(?:assert\b|(?:async\s+)?def\s+test_)", re.MULTILINE)


@dataclass(frozen=True)
class _Size:
    """Lines without blanks and comments (NLOC), as lizard counts them; None what was not measured."""

    lines: int
    functions: int | None = None
    longest: int | None = None
    complexity: int | None = None


def code_facts(submission: Submission) -> CodeFacts:
    """What the code shows, by its text alone: it is not run, and no text raises.

    ``cyclomatic_complexity`` is the highest of any function, 0 where there is none. Whether the code parses is known
    for Python; for other languages it means that the brackets balance, and ``limits`` says so.
    """
    code, language = submission.code, submission.language
    source = split_source(code, language)
    tree, fault = _parse(code) if language == "python" else (None, "")
    size, size_limits = _measure(code, language, source, tree)
    lint = () if tree is None else lint_python(code) if len(code) <= _LONGEST_LINTED else None
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
        loop_depth=None if tree is None else loop_depth(tree),
        lint=lint or (),
        notes=(
            *_parse_notes(source, language, fault),
            *(("No function.",) if size.functions == 0 and source.lines else ()),
            *_style_notes(size, source, tree),
        ),
        limits=(
            *_parse_limits(source, language),
            *size_limits,
            *(("The linter could not be run.",) if lint is None else ()),
        ),
    )


def _measure(code: str, language: Language, source: Source, tree: ast.Module | None) -> tuple[_Size, tuple[str, ...]]:
    if language not in _FILE_NAMES:
        return _Size(source.lines), ("Functions and complexity are not measured for this language.",)
    text = _to_measurable(code, source)
    if len(text) > _MAX_CHARACTERS:
        return _Size(source.lines), ("Functions and complexity were not measured: the text is too long.",)
    import lizard

    try:
        found = lizard.analyze_file.analyze_source_code(_FILE_NAMES[language], text)
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
    return size, ()


def _to_measurable(code: str, source: Source) -> str:
    """The code; where it or a line is too long, without comments and the text of strings, and long lines cut."""
    if len(code) <= _MAX_CHARACTERS and all(len(line) <= _MAX_LINE for line in code.splitlines()):
        return code
    return "\n".join(line.rstrip()[:_MAX_LINE] for line in source.bare.splitlines())


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
        checks = _checking_text(source.bare)
        return _script_tests(checks) or len(_TEST_BLOCKS.findall(checks))
    return 0


def _python_tests(tree: ast.Module) -> int:
    """Assertions about what a call gave, and test functions that hold no assertion. What a solution asserts of
    its input is none."""
    called = _names_of_calls(tree)
    counted = 0
    for node in _checking_nodes(tree):
        is_test = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        counted += any(_calls(each, called) for each in _asserted(node))
        counted += is_test and not any(_asserted(inner) for inner in ast.walk(node))
    return counted


def _checking_nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """What stands outside functions, and in those that only check: tests by their name, and what a statement of its own
    calls."""
    outside = tuple(_outside_functions(tree))
    run = {
        node.value.func.id
        for node in outside
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name)
    }
    for node in outside:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _only_checks(node.name, run):
            yield from ast.walk(node)
        else:
            yield node


def _outside_functions(tree: ast.Module) -> Iterator[ast.AST]:
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            left.extend(ast.iter_child_nodes(node))


def _only_checks(name: str, run: Collection[str]) -> bool:
    return name in run or _TEST_NAME.search(name) is not None


def _asserted(node: ast.AST) -> tuple[ast.expr, ...]:
    """What an assertion is about; empty where the node is none."""
    if isinstance(node, ast.Assert):
        return (node.test,)
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return tuple(node.args) if is_method and node.func.attr.startswith("assert") else ()  # type: ignore[attr-defined]


def _names_of_calls(tree: ast.Module) -> frozenset[str]:
    """Names that are given what a call gave."""
    given = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and _calls(node.value, frozenset())]
    bound = (inner for node in given for target in node.targets for inner in ast.walk(target))
    return frozenset(each.id for each in bound if isinstance(each, ast.Name))


def _calls(value: ast.expr, called: frozenset[str]) -> bool:
    return any(
        isinstance(node, ast.Call) or (isinstance(node, ast.Name) and node.id in called) for node in ast.walk(value)
    )


def _checking_text(bare: str) -> str:
    """A script without the bodies of its functions with a name, but of those that only check: tests, and what a
    statement outside all of them calls."""
    return _without_bodies(bare, frozenset(_STATEMENT_CALLS.findall(_without_bodies(bare, frozenset()))))


def _without_bodies(bare: str, run: Collection[str]) -> str:
    kept: list[str] = []
    start, last, depth = 0, 0, 0
    hidden: int | None = None
    for brace in re.finditer(r"[{}]", bare):
        place = brace.start()
        if brace.group() == "{":
            head = _HEAD.search(bare[max(last, place - _LONGEST_HEAD) : place]) if hidden is None else None
            if head and not _only_checks(head["name"], run):
                kept.append(f"{bare[start:place]}{{}}")
                hidden = depth
            depth += 1
        else:
            depth -= 1
            if hidden is not None and depth <= hidden:
                start, hidden = brace.end(), None
        last = brace.end()
    return "".join((*kept, bare[start:] if hidden is None else ""))


def _script_tests(bare: str) -> int:
    called = set(_NAMES_OF_CALLS.findall(bare))
    asserted = (match["about"] for match in _ASSERTIONS.finditer(bare))
    return sum("(" in about or not called.isdisjoint(re.findall(r"[\w$]+", about)) for about in asserted)


def _parse_notes(source: Source, language: Language, fault: str) -> tuple[str, ...]:
    if not source.lines:
        return ("There is no code.",)
    if language == "python":
        return (f"Does not parse: {fault}.",) if fault else ()
    if not source.is_balanced:
        return ("Does not parse: the brackets do not balance.",)
    return ()


def _parse_limits(source: Source, language: Language) -> tuple[str, ...]:
    if language == "python" or not source.lines or not source.is_balanced:
        return ()
    return ("Not parsed: its brackets balance, no more is known.",)


def _style_notes(size: _Size, source: Source, tree: ast.Module | None) -> tuple[str, ...]:
    notes = []
    if size.longest is not None and size.longest > _LONG_FUNCTION:
        notes.append(f"A function of {size.longest} lines.")
    if size.complexity is not None and size.complexity > _COMPLEX:
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
