"""A recorded interview gives the same replies again, and what differs is shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from evals import conduct
from interviewlab.bootstrap import open_house, open_interview
from interviewlab.errors import BadTranscript
from interviewlab.replaying import ReplayedTurn, replay, transcript_of_replay
from interviewlab.settings import Settings
from interviewlab.types import MeasuredEntry, NoteEntry, Plan, ReplyEntry, Resume, SubmissionEntry, Transcript
from tests.models import minilm

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests" / "data" / "transcripts" / "example.jsonl"
RUBRIC = ROOT / "interviewlab" / "scoring" / "rubrics" / "default.yaml"
WEIGHTS = ("communication: 0.2, technical_knowledge: 0.6", "communication: 0.6, technical_knowledge: 0.2")
"""Of fundamentals, and changed."""
SAYS = ("Yes, I'm ready.", "Could you repeat the question?", "A hash table, because lookups are constant time.", "Yes.")
NOBODY = Resume(document={}, text="", source="text")
PLAN = Plan(type="fundamentals", exercises=0, questions=3, seed=11, candidate="Jane Doe")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")


async def hold(settings: Settings) -> Transcript:
    """A short interview that the candidate ends by the button."""
    async with open_interview(settings, "held", plan=PLAN) as interview:
        await interview.start()
        for said in SAYS:
            await interview.reply(said)
        await interview.finish()
        return await interview.transcript()


async def replayed(settings: Settings, transcript: Transcript, until: int | None = None) -> list[ReplayedTurn]:
    async with open_house(settings) as house:
        return [turn async for turn in replay(transcript, house.brain, house.bank, until)]


def with_reply(transcript: Transcript, turn: int, **changes: object) -> Transcript:
    entries = tuple(
        entry.model_copy(update=changes) if isinstance(entry, ReplyEntry) and entry.turn == turn else entry
        for entry in transcript.entries
    )
    return transcript.model_copy(update={"entries": entries})


def load_example() -> Transcript:
    return Transcript.from_jsonl(EXAMPLE.read_text(encoding="utf-8").splitlines(), interview_id="example")


def measured_afterwards(transcript: Transcript, turn: int) -> Transcript:
    """As if code of an early turn had been measured when the interview was over."""
    last = transcript.entries[-1]
    measured = MeasuredEntry(sequence=last.sequence + 1, turn=turn, at=last.at)
    return transcript.model_copy(update={"entries": (*transcript.entries, measured)})


async def test_a_held_interview_replays_byte_for_byte(settings: Settings) -> None:
    transcript = measured_afterwards(await hold(settings), turn=2)
    turns = await replayed(settings, transcript)
    assert [turn.turn for turn in turns] == list(range(len(SAYS) + 2))
    assert turns[-1].incoming.wants_end
    assert turns[-1].replayed.ended
    assert transcript_of_replay(transcript, turns).to_jsonl() == transcript.to_jsonl()


async def test_each_turn_shows_its_nodes_and_hands_its_state_on(settings: Settings) -> None:
    turns = await replayed(settings, await hold(settings))
    for before, after in pairwise(turns):
        assert after.before == before.after
    for turn in turns:
        assert [step.node for step in turn.steps] == ["understand", "decide", turn.replayed.move, "record"]
        assert turn.steps[2].update == {"spoken": turn.replayed.text, "authorship": None}
    assert (turns[0].before.turn, turns[0].after.turn) == (-1, 0)


async def test_a_reply_that_comes_out_differently_is_shown_field_by_field(settings: Settings) -> None:
    transcript = with_reply(await hold(settings), 2, text="What?", move="hint")
    differences = [difference for turn in await replayed(settings, transcript) for difference in turn.differences]
    assert [(d.turn, d.field, d.recorded) for d in differences] == [(2, "move", "hint"), (2, "text", "What?")]
    assert differences[0].replayed == "clarify"


async def test_until_stops_after_that_turn(settings: Settings) -> None:
    transcript = await hold(settings)
    turns = await replayed(settings, transcript, until=2)
    assert [turn.turn for turn in turns] == [0, 1, 2]
    assert max(entry.turn for entry in transcript_of_replay(transcript, turns).entries) == 2


async def test_a_turn_that_was_never_answered_is_left_out(settings: Settings) -> None:
    transcript = await hold(settings)
    cut = [e for e in transcript.entries if not (isinstance(e, ReplyEntry) and e.turn == 4) and e.turn <= 4]
    turns = await replayed(settings, transcript.model_copy(update={"entries": tuple(cut)}))
    assert [turn.turn for turn in turns] == [0, 1, 2, 3]


async def test_without_its_plan_a_transcript_cannot_be_replayed(settings: Settings) -> None:
    transcript = await hold(settings)
    bare = tuple(entry for entry in transcript.entries if not isinstance(entry, NoteEntry))
    with pytest.raises(BadTranscript, match="no plan note"):
        await replayed(settings, transcript.model_copy(update={"entries": bare}))


async def test_the_example_interview_replays_as_recorded_and_runs_no_code(tmp_path: Path) -> None:
    minilm()
    transcript = load_example()
    assert sum(isinstance(entry, SubmissionEntry) for entry in transcript.entries) == 2
    turns = await replayed(Settings(data_dir=tmp_path, embedder="minilm", sandbox="scripted"), transcript)
    assert [difference for turn in turns for difference in turn.differences] == []
    assert transcript_of_replay(transcript, turns).to_jsonl() == transcript.to_jsonl()


async def test_an_interview_that_goes_on_beyond_its_plan_replays_as_held(tmp_path: Path) -> None:
    minilm()
    settings = Settings(data_dir=tmp_path, embedder="minilm", sandbox="scripted")
    async with open_house(settings) as house:
        transcript, plan = await conduct.hold(settings, house, NOBODY, "sql", "strong", seed=5)
        turns = [turn async for turn in replay(transcript, house.brain, house.bank)]
    assert plan.allow_more
    assert len(turns[-1].after.asked) > plan.questions + 3
    assert transcript_of_replay(transcript, turns).to_jsonl() == transcript.to_jsonl()


# ---- the command


def run_replay(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INTERVIEWLAB_EMBEDDER": "scripted"}
    command = [sys.executable, "-m", "evals", "replay", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


async def test_the_command_says_how_many_turns_are_identical(settings: Settings, tmp_path: Path) -> None:
    path, out = tmp_path / "held.jsonl", tmp_path / "out"
    path.write_text((await hold(settings)).to_jsonl(), encoding="utf-8")
    done = run_replay(str(path), "--out", str(out), "--swap", "rubric=explain-first")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("identical 6 of 6 turns\n")
    result = json.loads((out / "replay.json").read_text(encoding="utf-8"))
    assert set(result["rubrics"]) == {"default", "explain-first"}
    assert (out / "transcript.jsonl").read_bytes() == path.read_bytes()


async def test_a_rubric_that_kept_the_name_of_the_planned_one_is_shown_beside_it(
    settings: Settings, tmp_path: Path
) -> None:
    path, mine = tmp_path / "held.jsonl", tmp_path / "mine.yaml"
    path.write_text((await hold(settings)).to_jsonl(), encoding="utf-8")
    mine.write_text(RUBRIC.read_text(encoding="utf-8").replace(*WEIGHTS))
    done = run_replay(str(path), "--swap", f"rubric={mine}", "--json")
    rubrics = json.loads(done.stdout)["rubrics"]
    assert set(rubrics) == {"default", str(mine)}
    assert rubrics["default"]["overall"] != rubrics[str(mine)]["overall"]


async def test_the_command_ends_with_status_1_where_something_differs(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "held.jsonl"
    path.write_text(with_reply(await hold(settings), 1, text="Who are you?").to_jsonl(), encoding="utf-8")
    done = run_replay(str(path), "--until", "2", "--json")
    assert done.returncode == 1
    assert "recorded: Who are you?" in done.stderr
    result = json.loads(done.stdout)
    assert (result["turns"], result["identical"]) == (3, 2)
    assert result["differences"][0]["recorded"] == "Who are you?"


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        ("", (), "holds no reply"),
        ('{"sequence": 0}', (), "line 1: field 'kind'"),
        (None, (), "cannot be read"),
        (EXAMPLE.read_text(encoding="utf-8"), ("--swap", "rubric=nice"), "There is no rubric 'nice'"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    tmp_path: Path, content: str | None, more: tuple[str, ...], says: str
) -> None:
    path = tmp_path / "transcript.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = run_replay(str(path), *more)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
