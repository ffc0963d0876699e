from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewlab.analysis import code_facts
from interviewlab.types import LANGUAGES, Language, Submission

PYTHON = '''\
"""Two sums."""
def two_sum(numbers, target):
    # remember what was seen
    seen = {}
    for i, number in enumerate(numbers):
        if target - number in seen and number:
            return [seen[target - number], i]
        seen[number] = i

    return []


assert two_sum([2, 7], 9) == [0, 1]
'''
JAVASCRIPT = """\
/* two
   sums */
function twoSum(numbers, target) {
  const seen = new Map(); // remembers "(
  for (let i = 0; i < numbers.length; i++) {
    if (seen.has(target - numbers[i])) return [seen.get(target - numbers[i]), i];
    seen.set(numbers[i], i);
  }
  return [];
}
const clean = text => text.replace(/[({]/g, '');
console.assert(twoSum([2, 7], 9).length === 2);
"""


def facts(code: str, language: Language = "python"):
    return code_facts(Submission(code=code, language=language))


def test_python_is_measured_without_blanks_and_comments():
    found = facts(PYTHON)
    assert found.parses
    assert (found.lines, found.functions, found.longest_function) == (8, 1, 7)
    assert found.cyclomatic_complexity == 4
    assert found.comment_lines == 2
    assert found.own_tests == 1
    assert found.notes == ()


def test_javascript_is_measured_and_says_that_it_was_not_parsed():
    found = facts(JAVASCRIPT, "javascript")
    assert found.parses
    assert (found.functions, found.longest_function, found.cyclomatic_complexity) == (2, 8, 3)
    assert found.comment_lines == 3
    assert found.own_tests == 1
    assert found.notes == ()
    assert any("Not parsed" in limit for limit in found.limits)


def test_broken_python_names_its_line():
    found = facts("def f(:\n  return 1\n")
    assert not found.parses
    assert found.notes[0].startswith("Does not parse: line 1")


@pytest.mark.parametrize("code", ["function f( { }", "function f() { ]", "function f() {"])
def test_unbalanced_javascript_does_not_parse(code: str):
    assert not facts(code, "javascript").parses


@pytest.mark.parametrize("code", ["const s = ')';", "const s = `}`;", "// )\nlet a = 1;", "const r = /\\)/.test('a');"])
def test_brackets_inside_strings_comments_and_regular_expressions_do_not_count(code: str):
    assert facts(code, "javascript").parses


@pytest.mark.parametrize("code", ["", "  \n\n", "# only a thought"])
def test_nothing_handed_in_is_no_code(code: str):
    found = facts(code)
    assert (found.parses, found.lines) == (False, 0)
    assert "There is no code." in found.notes


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("assert f(1) == 1\nassert f(2) == 2", 2),
        ("assert True\nassert 1", 0),
        ("assert 1 == 1\nx = 3\nassert x == 3", 0),
        ("got = f(1)\nassert got == 1", 1),
        ("self.assertEqual(1, 1)", 0),
        ("def test_f():\n    assert f(1) == 1", 1),
        ("def test_f(): check(f)", 1),
        ("self.assertEqual(f(1), 1)", 1),
        ("'assert f(1)'\n# assert f(1)", 0),
        ("assert f(1) == (\n", 1),
        ("def check(xs, want):\n    assert f(xs) == want\ncheck([1], 1)", 1),
        ("def main():\n    assert f(1) == 1\nif __name__ == '__main__':\n    main()", 1),
        ("class Sums(TestCase):\n    def testOne(self):\n        self.assertEqual(f(1), 1)", 1),
    ],
)
def test_own_python_tests_are_those_that_can_fail(code: str, count: int):
    assert facts(code).own_tests == count


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "def f(xs):\n    assert len(xs) > 0\n    return max(xs)"),
        ("python", "def fastest(xs):\n    assert isinstance(xs, list)\n    return min(xs)"),
        ("python", "class Stack:\n    def pop(self):\n        size = len(self.items)\n        assert size > 0"),
        ("javascript", "function f(xs) { console.assert(Array.isArray(xs)); return xs[0] }"),
        ("javascript", "const f = async (xs) => {\n  if (xs) { console.assert(isSorted(xs)) }\n}"),
        ("javascript", "const f = xs => { console.assert(isSorted(xs)) }"),
        ("javascript", "class Stack {\n  pop(n) {\n    console.assert(this.has(n))\n  }\n}"),
        ("typescript", "function f<T>(xs: T[]): T { console.assert(isSorted(xs)); return xs[0] }"),
    ],
)
def test_what_a_solution_asserts_of_its_input_is_no_test(language: Language, code: str):
    assert facts(code, language).own_tests == 0
    assert facts(f"{code}\n{'' if language == 'python' else 'console.'}assert(f([1]) == 1)", language).own_tests == 1


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("console.assert(f(1) === 1); assert(f(2)); assert.equal(f(1), 1); expect(f(1)).toBe(1)", 4),
        ("test('adds', () => { expect(f(1)).toBe(1) })", 1),
        ("it('adds', () => check(f))", 1),
        ("console.assert(1 === 1); expect(2).toBe(2)", 0),
        ("const got = f(1);\nconsole.assert(got === 1)", 1),
        ("// console.assert(1)\nconst s = 'assert(1)'", 0),
        ("/a/.test('x'); function assert(x) {}", 0),
        ("function check(x, want) { console.assert(f(x) === want) }\ncheck(1, 2)", 1),
        ("const runTests = () => {\n  console.assert(f(1) === 2)\n}", 1),
        ("function main() { console.assert(f(1) === 2) }\nif (require.main === module) {\n  main();\n}", 1),
        ("for (const [x, want] of cases) { console.assert(f(x) === want) }", 1),
        ("cases.forEach(([x, want]) => { console.assert(f(x) === want) })", 1),
    ],
)
def test_own_javascript_tests_are_counted(code: str, count: int):
    assert facts(code, "javascript").own_tests == count


