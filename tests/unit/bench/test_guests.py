from __future__ import annotations

import asyncio

from interviewlab.bench.guests import find_said_twice, was_refused
from interviewlab.voice.livekit_call import PICK_UP
from interviewlab.voice.livekit_candidate import CommandFailed
from interviewlab.voice.livekit_commands import REFUSED

REPLIES = {0: "Hello. Are you ready?", 1: "Fine. What is a lock?", 2: "Fine. And a latch?"}


def test_what_two_replies_have_may_sound_twice() -> None:
    assert find_said_twice(["Hello.", "Are you ready?", "Fine.", "Are you still there?", "Fine."], REPLIES) == []


def test_a_reply_that_sounds_again_is_counted_by_its_sentences() -> None:
    assert find_said_twice(["Hello.", "Are you ready?", "Hello.", "Are you ready?"], REPLIES) == [
        "Hello.",
        "Are you ready?",
    ]


def test_the_reply_after_picking_up_may_be_repeated_and_no_other() -> None:
    said = ["Hello.", "Fine.", "What is a lock?", PICK_UP, "Fine.", "What is a lock?", "Hello."]
    assert find_said_twice(said, REPLIES) == ["Hello."]


def test_words_of_the_repeated_reply_may_come_again_in_a_later_one_that_has_them_too() -> None:
    replies = {**REPLIES, 2: "Right.", 3: "Fine. And a latch?"}
    said = ["Hello.", "Fine.", PICK_UP, "Fine.", "What is a lock?", "Right.", "Fine.", "And a latch?"]
    assert find_said_twice(said, replies) == []
    assert find_said_twice([*said, "Fine."], replies) == ["Fine."]
    assert find_said_twice([*said[:5], "Fine.", "And a latch?", "Fine."], REPLIES) == ["Fine."]


async def test_only_a_command_that_the_agent_turned_down_was_in_vain() -> None:
    async def fail(code: int) -> str:
        raise CommandFailed(code, "no")

    refused, late = (asyncio.create_task(fail(code)) for code in (REFUSED, 1502))
    assert not was_refused(refused)
    await asyncio.wait([refused, late])
    assert was_refused(refused)
    assert not was_refused(late)
