"""Claims are remembered and taken up later in the second person, words of the turn now and then."""

from __future__ import annotations

import pytest

from interviewlab.brains.claims import find_claim, to_second_person
from interviewlab.brains.threads import with_threads
from interviewlab.questions.bank import load_bank
from interviewlab.types import Decision, Plan, Progress, Said, TurnContext, Understanding

BANK = load_bank()
INDEX = BANK.question("algo-hash-table-collisions")
UNDERSTOOD = Understanding(intent="none", confidence=1.0, mentioned="Redis")


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Well, I led the migration to Postgres, because the old one was slow.", "I led the migration to Postgres"),
        ("We have also built a small cache for it.", "We have also built a small cache for it"),
        ("The team built it.", ""),
        ("It caught two dumps, which I looked up when I wrote my yearly review.", ""),
        ("I ran it.", ""),
        ("A hash table needs a good hash function.", ""),
    ],
)
def test_a_claim_is_found_word_for_word(said: str, claim: str) -> None:
    assert find_claim(said) == claim
    assert claim in said


@pytest.mark.parametrize(
    "said",
    [
        "It would do, and the audit report I moved to Friday with my lead's okay.",
        "The tool we built for the release team is still there.",
        "For the second report I moved the figures to the front.",
        "The only thing I fixed in that week was a typo.",
        "What I built there was a small cache for it.",
        "The ones that touched security I wrote up and gave people three days.",
        "Everything we shipped in that quarter had tests.",
    ],
)
def test_what_is_said_of_a_thing_is_no_claim(said: str) -> None:
    assert find_claim(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "It was slow, and I moved the joins to Redis.",
        "In March I moved the joins to Redis.",
        "At Carebook Ltd I moved the joins to Redis.",
        "Two years ago I moved the joins to Redis.",
        "In my last job I moved the joins to Redis, which helped.",
        "So, um, I think I moved the joins to Redis.",
        "As a working student I moved the joins to Redis.",
        "They had no answer; afterwards I moved the joins to Redis.",
        "The team and I moved the joins to Redis.",
    ],
)
def test_a_claim_begins_where_a_sentence_can(said: str) -> None:
    assert find_claim(said) == "I moved the joins to Redis"


def test_a_claim_is_told_back_in_the_second_person() -> None:
    assert to_second_person("I led our migration and my team's work") == "you led your migration and your team's work"


def test_who_says_both_i_and_we_is_told_apart_from_the_team() -> None:
    assert to_second_person("I proposed that we freeze the scope") == "you proposed that the team freeze the scope"


def context(**known: object) -> TurnContext:
    progress = Progress.model_validate({"turn": 11, "claims": (Said(turn=3, text="I wrote the hash table"),), **known})
    return TurnContext(plan=Plan(), progress=progress, turn=12)


def test_a_claim_that_fits_is_taken_up_once_and_late() -> None:
    asks = Decision(move="ask", phase="technical", question_id=INDEX.id)
    assert with_threads(BANK, context(), UNDERSTOOD, asks).recall == 3
    assert with_threads(BANK, context(taken_up=(3,)), UNDERSTOOD, asks).recall is None
    assert with_threads(BANK, context(claims=(Said(turn=10, text="I wrote the hash table"),)), UNDERSTOOD, asks) == asks
    assert with_threads(BANK, context(claims=(Said(turn=3, text="I ran a large choir"),)), UNDERSTOOD, asks) == asks


@pytest.mark.parametrize(
    ("claim", "question_id"),
    [
        ("I wrote most of your end to end suite with Playwright", "algo-autocomplete"),
        ("I moved the report of the users to the night", "algo-autocomplete"),
        ("I wrote most of the hash table with it", INDEX.id),
        ("I ran a shop for two years at night", "db-primary-failover"),
        ("We built the page that people type into", "algo-autocomplete"),
    ],
)
def test_a_common_word_makes_no_claim_fit(claim: str, question_id: str) -> None:
    asks = Decision(move="ask", phase="technical", question_id=question_id)
    assert with_threads(BANK, context(claims=(Said(turn=3, text=claim),)), UNDERSTOOD, asks).recall is None


@pytest.mark.parametrize(
    ("claim", "question_id"),
    [
        ("I built the search for the shop", "algo-autocomplete"),
        ("We introduced bloom filters in the store", "algo-bloom-filter"),
        ("I set up replication for the shop", "db-primary-failover"),
    ],
)
def test_a_claim_that_names_the_skill_fits(claim: str, question_id: str) -> None:
    asks = Decision(move="ask", phase="technical", question_id=question_id)
    assert with_threads(BANK, context(claims=(Said(turn=3, text=claim),)), UNDERSTOOD, asks).recall == 3


def test_of_a_story_what_was_done_is_taken_up_and_not_what_was_named() -> None:
    probes = Decision(move="follow_up", phase="technical", question_id="behave-changed-mind", key_point="result")
    told = UNDERSTOOD.model_copy(update={"claim": "I moved the joins to Redis"})
    assert with_threads(BANK, context(), told, probes).mention == "I moved the joins to Redis"
    assert with_threads(BANK, context(), UNDERSTOOD, probes).mention == ""


@pytest.mark.parametrize(
    "claim",
    [
        "I wrote all of it down",
        "We shipped it five months later",
        "I built pre-sync hooks with him",
        "I wrote one page",
    ],
)
def test_a_deed_that_needs_what_was_said_before_is_not_taken_up(claim: str) -> None:
    probes = Decision(move="follow_up", phase="technical", question_id="behave-changed-mind", key_point="result")
    told = UNDERSTOOD.model_copy(update={"claim": claim})
    assert with_threads(BANK, context(), told, probes).mention == ""


def test_own_words_are_not_taken_up_all_the_time() -> None:
    named = UNDERSTOOD.model_copy(update={"mentioned": "the load factor"})
    probes = Decision(move="follow_up", phase="technical", question_id=INDEX.id, key_point="load-factor")
    assert with_threads(BANK, context(), named, probes).mention == "the load factor"
    assert with_threads(BANK, context(mentioned_at=10), named, probes).mention == ""


def test_a_thing_is_taken_up_only_where_the_question_has_to_do_with_it() -> None:
    probes = Decision(move="follow_up", phase="technical", question_id=INDEX.id, key_point="load-factor")
    assert with_threads(BANK, context(), UNDERSTOOD, probes) == probes
