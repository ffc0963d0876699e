"""The dataset: rows in, samples out; a row that cannot be used is a problem with its place and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Annotated, Any, Protocol

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from evals.sources import SUFFIXES, RawRow, Unusable, count_rows, list_from_cell, read_rows, say_place
from interviewlab.errors import BadInput, say_invalid
from interviewlab.scoring.reference import points_from_pairs, points_from_reference, points_from_rubric
from interviewlab.scoring.text import Rarity
from interviewlab.types import IS_HALF, KeyPoint, has_half

REFERENCES = 1024
"""Reference answers whose key points are remembered, so that memory stays flat."""
CRITERIA = ("rubric", "key_points", "reference")
"""What an answer can be graded by; the first that a row has counts."""
LISTS = ("key_points", "scores")
"""Fields that hold a list."""
NUMBERS = ("score", "full")
"""Fields that hold a number."""
PLACEHOLDERS = frozenset(
    (
        "no response",
        "empty response",
        "no submission",
        "empty submission",
        "no answer",
        "not answered",
        "your answer here",
        "n/a",
        "none",
        "blank",
        "empty",
    )
)
"""What examiners and systems write where nothing was handed in."""


@dataclass(frozen=True)
class Problem:
    """A row that cannot be used: file, line and field named. ``line`` is 0 for the file as a whole."""

    file: str
    line: int
    field: str | None
    what: str

    def __str__(self) -> str:
        place = say_place(self.file, self.line)
        return f"{place}, field '{self.field}': {self.what}" if self.field else f"{place}: {self.what}"


@dataclass(frozen=True)
class Sample:
    """One answer to grade: ``input`` is the question, ``target`` what a good answer says.

    ``human`` is what people gave, as a share of full marks (the mean over graders), None where nobody did.
    """

    line: int
    question_id: str
    input: str
    answer: str
    target: tuple[KeyPoint, ...]
    human: float | None = None
    is_blank: bool = False
    id: str = ""
    """The row's own id, or its line."""
    split: str = ""
    author: str = ""
    """Who wrote the answer, where the row says so (a model's name for an answer that a model wrote)."""
    marks: tuple[float, ...] = ()
    """What each person gave, as shares of full marks; ``human`` is their mean."""


@dataclass(frozen=True)
class Card:
    """Where a dataset comes from and what may be done with it."""

    name: str
    source: str = ""
    licence: str = ""
    split: str = ""
    note: str = ""


class Samples(Protocol):
    """What a runner takes: samples and problems in order, with how many there are."""

    @property
    def card(self) -> Card:
        """Provenance and licence."""

    def count(self) -> int:
        """How many rows there are to read."""

    def __iter__(self) -> Iterator[Sample | Problem]: ...


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _is_whole(text: str) -> str:
    if has_half(text):
        raise ValueError(IS_HALF)
    return text


Text = Annotated[str, BeforeValidator(_as_text), AfterValidator(_is_whole)]


class _Point(BaseModel):
    model_config = ConfigDict(extra="ignore")
    text: Text
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)


Mark = Annotated[float, Field(allow_inf_nan=False)]


class _Row(BaseModel):
    """One line as people write it; fields of other formats are passed over."""

    model_config = ConfigDict(extra="ignore")
    question: Text = Field(min_length=1)
    answer: Text | None
    reference: Text | None = None
    key_points: list[Text | _Point] | None = None
    rubric: Text | None = None
    full: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    score: Mark | None = None
    scores: list[Mark | None] | None = None
    id: Text | None = None
    question_id: Text | None = None
    blank: bool | None = None
    split: Text | None = None
    author: Text | None = None


class Dataset:
    """A file of rows, read one by one; iterating gives a Sample or a Problem for each, in order.

    Empty lines are passed over. ``rarity`` weighs the sentences of reference answers. ``names`` maps our fields to the
    columns of a foreign format; ``defaults`` fills fields that a row has not; ``split`` keeps the rows of one split,
    and those that cannot be used; ``limit`` is how many of these are given.
    """

    def __init__(
        self,
        path: Path,
        rarity: Rarity,
        limit: int | None = None,
        names: Mapping[str, str] | None = None,
        defaults: Mapping[str, Any] | None = None,
        card: Card | None = None,
        split: str = "",
    ) -> None:
        if path.is_dir():
            raise BadInput(f"{path} is a folder.", "Name one file of rows; `judge` takes folders of transcripts.")
        if not path.is_file():
            raise BadInput(f"There is no file {path}.", f"Name a file of rows ({', '.join(SUFFIXES)}).")
        _check_names(names or {})
        self.path = path
        self.card = card or Card(path.name, split=split)
        self._limit = limit
        self._names = dict(names or {})
        self._defaults = dict(defaults or {})
        self._split = split
        # Many answers are graded by one reference: weighing its words is done once.
        self._of_reference = lru_cache(maxsize=REFERENCES)(partial(points_from_reference, rarity=rarity))

    def count(self) -> int:
        """How many rows there are to read."""
        if not self._split:
            return count_rows(self.path, self._limit)
        return sum(isinstance(item, Sample) or item.line > 0 for item in self)

    def __iter__(self) -> Iterator[Sample | Problem]:
        return islice(self._items(), self._limit)

    def _items(self) -> Iterator[Sample | Problem]:
        ids: dict[str, int] = {}
        is_empty, has_split = True, not self._split
        for raw in read_rows(self.path):
            is_empty = False
            try:
                sample = self._sample(raw, ids)
            except Unusable as unusable:
                yield Problem(str(self.path), raw.place, unusable.field, unusable.what)
                continue
            if self._split in ("", sample.split):
                has_split = True
                yield sample
        if is_empty:
            yield Problem(str(self.path), 0, None, "the file has no rows.")
        elif not has_split:
            place = self._names.get("split", "split")
            yield Problem(str(self.path), 0, place, f"no row that can be used is of the split '{self._split}'.")

    def _sample(self, raw: RawRow, ids: dict[str, int]) -> Sample:
        if isinstance(raw.fields, Unusable):
            raise raw.fields
        fields = {**self._defaults, **rename(raw.fields, self._names)}
        row = _parse(_with_decimal_points(fields) if raw.has_decimal_comma else fields, self._names)
        if row.id is not None and ids.setdefault(row.id, raw.place) != raw.place:
            raise Unusable(self._names.get("id", "id"), f"'{row.id}' is already the id of line {ids[row.id]}.")
        answer, marks = row.answer or "", _marks(row, self._names)
        return Sample(
            line=raw.place,
            question_id=row.question_id or row.question,
            input=row.question,
            answer=answer,
            target=self._target(row),
            human=fmean(marks) if marks else None,
            is_blank=is_blank(answer) if row.blank is None else row.blank,
            id=row.id or str(raw.place),
            split=row.split or "",
            author=row.author or "",
            marks=marks,
        )

    def _target(self, row: _Row) -> tuple[KeyPoint, ...]:
        field = next((name for name in CRITERIA if getattr(row, name) is not None), None)
        if field is None:
            raise Unusable("reference", "one of reference, key_points or rubric is needed.")
        if not (points := self._points(row, field)):
            raise Unusable(field, "says nothing to grade by.")
        return points

    def _points(self, row: _Row, field: str) -> tuple[KeyPoint, ...]:
        if field == "rubric":
            return points_from_rubric(row.rubric or "")
        if field == "reference":
            return self._of_reference(row.reference or "", row.question)
        points = [point if isinstance(point, _Point) else _Point(text=point) for point in row.key_points or ()]
        return points_from_pairs((point.text, point.weight) for point in points)


