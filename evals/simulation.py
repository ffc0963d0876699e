"""Whole interviews with simulated candidates, and the set of transcripts that they leave."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.candidates import LEVELS, Persona, SimulatedCandidate, Speaker, WrittenSpeaker
from evals.results import write_text
from interviewlab.errors import BadInput, BadTranscript
from interviewlab.settings import Settings
from interviewlab.transcripts import read_lines, read_transcript
from interviewlab.types import AXES, IS_HALF, InterviewType, Plan, Question, Transcript, find_half

LONGEST_TURNS = 80
"""An interview that goes on longer is ended by the candidate."""
MANIFEST = "manifest.jsonl"
MARKED = (*AXES, "overall")
"""What people may have marked an interview on."""


class NoTranscripts(BadInput):
    """A folder that is there and holds none."""


@dataclass(frozen=True)
class Truth:
    """One transcript of a set: its file, and what is known about who speaks in it and from where."""

    id: str
    file: str
    level: int | None
    truth: str
    """Where the level comes from."""
    manner: str = "plain"
    behaviour: str = "cooperative"
    type: str = "mixed"
    seed: int = 0
    turns: int = 0
    licence: str = "GPL-3.0-or-later"
    split: str = ""
    source: str = field(default="", repr=False)
    axes: Mapping[str, float] = field(default_factory=dict, repr=False)
    """What people gave each axis and the whole ("overall"), as shares of full marks."""


@dataclass(frozen=True)
class Held:
    """A finished interview."""

    persona: Persona
    transcript: Transcript


async def hold(settings: Settings, persona: Persona, plan: Plan, speaker: Speaker | None = None) -> Held:
    """One interview from greeting to farewell, kept nowhere."""
    # These cost seconds to import: --help does without.
    from interviewlab.bootstrap import open_interview

    candidate = SimulatedCandidate(persona, speaker or WrittenSpeaker(persona))
    async with open_interview(settings, persona.name, owner="evals", plan=plan) as interview:
        reply = await interview.start()
        while not reply.ended and reply.turn < LONGEST_TURNS:
            line = await candidate.answer(reply, interview.exercise)
            if "say" in line:
                reply = await interview.reply(str(line["say"]))
            elif "submit" in line:
                reply = await interview.submit_code(str(line["submit"]), str(line["language"]))
            else:
                break
        await interview.finish()
        return Held(persona, await interview.transcript())


def plan_for(persona: Persona, kind: InterviewType, questions: int = 3) -> Plan:
    """A plan of its own for each seed."""
    exercises = 1 if kind in ("mixed", "coding") else 0
    plan = Plan(type=kind, questions=questions, exercises=exercises, seed=persona.seed, language=persona.language)
    return plan.model_copy(update={"candidate": "Sam Field"})


class Quarters:
    """Settings with a data folder that is gone afterwards."""

    def __init__(self, settings: Settings) -> None:
        self._folder = TemporaryDirectory(prefix="interviewlab-simulate-")
        fresh = {"data_dir": Path(self._folder.name), "database_url": ""}
        self.settings = settings.model_copy(update=fresh)

    def __enter__(self) -> Settings:
        return self.settings

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def write_transcript(folder: Path, held: Held, truth: str, kind: str) -> Truth:
    """A gzip'd transcript.jsonl, the same bytes for the same entries; its line of the manifest."""
    persona = held.persona
    name = f"{persona.name}.jsonl.gz"
    folder.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(held.transcript.to_jsonl().encode(), mtime=0)
    (folder / name).write_bytes(packed)
    return Truth(
        id=persona.name,
        file=name,
        level=persona.true_level,
        truth=truth,
        manner=persona.manner,
        behaviour=persona.behaviour,
        type=kind,
        seed=persona.seed,
        turns=len(held.transcript.replies()),
    )


def write_manifest(folder: Path, truths: Sequence[Truth]) -> None:
    """One line a transcript."""
    lines = (json.dumps(asdict(truth), ensure_ascii=False) for truth in truths)
    write_text(folder / MANIFEST, "".join(line + "\n" for line in lines))


