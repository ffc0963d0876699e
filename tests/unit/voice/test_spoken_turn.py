"""A turn on its way to the voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from sqlite3 import OperationalError

import pytest

from interviewlab.errors import SpeechFailed
from interviewlab.replying import ReplyStream
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Reply
from interviewlab.voice.spoken_turn import SORRY, SpokenTurn


def reply(text: str) -> Reply:
    return Reply(turn=1, text=text, move="ask", phase="technical", brain="scripted")


async def listen(turn: SpokenTurn, most: int = 9) -> list[str]:
    heard = []
    async for sentence in turn.sentences():
        heard.append(sentence.strip())
        if len(heard) == most:
            break
    return heard


async def test_a_voice_that_was_silenced_begins_again_with_the_first_sentence() -> None:
    go_on = asyncio.Event()

    async def stream() -> AsyncGenerator[str | Reply, None]:
        yield "First."
        await go_on.wait()
        yield "Second."
        yield reply("First. Second.")

    turn = SpokenTurn()
    taking = asyncio.create_task(turn.take(ReplyStream(stream(), set())))
    assert await listen(turn, most=1) == ["First."]
    again = [asyncio.create_task(listen(turn)) for _ in range(2)]
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(*again) == [["First.", "Second."]] * 2
    assert await taking is None
    assert (await turn.reply) == reply("First. Second.")
    assert await listen(turn) == ["First.", "Second."]


async def test_a_voice_that_was_silenced_for_nothing_goes_on_with_the_sentence_that_was_cut() -> None:
    async def stream() -> AsyncGenerator[str | Reply, None]:
        yield "Of course."
        yield "First. Second. Third."
        yield reply("Of course. First. Second. Third.")

    turn = SpokenTurn()
    await turn.take(ReplyStream(stream(), set()))
    turn.said = "Of course. First. Sec"
    assert turn.heard == "Of course. First. Sec"
    turn.again()
    assert await listen(turn) == ["Second.", "Third."]
    turn.again()
    assert await listen(turn) == ["Second.", "Third."]
    turn.said = "Second. Third."
    assert turn.heard == "Of course. First. Second. Third."
    turn.again()
    assert await listen(turn) == []


@pytest.mark.parametrize("failure", [SpeechFailed("The line broke.", "Try again."), OperationalError("disk I/O")])
async def test_a_turn_that_fails_says_so(failure: Exception) -> None:
    async def stream() -> AsyncGenerator[str | Reply, None]:
        yield "First."
        raise failure

    turn = SpokenTurn()
    assert await turn.take(ReplyStream(stream(), set())) is failure
    assert " ".join(await listen(turn)) == f"First. {SORRY}"
    assert await turn.reply is None


async def test_what_was_rehearsed_sounds_before_the_turn_is_taken_and_once() -> None:
    async def stream() -> AsyncGenerator[str | Reply, None]:
        yield "First. Second."
        yield "Third."
        yield reply("First. Second. Third.")

    turn = SpokenTurn()
    turn.presume("First.")
    answered_at = turn.marks.answered_at
    assert await listen(turn, most=1) == ["First."]
    assert await turn.take(ReplyStream(stream(), set())) is None
    assert await listen(turn) == ["First.", "Second.", "Third."]
    assert turn.marks.answered_at == answered_at
    assert turn.misspoken == ""


async def test_what_sounded_and_is_no_part_of_the_reply_is_known() -> None:
    async def stream() -> AsyncGenerator[str | Reply, None]:
        yield "Another. First."
        yield reply("Another. First.")

    turn = SpokenTurn()
    turn.presume("First.")
    await turn.take(ReplyStream(stream(), set()))
    assert await listen(turn) == ["First.", "Another.", "First."]
    assert turn.misspoken == "First."


async def test_a_turn_that_fails_after_it_was_begun_says_so() -> None:
    async def stream() -> AsyncGenerator[str | Reply, None]:
        raise SpeechFailed("The disk is full.", "Make room.")
        yield ""

    turn = SpokenTurn()
    turn.presume("First.")
    assert isinstance(await turn.take(ReplyStream(stream(), set())), SpeechFailed)
    assert await listen(turn) == ["First.", *split_sentences(SORRY)]
    assert turn.misspoken == "First."
