"""An answer spoken into a room of a real server, heard by real ears and answered by a real mouth in a worker."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import numpy as np
import pytest

from interviewlab import weights
from interviewlab.bootstrap import build_mouth, open_interview
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, to_float
from interviewlab.speech.resampling import resample
from interviewlab.types import HeardEntry, Plan, UtteranceEntry
from interviewlab.voice.livekit_line import LiveKitLine
from tests.integration.livekit_stage import Candidate, Worker, livekit_server, settings_for, until
from tests.parts import need

pytestmark = [pytest.mark.weights, pytest.mark.timeout(600)]
PLAN = Plan(type="fundamentals", exercises=0, questions=3, seed=3, candidate="Jane Doe")
ANSWER = "I would look at the query plan first, because it shows whether an index is used."


async def spoken(settings: Settings, text: str) -> Floats:
    mouth = build_mouth(settings)
    pieces = [resample(to_float(s.pcm), s.sample_rate, EARS_RATE) async for s in mouth.synthesize(text)]
    await mouth.aclose()
    return np.concatenate(pieces)


async def test_a_spoken_answer_is_heard_answered_and_can_interrupt(tmp_path: Path) -> None:
    for name in ("whisper-tiny.en", "piper-joe"):
        found = weights.find(name, Settings().cache_dir, Settings().weights_mirror)
        need("weights", found is not None, f"interviewlab weights fetch {name}")
    with livekit_server() as server:
        settings = settings_for(server, tmp_path, ears="whisper-tiny.en", mouth="piper-joe")
        sound = await spoken(settings, ANSWER)
        worker, line, candidate = Worker(settings), LiveKitLine(settings), Candidate()
        try:
            await worker.until_ready(300)
            async with open_interview(settings, plan=PLAN) as interview:
                asked_at = time.monotonic()
                await candidate.enter(await line.invite("local", interview.id))
                await until(lambda: candidate.is_sounding)
                print(f"from the invitation to the first sound {candidate.heard[0] - asked_at:.2f} s")
                await until(lambda: candidate.states[-1:] == ["listening"] and not candidate.is_sounding, 60)
                candidate.say(sound)
                await until(lambda: candidate.turns()[-1:] == [1], 60)
                await until(lambda: candidate.states[-1] == "speaking" and candidate.is_sounding)
                await asyncio.sleep(0.5)
                candidate.say(sound)  # barge in
                await until(lambda: candidate.turns()[-1:] == [2], 60)
                await asyncio.sleep(1.0)
                transcript = await interview.transcript()
            await candidate.leave()
            await line.close(transcript.interview_id)
            await line.aclose()
        finally:
            worker.close()
    said = [entry.text.lower() for entry in transcript.entries if isinstance(entry, UtteranceEntry)]
    assert len(said) == 2
    assert all("index" in each and "plan" in each for each in said)
    cut_short = [entry.of_turn for entry in transcript.entries if isinstance(entry, HeardEntry)]
    assert 1 in cut_short
    assert 0 not in cut_short
    assert any(not is_final for who, _, is_final in candidate.captions if who == "candidate")
    assert [event for event in candidate.events if event["kind"] == "latency"]
