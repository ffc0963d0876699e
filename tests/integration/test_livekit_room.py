"""One worker, one real LiveKit server: greeting, typed answers, the page's code, reloads, a full worker."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from livekit import rtc

from interviewlab.bootstrap import open_interview
from interviewlab.errors import InterviewLabError
from interviewlab.interview import Interview
from interviewlab.settings import Settings
from interviewlab.store.recordings import RecordingShelf
from interviewlab.types import Plan, UtteranceEntry
from interviewlab.voice.livekit_line import LiveKitLine, RoomTicket
from interviewlab.voice.trouble import time_is_over
from tests.integration.livekit_stage import Candidate, Worker, livekit_server, settings_for, until
from tests.walls import open_sandlock, opened

pytestmark = pytest.mark.timeout(600)
PLAN = Plan(type="fundamentals", exercises=0, questions=4, seed=3, candidate="Jane Doe")
CODING = Plan(type="coding", exercises=1, questions=1, seed=3, candidate="Jane Doe")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with livekit_server() as server:
        yield settings_for(server, tmp_path_factory.mktemp("rooms"), worker_rooms=2)


@pytest.fixture(scope="module")
def worker(settings: Settings) -> Iterator[Worker]:
    made = Worker(settings)
    asyncio.run(made.until_ready(300))
    yield made
    made.close()


@asynccontextmanager
async def room(settings: Settings, plan: Plan = PLAN) -> AsyncIterator[tuple[Interview, LiveKitLine, Candidate]]:
    """A candidate who was greeted; at the end the room is closed and the worker free again."""
    line, candidate = LiveKitLine(settings), Candidate()
    async with open_interview(settings, plan=plan) as interview:
        try:
            await candidate.enter(await invited(line, interview.id))
            await until(lambda: candidate.said("interviewer") and candidate.is_sounding)
            yield interview, line, candidate
        finally:
            await candidate.leave()
            await line.close(interview.id)
            await line.aclose()


async def invited(line: LiveKitLine, interview_id: str, is_recorded: bool = False) -> RoomTicket:
    """A ticket, once the worker is free again: it tells the server of its load every 2.5 s."""
    until_s = time.monotonic() + 30
    while True:
        try:
            return await line.invite("local", interview_id, is_recorded)
        except InterviewLabError as error:
            if not any(word in str(error) for word in ("taken", "closed")) or time.monotonic() > until_s:
                raise
            await asyncio.sleep(1.0)


async def said_in(interview: Interview) -> list[tuple[str, str]]:
    entries = (await interview.transcript()).entries
    return [(entry.text, entry.source) for entry in entries if isinstance(entry, UtteranceEntry)]


async def test_candidate_is_greeted_and_a_typed_answer_is_one_turn(settings: Settings, worker: Worker) -> None:
    async with room(settings) as (interview, _, candidate):
        greeting = (await interview.transcript()).replies()[0].text
        assert greeting.startswith(candidate.said("interviewer")[0])
        await until(lambda: "speaking" in candidate.states and candidate.turns() == [0])
        assert await candidate.command(kind="say", text="Yes, I am ready.") == "ok"
        await until(lambda: candidate.turns() == [0, 1])
        await until(lambda: candidate.said("candidate") == ["Yes, I am ready."])
        assert await said_in(interview) == [("Yes, I am ready.", "typed")]
        assert sorted((await interview.transcript()).replies()) == [0, 1]


async def test_commands_are_obeyed_and_nonsense_or_too_many_are_refused(settings: Settings, worker: Worker) -> None:
    async with room(settings) as (interview, _, candidate):
        await candidate.command(kind="hold", is_on=True)
        await until(lambda: candidate.states[-1] == "held")
        await candidate.command(kind="hold", is_on=False)
        await until(lambda: candidate.states[-1] != "held")
        for nonsense in ("", "nonsense", '{"kind": "finish"}', '{"kind": "patience", "patience": "endless"}'):
            with pytest.raises(rtc.RpcError, match="no command"):
                await candidate.call(nonsense)
        with pytest.raises(rtc.RpcError):
            await candidate.call(json.dumps({"kind": "say", "text": "x" * 70_000}))
        hurried = await asyncio.gather(*(candidate.command(kind="typing") for _ in range(60)), return_exceptions=True)
        assert any("Too many" in str(refused) for refused in hurried)
        assert sorted((await interview.transcript()).replies()) == [0]


@pytest.fixture
def page(settings: Settings) -> Settings:
    """The page's own settings: its code is run for real."""
    with opened(open_sandlock):
        return settings.model_copy(update={"sandbox": "sandlock"})


