"""How long the interviewer waits: for more words, and in silence."""

from __future__ import annotations

import pytest

from interviewlab.voice.patience import DELAYS, PATIENCES, SILENCES, SURE, UNSURE, Patience, wait_s
from interviewlab.voice.silence import Silence


@pytest.mark.parametrize("patience", PATIENCES)
def test_the_surer_the_end_the_shorter_the_wait(patience: Patience) -> None:
    waits = [wait_s(patience, finished / 20) for finished in range(21)]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] == wait_s(patience, UNSURE) == DELAYS[patience].unsure_s
    assert waits[-1] == pytest.approx(wait_s(patience, SURE)) == pytest.approx(DELAYS[patience].sure_s)


def test_more_patience_waits_longer_for_words_and_in_silence() -> None:
    for finished in (0.0, 0.6, 0.7, 1.0):
        brisk, normal, patient = (wait_s(patience, finished) for patience in PATIENCES)
        assert brisk < normal < patient
    checks = [SILENCES[patience].check_s for patience in PATIENCES]
    assert checks == sorted(set(checks))


def staircase(is_coding: bool, until_s: float) -> list[tuple[float, str]]:
    now = 0.0
    silence, taken = Silence(clock=lambda: now), list[tuple[float, str]]()
    while now < until_s:
        now += 1.0
        if step := silence.due("normal", is_coding):
            taken.append((now, step))
    return taken


def test_silence_is_met_by_a_check_an_offer_and_a_pause_each_once() -> None:
    waits = SILENCES["normal"]
    assert staircase(False, 600) == [(waits.check_s, "check"), (waits.offer_s, "offer"), (waits.pause_s, "pause")]


def test_who_writes_code_is_left_alone_for_longer() -> None:
    assert staircase(True, SILENCES["normal"].pause_s) == [(SILENCES["normal"].check_s * 6, "check")]


def test_a_word_begins_the_silence_anew() -> None:
    now = 0.0
    silence = Silence(clock=lambda: now)
    now = 25.0
    assert silence.due("normal", False) == "check"
    silence.broken()
    now = 44.0
    assert silence.due("normal", False) is None
    now = 45.0
    assert silence.due("normal", False) == "check"
