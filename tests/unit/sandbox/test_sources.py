"""What is read of code before it runs: in linear time, whatever opens and never closes."""

from __future__ import annotations

import time

import pytest

from interviewlab.sandbox.sources import (
    cpp_sources,
    go_sources,
    java_sources,
    javascript_types,
    typescript_types,
)

OPENERS = ("/** ", "/* ", "/*", '"', '\\"', "'", "//", "\n", " ", "{", "*/ ")
NAMED = ("solve(", "function solve<", "solve=function ")
KB = 250 * 1024


@pytest.mark.parametrize("opener", OPENERS + NAMED)
@pytest.mark.parametrize("begun", ["", '"', "/** @param {", "solve = function", "public "])
def test_the_longest_code_is_read_in_no_time(opener: str, begun: str) -> None:
    code = begun + opener * (KB // len(opener))
    since = time.process_time()
    javascript_types(code, "solve")
    typescript_types(code, "solve")
    java_sources(code, "function", "solve")
    cpp_sources(f"struct Solution {{}};\n{code}", "function", "solve")
    go_sources(code, "function", "solve")
    assert time.process_time() - since < 5


def test_only_the_comment_right_before_the_function_tells_its_types() -> None:
    told = "/**\n * @param {ListNode} head\n * @returns {TreeNode}\n */\nvar solve = 1"
    assert javascript_types(f"/** @param {{Other}} x */\nlet y = 1;\n{told}", "solve") == ("ListNode", "TreeNode")
    assert javascript_types("/** @param {Other} x */\nlet y = 1;\nvar solve = 1", "solve") == ()


def test_a_free_function_is_told_from_a_method() -> None:
    method = "class Solution { public: int solve(int n) { return n; } };"
    free = 'struct Solution {}; const char* brace = "{"; int solve(int n) { return n; }'
    assert "&Solution::solve" in cpp_sources(method, "function", "solve")["solution.cpp"]
    assert "&Solution::solve" not in cpp_sources(free, "function", "solve")["solution.cpp"]