async def test_code_handed_in_by_the_page_is_spoken_by_the_worker(page: Settings, worker: Worker) -> None:
    async with room(page, CODING) as (interview, _, candidate):
        await until(lambda: candidate.turns() == [0])
        turn = 0
        while interview.exercise is None:
            turn += 1
            await candidate.command(kind="say", text="Yes, I am ready.")
            await until(lambda expected=turn: candidate.turns()[-1] == expected)
            await interview.refresh()
            await asyncio.sleep(1.0)
        reply = await interview.submit_code(interview.exercise.starter["python"], "python")
        before = len(candidate.said("interviewer"))
        await candidate.command(kind="catch_up")
        await until(lambda: " ".join(candidate.said("interviewer")[before:]).startswith(reply.text[:20]))
        await until(lambda: candidate.is_sounding)
        await until(lambda: candidate.turns()[-1] == reply.turn)
        assert reply.turn == turn + 1
        await candidate.command(kind="say", text="It still needs a hash map.")
        await until(lambda: candidate.turns()[-1] == turn + 2)
        assert sorted((await interview.transcript()).replies()) == list(range(turn + 3))


async def test_after_a_reload_the_last_reply_is_said_again_by_the_same_agent(
    settings: Settings, worker: Worker
) -> None:
    async with room(settings) as (interview, line, candidate):
        agent, first = candidate.agent, candidate.said("interviewer")[0]
        await candidate.leave()
        again = Candidate()
        await again.enter(await line.invite("local", interview.id))
        await until(lambda: again.said("interviewer")[:1] == [first] and again.is_sounding)
        assert again.agent == agent
        assert sorted((await interview.transcript()).replies()) == [0]
        await again.leave()


async def test_a_second_tab_takes_over_and_the_first_is_sent_out(settings: Settings, worker: Worker) -> None:
    async with room(settings) as (interview, line, candidate):
        reasons: list[int] = []
        candidate.room.on("disconnected", reasons.append)
        second = Candidate()
        await second.enter(await line.invite("local", interview.id))
        await until(lambda: reasons)
        assert reasons[0] == rtc.DisconnectReason.DUPLICATE_IDENTITY
        await until(lambda: second.is_sounding)
        await second.command(kind="say", text="Yes, I am ready.")
        await until(lambda: second.turns()[-1:] == [1])
        await second.leave()


async def test_a_full_worker_is_named_and_takes_the_next_when_it_is_free(settings: Settings, worker: Worker) -> None:
    async with room(settings), open_interview(settings, plan=PLAN) as third:
        line = LiveKitLine(settings)
        async with room(settings):
            await asyncio.sleep(3.0)
            with pytest.raises(InterviewLabError, match="All interviewers are taken"):
                await line.invite("local", third.id)
        await invited(line, third.id)
        await line.close(third.id)
        await line.aclose()
    await asyncio.sleep(3.0)


@pytest.mark.parametrize("agreed", [(True,), (True, False), (False, True)])
async def test_each_call_of_a_room_is_recorded_where_the_candidate_agreed_to_it(
    settings: Settings, worker: Worker, agreed: tuple[bool, ...]
) -> None:
    line, shelf = LiveKitLine(settings), RecordingShelf(settings.recordings_dir)
    async with open_interview(settings, plan=PLAN) as interview:
        for is_recorded in agreed:  # who comes back finds the worker of the first call
            candidate = Candidate()
            await candidate.enter(await invited(line, interview.id, is_recorded))
            await until(lambda candidate=candidate: candidate.is_sounding)
            await asyncio.sleep(1.5)
            await candidate.leave()
        await line.close(interview.id)
        await line.aclose()
        await until(lambda: [told for told in worker.lines if told.startswith("Speaking")][-1].startswith("Speaking 0"))
        kept = shelf.of(interview.id)
    assert len(kept) == sum(agreed)
    assert 1.0 < kept[0].duration_s < 30.0


async def test_a_call_that_has_lasted_as_long_as_one_may_says_so_and_ends(tmp_path: Path) -> None:
    with livekit_server() as server:
        brief = settings_for(server, tmp_path, voice_minutes=0.2)
        worker, line, candidate = Worker(brief), LiveKitLine(brief), Candidate()
        try:
            await worker.until_ready(300)
            async with open_interview(brief, plan=PLAN) as interview:
                await candidate.enter(await line.invite("local", interview.id))
                await until(lambda: "ended" in candidate.states and not candidate.agent, 40)
                troubles = [event["sentence"] for event in candidate.events if event["kind"] == "trouble"]
        finally:
            await candidate.leave()
            await line.aclose()
            worker.close()
    assert troubles == [time_is_over(0.2)]
