"""From notes on one clock to figures: replies, silences, gaps, aims."""

from __future__ import annotations

import pytest

from interviewlab.bench.summary import to_lines
from interviewlab.bench.voice.aims import AIMS, compare, find
from interviewlab.bench.voice.timing import (
    Line,
    Sound,
    answered,
    falls_silent_s,
    gaps_s,
    goes_on_s,
    is_stock,
    longest_quiet_s,
    to_wall,
    way_out_s,
)


def test_reply_counts_from_the_last_voiced_sample_to_its_first_sound() -> None:
    reply = answered(10.0, [Sound(2.0, 5.0), Sound(10.7, 12.0)], [Line(10.6, "Why does that hold?")])
    assert reply is not None
    assert reply.first_sound_s == pytest.approx(0.7)
    assert reply.voice_to_voice_s == pytest.approx(0.7)
    assert not reply.is_stock_first


def test_stock_words_count_as_sound_but_not_as_an_answer() -> None:
    sounds = [Sound(10.7, 11.0), Sound(11.3, 13.0)]
    reply = answered(10.0, sounds, [Line(10.6, "Okay."), Line(11.18, "Why does that hold?")])
    assert reply is not None
    assert reply.first_sound_s == pytest.approx(0.7)
    assert reply.voice_to_voice_s == pytest.approx(1.3)
    assert reply.is_stock_first


def test_sentence_whose_start_cannot_be_heard_counts_from_its_caption() -> None:
    reply = answered(10.0, [Sound(10.7, 13.0)], [Line(10.6, "Mm-hm."), Line(11.2, "Why?")])
    assert reply is not None
    assert reply.voice_to_voice_s == pytest.approx(1.3)


def test_reply_that_sounds_before_the_answer_has_ended_is_none() -> None:
    assert answered(10.0, [Sound(9.5, 11.0)], []) is None
    assert answered(10.0, [Sound(9.5)], []) is None
    assert answered(10.0, [Sound(2.0, 5.0)], []) is None


@pytest.mark.parametrize("text", ["Okay.", "Mm-hm.", "Right."])
def test_acknowledgements_are_stock(text: str) -> None:
    assert is_stock(text)


def test_words_about_the_answer_are_not_stock() -> None:
    assert not is_stock("Okay, and why a tree?")


def test_voice_falls_silent_at_the_end_of_what_sounded_last() -> None:
    assert falls_silent_s(10.0, [Sound(8.0, 10.2), Sound(11.0, 12.0)]) == pytest.approx(0.2)
    assert falls_silent_s(10.0, [Sound(8.0, 10.2), Sound(10.3, 10.4), Sound(11.4, 12.0)]) == pytest.approx(0.4)
    assert falls_silent_s(10.0, [Sound(8.0)]) is None


def test_voice_that_was_quiet_already_is_silent_at_once() -> None:
    assert falls_silent_s(10.0, [Sound(8.0, 9.9), Sound(11.0, 12.0)]) == 0.0


def test_voice_goes_on_after_the_disturbance() -> None:
    assert goes_on_s(10.2, 10.5, [Sound(8.0, 10.2), Sound(11.2, 12.0)]) == pytest.approx(0.7)
    assert goes_on_s(10.2, 10.5, [Sound(8.0, 10.2)]) is None


def test_gaps_lie_before_each_sentence_but_the_first_and_pauses_inside_one_are_none() -> None:
    sounds = [Sound(10.7, 11.0), Sound(11.25, 12.0), Sound(12.5, 13.0)]
    lines = [Line(10.6, "One."), Line(11.15, "Two, or so.")]
    assert way_out_s(10.0, sounds, lines) == pytest.approx(0.1)
    assert gaps_s(10.0, sounds, lines) == [pytest.approx(0.25)]
    assert longest_quiet_s(10.0, sounds) == pytest.approx(0.5)


def test_audio_times_become_times_of_the_wall_clock_by_the_median_around_them() -> None:
    clock = [(1.0, 101.0), (1.1, 101.1), (1.2, 101.9), (9.0, 110.0)]
    assert to_wall(1.05, clock) == pytest.approx(101.05)
    assert to_wall(9.1, clock) == pytest.approx(110.1)


def test_aims_are_compared_with_what_was_measured() -> None:
    rows = {row["figure"]: row for row in compare("turns", {"voice_to_voice_s": {"p50": 0.7, "p95": 2.0}})}
    assert rows["voice_to_voice_s.p50"]["is_met"] is True
    assert rows["voice_to_voice_s.p95"]["is_met"] is False
    assert rows["cut_off"]["is_met"] is None
    assert find({"a": {"b": 1}}, "a.c") is None
    assert all(aims for aims in AIMS.values())


def test_summary_names_what_was_missed() -> None:
    figures = {"part": "four", "calls": 4, "voice_to_voice_s": {"p50": 1.0, "p95": 3.0, "n": 4}}
    lines = to_lines("voice-four", {**figures, "aims": compare("four", figures)})
    assert lines[0] == "voice-four"
    assert "  voice_to_voice_s.p95 3.0 (at most 2.0): MISSED" in lines
    assert "    voice_to_voice_s: p50 1.0, p95 3.0, n 4" in lines
