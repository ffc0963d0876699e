import pytest

from interviewlab.errors import BadSubmission
from interviewlab.questions.own_tests import MOST, cases_from_lines


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
