"""The contrary is seen where both speak of the same thing; numbers are compared as values."""

from __future__ import annotations

import pytest

from interviewlab.scoring.contradiction import contradictions
from interviewlab.scoring.quantities import Quantity, quantities
from interviewlab.scoring.reading import Reader
from interviewlab.scoring.signals import to_wanted
from tests.models import minilm


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(minilm())


@pytest.mark.parametrize(
    ("wanted", "said", "is_contrary"),
    [
        ("The collision domain diameter decreases tenfold.", "The collision domain diameter increases tenfold.", True),
        ("The collision domain diameter decreases tenfold.", "The collision domain gets ten times smaller.", False),
        ("A hash table does not keep the order of its keys.", "A hash table keeps the order of its keys.", True),
        ("A hash table does not keep the order of its keys.", "Hash tables don't keep their keys in order.", False),
        ("A stack is last in, first out.", "Bananas are yellow.", False),
        ("The timeout is 50 ms by default.", "The default timeout is 0.05 seconds.", False),
        ("The timeout is 50 ms by default.", "The default timeout is 5 seconds.", True),
    ],
)  # fmt: skip
def test_contraries(wanted: str, said: str, is_contrary: bool, reader: Reader) -> None:
    target = to_wanted((), "", [(reader.read(wanted), wanted, 1.0)])
    assert bool(contradictions(target, reader.read(said))) == is_contrary


def test_the_same_amount_in_other_units_is_the_same() -> None:
    assert quantities("50 ms") == quantities("0.05 seconds")
    assert quantities("1 KiB and 20 %") == {Quantity(1024.0, "b"), Quantity(0.2, "")}
    assert quantities("HTTP2 and v1.2") == frozenset()
