"""Questions on a CV in a row are not worded alike, nor are their follow-ups."""

from __future__ import annotations

from itertools import pairwise

import pytest

from interviewlab.resume.agenda import build_agenda
from interviewlab.resume.varied import is_near, pick_fresh
from interviewlab.types import Claim, Job, Match, Question

NAMES = (
    "Marigold",
    "Tidebook",
    "Blip",
    "Nordlys",
    "React",
    "Sass",
    "GraphQL",
    "a Frontend Developer",
    "a Web Developer",
)
CLAIMS = (
    Claim(id="p1", kind="project", name="Marigold", skills=("React",), detail="Cut load time by 40%"),
    Claim(id="p2", kind="project", name="Tidebook", skills=("Vue.js",)),
    Claim(id="w1", kind="work", name="Blip", role="Frontend Developer", skills=("React",)),
    Claim(id="w2", kind="work", name="Nordlys", role="Web Developer", skills=("jQuery",)),
    Claim(id="s1", kind="skill", name="React", skills=("React",)),
    Claim(id="s2", kind="skill", name="Sass", skills=("Sass",)),
)


def plain(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "{name}")
    return text


def asked(seed: int) -> tuple[Question, ...]:
    match = Match(covered=("React",), missing=("GraphQL",))
    job = Job(must=("React", "GraphQL"))
    return build_agenda(CLAIMS, job, match, limit=6, gaps=2, minutes=40, seed=seed).questions


@pytest.mark.parametrize("seed", range(40))
def test_no_two_questions_in_a_row_are_worded_alike_nor_their_follow_ups(seed: int) -> None:
    for one, other in pairwise(asked(seed)):
        assert not is_near(plain(one.text), plain(other.text))
        said = {plain(point.follow_up) for point in one.key_points}
        assert not said & {plain(point.follow_up) for point in other.key_points}


def test_what_was_said_longest_ago_comes_again_first() -> None:
    assert pick_fresh(["one", "two", "three"], ["two", "three", "one"], 7, "x") == "two"
    assert pick_fresh(["one", "two", "three"], ["two", "three"], 7, "x") == "one"


def test_wordings_are_near_by_how_they_begin_or_by_what_they_tell() -> None:
    assert is_near("You list {name}. When was it wrong?", "You list {name}. What came of it?")
    assert is_near("What was hardest about {name}, and why?", "In {name}, what was the hardest?")
    assert not is_near("How does {name} work inside?", "Which number shows that {name} did its job?")