class OfSplit:
    """The first ``limit`` samples of one split of a set, and what of the set cannot be used."""

    def __init__(self, samples: Samples, split: str, limit: int | None) -> None:
        self.card = replace(samples.card, split=split)
        self._samples, self._split, self._limit = samples, split, limit

    def count(self) -> int:
        """How many rows there are to read."""
        return sum(isinstance(item, Sample) or item.line > 0 for item in self)

    def __iter__(self) -> Iterator[Sample | Problem]:
        return islice(self._items(), self._limit)

    def _items(self) -> Iterator[Sample | Problem]:
        splits: dict[str, None] = {}
        for item in self._samples:
            if isinstance(item, Sample):
                splits.setdefault(item.split)
            if isinstance(item, Problem) or item.split == self._split:
                yield item
        if self._split not in splits:
            known = ", ".join(filter(None, splits)) or "none"
            yield Problem(self.card.name, 0, "split", f"no row is of the split '{self._split}'; there is {known}.")


def is_blank(answer: str) -> bool:
    """Whether nothing was handed in: no text, or a placeholder for it ("No response.")."""
    said = answer.strip().strip(".!-–—_").strip().lower()
    return not said or said in PLACEHOLDERS


def rename(fields: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A row under our names, with lists for what cells hold of them; a column named like a mapped field is left out."""
    named = {ours: fields[theirs] for ours, theirs in names.items() if theirs in fields}
    taken = set(names.values())
    kept = {name: value for name, value in fields.items() if name not in taken and name not in names}
    return {name: list_from_cell(value) if name in LISTS else value for name, value in {**kept, **named}.items()}


def _with_decimal_points(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as texts with a point where they have a comma."""
    told = {name: fields[name] for name in NUMBERS if isinstance(fields.get(name), str)}
    return {**fields, **{name: text.replace(",", ".") for name, text in told.items()}}


def _parse(fields: Mapping[str, Any], names: Mapping[str, str]) -> _Row:
    try:
        return _Row.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        head, *rest = map(str, first["loc"]) if first["loc"] else ("",)
        place = ".".join([names.get(head, head), *rest]) or None
        raise Unusable(place, f"{say_invalid(first)}.") from error


def _check_names(names: Mapping[str, str]) -> None:
    if unknown := [name for name in names if name not in _Row.model_fields]:
        known = ", ".join(_Row.model_fields)
        raise BadInput(f"The field map names '{unknown[0]}', which is no field of ours.", f"Map one of {known}.")


def parse_names(pairs: Sequence[str]) -> dict[str, str]:
    """``OURS=THEIRS`` of the command line as a field map. Raises BadInput."""
    split = [pair.partition("=") for pair in pairs]
    if wrong := [pair for pair, (ours, _, theirs) in zip(pairs, split, strict=True) if not ours or not theirs]:
        raise BadInput(
            f"--map {wrong[0]} is not understood.", "Write --map OURS=THEIRS, such as --map answer=response."
        )
    names = {ours.strip(): theirs.strip() for ours, _, theirs in split}
    _check_names(names)
    return names


def _marks(row: _Row, names: Mapping[str, str]) -> tuple[float, ...]:
    """Marks as shares of full marks; each must lie in [0, full], and full is 1 where it is not given."""
    full = row.full or 1.0
    for field_name, marks in (("scores", row.scores or []), ("score", [row.score])):
        given = [mark for mark in marks if mark is not None]
        if wrong := [mark for mark in given if not 0 <= mark <= full]:
            scale = f"0 to {full:g}" + ("" if row.full else ", as 'full' is not given")
            place = names.get(field_name, field_name)
            raise Unusable(place, f"the human score {wrong[0]:g} is outside its scale ({scale}).")
        if given:
            return tuple(mark / full for mark in given)
    return ()
