"""Transcripts of other tools as ours: a folder or a file, read by a map, with what people thought of each interview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from evals.agreement import to_level
from evals.bank import bank_used
from evals.dataset import Text
from evals.foreign_files import Place, RawTalk, find, list_files, read_talks
from evals.foreign_map import OF_INTERVIEW, ForeignMap, Mark
from evals.foreign_turns import NO_DATE, Misplaced, TurnReader, fold_questions, parse_named, plain, to_entries
from evals.simulation import MARKED, NoTranscripts, Recorded, Truth
from evals.sources import Unusable, list_from_cell
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity
from interviewlab.types import Band, Entry, InterviewType, NoteEntry, Plan, Question, Transcript

PEOPLE = "people's marks, as the files say"


def _each(value: Any) -> Any:
    """The marks of several people stand in a list."""
    marks = list_from_cell(value)
    return [plain(mark) for mark in marks if mark is not None] if isinstance(marks, list) else [plain(value)]


Marks = Annotated[list[Mark], BeforeValidator(_each)]


class _About(BaseModel):
    """What is known about a whole interview."""

    model_config = ConfigDict(extra="ignore")
    level: Annotated[Band | None, BeforeValidator(plain)] = None
    type: InterviewType | None = None
    truth: Text | None = None
    licence: Text | None = None
    source: Text | None = None
    split: Text | None = None
    communication: Marks = []
    technical_knowledge: Marks = []
    problem_solving: Marks = []
    code_quality: Marks = []
    testing: Marks = []
    overall: Marks = []


def read_foreign(path: Path, how: ForeignMap, limit: int | None = None) -> list[Recorded]:
    """The interviews of a folder or a file by a map; what cannot be used carries its problem: file, line and field.

    Raises NoTranscripts for a folder without any, BadInput where there is nothing of that name.
    """
    if not path.exists():
        raise BadInput(f"There is no file or folder {path}.", "Name transcripts.")
    files = list_files(path)
    if not files:
        raise NoTranscripts(f"The folder {path} holds no transcripts.", "Name one with .json, .jsonl or .csv files.")
    bank = bank_used()
    reader = _ForeignReader(how, bank.questions, Rarity(bank.answers))
    return list(islice(reader.read(files, path if path.is_dir() else path.parent), limit))


def read_one(path: Path, how: ForeignMap, interview: str = "") -> Transcript:
    """One interview of a file, chosen by its id where there are several. Raises BadInput."""
    if path.is_dir():
        raise BadInput(f"{path} is a folder.", "Name one file; `judge` takes folders of transcripts.")
    read = read_foreign(path, how)
    chosen = [each for each in read if interview in ("", each.truth.id)]
    if not chosen or (not interview and len(chosen) > 1):
        ids = ", ".join(each.truth.id for each in read[:10]) + (", …" if len(read) > 10 else "")
        what = f"no interview '{interview}'" if interview else f"{len(read)} interviews"
        raise BadInput(f"{path} holds {what}.", f"Choose one by --interview: {ids}.")
    if chosen[0].transcript is None:
        raise BadInput(chosen[0].problem, "Mend the file or the map and try again.")
    return chosen[0].transcript


class _ForeignReader:
    """Reads by one map; no id is used twice."""

    def __init__(self, how: ForeignMap, known: Iterable[Question], rarity: Rarity) -> None:
        self._how = how
        self._rarity = rarity
        self._known = fold_questions(known)
        self._seen: dict[str, Place] = {}

    def read(self, files: Iterable[Path], folder: Path) -> Iterator[Recorded]:
        """Every interview, in order of the files."""
        for file in files:
            try:
                for talk in read_talks(file, self._how):
                    yield self._recorded(talk, str(file.relative_to(folder)))
            except BadInput as error:
                yield Recorded(_nobody(file.name, file.name), None, str(error))

    def _recorded(self, talk: RawTalk, file: str) -> Recorded:
        nobody = _nobody(talk.id, file)
        if talk.problem:
            return Recorded(nobody, None, talk.problem)
        turns = TurnReader(self._how, self._known, self._rarity)
        try:
            if (before := self._seen.setdefault(talk.id, talk.place)) is not talk.place:
                raise Unusable(self._how.interview, f"'{talk.id}' is already the id of {before.say_where()}.")
            about = self._about(talk)
            truth = _to_truth(nobody, about, self._how.scale)
            entries = tuple(to_entries(turns.read(talk)))
        except Unusable as unusable:
            return Recorded(nobody, None, talk.place.say(unusable))
        except Misplaced as misplaced:
            return Recorded(nobody, None, str(misplaced))
        told = Transcript(interview_id=talk.id, entries=(*_plan(about), *entries))
        return Recorded(truth, told, "", tuple(turns.questions.values()))

    def _about(self, talk: RawTalk) -> _About:
        how = self._how
        named = {name: how.fixed.get(name, find(talk.fields, getattr(how, name))) for name in OF_INTERVIEW}
        about = parse_named(_About, named, how)
        low, high = how.scale
        for name in MARKED:
            mark = next((mark for mark in getattr(about, name) if not low <= mark <= high), None)
            if mark is not None:
                what = f"the human score {mark:g} is outside its scale ({low:g} to {high:g}; --map scale=LOW..HIGH)."
                raise Unusable(getattr(how, name), what)
        return about


def _nobody(id: str, file: str) -> Truth:
    return Truth(id=id, file=file, level=None, truth="", type="", licence="")


def _to_truth(nobody: Truth, about: _About, scale: tuple[float, float]) -> Truth:
    """Marks as shares of their scale, the mean where several people gave one.

    The level is the nearest one to the overall mark, where none is given.
    """
    low, high = scale
    given = {name: fmean(marks) for name in MARKED if (marks := getattr(about, name))}
    axes = {name: round((mark - low) / (high - low), 6) for name, mark in given.items()}
    level = about.level
    if level is None and "overall" in axes:
        level = 1 + to_level(axes["overall"])
    return Truth(
        id=nobody.id,
        file=nobody.file,
        level=level,
        truth=about.truth or (PEOPLE if level is not None or axes else ""),
        type=about.type or "",
        licence=about.licence or "",
        split=about.split or "",
        source=about.source or "",
        axes=axes,
    )


def _plan(about: _About) -> Iterator[Entry]:
    """Where the type of the interview is known: a rubric may weigh its axes by it."""
    if about.type is not None:
        data = {"plan": Plan(type=about.type).model_dump(mode="json")}
        yield NoteEntry(sequence=0, turn=0, at=NO_DATE, topic="plan", data=data)
