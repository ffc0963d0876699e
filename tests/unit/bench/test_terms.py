"""The sentences with technical terms: whole, in two halves, each with its clip; and what counts as a term heard."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from interviewlab.bench.terms import Sentence, load_sentences, measure_terms, missed_terms, read_clips, speak
from interviewlab.errors import BadInput
from interviewlab.speech.audio import EARS_RATE, loudest_dbfs
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth

TERMS = Path(__file__).parents[3] / "evals" / "data" / "terms"


def sentence(said: str, *terms: str) -> Sentence:
    return Sentence("x", "tune", "databases", said, terms, "A prompt.")


def test_half_of_the_sentences_of_every_area_are_for_tuning() -> None:
    halves = Counter((each.area, each.half) for each in load_sentences(TERMS))
    assert sum(halves.values()) >= 64
    assert all(halves[area, "tune"] == halves[area, "report"] for area, _ in halves)


def test_every_term_is_in_its_sentence_and_every_sentence_has_one() -> None:
    for each in load_sentences(TERMS):
        assert each.terms
        assert missed_terms(each, each.said) == []


def test_no_sentence_is_there_twice_and_no_prompt_holds_its_sentence() -> None:
    sentences = load_sentences(TERMS)
    assert len({each.id for each in sentences}) == len({each.said for each in sentences}) == len(sentences)
    assert not [each.id for each in sentences if each.said.lower().strip(".") in each.prompt.lower()]


def test_every_sentence_has_a_clip_of_speech_and_all_are_small() -> None:
    pytest.importorskip("av", reason="clips are read by interviewlab[voice]")
    sentences = load_sentences(TERMS)
    for each, clip in zip(sentences, read_clips(TERMS / "kokoro", sentences), strict=True):
        assert 2.0 < clip.seconds < 12.0, each.id
        assert loudest_dbfs(clip.audio, EARS_RATE) > -30, each.id
    files = list((TERMS / "kokoro").glob("*.ogg"))
    assert len(files) == len(sentences)
    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_a_term_counts_as_heard_however_it_is_spelt() -> None:
    each = sentence("PostgreSQL keeps a B-tree in O(n log n).", "PostgreSQL", "B-tree", "O(n log n)")
    assert missed_terms(each, "postgres QL keeps a b tree in O of n log n") == []
    assert missed_terms(each, "Postgres keeps a beetree in O of log n") == ["PostgreSQL", "B-tree", "O(n log n)"]


async def test_the_ears_are_asked_with_the_prompt_and_without() -> None:
    said = sentence("An index is sorted.", "index")
    clips = await speak(ScriptedMouth(), [said])
    figures = await measure_terms(ScriptedEars(["An index is sorted.", "An index is sordid."]), clips, [said])
    assert figures["with_prompt"]["wer"] == 0
    assert figures["without_prompt"]["wer"] == 0.25


def test_a_clip_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    pytest.importorskip("av", reason="clips are read by interviewlab[voice]")
    with pytest.raises(BadInput, match=r"x\.ogg"):
        read_clips(tmp_path, [sentence("An index.", "index")])
    with pytest.raises(BadInput, match=r"sentences\.yaml"):
        load_sentences(tmp_path)
