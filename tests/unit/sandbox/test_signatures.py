"""The classes of a function's parameters, read from JavaScript's comments and TypeScript's types."""

from __future__ import annotations

import pytest

from interviewlab.sandbox.sources import javascript_types, typescript_types


@pytest.mark.parametrize(
    ("code", "types"),
    [
        (
            "/**\n * @param {ListNode} a\n * @param {number} k\n * @return {TreeNode}\n */\nvar f = (a, k) => a;",
            "L N T",
        ),
        ("/** @param {?ListNode[]} a */\nasync function f(a) {}", "L N"),
        ("/** @param {ListNode} a */\nfunction other(a) {}\nfunction f(a) {}", ""),
        ("/** @param {number[]} a */\nconst f = (a) => a;", "N N"),
        ("function f(a) { /* @param {ListNode} a */ }", ""),
    ],
)
def test_comment_before_a_function_names_the_classes(code: str, types: str) -> None:
    assert javascript_types(code, "f") == to_names(types)


@pytest.mark.parametrize(
    ("code", "types"),
    [
        ("function f(a: ListNode | null, k: number): TreeNode | null {", "L N T"),
        ("const f = (a: Array<ListNode | null>, by: (x: TreeNode) => number = x => 1): number => 1;", "L T N"),
        ("function f<T>(pairs: Map<string, number>, root?: TreeNode) {", "N T N"),
        ("// function f(a: ListNode)\nexport const f = async (a: number): Promise<ListNode> => a", "N L"),
        ("function other(a: ListNode) {}", ""),
    ],
)
def test_types_of_a_signature_name_the_classes(code: str, types: str) -> None:
    assert typescript_types(code, "f") == to_names(types)


def to_names(letters: str) -> tuple[str, ...]:
    known = {"L": "ListNode", "T": "TreeNode", "N": ""}
    return tuple(known[letter] for letter in letters.split())
