"""What reached the ear is recorded beside the reply and takes no turn."""

from __future__ import annotations

from pathlib import Path

from interviewlab.bootstrap import open_interview
from interviewlab.settings import Settings
from interviewlab.types import HeardEntry, Plan

PLAN = Plan(type="fundamentals", exercises=0, questions=2, seed=3)


async def test_heard_is_an_entry_of_its_own_and_the_interview_goes_on_as_before(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_interview(settings, plan=PLAN) as interview:
        greeting = await interview.start()
        await interview.heard(0, greeting.text[:10])
        after = await interview.reply("Yes, I'm ready.")
        transcript = await interview.transcript()
    heard = [entry for entry in transcript.entries if isinstance(entry, HeardEntry)]
    assert [(entry.of_turn, entry.text) for entry in heard] == [(0, greeting.text[:10])]
    assert after.turn == 1
    assert [entry.sequence for entry in transcript.entries] == list(range(len(transcript.entries)))
    assert transcript.replies()[0].text == greeting.text
