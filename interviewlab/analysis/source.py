"""Source text taken apart far enough to count: comments out, strings emptied, brackets checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewlab.types import Language

_PYTHON = r"""
    ^[ \t]*[rRuU]?(?P<doc>\"\"\"(?s:.*?)(?:\"\"\"|\Z)|'''(?s:.*?)(?:'''|\Z))
  | (?P<text>\"\"\"(?s:(?:\\.|[^\\])*?)(?:\"\"\"|\Z)|'''(?s:(?:\\.|[^\\])*?)(?:'''|\Z)
      |"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)
  | (?P<comment>\#[^\n]*)
"""
# A slash opens a regular expression only where a value may begin; elsewhere it divides. The bounds keep time linear.
_C_LIKE = r"""
    (?P<comment>//[^\n]*|/\*(?s:.*?)(?:\*/|\Z))
  | (?P<text>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`(?s:(?:\\.|[^`\\])*)`?)
  | (?<=[(=,:\[!&|?{};\n])[ \t]*(?P<regex>/(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}\]|[^/\\\n\[]){1,300}/)
"""
_SQL = r"""
    (?P<comment>--[^\n]*|/\*(?s:.*?)(?:\*/|\Z))
  | (?P<text>'[^']*'?|"[^"]*"?)
"""
_PATTERNS: dict[Language, re.Pattern[str]] = {
    language: re.compile({"python": _PYTHON, "sql": _SQL}.get(language, _C_LIKE), re.VERBOSE | re.MULTILINE)
    for language in ("python", "javascript", "typescript", "java", "cpp", "go", "sql")
}
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Source:
    """``bare`` is the code with comments gone and every string emptied; its line numbers are the code's own."""

    bare: str
    comment_lines: int

    @property
    def lines(self) -> int:
        """Lines that hold more than white space, comments and the text of strings."""
        return sum(bool(line.strip()) for line in self.bare.splitlines())

    @property
    def is_balanced(self) -> bool:
        """Whether every bracket closes the one opened last."""
        opened: list[str] = []
        for sign in re.findall(r"[()\[\]{}]", self.bare):
            if sign not in _PAIRS:
                opened.append(sign)
            elif not opened or opened.pop() != _PAIRS[sign]:
                return False
        return not opened


def split_source(code: str, language: Language) -> Source:
    """Take ``code`` apart; any text goes, in time linear in its length."""
    comment_lines = 0

    def blank(match: re.Match[str]) -> str:
        nonlocal comment_lines
        whole = match.group()
        if match.lastgroup in {"comment", "doc"}:
            comment_lines += sum(bool(line.strip()) for line in whole.splitlines())
            return "\n" * whole.count("\n")
        return '""' + "\n" * whole.count("\n")

    return Source(bare=_PATTERNS[language].sub(blank, code), comment_lines=comment_lines)
