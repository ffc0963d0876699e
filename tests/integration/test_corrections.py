"""A misheard answer is mended by a new entry; what was heard stays, and grading reads the mended words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house, open_interview
from interviewlab.errors import BadInput, NotFound
from interviewlab.interview import Interview
from interviewlab.llm.scripted import ScriptedChat
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.settings import Settings
from interviewlab.types import CorrectedEntry, NoteEntry, Plan, Utterance, UtteranceEntry, Word

PLAN = Plan(type="fundamentals", exercises=0, questions=1, seed=3)
MISHEARD = "Quick salt is fast in the cash but it has a bad worst case of end squared."
SAID = "Quicksort is fast in the cache but it has a bad worst case of n squared."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")


async def answered(interview: Interview) -> int:
    await interview.start()
    await interview.reply("Yes, I'm ready.")
    return (await interview.reply(Utterance(text=MISHEARD, source="voice"))).turn


async def test_a_correction_is_an_entry_of_its_own_and_the_grader_quotes_it(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        turn = await answered(interview)
        await interview.correct(turn, f"  {SAID} ")
        transcript = await interview.transcript()
        report = await interview.finish()
    heard = [e.text for e in transcript.entries if isinstance(e, UtteranceEntry) and e.turn == turn]
    mended = [(e.of_turn, e.text, e.by) for e in transcript.entries if isinstance(e, CorrectedEntry)]
    assert heard == [MISHEARD]
    assert mended == [(turn, SAID, "candidate")]
    quotes = [item.quote for axis in report.axes.values() for item in axis.evidence if getattr(item, "quote", None)]
    assert any(quote in SAID and quote not in MISHEARD for quote in quotes)
    assert not [quote for quote in quotes if quote not in SAID and quote in MISHEARD]


async def test_what_careful_ears_heard_gives_way_to_the_candidates_own_words(settings: Settings) -> None:
    again = Utterance(text="Quick sort is fast.", source="voice", words=(Word(text="Quick", start_s=0.0, end_s=0.2),))
    async with open_interview(settings, plan=PLAN) as interview:
        turn = await answered(interview)
        await interview.hear_again(turn, again)
        await interview.correct(turn, SAID)
        await interview.hear_again(turn, again)
        transcript = await interview.transcript()
    by = [(e.by, e.text) for e in transcript.entries if isinstance(e, CorrectedEntry)]
    assert by == [("ears", again.text), ("candidate", SAID)]


@pytest.mark.parametrize(("turn", "text", "error"), [(99, SAID, NotFound), (2, "   ", BadInput)])
async def test_nothing_is_corrected_into_nothing(
    settings: Settings, turn: int, text: str, error: type[Exception]
) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        await answered(interview)
        with pytest.raises(error):
            await interview.correct(turn, text)


async def test_what_happens_beside_the_turns_is_noted_and_takes_none(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        turn = await answered(interview)
        await interview.note("nudge", "Take your time.")
        after = await interview.reply("I would measure it.")
        transcript = await interview.transcript()
    notes = [(e.topic, e.text) for e in transcript.entries if isinstance(e, NoteEntry) and e.topic == "nudge"]
    assert notes == [("nudge", "Take your time.")]
    assert after.turn == turn + 1


async def test_a_rehearsed_reply_is_the_one_that_is_given_and_leaves_no_trace(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        await answered(interview)
        before = (await interview.transcript()).entries
        rehearsed = [sentence async for sentence in interview.rehearse(Utterance(text="Merge sort is stable."))]
        assert (await interview.transcript()).entries == before
        given = await interview.reply(Utterance(text="Merge sort is stable."))
    assert " ".join(" ".join(rehearsed).split()) == " ".join(given.text.split())


async def test_only_what_is_put_on_the_table_is_read_ahead_and_nothing_for_a_reply_that_may_never_be_given(
    settings: Settings,
) -> None:
    read: list[str] = []
    async with open_house(settings) as house, open_interview(settings, "read", plan=PLAN):
        adapters = replace(house.adapters, read_ahead=lambda question: read.append(question.id))
        record = await house.adapters.store.get_interview("read", "local")
        interview = Interview(record, Cast(house.brain, house.bank, PLAN), adapters)
        await interview.start()
        await interview.warm_up()
        ready = Utterance(text="Yes, I'm ready.")
        assert [piece async for piece in interview.rehearse(ready)]
        assert read == []
        asked = (await interview.reply(ready)).question_id
        assert read == [asked]
        await interview.reply("Could you repeat the question?")
        assert read == [asked]


async def test_a_model_is_asked_once_though_the_words_that_come_as_a_turn_have_times(settings: Settings) -> None:
    said = "Merge sort is stable."
    model = ScriptedChat(lambda chat: word_as_told(chat.system, chat.user))
    async with open_interview(settings, plan=PLAN, model=model) as interview:
        await answered(interview)
        rehearsed = [piece async for piece in interview.rehearse(Utterance(text=said, source="voice"))]
        asked = len(model.asked)
        words = tuple(Word(text=word, start_s=n, end_s=n + 0.5) for n, word in enumerate(said.split()))
        given = await interview.reply(Utterance(text=said, source="voice", words=words))
    assert " ".join(rehearsed) == given.text
    assert given.brain.startswith("llm:scripted")
    assert len(model.asked) == asked
