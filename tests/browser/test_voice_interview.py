"""A whole short interview by voice in a real Chromium: what was spoken is what is written, and a report comes of it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from interviewlab import weights
from interviewlab.bench.speech import load_clips, word_errors
from interviewlab.bench.voice.browser import CHROMIUM, Caller, Said, chromium, visit
from interviewlab.bench.voice.candidate import Speaker, open_speaker
from interviewlab.bench.voice.served import Shelf, open_shelf, served
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats
from interviewlab.types import HeardEntry, Transcript, UtteranceEntry
from tests.browser.network import cut_off, need_packet_filter
from tests.parts import need

pytestmark = [pytest.mark.browser, pytest.mark.weights, pytest.mark.timeout(420)]
READY = "Yes, I am ready to begin."
KNOWN = "A cache keeps the results of slow work, so that the same question is answered from memory."
HUMAN = "unless to be rather cold hearted"
REPEAT = "Sorry, could you repeat the question?"
FIRST_HALF, SECOND_HALF = "I would begin with the slowest query,", "and then I would look at the index it uses."
TYPED = "A stack gives back what was put in last, a queue what was put in first."
AGAIN = "I am back now, and I would start with a small test."
AFTER_CUT = "The lock is taken before the read and given back after the write."
THOUGHT_S = 3.0
CUT_S = 5.0
REPLY_S = 30.0


@dataclass
class Candidate:
    """Speaks into one page and remembers what was said."""

    caller: Caller
    speaker: Speaker
    said: list[str] = field(default_factory=list)

    @property
    def turns(self) -> int:
        """Turns taken, as the page was told."""
        return len(self.caller.notes.of_kind("turn"))

    async def listen(self) -> None:
        """Hear the interviewer out."""
        await self.caller.until(lambda: self.caller.notes.is_quiet, 60)

    async def speak(self, audio: Floats, text: str) -> Said:
        """Say something that is an answer by itself, and hear the reply begin."""
        before = self.turns
        said = await self.caller.say(audio)
        await self.caller.until(lambda: self.turns > before and self.is_answered(said.end_s), REPLY_S)
        self.said.append(text)
        return said

    async def say(self, text: str) -> Said:
        """The same by the candidate's own voice."""
        return await self.speak(await self.speaker.say(text), text)

    def is_answered(self, since_s: float) -> bool:
        """Whether the interviewer's voice began after that."""
        return any(sound.start_s > since_s for sound in self.caller.notes.sounds)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[tuple[Candidate, Shelf]]:
    settings = Settings()
    need("chromium", CHROMIUM.exists(), "apt-get install chromium")
    need_packet_filter()
    for name in (settings.ears, settings.mouth):
        found = weights.find(name, settings.cache_dir, settings.weights_mirror)
        need("weights", found is not None, f"interviewlab weights fetch {name}")
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(served(tmp_path))
        shelf = await stack.enter_async_context(open_shelf(tmp_path))
        speaker = await stack.enter_async_context(open_speaker(settings))
        browser = await stack.enter_async_context(chromium())
        yield Candidate(await visit(browser, app.url), speaker), shelf


async def test_interview_is_spoken_through_pause_barge_in_typing_reload_and_network_cut(
    room: tuple[Candidate, Shelf],
) -> None:
    candidate, shelf = room
    await begin(candidate)
    await candidate.say(READY)
    await candidate.listen()
    await candidate.speak(*await human_or(candidate))
    await interrupt(candidate)
    await candidate.listen()
    await think(candidate)
    await candidate.listen()
    await write(candidate)
    await candidate.listen()
    await reload(candidate)
    await candidate.say(AGAIN)
    await candidate.listen()
    await lose_the_network(candidate)
    await candidate.say(AFTER_CUT)
    await end(candidate)
    await compare(candidate, await whole(shelf))


async def begin(candidate: Candidate) -> None:
    page = candidate.caller.page
    await page.locator("#type input").fill("Fundamentals")
    await page.keyboard.press("Enter")
    await page.locator("#start").click()
    await page.wait_for_selector("#transcript [data-reply]", timeout=60_000)
    await candidate.caller.call()
    await candidate.listen()


