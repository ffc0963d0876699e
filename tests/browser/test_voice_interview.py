"""A whole short interview by voice in a real Chromium: what was spoken is what is written, and a report comes of it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from interviewlab.bench.speech import load_clips
from interviewlab.bench.voice.browser import chromium, visit
from interviewlab.bench.voice.candidate import open_speaker
from interviewlab.bench.voice.served import Shelf, open_shelf, served
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats
from tests.browser.network import cut_off, need_packet_filter
from tests.browser.spoken import ONCE_MORE, REPLY_S, Candidate, begin, compare, end, interrupt, need_voice, whole

pytestmark = [pytest.mark.browser, pytest.mark.weights, pytest.mark.timeout(300), ONCE_MORE]
READY = "Yes, I am ready to begin."
KNOWN = "A cache keeps the results of slow work, so that the same question is answered from memory."
HUMAN = "unless to be rather cold hearted"
FIRST_HALF, SECOND_HALF = "I would begin with the slowest query,", "and then I would look at the index it uses."
TYPED = "A stack gives back what was put in last, a queue what was put in first."
AGAIN = "I am back now, and I would start with a small test."
AFTER_CUT = "The lock is taken before the read and given back after the write."
THOUGHT_S = 3.0
CUT_S = 5.0


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[tuple[Candidate, Shelf]]:
    settings = Settings()
    need_voice(settings)
    need_packet_filter()
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
    await compare(candidate, await whole(shelf), [TYPED])


async def human_or(candidate: Candidate) -> tuple[Floats, str]:
    """A human clip where the shared speech is, else the candidate's voice."""
    folder = Path(os.environ.get("INTERVIEWLAB_DATA", "/nonexistent")) / "speech"
    if not folder.exists():
        return await candidate.speaker.say(KNOWN), KNOWN
    clip = next(clip for clip in load_clips(folder) if clip.said.startswith(HUMAN))
    return clip.audio, clip.said


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
    await caller.page.wait_for_selector("#transcript [data-reply]")
    at = caller.notes.now
    await caller.call()
    await candidate.listen()
    assert " ".join(line.text for line in caller.notes.lines() if line.at_s > at) == " ".join(last.split())


async def lose_the_network(candidate: Candidate) -> None:
    async with cut_off(candidate.caller.page):
        await candidate.caller.rest(CUT_S)
    await candidate.caller.rest(3.0)
