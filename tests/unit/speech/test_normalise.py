"""Text as it is read aloud."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.questions.bank import load_bank
from interviewlab.speech.normalise import say_number, to_spoken

CASES = {
    "complexity": [
        ("O(n log n)", "O of n log n"),
        ("O(n^2), O(n²) and Θ(1)", "O of n squared, O of n squared and theta of one"),
        ("O(V + E)", "O of V plus E"),
    ],
    "code": [
        ("list[int]", "list of int"),
        ("list[list[int]]", "list of list of int"),
        ("dict[str, int]", "dict of str to int"),
        ("map<string, int>", "map of string to int"),
        ("a != b", "a not equal to b"),
        ("x >= 3 && y == 2", "x greater than or equal to three and y equal to two"),
        ("i < n", "i less than n"),
        ("i<n", "i less than n"),
        ("f(x) -> int", "f of x returns int"),
        ("A -> B", "A to B"),
        ("nums[i] and nums[0] and arr[-1]", "nums at I and nums at zero and arr at minus one"),
        ("max_depth", "max depth"),
        ("binarySearchTree", "binary Search Tree"),
        ("HTTPServer", "HTTP Server"),
        ("__init__", "init"),
        ("`len(xs)` and foo()", "len of xs and foo"),
        ("user.first_name", "user dot first name"),
        ("x**2", "x to the power of two"),
        ("SELECT * FROM users", "SELECT star FROM users"),
        ("See:\n```python\nx = 1\n```\nOK?", "See: the code on the screen OK?"),
    ],
    "numbers": [
        ("99.97%", "ninety nine point nine seven percent"),
        ("2.8x faster", "two point eight times faster"),
        ("$18M", "eighteen million dollars"),
        ("€1.5bn and £20", "one point five billion euros and twenty pounds"),
        ("10k users", "ten thousand users"),
        ("1,024 of them", "one thousand and twenty four of them"),
        ("250ms, 1 ms and 2 GB", "two hundred and fifty milliseconds, one millisecond and two gigabytes"),
        ("-5 and 0.05", "minus five and zero point zero five"),
        ("5-10 items", "five to ten items"),
        ("3rd and 21st", "third and twenty first"),
        ("in 2019", "in twenty nineteen"),
        ("1500 servers", "one thousand five hundred servers"),
        ("Python 3.11", "Python three point one one"),
        ("release 1.2.3", "release one point two point three"),
        ("p95 and UTF-8", "p ninety five and UTF eight"),
        ("64-bit", "sixty four bit"),
        ("3 US clients on 2 MS SQL servers", "three US clients on two MS SQL servers"),
        ("5 us and 3 s", "five microseconds and three seconds"),
        ("2 GB/s and 500 requests/s", "two gigabytes per second and five hundred requests per second"),
        ("3/4 of the tests, or 9/10.", "three out of four of the tests, or nine out of ten."),
        ("Only 2/3 of them", "Only two out of three of them"),
        ("Python 2/3 and a 0/1 knapsack", "Python two or three and a zero or one knapsack"),
        ("ports 80/443 and layer 4/7", "ports eighty or four hundred and forty three and layer four or seven"),
        ("your answer/s", "your answer or s"),
        ("from 12/2024", "from twelve or twenty twenty four"),
        ("007", "zero zero seven"),
    ],
    "dates": [
        ("2026-11-22", "November twenty second twenty twenty six"),
        ("at 14:30 or 9:05", "at fourteen thirty or nine oh five"),
        ("at 9:00", "at nine o'clock"),
        ("2026-13-45 is none", None),
    ],
    "addresses": [
        ("See https://a.example/b?c=d.", "See the link on the screen."),
        ("s3://bucket/key", "the link on the screen"),
        ("Write to ann.lee@mail.example, please", "Write to the e-mail address on the screen, please"),
        ("[the docs](https://a.example)", "the docs"),
    ],
    "terms": [
        ("VS Code vs PyCharm", "V S code versus Py Charm"),
        ("C++ and C#, Node.js, .NET", "C plus plus and C sharp, node J S, dot net"),
        ("e.g. Redis vs. Kafka", "for example Redis versus Kafka"),
        ("PostgreSQL over TCP/IP", "postgres Q L over T C P I P"),
        ("CI/CD on k8s", "C I C D on Kubernetes"),
        ("read/write", "read or write"),
    ],
    "marks": [
        ("**bold** and *soft*", "bold and soft"),
        ("- one item", "one item"),
        ("well done 🎉", "well done"),
        ("It's Ann's state-of-the-art idea.", "It's Ann's state-of-the-art idea."),
        ("What's the cost, then?", "What's the cost, then?"),
        ("...", ""),
        ("—", ""),
        ("", ""),
    ],
}


@pytest.mark.parametrize(
    ("text", "spoken"), [case for cases in CASES.values() for case in cases if case[1] is not None]
)
def test_text_is_spoken_as_a_person_would_read_it(text: str, spoken: str) -> None:
    assert to_spoken(text) == spoken


def test_no_digit_is_left_to_the_voice_even_in_a_date_that_is_none() -> None:
    assert not re.search(r"\d", to_spoken("2026-13-45 is none, nor is 99:99 or 1_000"))


@pytest.mark.parametrize(
    ("digits", "words"),
    [("2.50", "two point five zero"), ("-0.5", "minus zero point five"), ("1,000,000", "one million"), ("+3", "three")],
)
def test_decimals_are_said_as_written(digits: str, words: str) -> None:
    assert say_number(digits) == words


@given(st.text(max_size=120))
def test_any_text_can_be_spoken_and_has_no_symbols_left(text: str) -> None:
    spoken = to_spoken(text)
    assert not re.search(r"[<>{}\[\]|^~`_=\\]|\s\s", spoken)
    assert spoken == "" or any(char.isalnum() for char in spoken)


@given(st.integers(0, 10**9))
def test_every_number_is_said_in_words(number: int) -> None:
    assert re.fullmatch(r"[a-z' ]+", to_spoken(f"There are {number} of them").lower())


def test_plain_questions_of_the_bank_stay_as_they_are() -> None:
    plain = [q.text for q in load_bank().questions if not re.search(r"[^A-Za-z\s.,?'-]|[A-Z]{2}|[a-z][A-Z]", q.text)]
    assert plain
    for text in plain:
        assert to_spoken(text).lower() == " ".join(text.split()).lower()
