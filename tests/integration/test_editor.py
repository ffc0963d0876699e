"""The editor is watched: changes are kept, and who is stuck for long is offered help, once, then hints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interviewlab.bootstrap import open_house
from interviewlab.interview import STUCK_S, Interview
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.replaying import replay
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.settings import Settings
from interviewlab.types import InterviewRecord, NoteEntry, Plan, RunResult, SnapshotEntry

PLAN = Plan(type="coding", seed=5, exercises=1, minutes=30)


async def test_a_quiet_editor_is_noticed_and_replayed_alike(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    async with open_house(Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")) as house:
        sandbox = ScriptedSandbox([RunResult(outcome="ok")])
        adapters = replace(house.adapters, clock=lambda: now[0], sandbox=sandbox)
        record = InterviewRecord(id="quiet", owner="local", plan=PLAN, created_at=now[0], updated_at=now[0])
        await adapters.store.create_interview(record)
        interview = Interview(record, Cast(house.brain, house.bank, PLAN), adapters)
        await interview.start()
        assert not await interview.watch_editor("x = 1", "python"), "no exercise yet"
        await interview.reply("Yes, let's start.")
        exercise = interview.exercise
        assert exercise is not None
        assert not await interview.watch_editor("def f(): ...", "python")
        now[0] += timedelta(seconds=STUCK_S + 1)
        assert not await interview.watch_editor("def f(): pass", "python"), "the code moved"
        now[0] += timedelta(seconds=STUCK_S - 1)
        assert not await interview.watch_editor("def f(): pass", "python")
        now[0] += timedelta(seconds=2)
        assert await interview.watch_editor("def f(): pass", "python")
        offer = await interview.offer_help()
        assert offer.move == "clarify"
        assert "hint" in offer.text
        assert not await interview.watch_editor("def f(): pass", "python"), "it was just spoken"
        now[0] += timedelta(seconds=STUCK_S)
        assert await interview.watch_editor("def f(): pass", "python")
        hint = await interview.offer_help()
        assert exercise.hints[0] in hint.text
        await interview.run_code("def f(): pass", "python")
        transcript = await interview.transcript()
        turns = [turn async for turn in replay(transcript, house.brain, house.bank)]
    assert [(entry.code, entry.is_run) for entry in transcript.entries if isinstance(entry, SnapshotEntry)] == [
        ("def f(): ...", False),
        ("def f(): pass", False),
        ("def f(): pass", True),
    ]
    assert [turn.differences for turn in turns] == [()] * len(turns)
    log = [e for e in transcript.entries if isinstance(e, NoteEntry) and e.topic == "debug"]
    assert len(log) == len(transcript.replies())
    assert all("Yes" not in str(entry.data) for entry in log), "nobody's words stand in the log"
    assert sum(log[-1].data["context_chars"].values()) < 20_000  # type: ignore[union-attr,arg-type,misc]
