"""The voice engine with scripted ears and mouth: LiveKit's own turn-taking in real time, no server, no weights."""

from __future__ import annotations

import asyncio
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from interviewlab.bootstrap import open_interview
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth
from interviewlab.speech.sentences import split_sentences
from interviewlab.store.sql import open_store
from interviewlab.types import HeardEntry, NoteEntry, Plan, UtteranceEntry
from interviewlab.voice.events import Caption, Latency, StateChange, TurnTaken, VoiceEvent
from interviewlab.voice.frames import Microphone
from interviewlab.voice.session import VoiceSession
from tests.integration.spoken import Call, babble, call

PLAN = Plan(type="fundamentals", exercises=0, questions=4, seed=3, candidate="Jane Doe")
ANSWER = "I would look at the access patterns first because that decides the index."
QUICK = 0.004
"""Seconds a character: a mouth in a hurry, so that tests are."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")


def turns(events: list[VoiceEvent]) -> list[int]:
    return [event.turn for event in events if isinstance(event, TurnTaken)]


async def test_one_utterance_is_one_turn_with_greeting_captions_words_and_latency(settings: Settings) -> None:
    ears, mouth = ScriptedEars([ANSWER]), ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth) as held:
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding)
            held.say(babble(1.5))
            await held.until(lambda: turns(held.events) == [0, 1])
            await held.until(lambda: any(isinstance(e, Latency) for e in held.events))
            await held.until(lambda: not held.is_sounding)
            await asyncio.sleep(1.5)
        transcript = await interview.transcript()
    said = [entry for entry in transcript.entries if isinstance(entry, UtteranceEntry)]
    assert [(entry.text, entry.source) for entry in said] == [(ANSWER, "voice")]
    assert [word.text for word in said[0].words] == ANSWER.split()
    assert sorted(transcript.replies()) == [0, 1]
    assert turns(held.events) == [0, 1]
    assert held.captions("candidate") == [ANSWER]
    assert " ".join(held.captions("interviewer")) == " ".join(r.text for _, r in sorted(transcript.replies().items()))
    assert not [entry for entry in transcript.entries if isinstance(entry, HeardEntry)]
    latency = next(e for e in held.events if isinstance(e, Latency))
    assert 0 < latency.total_s < 3
    assert latency.total_s == pytest.approx(latency.endpoint_s + latency.brain_s + latency.mouth_s, abs=0.01)


async def test_what_is_rehearsed_sounds_while_the_turn_waits_to_be_recorded(settings: Settings) -> None:
    ears, mouth = ScriptedEars([ANSWER]), ScriptedMouth(0.02)
    async with open_interview(settings, plan=PLAN) as interview, open_store(settings.store_url, connections=1) as store:
        async with call(interview, ears, mouth) as held:
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding)
            held.say(babble(1.5))
            await held.until(lambda: bool(held.saying))
            assert await store.acquire(interview.id, "another window", 6.0)
            await held.until(lambda: not held.saying)
            await held.until(lambda: held.is_sounding, within_s=4.0)
            assert turns(held.events) == [0]
            assert not [e for e in (await interview.transcript()).entries if isinstance(e, UtteranceEntry)]
            await held.until(lambda: turns(held.events) == [0, 1])
            replies = sorted((await interview.transcript()).replies().items())
            # Between the sentence that was rehearsed and those after it nothing may sound.
            await held.until(lambda: " ".join(held.captions("interviewer")) == " ".join(r.text for _, r in replies))
        transcript = await interview.transcript()
    assert not [e for e in transcript.entries if isinstance(e, NoteEntry) and e.topic == "misspoken"]


async def test_slow_ears_make_one_turn_of_an_answer_with_a_pause(settings: Settings) -> None:
    ears = ScriptedEars(["I would measure first,", "I would measure first, because a guess costs a week."], delay_s=2.0)
    mouth = ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth) as held:
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding)
            held.say(np.concatenate([babble(1.0), np.zeros(6400, np.float32), babble(1.0)]))
            await held.until(lambda: turns(held.events) == [0, 1], within_s=20)
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding)
            await asyncio.sleep(3.0)
        transcript = await interview.transcript()
    said = [entry.text for entry in transcript.entries if isinstance(entry, UtteranceEntry)]
    assert said == ["I would measure first, because a guess costs a week."]
    assert sorted(transcript.replies()) == [0, 1]


async def test_interruption_stops_the_voice_and_records_what_was_heard(settings: Settings) -> None:
    ears, mouth = ScriptedEars([ANSWER]), ScriptedMouth(0.06)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth) as held:
            await held.until(lambda: held.is_sounding)
            await asyncio.sleep(2.0)
            held.say(babble(1.2))
            await held.until(lambda: not held.is_sounding, within_s=1.2)
            await held.until(lambda: turns(held.events) == [0, 1])
            await asyncio.sleep(0.3)
        transcript = await interview.transcript()
    first = transcript.replies()[0].text
    heard = [entry for entry in transcript.entries if isinstance(entry, HeardEntry) and entry.of_turn == 0]
    assert len(heard) == 1
    assert heard[0].text
    assert first.startswith(heard[0].text)
    assert len(heard[0].text) < len(first)


async def test_after_a_cough_the_voice_goes_on_in_place_and_no_turn_is_taken(settings: Settings) -> None:
    ears, mouth = ScriptedEars([]), ScriptedMouth(0.05)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth) as held:
            await held.until(lambda: held.is_sounding)
            await asyncio.sleep(2.0)
            held.say(babble(0.6))
            await held.until(lambda: not held.is_sounding, within_s=1.2)
            await held.until(lambda: held.is_sounding, within_s=3.0)
            await held.until(lambda: not held.is_sounding, within_s=30.0)
        transcript = await interview.transcript()
    spoken = sum(np.abs(frame).max() > 100 for frame in held.out) * 0.02
    assert spoken == pytest.approx(len(transcript.replies()[0].text) * 0.05, rel=0.1)
    assert sorted(transcript.replies()) == [0]
    assert not [entry for entry in transcript.entries if isinstance(entry, HeardEntry)]


async def test_held_turn_does_not_end_until_it_is_released(settings: Settings) -> None:
    ears, mouth = ScriptedEars([ANSWER]), ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview, call(interview, ears, mouth) as held:
        await held.until(lambda: held.is_sounding)
        await held.until(lambda: not held.is_sounding)
        held.session.hold(True)
        held.say(babble(1.5))
        await asyncio.sleep(5.0)
        assert turns(held.events) == [0]
        held.session.hold(False)
        await held.until(lambda: turns(held.events) == [0, 1])
    assert StateChange(state="held") in held.events


async def test_hold_in_the_silence_after_words_keeps_the_turn_open(settings: Settings) -> None:
    ears, mouth = ScriptedEars([ANSWER]), ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth, "patient") as held:
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding)
            held.say(babble(1.0))
            await held.until(lambda: any(isinstance(e, Caption) and not e.is_final for e in held.events))
            await asyncio.sleep(0.3)  # by now LiveKit knows how long it waits
            held.session.hold(True)
            await asyncio.sleep(3.0)
            assert turns(held.events) == [0]
            held.session.hold(False)
            await held.until(lambda: turns(held.events) == [0, 1])
        transcript = await interview.transcript()
    assert [entry.text for entry in transcript.entries if isinstance(entry, UtteranceEntry)] == [ANSWER]


async def test_a_turn_without_words_does_not_silence_the_reply_to_a_typed_answer(settings: Settings) -> None:
    ears, mouth = ScriptedEars(["I would"]), ScriptedMouth(0.05)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth, "patient") as held:
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding, within_s=30)
            held.say(babble(1.0))
            await held.until(lambda: any(isinstance(e, Caption) and not e.is_final for e in held.events))
            before = len(held.captions("interviewer"))
            await held.session.say("look at the access patterns first.")
            await held.until(lambda: turns(held.events) == [0, 1])
            last = interview.progress.last_reply
            assert last is not None
            await held.until(lambda: held.captions("interviewer")[-1] == split_sentences(last.text)[-1], within_s=30)
            await held.until(lambda: not held.is_sounding, within_s=30)
            said = held.captions("interviewer")[before:]
        transcript = await interview.transcript()
    assert [sentence for sentence, _ in groupby(said)] == split_sentences(last.text)
    assert len(said) <= len(split_sentences(last.text)) + 1  # the one that was cut, again
    assert not [entry for entry in transcript.entries if isinstance(entry, HeardEntry)]


async def test_calling_again_says_the_last_reply_again_and_takes_no_turn(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        reply = await interview.start()
        mouth = ScriptedMouth(QUICK)
        async with call(interview, ScriptedEars([]), mouth) as held:
            await held.until(lambda: held.is_sounding)
            await held.until(lambda: not held.is_sounding)
        assert " ".join(mouth.said) == reply.text
        assert sorted((await interview.transcript()).replies()) == [0]


async def test_what_was_answered_on_the_page_before_the_candidate_came_is_not_asked_again(settings: Settings) -> None:
    mouth, events = ScriptedMouth(QUICK), list[VoiceEvent]()
    async with open_interview(settings, plan=PLAN) as interview, open_interview(settings, interview.id) as page:
        session = VoiceSession(interview, ScriptedEars(), mouth, Microphone(EARS_RATE), events.append)
        await session.prepare()
        reply = await page.reply(ANSWER)
        held = Call(session, events)
        frames = asyncio.create_task(held.run())
        await session.start()
        await held.until(lambda: held.is_sounding)
        await held.until(lambda: not held.is_sounding)
        await session.aclose()
        frames.cancel()
    assert " ".join(mouth.said) == reply.text