async def human_or(candidate: Candidate) -> tuple[Floats, str]:
    """A human clip where the shared speech is, else the candidate's voice."""
    folder = Path(os.environ.get("INTERVIEWLAB_DATA", "/nonexistent")) / "speech"
    if not folder.exists():
        return await candidate.speaker.say(KNOWN), KNOWN
    clip = next(clip for clip in load_clips(folder) if clip.said.startswith(HUMAN))
    return clip.audio, clip.said


async def interrupt(candidate: Candidate) -> None:
    """Cut in while the reply to the last answer sounds: it falls silent, and what was asked for comes."""
    caller = candidate.caller
    await caller.rest(1.0)
    assert caller.notes.state == "speaking"
    said = await candidate.say(REPEAT)
    during = [s for s in caller.notes.sounds if s.start_s < said.start_s and (s.end_s or said.end_s) > said.start_s]
    assert all(sound.end_s is not None and sound.end_s < said.end_s for sound in during)


async def think(candidate: Candidate) -> None:
    """Ask for time by the button: however long the pause, both halves are one answer."""
    caller, before = candidate.caller, candidate.turns
    await caller.page.locator("#voice-hold").click()
    await caller.until(lambda: caller.notes.state == "held")
    await caller.say(await candidate.speaker.say(FIRST_HALF))
    await caller.rest(THOUGHT_S)
    assert candidate.turns == before
    said = await caller.say(await candidate.speaker.say(SECOND_HALF))
    await caller.rest(0.5)
    await caller.page.locator("#voice-hold").click()
    await caller.until(lambda: candidate.turns == before + 1 and candidate.is_answered(said.end_s), REPLY_S)
    candidate.said.append(f"{FIRST_HALF} {SECOND_HALF}")


async def write(candidate: Candidate) -> None:
    """Type an answer in the middle of the call; the reply is spoken."""
    caller, before = candidate.caller, candidate.turns
    at = caller.notes.now
    await caller.page.locator("#answer textarea").fill(TYPED)
    await caller.page.keyboard.press("Enter")
    await caller.until(lambda: candidate.turns == before + 1 and candidate.is_answered(at), REPLY_S)


async def reload(candidate: Candidate) -> None:
    """The page is opened anew and the interview goes on: the last reply is said again, and nothing is asked twice."""
    caller = candidate.caller
    last = await caller.page.locator("#transcript [data-reply] .il-words").last.inner_text()
    await caller.arrive()
    await caller.open_newest()
    at = caller.notes.now
    await caller.call()
    await candidate.listen()
    assert " ".join(line.text for line in caller.notes.lines() if line.at_s > at) == " ".join(last.split())


async def lose_the_network(candidate: Candidate) -> None:
    async with cut_off(candidate.caller.page):
        await candidate.caller.rest(CUT_S)
    await candidate.caller.rest(3.0)


async def end(candidate: Candidate) -> None:
    page = candidate.caller.page
    await page.locator("#end").click()
    await page.locator("#end-now").click()
    await page.wait_for_selector("#report .il-report", timeout=60_000)
    assert await page.locator("#report .il-cards > .il-card").count() == 5


async def whole(shelf: Shelf) -> Transcript:
    newest = (await shelf.store.list_interviews("local"))[0]
    return await shelf.transcript(newest.id)


async def compare(candidate: Candidate, transcript: Transcript) -> None:
    entries = transcript.entries
    heard = [e.text for e in entries if isinstance(e, UtteranceEntry) and e.source == "voice"]
    typed = [e.text for e in entries if isinstance(e, UtteranceEntry) and e.source == "typed"]
    assert typed == [TYPED]
    assert len(heard) == len(candidate.said), heard
    assert word_error_rate(candidate.said, heard) <= 0.1, list(zip(candidate.said, heard, strict=True))
    assert any(isinstance(entry, HeardEntry) for entry in entries)
    assert len(transcript.replies()) >= len(heard) + len(typed) + 1


def word_error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Over all words."""
    errors = np.array([word_errors(*pair) for pair in zip(said, heard, strict=True)]).sum(axis=0)
    return float(errors[0] / errors[1])
