"""``python -m evals replay``: a recorded interview through the graph again, compared turn by turn."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evals.engine import open_engine
from evals.foreign_map import parse_foreign_map
from evals.foreign_talks import read_one
from evals.options import DryRun, EngineName, Interview, TalkNames, Workers
from evals.telling import tell
from interviewlab.brains.recorded_brain import RecordedBrain
from interviewlab.errors import BadInput
from interviewlab.settings import Settings, read_settings
from interviewlab.transcripts import read_transcript as read_file
from interviewlab.types import MODEL_NOTE, NoteEntry, Plan, Report, Transcript, Usage

if TYPE_CHECKING:
    from interviewlab.judging import Bench
    from interviewlab.ports import Brain
    from interviewlab.replaying import ReplayedTurn


def replay(
    transcript: Annotated[Path, typer.Argument(help="A transcript.jsonl, or a file of another tool with --map.")],
    out: Annotated[Path | None, typer.Option(help="Folder for replay.json and the replayed transcript.jsonl.")] = None,
    until: Annotated[int | None, typer.Option(min=0, help="Replay up to and with this turn.")] = None,
    swap: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT=NAME", help="What if: rubric=NAME, brain=bank|recorded|llm|local, prompt=FILE."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print replay.json to standard output.")] = False,
    seed: Annotated[int | None, typer.Option(help="What if the plan had another seed.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Replay the first N turns only.")] = None,
    dry_run: DryRun = False,
    engine: EngineName = "local",
    workers: Workers = None,
    names: TalkNames = None,
    interview: Interview = "",
) -> None:
    """Give the recorded words to a fresh interviewer, and compare moves and texts turn by turn.

    Code is not run again: its recorded results count. Brains: bank is the embedded one, recorded says what was said,
    llm and local speak through the language model of the settings. prompt=FILE is, for the embedded brain, another
    phrases.yaml; for a language model another interviewer.md (llm) or phrase.md (local). A rubric changes the judgement
    alone. Exit status 1 when something differs though nothing was swapped.

    With --map (see `judge --help`) the transcript of another tool is replayed: the same answers, given to our
    interviewer. The two then differ by nature, and that is no failure.
    """
    swaps = parse_swaps(swap or ())
    how = parse_foreign_map(names or ())
    record = with_plan(read_one(transcript, how, interview)) if how else read_transcript(transcript)
    last = _last_turn(record, until, limit)
    if dry_run:
        result = _expect(len(_turns_until(record, last)), swaps)
        tell(to_lines(result), result, as_json=as_json)
        return
    with open_engine(engine, workers) as where:
        work = where.map(partial(_begin_replaying, read_settings(), last, swaps), [_with_seed(record, seed)])
        result, replayed = next(work)
    if out is not None:
        _write(out, result, replayed)
    tell(to_lines(result), result, as_json=as_json)
    if result["identical"] < result["turns"] and not swaps.changes_talk and seed is None and how is None:
        raise typer.Exit(1)


def _expect(turns: int, swaps: Swaps) -> dict[str, Any]:
    """A language model is asked once a turn, at most; what that costs depends on its prices."""
    calls = turns if swaps.brain == "llm" else 0
    return {"dry_run": True, "turns": turns, "calls": calls, "cost_usd": None if calls else 0.0}


MODELS = {"llm": "interviewer", "local": "phrase"}
"""Brains that speak through a language model, and the prompt of each."""


@dataclass(frozen=True)
class Swaps:
    """What is exchanged for a what-if."""

    rubric: str | None = None
    brain: str = "bank"
    prompt: Path | None = None

    @property
    def changes_talk(self) -> bool:
        """Whether the interviewer may say something else by design."""
        return self.prompt is not None or self.brain in MODELS


def parse_swaps(pairs: Sequence[str]) -> Swaps:
    """``WHAT=NAME`` of the command line. Raises BadInput."""
    swaps = Swaps()
    for pair in pairs:
        what, _, name = pair.partition("=")
        match what:
            case "rubric" if name:
                swaps = replace(swaps, rubric=name)
            case "brain" if name in ("bank", "recorded", *MODELS):
                swaps = replace(swaps, brain=name)
            case "prompt" if name:
                swaps = replace(swaps, prompt=Path(name))
            case _:
                raise BadInput(
                    f"--swap {pair} is not understood.",
                    "Write rubric=NAME, brain=bank, brain=recorded, brain=llm, brain=local or prompt=FILE.",
                )
    return swaps


def _turns_until(record: Transcript, last: int | None) -> list[int]:
    return [turn for turn in sorted(record.replies()) if last is None or turn <= last]


def _last_turn(record: Transcript, until: int | None, limit: int | None) -> int | None:
    if limit is None:
        return until
    counted = sorted(record.replies())[:limit][-1]
    return counted if until is None else min(counted, until)


def _with_seed(record: Transcript, seed: int | None) -> Transcript:
    """The transcript as if its plan had this seed; None leaves it as it is."""
    if seed is None:
        return record
    plan = get_plan_data(record)
    entries = tuple(
        entry.model_copy(update={"data": {**entry.data, "plan": {**plan, "seed": seed}}})
        if isinstance(entry, NoteEntry) and entry.topic == "plan"
        else entry
        for entry in record.entries
    )
    return record.model_copy(update={"entries": entries})


def with_plan(record: Transcript) -> Transcript:
    """The transcript with the plan that an interview has by default, where it tells none."""
    if record.plan is not None:
        return record
    plan = {"plan": Plan().model_dump(mode="json")}
    note = NoteEntry(sequence=0, turn=0, at=record.entries[0].at, topic="plan", data=plan)
    return record.model_copy(update={"entries": (note, *record.entries)})


def get_plan_data(record: Transcript) -> dict[str, Any]:
    """The plan as it was noted. Raises BadTranscript where there is none."""
    from interviewlab.replaying import get_plan

    return get_plan(record).model_dump(mode="json")


def read_transcript(path: Path) -> Transcript:
    """Raises BadInput, BadTranscript naming file, line and field."""
    record = read_file(path)
    if not record.replies():
        raise BadInput(f"{path} holds no reply to compare with.", "Name the transcript of an interview that began.")
    return record


def _begin_replaying(
    settings: Settings, until: int | None, swaps: Swaps
) -> Callable[[Transcript], tuple[dict[str, Any], Transcript]]:
    return lambda record: asyncio.run(_replay(settings, record, until, swaps))


async def _replay(
    settings: Settings, record: Transcript, until: int | None, swaps: Swaps
) -> tuple[dict[str, Any], Transcript]:
    # These cost seconds to import: --help does without.
    from interviewlab.bootstrap import open_house
    from interviewlab.replaying import replay, transcript_of_replay

    with TemporaryDirectory(prefix="interviewlab-replay-") as folder, _wording(swaps):
        async with open_house(_settings_of(settings, swaps, Path(folder))) as house:
            brain: Brain = RecordedBrain(record) if swaps.brain == "recorded" else house.brain
            turns = [turn async for turn in replay(record, brain, house.bank, until)]
            replayed = transcript_of_replay(record, turns)
            result = to_result(record, turns, brain.name, house.adapters.fallbacks)
            if swaps.rubric is not None:
                result["rubrics"] = await _judge(house.adapters.bench, replayed, swaps.rubric)
    return result, replayed


def _settings_of(settings: Settings, swaps: Swaps, folder: Path) -> Settings:
    """Nothing is kept and nothing run; the brain is the one that was asked for, whatever the environment names.

    Raises BadInput for a prompt that a language model could not be given.
    """
    brain = swaps.brain if swaps.brain in MODELS else "bank"
    fresh = {"data_dir": folder, "database_url": "", "sandbox": "scripted", "brain": brain}
    if swaps.prompt is not None and brain in MODELS:
        from interviewlab.llm.prompts import read_prompt

        read_prompt(MODELS[brain], swaps.prompt)
        (folder / f"{MODELS[brain]}.md").write_bytes(swaps.prompt.read_bytes())
        fresh["prompts_dir"] = folder
    return settings.model_copy(update=fresh)


def _wording(swaps: Swaps) -> AbstractContextManager[None]:
    from interviewlab.brains.phrases import phrases_from

    return phrases_from(swaps.prompt) if swaps.prompt and swaps.brain not in MODELS else nullcontext()


async def _judge(bench: Bench, replayed: Transcript, rubric: str) -> dict[str, Any]:
    """Scores of the replayed interview under the rubric it was held with and under another: by name, or as they were
    asked for where both have one name."""
    from interviewlab.judging import judge_transcript
    from interviewlab.scoring.rubric import load_rubric

    planned = replayed.plan.rubric if replayed.plan else "default"
    rubrics = [load_rubric(name) for name in (planned, rubric)]
    reports = [await judge_transcript(bench, replayed, chosen) for chosen in rubrics]
    names = [chosen.name for chosen in rubrics]
    told = names if len(set(names)) == len(names) else (planned, rubric)
    return {name: _scores(report) for name, report in zip(told, reports, strict=True)}


def _scores(report: Report) -> dict[str, float | None]:
    return {"overall": report.overall.score, **{name: axis.score for name, axis in report.axes.items()}}


def to_result(
    record: Transcript, turns: Sequence[ReplayedTurn], brain: str, fallbacks: Sequence[str]
) -> dict[str, Any]:
    """The whole of ``replay.json``."""
    return {
        "transcript": record.interview_id,
        "brain": brain,
        "fallbacks": list(fallbacks),
        "turns": len(turns),
        "identical": sum(not turn.differences for turn in turns),
        "differences": [asdict(difference) for turn in turns for difference in turn.differences],
        "rubrics": None,
        "usage": _usage(turns),
    }


def _usage(turns: Sequence[ReplayedTurn]) -> dict[str, Any]:
    """What a language model took, as its turns noted it."""
    notes = (entry for turn in turns for entry in turn.entries if isinstance(entry, NoteEntry))
    used = (Usage.model_validate(note.data["usage"]) for note in notes if note.topic == MODEL_NOTE)
    return sum(used, Usage()).model_dump()


def to_lines(result: dict[str, Any]) -> Iterator[str]:
    """The result for a reader."""
    if result.get("dry_run"):
        told = f"at most {result['calls']} calls" if result["calls"] else "no call, 0 USD"
        yield f"{result['turns']} turns, {told}"
        return
    yield from result["fallbacks"]
    for difference in result["differences"]:
        yield f"turn {difference['turn']}, {difference['field']}:"
        yield f"  recorded: {difference['recorded']}"
        yield f"  replayed: {difference['replayed']}"
    yield f"identical {result['identical']} of {result['turns']} turns"
    if (used := result["usage"])["calls"]:
        yield f"{used['calls']} calls, {used['tokens_in']} tokens in, {used['tokens_out']} out"
    for name, scores in (result["rubrics"] or {}).items():
        yield f"rubric {name}: " + ", ".join(f"{axis} {_number(score)}" for axis, score in scores.items())


def _number(score: float | None) -> str:
    return "not enough evidence" if score is None else f"{score:.2f}"


def _write(out: Path, result: dict[str, Any], replayed: Transcript) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "replay.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (out / "transcript.jsonl").write_text(replayed.to_jsonl(), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The folder {out} cannot be written ({error.strerror}).", "Name another with --out.") from error
