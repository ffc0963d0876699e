"""What is taken up is a thing the candidate named, in their own words."""

from __future__ import annotations

import pytest

from interviewlab.brains.mention import MentionFinder

FINDER = MentionFinder(
    names=["Redis", "Go", "Kubernetes"],
    terms=["hash table", "measured", "actual row", "retries", "numbers", "caching", "seed"],
)


@pytest.mark.parametrize(
    ("said", "mentioned"),
    [
        ("We used Redis for sessions.", "Redis"),
        ("we kept it in a hash table because lookups are quick", "a hash table"),
        ("I would add some retries, with a pause between.", "retries"),
        ("I looked at it with Nsight, then changed it.", "Nsight"),
        ("I'd do it with numbers, not with a guess.", "numbers"),
        ("I'd begin with caching, and see.", "caching"),
        ("We fixed it with the seed, then ran it again.", "the seed"),
        ("A hash table, because lookups are quick.", "a hash table"),
    ],
)
def test_a_named_thing_is_taken_up(said: str, mentioned: str) -> None:
    assert FINDER.find(said) == mentioned
    assert mentioned in said.lower() or mentioned in said


@pytest.mark.parametrize(
    "said",
    [
        "We measured it.",
        "I compared the actual row counts.",
        "I read it all in one go.",
        "It was faster.",
        "",
        "The head of retries.",
        "It would be with numbered as the first part.",
        "I did it by numbering, then by date.",
        "We put it into the cached.",
    ],
)
def test_nothing_is_made_of_verbs_fragments_and_common_words(said: str) -> None:
    assert FINDER.find(said) == ""


def test_days_and_feasts_are_not_taken_up() -> None:
    assert FINDER.find("He told me at Christmas, over lunch.") == ""


def test_what_the_question_said_is_not_echoed() -> None:
    assert FINDER.find("We used Redis for sessions.", not_in="Why did you choose Redis?") == ""
