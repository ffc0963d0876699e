"""A real mouth: understood by real ears, even in level and gaps, quick where it has spoken before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from interviewlab import weights
from interviewlab.bench.speech import measure_mouth
from interviewlab.errors import WeightsMissing
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats, rms_dbfs, to_float
from interviewlab.speech.cache import SpeechCache
from interviewlab.speech.piper import PiperMouth
from interviewlab.speech.whisper import WhisperEars
from tests.parts import need

pytestmark = pytest.mark.weights
GREETING = "Hello, and welcome. My name is Alex. Shall we begin?"


def files(name: str) -> dict[str, Path]:
    found = weights.find(name, Settings().cache_dir)
    need("weights", found is not None, f"run `interviewlab weights fetch {name}`")
    return found or {}


@pytest.fixture
async def mouth(tmp_path: Path) -> AsyncIterator[PiperMouth]:
    made = PiperMouth(files("piper-joe"), cache=SpeechCache(tmp_path))
    yield made
    await made.aclose()


def kept(folder: Path) -> int:
    return len(list(folder.glob("*.wav")))


async def say(mouth: PiperMouth, text: str) -> Floats:
    return np.concatenate([to_float(piece.pcm) async for piece in mouth.synthesize(text)])


async def test_what_it_says_is_understood_with_short_gaps_and_no_clipping(mouth: PiperMouth) -> None:
    ears = WhisperEars(files("whisper-base"), name="whisper-base", threads=2)
    texts = [
        GREETING,
        "Binary search takes O(log n) steps. Why is that?",
        "The service answers 99.97% of requests within 250ms. How would you make it 2.8x faster?",
    ]
    figures = await measure_mouth(mouth, ears, texts)
    await ears.aclose()
    assert figures["round_trip"]["wer"] <= 0.15  # of 48 words, and Piper says them a little differently each time
    assert figures["clipped_samples"] == 0
    assert figures["peak_dbfs"] <= -2.9
    assert 0.05 < figures["longest_gap_s"] <= 0.3


async def test_sentences_are_equally_loud(mouth: PiperMouth) -> None:
    levels = [rms_dbfs(to_float(piece.pcm)) async for piece in mouth.synthesize(GREETING)]
    assert len(levels) == 3
    assert max(levels) - min(levels) < 2.5


async def test_pace_makes_speech_shorter() -> None:
    slow, quick = PiperMouth(files("piper-joe"), pace=0.8), PiperMouth(files("piper-joe"), pace=1.4)
    assert (await say(slow, GREETING)).size > 1.4 * (await say(quick, GREETING)).size
    await slow.aclose()
    await quick.aclose()


async def test_a_sentence_sounds_the_same_again_and_another_process_has_what_was_prepared(
    mouth: PiperMouth, tmp_path: Path
) -> None:
    assert (await say(mouth, GREETING)).tobytes() == (await say(mouth, GREETING)).tobytes()
    assert kept(tmp_path) == 0
    await mouth.prepare([GREETING])
    assert kept(tmp_path) == 3
    later = PiperMouth(files("piper-joe"), cache=SpeechCache(tmp_path))
    await later.aclose()  # it can render nothing any more: what it says, it has read
    np.testing.assert_allclose(await say(later, GREETING), await say(mouth, GREETING), atol=1e-3)


async def test_what_somebody_waits_for_may_be_their_own_and_stays_off_the_disk(
    mouth: PiperMouth, tmp_path: Path
) -> None:
    await mouth.prepare(["Hello Jane."], is_awaited=True)
    assert kept(tmp_path) == 0
    await mouth.aclose()  # it can render nothing any more
    assert (await say(mouth, "Hello Jane.")).size


async def test_what_is_foreseen_of_somebody_s_own_stays_off_the_disk(mouth: PiperMouth, tmp_path: Path) -> None:
    await mouth.prepare(["Which part of Jane's shop is yours?"], is_own=True)
    assert kept(tmp_path) == 0
    await mouth.aclose()  # it can render nothing any more
    assert (await say(mouth, "Which part of Jane's shop is yours?")).size


async def test_what_is_said_never_reaches_a_log(mouth: PiperMouth, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await say(mouth, "Zanzibar is private.")
    assert "anzibar" not in caplog.text


async def test_several_interviews_may_speak_at_once(mouth: PiperMouth) -> None:
    spoken = await asyncio.gather(*(say(mouth, f"This is candidate {n}.") for n in range(6)))
    assert all(audio.size > mouth.sample_rate // 2 for audio in spoken)


def test_missing_and_unreadable_files_name_the_command_that_fetches_them(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="weights fetch piper-joe"):
        PiperMouth({})
    for name in ("a.onnx", "a.onnx.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(WeightsMissing, match="weights fetch piper-joe"):
        PiperMouth({path.name: path for path in tmp_path.iterdir()})
