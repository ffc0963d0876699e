"""Foreign files taken apart into interviews, each with its turns and their places; nothing is understood yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.foreign_map import ForeignMap
from evals.sources import SUFFIXES, RawRow, Unusable, list_from_cell, read_rows, say_place

FOREIGN = (*SUFFIXES, ".jsonl.gz")
"""How the files end that are looked for in a folder."""
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where something stands: ``line`` is 0 in a file that is one value; ``path`` leads to it from there."""

    file: Path
    line: int = 0
    path: str = ""

    def inside(self, *steps: object) -> Place:
        """A place further in."""
        return Place(self.file, self.line, ".".join([self.path, *map(str, steps)]).strip("."))

    def say_where(self) -> str:
        """File and line."""
        return say_place(str(self.file), self.line)

    def say(self, unusable: Unusable) -> str:
        """A sentence that names file, line and field."""
        place = self.say_where()
        name = self.inside(unusable.field).path if unusable.field else self.path
        return f"{place}, field '{name}': {unusable.what}" if name else f"{place}: {unusable.what}"


@dataclass
class RawTalk:
    """One interview as it stands: its fields, its turns, or why it cannot be used."""

    place: Place
    id: str
    fields: Fields = field(default_factory=dict)
    turns: list[tuple[Place, Fields]] = field(default_factory=list)
    problem: str = ""


def list_files(path: Path) -> list[Path]:
    """The files of a folder that may hold transcripts, or the one file."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(FOREIGN))


def read_talks(file: Path, how: ForeignMap) -> Iterator[RawTalk]:
    """The interviews of a file, in order. What cannot be read is one with a problem. Raises BadInput."""
    rows = read_rows(file)
    if how.turns:
        talks = _from_records(file, rows, how)
    elif file.suffix.lower() == ".json":
        talks = _from_turns(file, map(_refuse_object, rows), how)
    else:
        talks = _from_turns(file, rows, how)
    is_empty = True
    for talk in talks:
        is_empty = False
        yield talk
    if is_empty:
        yield RawTalk(Place(file), _stem(file), problem=Place(file).say(Unusable(None, "holds no turn.")))


def find(fields: Fields, key: str) -> Any:
    """What stands under a key, which may lead into objects by dots; None where nothing does."""
    if key in fields:
        return fields[key]
    head, _, rest = key.partition(".")
    inner = fields.get(head)
    return find(inner, rest) if rest and isinstance(inner, dict) else None


def _refuse_object(row: RawRow) -> RawRow:
    """A file of turns is a list; an object that holds them has to be opened by its key."""
    if row.place or isinstance(row.fields, Unusable):
        return row
    return RawRow(0, Unusable(None, f"is one object; name its list of turns (--map turns=KEY): {_lists(row.fields)}."))


def _lists(fields: Fields) -> str:
    lists = (name for name, value in fields.items() if isinstance(list_from_cell(value), list))
    return ", ".join(lists) or "it has no list"


def _place(file: Path, row: RawRow) -> Place:
    """An element of a JSON list has no line of its own: it is named by its position, as by a path."""
    if file.suffix.lower() == ".json" and not isinstance(row.fields, Unusable):
        return Place(file, 0, str(row.place - 1) if row.place else "")
    return Place(file, row.place)


def _stem(file: Path) -> str:
    return file.name.removesuffix(".gz").removesuffix(file.suffix).removesuffix(".jsonl")


def _from_records(file: Path, rows: Iterator[RawRow], how: ForeignMap) -> Iterator[RawTalk]:
    """Each row is an interview with a list of turns."""
    for row in rows:
        place = _place(file, row)
        name = _stem(file) if row.place in (0, 1) else f"{_stem(file)}-{row.place}"
        if isinstance(row.fields, Unusable):
            yield RawTalk(place, name, problem=place.say(row.fields))
            continue
        talk = RawTalk(place, _id_of(row.fields, how) or name, row.fields)
        try:
            talk.turns = _turns(place, row.fields, how)
        except Unusable as unusable:
            talk.problem = place.say(unusable)
        yield talk


def _turns(place: Place, fields: Fields, how: ForeignMap) -> list[tuple[Place, Fields]]:
    turns = list_from_cell(find(fields, how.turns))
    if turns is None:
        raise Unusable(how.turns, f"is missing; the lists here: {_lists(fields)}.")
    if not isinstance(turns, list):
        raise Unusable(how.turns, "is no list of turns.")
    for number, turn in enumerate(turns):
        if not isinstance(turn, dict):
            raise Unusable(f"{how.turns}.{number}", "is no object with speaker and text.")
    return [(place.inside(how.turns, number), turn) for number, turn in enumerate(turns)]


def _id_of(fields: Fields, how: ForeignMap) -> str:
    given = find(fields, how.interview)
    return "" if given is None else str(given)


def _from_turns(file: Path, rows: Iterator[RawRow], how: ForeignMap) -> Iterator[RawTalk]:
    """Each row is a turn; those of one interview belong together wherever they stand."""
    talks: dict[str, RawTalk] = {}
    lost: list[RawTalk] = []
    for row in rows:
        place = _place(file, row)
        if isinstance(row.fields, Unusable):
            lost.append(RawTalk(place, f"{_stem(file)}, row {row.place}", problem=place.say(row.fields)))
            continue
        id = _id_of(row.fields, how) or _stem(file)
        talk = talks.setdefault(id, RawTalk(place, id))
        talk.fields = {**row.fields, **{name: value for name, value in talk.fields.items() if value is not None}}
        talk.turns.append((place, row.fields))
    if lost and list(talks) == [_stem(file)]:
        # The file is one interview, and not all of it could be read.
        talks[_stem(file)].problem = lost.pop().problem
    yield from (*talks.values(), *lost)
