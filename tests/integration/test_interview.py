"""The hall: turns are recorded once, survive their process, and never get mixed up."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house, open_interview, open_library
from interviewlab.brains.scripted import ScriptedBrain
from interviewlab.errors import AlreadyAnswered, BadSubmission, InterviewBusy, InterviewEnded, NotFound
from interviewlab.interview import Interview, utc_now
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.ownership import Ownership
from interviewlab.settings import Settings
from interviewlab.types import Decision, Plan, Reply, ReplyEntry, Transcript, UtteranceEntry

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


async def test_a_hundred_interleaved_interviews_equal_the_same_run_alone(settings: Settings) -> None:
    plans = {f"i{n}": PLAN.model_copy(update={"seed": n % 10}) for n in range(100)}
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


async def test_an_answer_sent_again_is_no_second_turn_and_gets_the_same_reply(settings: Settings) -> None:
    async with open_interview(settings, "again", plan=PLAN) as one, open_interview(settings, "again") as other:
        await one.start()
        first, second = await asyncio.gather(*(each.reply(SAYS[0], answers_turn=0) for each in (one, other)))
        assert first == second
        before = await one.transcript()
        assert await other.reply(SAYS[0], answers_turn=0) == first
        assert await one.transcript() == before
        assert (await one.reply(SAYS[0], answers_turn=first.turn)).turn == first.turn + 1


async def test_a_second_answer_to_the_same_reply_is_refused_and_nothing_is_recorded(settings: Settings) -> None:
    async with open_interview(settings, "two", plan=PLAN) as one, open_interview(settings, "two") as other:
        await one.start()
        await one.reply(SAYS[0], answers_turn=0)
        before = await one.transcript()
        for stale in (0, 2):
            with pytest.raises(AlreadyAnswered, match="gone on"):
                await other.reply(SAYS[1], answers_turn=stale)
        with pytest.raises(AlreadyAnswered):
            await other.submit_code("print(1)", "python", answers_turn=0)
        assert await one.transcript() == before
        assert (await other.reply(SAYS[1], answers_turn=1)).turn == 2
        await one.finish()
        with pytest.raises(InterviewEnded):
            await other.reply(SAYS[2], answers_turn=2)


async def test_a_second_answer_beside_one_left_open_is_refused_once(settings: Settings) -> None:
    await _leave_open(settings, "beside", UtteranceEntry(sequence=100, turn=1, at=utc_now(), text="I'm ready."))
    async with open_interview(settings, "beside") as interview:
        with pytest.raises(AlreadyAnswered):
            await interview.reply("Yes, let's begin.", answers_turn=0)
        assert interview.progress.turn == 1
        assert (await interview.reply("Yes, let's begin.", answers_turn=1)).turn == 2


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
    await _leave_open(settings, "cut", UtteranceEntry(sequence=3, turn=1, at=utc_now(), text=SAYS[0]))
    async with open_interview(settings, "cut") as interview:
        owed = await interview.start()
        assert owed.turn == 1
        transcript = await interview.transcript()
    assert skeleton(transcript) == skeleton(await hold(settings, PLAN, "uncut", SAYS[:1]))


async def test_saying_again_what_was_left_open_is_the_same_turn(settings: Settings) -> None:
    await _leave_open(settings, "again", UtteranceEntry(sequence=3, turn=1, at=utc_now(), text="Let's stop here."))
    async with open_interview(settings, "again") as interview:
        reply = await interview.reply("Let's stop here.")
        assert (reply.turn, reply.ended) == (1, True)


async def test_a_turn_goes_on_when_nobody_listens_to_its_end(settings: Settings) -> None:
    async with open_interview(settings, "left", plan=PLAN) as interview:
        async for _ in interview.start():
            break
        reply = await interview.reply("Yes, I'm ready.")
        assert reply.turn == 1


async def test_a_reply_can_be_awaited_after_it_was_listened_to(settings: Settings) -> None:
    async with open_interview(settings, "both", plan=PLAN) as interview:
        stream = interview.start()
        pieces = [piece async for piece in stream]
        assert await stream == pieces[-1]


async def test_finishing_before_the_start_greets_closes_and_says_there_is_nothing(settings: Settings) -> None:
    async with open_interview(settings, "unstarted", plan=PLAN) as interview:
        report = await interview.finish()
        assert interview.progress.is_ended
        assert report.overall.score is None
        assert (await interview.transcript()).plan == PLAN
        with pytest.raises(InterviewEnded):
            await interview.reply("Hello?")


async def test_a_lost_checkpoint_is_made_anew_from_the_record(settings: Settings) -> None:
    whole = await hold(settings, PLAN, "whole", SAYS)
    await hold(settings, PLAN, "lost", SAYS[:4])
    for path in settings.data_dir.glob("checkpoints.sqlite*"):
        path.unlink()
    async with open_interview(settings, "lost") as interview:
        assert (await interview.start()).turn == 4
        for said in SAYS[4:]:
            await interview.reply(said)
        assert skeleton(await interview.transcript()) == skeleton(whole)


async def test_a_lost_checkpoint_follows_what_was_asked_though_the_rules_changed(settings: Settings) -> None:
    async with open_house(settings) as house, open_interview(settings, "ruled", plan=PLAN) as interview:
        planned = await _asked(interview, SAYS[:3])
        asked = [each.id for each in house.bank.questions if each.id not in planned][:3]
        script = [(Decision(move="greet", phase="intro"), "Welcome under other rules.")]
        script += [(Decision(move="ask", phase="technical", question_id=each), f"About {each}?") for each in asked]
        record = await house.adapters.store.get_interview("ruled", "local")
        await house.adapters.store.create_interview(record.model_copy(update={"id": "kept"}))
        before = Interview(
            record.model_copy(update={"id": "kept"}), Cast(ScriptedBrain(script), house.bank, PLAN), house.adapters
        )
        assert await _asked(before, SAYS[:3]) == asked
        await house.adapters.conversation.forget("kept")
        async with open_interview(settings, "kept") as again:
            reply = await again.start()
            assert (reply.question_id, reply.brain, reply.text) == (asked[-1], "scripted", f"About {asked[-1]}?")
            assert again.progress.asked == tuple(asked)
            assert again.progress.model_copy(update={"ability": before.progress.ability}) == before.progress


async def _asked(interview: Interview, says: tuple[str, ...]) -> list[str | None]:
    """The question that each reply but the greeting is about."""
    await interview.start()
    return [(await interview.reply(said)).question_id for said in says]


async def test_who_lost_the_interview_to_another_window_writes_nothing(settings: Settings) -> None:
    quick = settings.model_copy(update={"turn_lock_s": 0.2})
    async with open_house(quick) as house, open_interview(quick, "taken", plan=PLAN) as interview:
        await interview.start()
        before = await interview.transcript()
        ownership = Ownership(house.adapters.store, "taken", 0.2)
        other = Ownership(house.adapters.store, "taken", 60.0)
        async with ownership.hold():
            time.sleep(0.3)  # noqa: ASYNC251 the whole process stands still: no renewal, the lock expires
            async with other.hold():
                with pytest.raises(InterviewBusy):
                    await ownership.confirm()
        assert await interview.transcript() == before


async def test_who_lost_the_interview_for_a_turn_does_not_go_on_from_what_was_before(settings: Settings) -> None:
    quick = settings.model_copy(update={"turn_lock_s": 0.2})
    async with open_house(quick) as house, open_interview(quick, "borrowed", plan=PLAN) as interview:
        await interview.start()
        ownership = Ownership(house.adapters.store, "borrowed", 0.2)
        async with ownership.hold():
            time.sleep(0.3)  # noqa: ASYNC251 the whole process stands still: no renewal, the lock expires
            await interview.reply("Yes, I'm ready.")
            await asyncio.sleep(0.3)
            with pytest.raises(InterviewBusy):
                await ownership.confirm()
        await interview.reply("I don't know.")


async def test_who_slept_while_nobody_came_still_owns_the_interview(settings: Settings) -> None:
    async with open_house(settings) as house:
        ownership = Ownership(house.adapters.store, "alone", 0.2)
        async with ownership.hold():
            time.sleep(0.3)  # noqa: ASYNC251 as above
            await ownership.confirm()
            assert not await house.adapters.store.acquire("alone", "another", 1.0)


async def test_words_that_are_no_text_are_recorded_as_far_as_they_go(settings: Settings) -> None:
    transcript = await hold(settings, PLAN, "odd", ("half \ud800 a pair", "a line\u2028and another"))
    assert next(e.text for e in transcript.entries if isinstance(e, UtteranceEntry)) == "half ? a pair"
    again = Transcript.from_jsonl(transcript.to_jsonl().split("\n"), interview_id="odd")
    assert again == transcript


async def test_an_answer_in_another_script_is_judged_without_a_crash(settings: Settings) -> None:
    async with open_interview(settings, "script", plan=PLAN) as interview:
        await interview.start()
        await interview.reply("Yes.")
        await interview.reply("Я бы посмотрел на план запроса, потому что он показывает, используется ли индекс.")
        await interview.reply("… … …")
        report = await interview.finish()
    assert report.axes["communication"].score is not None


async def test_deleting_everything_leaves_no_word_on_the_disk(settings: Settings) -> None:
    secret = "Wintermute and Neuromancer"
    async with open_house(settings):
        await hold(settings, PLAN.model_copy(update={"candidate": secret}), "secret", (f"I worked with {secret}.",))
        async with open_library(settings) as library:
            await library.delete_everything()
            assert await library.list_interviews() == ()
        for path in settings.data_dir.iterdir():
            assert secret.encode() not in path.read_bytes(), path.name


async def test_the_shelf_opens_beside_a_broken_bank(settings: Settings, tmp_path: Path) -> None:
    await hold(settings, PLAN, "kept", ())
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "broken.yaml").write_text("id: broken\n")
    async with open_library(settings.model_copy(update={"bank_dir": tmp_path / "own"})) as library:
        assert [record.id for record in await library.list_interviews()] == ["kept"]


async def _leave_open(settings: Settings, interview_id: str, entry: UtteranceEntry) -> None:
    """Start an interview and write an utterance that no turn answers."""
    async with open_house(settings) as house, open_interview(settings, interview_id, plan=PLAN) as interview:
        await interview.start()
        await house.adapters.store.append(interview_id, [entry])
