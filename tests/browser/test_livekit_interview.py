"""A whole interview by voice through a real LiveKit server: a worker speaks, the page shows, code is handed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from interviewlab.bench.voice.browser import chromium, visit
from interviewlab.bench.voice.candidate import open_speaker
from interviewlab.bench.voice.rooms import open_worker
from interviewlab.bench.voice.served import Shelf, env_from, open_shelf, served
from interviewlab.settings import Settings
from interviewlab.types import SubmissionEntry
from tests.browser.spoken import ONCE_MORE, REPLY_S, Candidate, begin, compare, end, interrupt, need_voice, whole
from tests.integration.livekit_stage import livekit_server, settings_for

pytestmark = [pytest.mark.browser, pytest.mark.weights, pytest.mark.timeout(300), ONCE_MORE]
READY = "Yes, I am ready to begin."
ANSWERS = (
    "I would keep what was seen in a hash map, so that each look up takes constant time.",
    "The time is linear, because every number is looked at once.",
    "I would test the empty list, one number, and a list where the pair comes last.",
)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[tuple[Candidate, Shelf]]:
    need_voice(Settings())
    with livekit_server() as server:
        parts = {"ears": "whisper-tiny.en", "mouth": "piper-joe", "embedder": "minilm", "sandbox": "auto"}
        settings = settings_for(server, tmp_path, **parts)
        async with AsyncExitStack() as stack:
            app = await stack.enter_async_context(served(tmp_path, **env_from(settings)))
            await stack.enter_async_context(open_worker(settings, tmp_path))
            shelf = await stack.enter_async_context(open_shelf(tmp_path))
            speaker = await stack.enter_async_context(open_speaker(settings))
            browser = await stack.enter_async_context(chromium())
            yield Candidate(await visit(browser, app.url), speaker), shelf


async def test_interview_is_spoken_in_a_room_with_code_and_a_report(room: tuple[Candidate, Shelf]) -> None:
    candidate, shelf = room
    page = candidate.caller.page
    await begin(candidate, "Coding")
    assert await page.locator("#voice-carrier").inner_text() == "in a LiveKit room"
    await candidate.say(READY)
    await interrupt(candidate)
    await candidate.listen()
    for answer in ANSWERS:
        if not await page.locator("#code .cm-content").is_visible():
            await candidate.say(answer)
            await candidate.listen()
    await hand_in(candidate)
    await candidate.listen()
    for answer in ANSWERS:
        await candidate.say(answer)
        await candidate.listen()
    await end(candidate)
    transcript = await whole(shelf)
    await compare(candidate, transcript)
    assert len(candidate.said) >= 5
    assert any(isinstance(entry, SubmissionEntry) for entry in transcript.entries)
    shown = [line.text for line in candidate.caller.notes.lines()]
    assert any(transcript.replies()[0].text.startswith(line) for line in shown)
    await gone(candidate)


async def hand_in(candidate: Candidate) -> None:
    """Submit on the page: the worker speaks of it."""
    caller, before = candidate.caller, candidate.turns
    await caller.page.locator("#submit").click()
    at = caller.notes.now
    await caller.until(lambda: candidate.turns > before and candidate.is_answered(at), 2 * REPLY_S)


async def gone(candidate: Candidate) -> None:
    """The room closed with the interview: the page has hung up."""
    await candidate.caller.page.wait_for_function("!window.interviewlab.voice.isOn", timeout=20_000)
