"""A reply prepared while the candidate may still go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from interviewlab.errors import SpeechFailed
from interviewlab.types import Progress, Speech, Utterance
from interviewlab.voice.rehearsal import Rehearsal

LONG = "This sentence is long enough to be the only one."


@dataclass
class Replies:
    """An interview that answers by a table, each sentence when it is let go."""

    table: dict[str, list[str]]
    progress: Progress = field(default_factory=Progress)
    asked: list[str] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def rehearse(self, utterance: Utterance) -> AsyncIterator[str]:
        self.asked.append(utterance.text)
        for number, sentence in enumerate(self.table[utterance.text]):
            if number:
                await self.go_on.wait()
            yield sentence


@dataclass
class Mouth:
    """Two pieces a sentence, the second when it is let go; breaks off or says nothing as it is told."""

    breaks: bool = False
    fails: bool = False
    said: list[str] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    name: str = "scripted"
    voice: str = "one"
    voices: tuple[str, ...] = ("one",)
    sample_rate: int = 24_000

    async def synthesize(self, text: str) -> AsyncIterator[Speech]:
        self.said.append(text)
        if self.fails:
            raise SpeechFailed("No voice.", "Type.")
        yield Speech(pcm=b"\0\0", sample_rate=24_000, text=text)
        await self.go_on.wait()
        if self.breaks:
            raise SpeechFailed("Broken off.", "Type.")
        yield Speech(pcm=b"\1\0", sample_rate=24_000)

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        return

    async def aclose(self) -> None:
        return


def rehearsal(table: dict[str, list[str]], mouth: Mouth | None = None) -> tuple[Rehearsal, Replies, Mouth]:
    replies, voice = Replies(table), mouth or Mouth()
    made: Any = replies  # it is asked for nothing else
    return Rehearsal(made, voice), replies, voice


async def sound_of(prepared: Rehearsal, sentence: str) -> list[bytes]:
    return [piece.pcm async for piece in prepared.sounds(sentence)]


async def test_a_sentence_begins_to_sound_with_its_first_piece() -> None:
    prepared, _, mouth = rehearsal({"a": [LONG]})
    assert await asyncio.wait_for(prepared.ready("a"), 1) == LONG
    sounding = prepared.sounds(LONG)
    assert (await anext(sounding)).text == LONG
    mouth.go_on.set()
    assert [piece.pcm async for piece in sounding] == [b"\1\0"]
    assert await sound_of(prepared, LONG) == []


async def test_a_short_sentence_is_followed_by_another_and_a_long_one_by_none() -> None:
    prepared, replies, mouth = rehearsal({"a": ["Okay.", LONG, "And more of it."]})
    mouth.go_on.set()
    replies.go_on.set()
    assert await prepared.ready("a") == "Okay."
    assert len(await sound_of(prepared, LONG)) == 2
    assert mouth.said == ["Okay.", LONG]


async def test_who_waits_for_what_is_thrown_away_waits_no_longer_and_is_given_nothing() -> None:
    prepared, replies, _ = rehearsal({"a": [LONG], "b": [LONG]}, Mouth())
    waiting = asyncio.create_task(prepared.ready("a"))
    await asyncio.sleep(0)
    prepared.drop()
    assert await asyncio.wait_for(waiting, 1) == ""
    prepared.begin("b")
    prepared.drop()
    assert await asyncio.wait_for(prepared.ready("b"), 1) == LONG
    assert replies.asked[-1] == "b"


async def test_the_same_words_in_the_next_turn_are_not_answered_as_in_the_last() -> None:
    prepared, replies, mouth = rehearsal({"I don't know.": [LONG]})
    mouth.go_on.set()
    assert await prepared.ready("I don't know.") == LONG
    prepared.take()
    replies.table = {"I don't know.": ["Another long enough sentence for it."]}
    assert await prepared.ready("I don't know.") == "Another long enough sentence for it."


async def test_what_a_turn_listens_to_is_not_thrown_away_by_other_words() -> None:
    prepared, replies, mouth = rehearsal({"a": ["Okay.", LONG], "b": [LONG]})
    mouth.go_on.set()
    assert await prepared.ready("a") == "Okay."
    prepared.take()
    prepared.begin("b")
    assert await prepared.ready("b") == LONG
    (task,) = prepared._taken
    assert not task.done()
    replies.go_on.set()
    await asyncio.wait_for(task, 1)
    assert await prepared.ready("b") == LONG
    prepared.close()


async def test_a_turn_that_was_taken_meanwhile_leaves_no_first_sentence() -> None:
    prepared, replies, _ = rehearsal({"a": [LONG]})
    prepared.begin("a")
    waiting = asyncio.create_task(prepared.ready("a"))
    await asyncio.sleep(0)
    replies.progress = Progress(turn=replies.progress.turn + 1)
    assert await asyncio.wait_for(waiting, 1) == ""


async def test_a_sound_that_breaks_off_is_told_and_one_that_never_came_is_asked_for_again() -> None:
    prepared, _, mouth = rehearsal({"a": [LONG]}, Mouth(breaks=True))
    mouth.go_on.set()
    await prepared.ready("a")
    with pytest.raises(SpeechFailed):
        await sound_of(prepared, LONG)
    silent, _, _ = rehearsal({"a": [LONG]}, Mouth(fails=True))
    assert await asyncio.wait_for(silent.ready("a"), 1) == LONG
    assert await sound_of(silent, LONG) == []


async def test_nothing_is_begun_once_it_is_closed() -> None:
    prepared, replies, _ = rehearsal({"a": [LONG]})
    prepared.close()
    assert await asyncio.wait_for(prepared.ready("a"), 1) == ""
    assert replies.asked == []