@dataclass(frozen=True)
class Recorded:
    """A transcript that was read, with what is known about it; ``problem`` says why it could not be."""

    truth: Truth
    transcript: Transcript | None
    problem: str = ""
    questions: tuple[Question, ...] = ()
    """Those that came with the transcript and are in no bank."""


def read_transcripts(path: Path, limit: int | None = None) -> list[Recorded]:
    """A folder of transcripts, with or without a manifest, or one file; what cannot be read carries its problem.

    Raises NoTranscripts for a folder without any, BadInput where there is no folder.
    """
    folder = path if path.is_dir() else path.parent
    listed = [each if isinstance(each, Recorded) else _read(folder, each) for each in islice(_listed(path), limit)]
    if not listed:
        raise NoTranscripts(
            f"The folder {path} holds no transcripts.",
            "Name one with .jsonl or .jsonl.gz files; `judge --map` reads other ones.",
        )
    return listed


def _listed(path: Path) -> Iterator[Truth | Recorded]:
    if path.is_file():
        yield _unknown(path.parent, path)
    elif not path.is_dir():
        raise BadInput(f"There is no folder {path}.", "Name a folder of transcripts.")
    elif (path / MANIFEST).is_file():
        yield from _manifest(path / MANIFEST)
    else:
        files = sorted(file for pattern in ("*.jsonl", "*.jsonl.gz") for file in path.rglob(pattern))
        yield from (_unknown(path, file) for file in files)


def _unknown(folder: Path, file: Path) -> Truth:
    name = str(file.relative_to(folder))
    return Truth(id=name.removesuffix(".gz").removesuffix(".jsonl"), file=name, level=None, truth="")


def _manifest(path: Path) -> Iterator[Truth | Recorded]:
    seen: dict[str, int] = {}
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            try:
                yield _truth(line, number, seen)
            except (ValueError, TypeError, RecursionError) as error:
                nobody = Truth(id=f"line {number}", file="", level=None, truth="")
                yield Recorded(nobody, None, f"{path}, line {number}: {error}")


def _truth(line: str, number: int, seen: dict[str, int]) -> Truth:
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object.")
    if (half := find_half(line, value)) is not None:
        raise ValueError(f"field '{half}': {IS_HALF}.")
    for name in ("id", "file"):
        if not isinstance(value.get(name), str):
            raise ValueError(f"field '{name}': is missing or no text.")
    known = {each.name for each in fields(Truth)}
    truth = Truth(**{"level": None, "truth": ""} | {name: each for name, each in value.items() if name in known})
    if truth.level is not None and truth.level not in LEVELS:
        raise ValueError(f"field 'level': {truth.level} is outside its scale (1 to 5).")
    _check_marks(truth.axes)
    if seen.setdefault(truth.id, number) != number:
        raise ValueError(f"field 'id': '{truth.id}' is already the id of line {seen[truth.id]}.")
    return truth


def _check_marks(axes: Any) -> None:
    if not isinstance(axes, dict):
        raise ValueError("field 'axes': is no object of an axis and its mark.")
    for name, mark in axes.items():
        if name not in MARKED:
            raise ValueError(f"field 'axes.{name}': there is no such axis; one of {', '.join(MARKED)}.")
        if isinstance(mark, bool) or not isinstance(mark, int | float) or not 0 <= mark <= 1:
            raise ValueError(f"field 'axes.{name}': the human score {mark} is outside its scale (0 to 1).")


def _read(folder: Path, truth: Truth) -> Recorded:
    path = folder / truth.file
    try:
        transcript = read_transcript(path, truth.id)
        if not transcript.replies():
            return Recorded(truth, None, f"{path}: holds no reply.")
    except (BadTranscript, BadInput) as error:
        return Recorded(truth, None, str(error))
    return Recorded(truth, transcript)
