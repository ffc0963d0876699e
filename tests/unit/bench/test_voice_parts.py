"""Parts of the voice bench by themselves: curves, think-aloud cases, the scripted endpoint, memory of calls."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from interviewlab.bench.voice.browser import Notes
from interviewlab.bench.voice.clips import PAUSES_S, load_noises, speech_folder, think_aloud
from interviewlab.bench.voice.curves import Outcome, to_figures
from interviewlab.bench.voice.echo import Echoes
from interviewlab.bench.voice.endpoint import Delays, serve_speech
from interviewlab.bench.voice.four import further
from interviewlab.bench.voice.parts import PARTS, bench_voice
from interviewlab.bench.voice.timing import Answered
from interviewlab.bench.voice.turns import Tally, Turn
from interviewlab.errors import BadInput
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, from_wav
from interviewlab.speech.openai import OpenAIEars, OpenAIMouth
from interviewlab.speech.scripted import ScriptedEars
from interviewlab.types import Transcript, UtteranceEntry

WORDS = "one two three four five six seven eight"


def test_curves_count_cut_offs_by_the_length_of_the_pause_and_missed_ends_of_the_others() -> None:
    outcomes = [
        Outcome(0.5, False, 0.8),
        Outcome(0.5, False, 1.2),
        Outcome(1.0, True),
        Outcome(1.0, False, None),
        Outcome(2.0, True),
        Outcome(2.5, True),
        Outcome(2.5, False, 3.5),
    ]
    figures = to_figures(outcomes)
    assert figures["cut_off"]["0.5"] == {"share": 0.0, "n": 2}
    assert figures["cut_off"]["1.0"] == {"share": 0.5, "n": 2}
    assert figures["cut_off_up_to_1s"] == 0.25
    assert figures["cut_off_up_to_2s"] == 0.4
    assert figures["missed"] == 0.5
    assert figures["delay_s"]["n"] == 3


async def test_think_aloud_cases_come_from_odd_clips_with_every_length_of_pause(data_dir: Path) -> None:
    cases = await think_aloud(data_dir / "speech", ScriptedEars([WORDS] * 13), 65)
    assert len(cases) == 65
    assert {case.clip % 2 for case in cases} == {1}
    assert {pause: sum(case.inserted_s == pause for case in cases) for pause in PAUSES_S} == dict.fromkeys(PAUSES_S, 13)
    assert all(case.after in WORDS.split()[2:-2] for case in cases)
    assert len({(case.clip, case.inserted_s) for case in cases}) == 65
    for case in cases:
        assert case.paused.pause_s >= case.inserted_s - 0.01
        assert case.paused.end_s == pytest.approx(case.paused.audio.size / EARS_RATE)


def test_noises_are_at_the_rate_of_the_ears(data_dir: Path) -> None:
    noises = load_noises(data_dir / "speech")
    assert noises
    assert all(noise.size > EARS_RATE / 2 for noise in noises)


def test_missing_speech_is_a_signpost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INTERVIEWLAB_DATA", str(tmp_path))
    with pytest.raises(BadInput, match="INTERVIEWLAB_DATA"):
        speech_folder()


async def test_scripted_endpoint_hears_and_speaks_as_late_as_it_was_told() -> None:
    def hear(form: bytes) -> str:
        return f"{from_wav(form[form.index(b'RIFF') :])[0].size / EARS_RATE:.0f} s"

    with serve_speech(Delays(transcription_s=0.2, first_sound_s=0.1), hear) as url:
        ears, mouth = OpenAIEars(url, "key", has_words=False), OpenAIMouth(url, "key")
        began = time.perf_counter()
        heard = await ears.transcribe(np.full(EARS_RATE, 0.1, np.float32))
        assert time.perf_counter() - began > 0.2
        pieces = [piece async for piece in mouth.synthesize("What is a hash function for?")]
        await ears.aclose()
        await mouth.aclose()
    assert heard.text == "1 s"
    assert sum(len(piece.pcm) for piece in pieces) / 48_000 == pytest.approx(1.6, abs=0.01)


async def test_part_that_does_not_exist_and_transport_that_is_not_measured_are_refused() -> None:
    with pytest.raises(BadInput, match="barge-in"):
        await bench_voice(Settings(), "nonsense")
    with pytest.raises(BadInput, match="pigeon"):
        await bench_voice(Settings(), "turns", transport="pigeon")
    assert all(part.measure.count(":") == 1 for part in PARTS.values())


def test_memory_of_further_calls_leaves_out_what_is_loaded_once() -> None:
    assert further([500.0, 900.0, 940.0, 960.0, 990.0]) == {"first_call_mb": 400.0, "further_call_mb": 30.0}


def test_turn_that_was_cut_off_and_one_that_was_not_answered_are_told_apart() -> None:
    tally = Tally()
    latency = {"endpoint_s": 0.5, "transcript_s": 0.3, "brain_s": 0.1, "mouth_s": 0.0, "total_s": 0.6}
    for turn in (Turn(Answered(0.9, 1.1, True), latency, 0.1, (0.2,)), Turn(), Turn(is_unanswered=True)):
        tally.add(turn)
    figures = tally.figures()
    assert (tally.turns, figures["cut_off"], figures["unanswered"], figures["stock_first"]) == (3, 1, 1, 1)
    assert figures["stages_s"]["transport"]["p50"] == pytest.approx(0.3)
    assert figures["voice_to_voice_s"] == {"p50": 1.1, "p95": 1.1, "n": 1}


@pytest.mark.parametrize(
    ("heard", "to_itself", "cut_off"),
    [
        (["a hash table because it is quick", "a queue"], 0, 0),
        (["a hash table because it is quick", "what is a hash", "a queue"], 1, 0),
        (["a hash table", "because it is quick", "a queue"], 0, 1),
    ],
)
def test_utterance_that_nobody_said_is_an_answer_to_itself_and_half_an_answer_is_none(
    heard: list[str], to_itself: int, cut_off: int
) -> None:
    echoes = Echoes()
    entries = [
        UtteranceEntry(sequence=n, turn=n, at="2026-11-23T00:00:00Z", text=text, source="voice")
        for n, text in enumerate(heard)
    ]
    said = ["a hash table because it is quick", "a queue"]
    echoes.record(said, Transcript(interview_id="i", entries=tuple(entries)))
    figures = echoes.figures()
    assert (figures["answers_to_itself"], figures["cut_off"]) == (to_itself, cut_off)


def test_notes_of_a_page_become_sounds_on_the_wall_clock_and_captions() -> None:
    notes = Notes()
    event = {"kind": "caption", "who": "interviewer", "text": "Hello.", "is_final": True}
    notes.add(
        [
            {"kind": "clock", "at": 5000, "audio": 1.0, "wall": 5000},
            {"kind": "event", "at": 5100, "event": event},
            {"kind": "event", "at": 5100, "event": {"kind": "state", "state": "listening"}},
            {"kind": "sound", "at": 5300, "on": 1.2},
            {"kind": "sound", "at": 5700, "off": 1.6},
            {"kind": "connection", "at": 7000, "state": "connected"},
        ]
    )
    assert notes.sounds[0].start_s == pytest.approx(5.2)
    assert notes.sounds[0].end_s == pytest.approx(5.6)
    assert [line.text for line in notes.lines()] == ["Hello."]
    assert notes.is_quiet
    assert notes.connections == [(7.0, "connected")]