def test_style_is_noted_in_plain_words():
    body = "".join(f"    if q == {n}:\n        q += {n}\n" for n in range(25))
    notes = " ".join(facts(f"def f(q, seen=[]):\n{body}    try:\n        pass\n    except:\n        pass\n").notes)
    assert "A function of 55 lines." in notes
    assert "27 paths" in notes
    assert "Names of one letter: q." in notes
    assert "mutable default" in notes
    assert "bare except" in notes


def test_loop_letters_that_everybody_uses_are_not_noted():
    assert facts("def add(x, y):\n    for i in range(x):\n        y += i\n    return y\n").notes == ()


def test_the_linter_names_faults_with_their_lines_and_cannot_be_switched_off():
    body = "def first(items):\n    if items == None:\n        return 0\n    return items[0]\n"
    found = facts(f"# ruff: noqa\nimport os  # noqa\n\n\n{body}")
    assert [note.split(":")[0] for note in found.lint] == ["Line 2", "Line 6"]
    assert "`os` imported but unused" in found.lint[0]
    assert facts(PYTHON).lint == ()


def test_what_a_harness_defines_is_no_fault():
    assert facts("def depth(root: TreeNode) -> int:\n    return 1 + depth(root.left)\n").lint == ()


def test_a_linter_that_could_not_be_run_once_is_asked_again(monkeypatch: pytest.MonkeyPatch):
    def miss() -> str:
        raise FileNotFoundError

    code = "import os\n\n\ndef once(items):\n    return items[0]\n"
    with monkeypatch.context() as patch:
        patch.setattr("ruff.find_ruff_bin", miss)
        without = facts(code)
    assert (without.lint, without.limits) == ((), ("The linter could not be run.",))
    found = facts(code)
    assert "`os` imported but unused" in found.lint[0]
    assert found.limits == ()


def test_a_language_that_is_not_measured_says_so():
    found = facts("SELECT name -- all of them\nFROM people;\n", "sql")
    assert (found.lines, found.comment_lines) == (2, 1)
    assert (found.functions, found.longest_function, found.cyclomatic_complexity) == (None, None, None)
    assert found.notes == ()
    assert any("not measured" in limit for limit in found.limits)


@pytest.mark.parametrize(
    "padding", ["# " + "x" * 3_000, "\n".join(["# " + "x" * 80] * 2_000), f"LONG = '{'x' * 3_000}'"]
)
def test_no_long_line_and_no_long_comment_hides_what_is_measured(padding: str):
    body = "".join(f"    if q == {n}:\n        q += {n}\n" for n in range(25))
    code = f"def f(q):\n{body}    unused = 1\n"
    bare, padded = facts(code), facts(f"{padding}\n{code}")
    assert (padded.longest_function, padded.cyclomatic_complexity) == (bare.longest_function, 26)
    assert [note.split(": ")[1] for note in padded.lint] == [note.split(": ")[1] for note in bare.lint] != []
    assert padded.limits == ()


def test_what_is_longer_than_anybody_writes_is_not_measured_and_that_is_no_note():
    found = facts("x = f(1)\n" * 20_000)
    assert found.cyclomatic_complexity is None
    assert any("too long" in limit for limit in found.limits)
    assert not any("too long" in note for note in found.notes)


@given(st.text(), st.sampled_from(LANGUAGES))
def test_no_text_raises(code: str, language: Language):
    found = facts(code, language)
    assert found.language == language
    assert found.lines >= 0


PIECES = ("def ", "function ", "(", "{", "]", "}", "'", '"', "`", "${", "/*", "//", "#", "\n", "  ", "=>", "\\", "\0",
          "class ", "if", "'''", "/[", "lambda ", "f\"{", "async ", "=", ":", "assert ", "test(")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(LANGUAGES))
@example('def f"{test(def "', "python")
def test_no_broken_code_raises(code: str, language: Language):
    assert (facts(code, language).functions or 0) >= 0


@pytest.mark.parametrize("piece", ["(", "'\\", "=/[", "-", "[", "f(", "\n", "{", "'''", "`${", "a=>", "x.y", "not "])
@pytest.mark.parametrize("language", ["python", "javascript"])
def test_hostile_text_costs_no_more_than_seconds(piece: str, language: Language):
    started = time.monotonic()
    facts(piece * (90_000 // len(piece)), language)
    facts((piece * 300 + "\n") * 100, language)
    assert time.monotonic() - started < 10
