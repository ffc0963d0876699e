"""Manners of the voice: whoever types, thinks, goes on, says nothing or is not understood. Real time, no weights."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import groupby
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_interview
from interviewlab.errors import SpeechFailed
from interviewlab.interview import Interview
from interviewlab.settings import Settings
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth
from interviewlab.types import CorrectedEntry, NoteEntry, Plan, Speech, Utterance, UtteranceEntry
from interviewlab.voice.events import Caption, StateChange, TurnTaken, VoiceTrouble
from interviewlab.voice.patience import SILENCES
from interviewlab.voice.session import BROKEN, UNHEARD
from interviewlab.voice.silence import LINES
from tests.integration.spoken import Call, babble, call

PLAN = Plan(type="fundamentals", exercises=0, questions=4, seed=3, candidate="Jane Doe")
ANSWER = "I would look at the access patterns first because that decides the index."
QUICK = 0.004


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")


def turns(held: Call) -> list[int]:
    return [event.turn for event in held.events if isinstance(event, TurnTaken)]


async def greeted(held: Call) -> None:
    await held.until(lambda: held.is_sounding)
    await held.until(lambda: not held.is_sounding)


async def utterances(interview: Interview) -> list[tuple[str, str]]:
    entries = (await interview.transcript()).entries
    return [(entry.text, entry.source) for entry in entries if isinstance(entry, UtteranceEntry)]


async def test_a_typed_answer_takes_the_spoken_words_before_it_along_and_is_answered_aloud(settings: Settings) -> None:
    ears, mouth = ScriptedEars(["The formula is"]), ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, mouth, "patient") as held:
            await greeted(held)
            held.say(babble(1.2))
            await held.until(lambda: any(isinstance(e, Caption) and "formula" in e.text for e in held.events))
            await held.session.say("n log n, by the master theorem.")
            await held.until(lambda: turns(held) == [0, 1])
            await held.until(lambda: held.is_sounding)
            await asyncio.sleep(3.0)
        assert await utterances(interview) == [("The formula is n log n, by the master theorem.", "typed")]
        reply = (await interview.transcript()).replies()[1].text
    assert " ".join(mouth.said).endswith(reply)
    assert turns(held) == [0, 1]


async def asked_for_time(held: Call) -> None:
    """The first thing that is said is "hold on", and that is understood."""
    await greeted(held)
    held.say(babble(1.2))
    await held.until(lambda: StateChange(state="held") in held.events)


async def test_asking_for_time_takes_no_turn_and_its_words_belong_to_the_answer(settings: Settings) -> None:
    whole = f"Hold on, let me think. {ANSWER}"
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars(["Hold on, let me think.", whole]), ScriptedMouth(QUICK)) as held:
            await asked_for_time(held)
            await asyncio.sleep(2.0)
            assert turns(held) == [0]
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
        assert await utterances(interview) == [(whole, "voice")]
    asked, answered = held.events.index(StateChange(state="held")), held.events.index(final_words(whole))
    assert StateChange(state="listening") in held.events[asked:answered]


async def test_hold_after_asking_for_time_is_no_answer_when_it_is_taken_back(settings: Settings) -> None:
    whole = f"Hold on, let me think. {ANSWER}"
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars(["Hold on, let me think.", whole]), ScriptedMouth(QUICK)) as held:
            await asked_for_time(held)
            held.session.hold(True)
            held.session.hold(False)
            await asyncio.sleep(1.0)
            assert turns(held) == [0]
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
        assert await utterances(interview) == [(whole, "voice")]


@pytest.mark.parametrize("is_held", [True, False])
async def test_what_was_said_when_the_call_ends_is_an_answer(settings: Settings, is_held: bool) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars([ANSWER]), ScriptedMouth(QUICK), "patient") as held:
            await greeted(held)
            if is_held:
                held.session.hold(True)
            held.say(babble(1.2))
            await held.until(lambda: bool(candidate_words(held)))
        assert await utterances(interview) == [(ANSWER, "voice")]
        assert sorted((await interview.transcript()).replies()) == [0, 1]
    assert turns(held) == [0, 1]


async def test_what_was_said_when_the_call_ends_is_no_answer_to_a_later_question(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars([ANSWER]), ScriptedMouth(QUICK), "patient") as held:
            await greeted(held)
            held.session.hold(True)
            held.say(babble(1.2))
            await held.until(lambda: bool(candidate_words(held)))
            async with open_interview(settings, interview.id) as elsewhere:
                async for _ in elsewhere.reply("Typed on the page."):
                    pass
        assert [text for text, _ in await utterances(interview)] == ["Typed on the page."]


async def test_who_has_only_asked_for_time_when_the_call_ends_has_answered_nothing(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars(["Hold on, let me think."]), ScriptedMouth(QUICK)) as held:
            await asked_for_time(held)
        assert await utterances(interview) == []


async def test_a_short_answer_after_asking_for_time_is_answered(settings: Settings) -> None:
    asked, whole = "Hold on, let me think.", "Hold on, let me think. Quicksort."
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars([asked, asked, whole]), ScriptedMouth(QUICK)) as held:
            await greeted(held)
            for times in (1, 2):  # the second time nothing new
                held.say(babble(1.2))
                await held.until(lambda times=times: held.events.count(StateChange(state="held")) == times)
                await asyncio.sleep(0.5)
            held.say(babble(1.2))
            await held.until(lambda: turns(held) == [0, 1])
        assert await utterances(interview) == [(whole, "voice")]


async def test_who_goes_on_before_the_reply_sounds_gives_one_answer(settings: Settings) -> None:
    whole = f"I would measure first. {ANSWER}"
    mouth = ScriptedMouth(QUICK, delay_s=2.0)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars(["I would measure first.", whole, whole]), mouth) as held:
            await greeted(held)
            held.say(babble(1.0))
            await held.until(lambda: bool(candidate_words(held)))
            await asyncio.sleep(0.7)
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
        assert await utterances(interview) == [(whole, "voice")]


async def test_who_has_spoken_is_answered_though_the_line_stalls(settings: Settings) -> None:
    async with (
        open_interview(settings, plan=PLAN) as interview,
        call(interview, ScriptedEars([ANSWER]), ScriptedMouth(QUICK)) as held,
    ):
        await greeted(held)
        held.stalls = True
        held.say(babble(1.2))
        await held.until(lambda: turns(held) == [0, 1])


def final_words(text: str) -> Caption:
    return Caption(who="candidate", text=text, is_final=True)


def candidate_words(held: Call) -> list[str]:
    return [event.text for event in held.events if isinstance(event, Caption) and event.who == "candidate"]


async def test_a_reply_given_on_the_page_is_spoken_when_the_voice_catches_up(settings: Settings) -> None:
    mouth = ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars(), mouth) as held:
            await greeted(held)
            async with open_interview(settings, interview.id) as page:
                reply = await page.reply(Utterance(text=ANSWER, source="typed"))
            await held.session.catch_up()
            await held.until(lambda: " ".join(mouth.said).endswith(reply.text))
            await held.session.catch_up()
            await asyncio.sleep(1.0)
        assert sorted((await interview.transcript()).replies()) == [0, 1]
    assert " ".join(mouth.said).count(reply.text) == 1


async def test_long_silence_is_broken_gently_and_noted(settings: Settings) -> None:
    mouth = ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars(), mouth) as held:
            await greeted(held)
            await asyncio.sleep(SILENCES["brisk"].check_s / 2)
            assert LINES["check"] not in " ".join(mouth.said)
            await held.until(lambda: LINES["check"] in " ".join(mouth.said))
        entries = (await interview.transcript()).entries
    assert [(e.topic, e.text) for e in entries if isinstance(e, NoteEntry) and e.topic == "nudge"] == [
        ("nudge", LINES["check"])
    ]
    assert turns(held) == [0]


@pytest.mark.parametrize("is_there", [True, False])
async def test_who_answers_the_last_nudge_is_not_hung_up_on(settings: Settings, is_there: bool) -> None:
    mouth = ScriptedMouth(QUICK)
    async with (
        open_interview(settings, plan=PLAN) as interview,
        call(interview, ScriptedEars([ANSWER]), mouth) as held,
    ):
        await greeted(held)
        held.session._silence.taken, mouth._second_a_character = 2, 0.03
        held.session._silence.since -= SILENCES["brisk"].pause_s
        await held.until(lambda: LINES["pause"].startswith(held.captions("interviewer")[-1]))
        if is_there:
            held.say(babble(1.2))
            await held.until(lambda: turns(held) == [0, 1])
        await asyncio.sleep(4.0)
        assert held.is_hung_up is not is_there


async def test_typing_is_no_silence(settings: Settings) -> None:
    mouth = ScriptedMouth(QUICK)
    async with open_interview(settings, plan=PLAN) as interview, call(interview, ScriptedEars(), mouth) as held:
        await greeted(held)
        for _ in range(int(SILENCES["brisk"].check_s) + 2):
            held.session.typing()
            await asyncio.sleep(1.0)
        assert LINES["check"] not in " ".join(mouth.said)


async def test_careful_ears_mend_the_record_after_the_turn(settings: Settings) -> None:
    ears = ScriptedEars(["I would use a cash of results."], careful=ScriptedEars(["I would use a cache of results."]))
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, ScriptedMouth(QUICK)) as held:
            await greeted(held)
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
        await interview.aclose()
        transcript = await interview.transcript()
    mended = [entry for entry in transcript.entries if isinstance(entry, CorrectedEntry)]
    assert [(e.of_turn, e.text, e.by) for e in mended] == [(1, "I would use a cache of results.", "ears")]
    assert [word.text for word in mended[0].words] == mended[0].text.split()


async def test_a_call_ends_before_slow_careful_ears_are_done_and_the_record_is_mended(settings: Settings) -> None:
    ears = ScriptedEars([ANSWER], careful=ScriptedEars(["I would look closer."], delay_s=5.0))
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ears, ScriptedMouth(QUICK)) as held:
            await greeted(held)
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
        assert held.events[-1] == StateChange(state="ended")
        assert not [e for e in (await interview.transcript()).entries if isinstance(e, CorrectedEntry)]
    async with open_interview(settings, interview.id) as again:
        mended = [e for e in (await again.transcript()).entries if isinstance(e, CorrectedEntry)]
    assert [entry.text for entry in mended] == ["I would look closer."]


@pytest.mark.parametrize("said", ["", "Thank you, goodbye."])
async def test_who_speaks_over_the_goodbye_hears_the_rest_of_it_before_the_call_ends(
    settings: Settings, said: str
) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        await interview.start()
        while not interview.progress.is_ended:
            await interview.reply("I don't know. Next question, please.")
        last = interview.progress.last_reply
        assert last is not None
        async with call(interview, ScriptedEars([said]), ScriptedMouth(0.05)) as held:
            await held.until(lambda: held.is_sounding)
            await asyncio.sleep(2.0)
            held.say(babble(0.6))
            await held.until(lambda: not held.is_sounding, within_s=1.5)
            await held.until(lambda: StateChange(state="listening") in held.events, within_s=40.0)
            whole = " ".join(sentence for sentence, _ in groupby(held.captions("interviewer")))
        assert whole == last.text
        assert said not in [text for text, _ in await utterances(interview)]


async def test_ears_that_fail_often_are_told_aloud_each_time_and_the_interview_goes_on(settings: Settings) -> None:
    mouth = ScriptedMouth(QUICK)
    failures = [SpeechFailed("The ears broke.", "Type instead."), AttributeError(), *(TypeError() for _ in range(3))]
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars([ANSWER], failures=failures), mouth) as held:
            await greeted(held)
            for times in range(1, 6):
                held.say(babble(1.2))
                await held.until(lambda times=times: held.events.count(VoiceTrouble(sentence=UNHEARD)) == times)
                await held.until(lambda times=times: " ".join(mouth.said).count(UNHEARD) == times)
                await asyncio.sleep(1.0)
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
        assert await utterances(interview) == [(ANSWER, "voice")]


async def test_a_voice_that_breaks_is_told_and_hangs_up(settings: Settings) -> None:
    async with (
        open_interview(settings, plan=PLAN) as interview,
        call(interview, ScriptedEars(), ScriptedMouth(QUICK)) as held,
    ):
        await greeted(held)
        held.session._session.shutdown(drain=False)
        await held.until(lambda: held.is_hung_up)
        assert VoiceTrouble(sentence=BROKEN) in held.events


class MuteMouth(ScriptedMouth):
    """Never a sound."""

    async def synthesize(self, text: str) -> AsyncIterator[Speech]:
        raise SpeechFailed("The voice broke.", "Read instead.")
        yield  # pragma: no cover


async def test_a_mouth_that_fails_leaves_its_words_to_read(settings: Settings) -> None:
    async with open_interview(settings, plan=PLAN) as interview:
        async with call(interview, ScriptedEars([ANSWER]), MuteMouth()) as held:
            await held.until(lambda: bool(held.captions("interviewer")))
            held.say(babble(1.5))
            await held.until(lambda: turns(held) == [0, 1])
            await asyncio.sleep(0.5)
        said = " ".join(reply.text for _, reply in sorted((await interview.transcript()).replies().items()))
    assert " ".join(held.captions("interviewer")) == said
    assert any(isinstance(event, VoiceTrouble) for event in held.events)
