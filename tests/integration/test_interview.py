"""The hall: turns are recorded once, survive their process, and never get mixed up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house, open_interview, open_library
from interviewlab.errors import BadSubmission, InterviewEnded, NotFound
from interviewlab.settings import Settings
from interviewlab.types import Plan, Reply, ReplyEntry, Transcript, UtteranceEntry

SAYS = (
    "Yes, I'm ready.",
    "I would look at the access patterns first, because that decides the index.",
    "Could you repeat the question?",
    "I don't know.",
    "First I would measure, then I would cache the hot rows with a short time to live.",
    "Yes.",
    "Yes.",
)
PLAN = Plan(type="fundamentals", exercises=0, questions=4, seed=3, candidate="Jane Doe")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")


def skeleton(transcript: Transcript) -> str:
    """The transcript without what may differ: times and ids."""
    return re.sub(r'"at":"[^"]*"', "", transcript.to_jsonl())


async def hold(settings: Settings, plan: Plan, interview_id: str, says: tuple[str, ...] = SAYS) -> Transcript:
    async with open_interview(settings, interview_id, plan=plan) as interview:
        await interview.start()
        for said in says:
            await interview.reply(said)
        return await interview.transcript()


async def test_a_turn_holds_one_reply_and_at_most_one_utterance(settings: Settings) -> None:
    transcript = await hold(settings, PLAN, "one")
    replies = [e.turn for e in transcript.entries if isinstance(e, ReplyEntry)]
    utterances = [e.turn for e in transcript.entries if isinstance(e, UtteranceEntry)]
    assert replies == list(range(len(SAYS) + 1))
    assert utterances == list(range(1, len(SAYS) + 1))
    assert [e.sequence for e in transcript.entries] == list(range(len(transcript.entries)))


async def test_sentences_come_before_the_whole_reply_and_make_it_up(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        pieces = [piece async for piece in interview.start()]
    assert len(pieces) > 2
    assert all(isinstance(piece, str) for piece in pieces[:-1])
    assert isinstance(pieces[-1], Reply)
    assert " ".join(str(piece) for piece in pieces[:-1]) == pieces[-1].text


async def test_saying_the_same_twice_is_two_turns(settings: Settings) -> None:
    transcript = await hold(settings, PLAN, "twice", ("Yes.", "Yes.", "Yes."))
    assert [e.text for e in transcript.entries if isinstance(e, UtteranceEntry)] == ["Yes.", "Yes.", "Yes."]


async def test_the_same_seed_gives_the_same_transcript_and_another_seed_another(settings: Settings) -> None:
    first, second = await hold(settings, PLAN, "a"), await hold(settings, PLAN, "b")
    other = await hold(settings, PLAN.model_copy(update={"seed": 4}), "c")
    assert skeleton(first) == skeleton(second)
    assert [r.text for r in first.replies().values()] != [r.text for r in other.replies().values()]


async def test_opening_anew_for_every_turn_gives_the_same_transcript(settings: Settings) -> None:
    whole = await hold(settings, PLAN, "whole")
    async with open_interview(settings, "pieces", plan=PLAN) as interview:
        await interview.start()
    for said in SAYS:
        async with open_interview(settings, "pieces") as interview:
            repeated = await interview.start()
            assert repeated == interview.progress.last_reply
            await interview.reply(said)
            pieces = await interview.transcript()
    assert skeleton(pieces) == skeleton(whole)


async def test_two_hundred_interleaved_interviews_equal_the_same_run_alone(settings: Settings) -> None:
    plans = {f"i{n}": PLAN.model_copy(update={"seed": n % 10}) for n in range(200)}
    says = SAYS[:4]
    async with open_house(settings):
        alone = {
            n: skeleton(await hold(settings, PLAN.model_copy(update={"seed": n}), f"alone{n}", says)) for n in range(10)
        }
        limit = asyncio.Semaphore(40)

        async def held(interview_id: str, plan: Plan) -> str:
            async with limit:
                return skeleton(await hold(settings, plan, interview_id, says))

        together = await asyncio.gather(*(held(interview_id, plan) for interview_id, plan in plans.items()))
    for (_, plan), transcript in zip(plans.items(), together, strict=True):
        assert transcript == alone[plan.seed]


async def test_two_windows_on_one_interview_take_turns(settings: Settings) -> None:
    async with open_interview(settings, "shared", plan=PLAN) as one, open_interview(settings, "shared") as two:
        await one.start()
        await asyncio.gather(one.reply("Yes, I'm ready."), two.reply("Could you repeat that?"))
        transcript = await one.transcript()
    assert sorted(e.turn for e in transcript.entries if isinstance(e, ReplyEntry)) == [0, 1, 2]
    assert sorted(e.turn for e in transcript.entries if isinstance(e, UtteranceEntry)) == [1, 2]


async def test_finishing_closes_judges_and_can_be_repeated(settings: Settings) -> None:
    async with open_interview(settings, "done", plan=PLAN) as interview:
        await interview.start()
        await interview.reply("Yes.")
        report = await interview.finish()
        assert await interview.finish() == report
        assert interview.progress.is_ended
        with pytest.raises(InterviewEnded):
            await interview.reply("One more thing.")
    async with open_library(settings) as library:
        assert await library.get_report("done") == report
        assert [record.is_ended for record in await library.list_interviews()] == [True]


async def test_silence_earns_no_number_above_the_lowest_band(settings: Settings) -> None:
    async with open_interview(settings, "silent", plan=PLAN) as interview:
        await interview.start()
        for _ in range(6):
            await interview.reply("")
        report = await interview.finish()
    assert all(axis.level in (None, 1) for axis in report.axes.values())
    assert report.gaps


async def test_code_without_an_exercise_is_refused_and_nothing_is_recorded(settings: Settings) -> None:
    async with open_interview(settings, "early", plan=PLAN) as interview:
        await interview.start()
        before = await interview.transcript()
        with pytest.raises(BadSubmission, match="no exercise"):
            await interview.submit_code("x = 1", "python")
        assert await interview.transcript() == before


async def test_another_owner_finds_nothing(settings: Settings) -> None:
    await hold(settings, PLAN, "mine", ())
    with pytest.raises(NotFound):
        async with open_interview(settings, "mine", owner="stranger"):
            pass
    async with open_library(settings, owner="stranger") as library:
        assert await library.list_interviews() == ()
        with pytest.raises(NotFound):
            await library.get_transcript("mine")
        with pytest.raises(NotFound):
            await library.delete_interview("mine")


async def test_deleting_leaves_neither_entries_nor_working_state(settings: Settings) -> None:
    await hold(settings, PLAN, "gone")
    async with open_library(settings) as library:
        await library.delete_interview("gone")
        with pytest.raises(NotFound):
            await library.get_transcript("gone")
    async with open_interview(settings, "gone", plan=PLAN) as interview:
        assert interview.progress.turn == -1
        assert (await interview.transcript()).entries == ()


async def test_an_utterance_left_without_its_reply_gets_it_on_opening(settings: Settings) -> None:
    """What a process killed after the utterance was written leaves behind."""
    async with open_interview(settings, "cut", plan=PLAN) as interview:
        await interview.start()
        stream = interview.reply("Yes, I'm ready.")
        await anext(aiter(stream))
        await _close(aiter(stream))
    async with open_interview(settings, "cut") as interview:
        owed = await interview.start()
        assert owed.turn == 1
        transcript = await interview.transcript()
    assert skeleton(transcript) == skeleton(await hold(settings, PLAN, "uncut", SAYS[:1]))


async def _close(stream: AsyncIterator[object]) -> None:
    await stream.aclose()  # type: ignore[attr-defined]
