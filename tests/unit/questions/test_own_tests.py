import pytest

from interviewlab.errors import BadSubmission
from interviewlab.questions.own_tests import MOST, cases_from_code, cases_from_lines, read_lines


@pytest.mark.parametrize(
    ("line", "args", "expect"),
    [
        ("[1, 2, 3], 4 => 5", ([1, 2, 3], 4), 5),
        ("two_sum([2, 7], 9) gives [0, 1]", ([2, 7], 9), [0, 1]),
        ("'a', None, (1, 2) == True", ("a", None, [1, 2]), True),
        ('"a => b" => {"a": null}', ("a => b",), {"a": None}),
        ("=> 1", (), 1),
        ('f("gives", 1) => "gives"', ("gives", 1), "gives"),
    ],
)
def test_line_is_read_as_json_or_as_python(line: str, args: tuple[object, ...], expect: object) -> None:
    (case,) = cases_from_lines(f"\n  {line}  \n")
    assert (case.args, case.expect, case.category) == (args, expect, "yours")


@pytest.mark.parametrize(
    "line",
    ["1, 2", "len([1]) + 1 => 2", "[1, => 2", "1 => ", "1 => {1, 2}", "[" * 900 + " => 1", "1 => 1e999", "1" * 3000],
)
def test_line_that_is_no_test_is_named_with_what_to_write(line: str) -> None:
    with pytest.raises(BadSubmission, match="Line 2 of your tests"):
        cases_from_lines(f"1 => 1\n{line}")


def test_too_many_are_refused() -> None:
    with pytest.raises(BadSubmission, match="At most 20"):
        cases_from_lines("1 => 1\n" * (MOST + 1))
    assert cases_from_lines("") == ()


def test_lines_that_cannot_be_read_are_named_beside_those_that_can() -> None:
    cases, unread = read_lines("1 => 2\n\nno test\n3 => 4")
    assert [(number, case.expect) for number, case in cases] == [(1, 2), (4, 4)]
    assert unread == ("Line 3 of your tests does not say what the call should give.",)


def test_assertions_with_written_out_values_are_cases() -> None:
    code = """
def solve(values, more=0): return True
assert solve([1, 2], 3) == True
assert False is solve([])
assert solve((1,))
assert not solve([0])
class Tests(TestCase):
    def test_it(self): self.assertEqual(solve([5]), [1.5, None])
assert solve(values) == 1          # a name: no data
assert solve([1], more=2) == 1     # a keyword
assert other([1]) == 1
assert solve([1]) > 0
"""
    found = [(line, case.args, case.expect) for line, case in cases_from_code(code, "solve")]
    assert found == [
        (3, ([1, 2], 3), True), (4, ([],), False), (5, ([1],), True), (6, ([0],), False), (8, ([5],), [1.5, None]),
    ]  # fmt: skip
    assert cases_from_code("assert solve(", "solve") == ()
