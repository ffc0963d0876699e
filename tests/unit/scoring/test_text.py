"""Spans can be quoted, stems compared, rarity measured."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from interviewlab.scoring.text import Rarity, has_phrase, spans, stem, stems

LONG = (
    "we put a queue in front of the workers so the web server answers at once and the slow part runs later "
    "because mails take seconds and nobody wants to wait for them at the checkout"
)


@given(st.text(max_size=400))
def test_every_span_is_an_exact_substring(text: str) -> None:
    assert all(span in text for span in spans(text))


def test_speech_without_punctuation_is_cut_into_clauses() -> None:
    assert len(spans(LONG)) > 2


def test_a_short_sentence_is_one_span() -> None:
    assert spans("A hash table. It has buckets.") == ["A hash table.", "It has buckets."]


def test_a_version_number_does_not_end_a_sentence() -> None:
    assert spans("We moved to Python 3.11 last year.") == ["We moved to Python 3.11 last year."]


def test_stems_are_the_same_from_every_thread() -> None:
    some = [
        f"{start}{end}" for start in ("connect", "index", "hash", "lock", "retri") for end in ("ing", "ed", "s", "")
    ]
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda n: [stem(f"{word}{n % 50}") for word in some], range(400)))
    assert all(rounds[n] == rounds[n % 50] for n in range(400))
    assert stem("indexing") == stem("indexed")


def test_a_long_run_of_spaces_costs_no_time_to_speak_of() -> None:
    assert len(spans("a " * 20 + " " * 19_000 + "b")) >= 1


def test_common_words_weigh_less_than_rare_ones() -> None:
    rarity = Rarity(["the cat sat", "the dog ran", "the quorum met"])
    assert rarity("the") < rarity("quorum")


def test_a_phrase_is_found_by_its_stems_close_together() -> None:
    assert has_phrase(stems("linked lists"), stems("each bucket holds a linked list"))
    assert has_phrase(stems("stale statistics"), stems("because the statistics are stale by then"))
    assert not has_phrase(stems("stale statistics"), stems("stale pages are dropped, and later on the statistics"))
    assert not has_phrase(stems("random walk"), stems("random"))
    assert not has_phrase([], stems("anything"))
