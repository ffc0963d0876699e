"""What a clause says is held against what the reference says of its subject, and of the others."""

from __future__ import annotations

import pytest

from interviewlab.scoring.binding import Bound, bind, find_reversals
from interviewlab.scoring.reading import Reader
from tests.models import minilm

PROTOCOLS = (
    "Compare TCP and UDP.",
    "TCP is connection oriented and sets up a connection with a three-way handshake, UDP is "
    "connectionless. TCP delivers "
    "reliably and in order by acknowledgements and retransmissions, while UDP may lose, duplicate or "
    "reorder datagrams. UDP "
    "has less overhead and latency and suits streaming, games and DNS.",
)
FILTERS = (
    "What is the difference between WHERE and HAVING in SQL?",
    "WHERE filters individual rows before they are grouped. HAVING filters groups after GROUP BY. "
    "Aggregate functions such "
    "as COUNT or SUM can be used in HAVING but not in WHERE.",
)
MACHINES = (
    "How does a container differ from a virtual machine?",
    "Containers are processes that share the kernel of the host, while each virtual machine runs a "
    "kernel of its own. "
    "Containers start within milliseconds. A virtual machine boots a complete guest operating system.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(minilm())


def to_bound(reader: Reader, asked: tuple[str, str]) -> Bound:
    bound = bind(reader.read(asked[0]), reader.read(asked[1]))
    assert bound is not None
    return bound


@pytest.mark.parametrize(
    ("asked", "names"),
    [(PROTOCOLS, ["TCP", "UDP"]), (FILTERS, ["WHERE", "HAVING"]), (MACHINES, ["container", "virtual machine"])],
)
def test_subjects_that_a_question_contrasts_are_seen(asked: tuple[str, str], names: list[str], reader: Reader) -> None:
    assert list(to_bound(reader, asked).names) == names


def test_a_question_about_one_thing_contrasts_nothing(reader: Reader) -> None:
    asked = "How does a hash table resolve collisions?"
    assert (
        bind(reader.read(asked), reader.read("It chains the entries of a bucket, or probes for the next free one."))
        is None
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            PROTOCOLS,
            "UDP is connection oriented and begins with a three-way handshake. It delivers in order by "
            "acknowledgements and "
            "retransmissions. TCP suits streaming and games.",
        ),
        (FILTERS, "HAVING filters individual rows before they are grouped, and aggregate functions are used in WHERE."),
        (
            MACHINES,
            "A virtual machine is a process that shares the kernel of the host and starts within milliseconds. A "
            "container "
            "boots a complete guest operating system.",
        ),
        (
            MACHINES,
            "There are containers and virtual machines. The former boot a complete guest operating system. The "
            "latter share the "
            "kernel of the host and start within milliseconds.",
        ),
    ],
)
def test_what_is_said_of_the_wrong_subject_outweighs(asked: tuple[str, str], said: str, reader: Reader) -> None:
    found = find_reversals(to_bound(reader, asked), reader.read(said))
    assert found.outweigh
    assert all(each.quote in said and each.of != each.holds_of for each in found.clauses)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            PROTOCOLS,
            "TCP opens with a three-way handshake. It acknowledges and retransmits. Unlike TCP, UDP has low "
            "latency, so "
            "games and streaming use it.",
        ),
        (PROTOCOLS, "UDP has no handshake, no acknowledgements and no retransmissions, which TCP all has."),
        (FILTERS, "With WHERE you filter rows before grouping, with HAVING the groups, so only there SUM is allowed."),
        (
            MACHINES,
            "There are containers and virtual machines. The latter boot a complete guest operating system. The "
            "former share the "
            "kernel of the host and start within milliseconds.",
        ),
        (MACHINES, "Bananas are yellow."),
    ],
)
def test_what_is_said_of_the_right_subject_is_left_alone(asked: tuple[str, str], said: str, reader: Reader) -> None:
    found = find_reversals(to_bound(reader, asked), reader.read(said))
    assert not found.outweigh
    assert found.clauses == ()


def test_one_slip_among_right_clauses_reverses_nothing(reader: Reader) -> None:
    said = (
        "TCP is connection oriented with a three-way handshake, and acknowledgements and retransmissions "
        "keep the order. "
        "UDP is connectionless and may lose, duplicate or reorder datagrams. TCP has less latency."
    )
    assert not find_reversals(to_bound(reader, PROTOCOLS), reader.read(said)).outweigh
