"""The dataset: JSON lines in, samples out; a line that cannot be used is a problem with its place and goes on."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from interviewlab.errors import BadInput
from interviewlab.scoring.reference import points_from_pairs, points_from_reference, points_from_rubric
from interviewlab.scoring.text import Rarity
from interviewlab.types import KeyPoint

CRITERIA = ("rubric", "key_points", "reference")
"""What an answer can be graded by; the first that a row has counts."""
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
        place = f"{self.file}, line {self.line}" if self.line else self.file
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


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _is_whole(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("half of a surrogate pair, which is no character")
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


class _Unusable(Exception):
    def __init__(self, field: str | None, what: str) -> None:
        super().__init__(what)
        self.field, self.what = field, what


class Dataset:
    """A JSON-lines file, read line by line; iterating gives a Sample or a Problem for each line, in order.

    Lines of white space alone are passed over. ``rarity`` weighs the sentences of reference answers.
    """

    def __init__(self, path: Path, rarity: Rarity, limit: int | None = None) -> None:
        if not path.is_file():
            raise BadInput(f"There is no file {path}.", "Name a JSON-lines file of rows to grade.")
        self.path = path
        self._rarity = rarity
        self._limit = limit

    def count(self) -> int:
        """How many lines there are to read."""
        return sum(1 for _ in self._lines())

    def __iter__(self) -> Iterator[Sample | Problem]:
        ids: dict[str, int] = {}
        is_empty = True
        for number, raw in self._lines():
            is_empty = False
            try:
                yield self._sample(number, raw, ids)
            except _Unusable as unusable:
                yield Problem(str(self.path), number, unusable.field, unusable.what)
        if is_empty:
            yield Problem(str(self.path), 0, None, "the file has no rows.")

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        try:
            with self.path.open("rb") as file:
                kept = ((n, raw) for n, raw in enumerate(file, 1) if raw.strip())
                yield from islice(kept, self._limit)
        except OSError as error:
            raise BadInput(
                f"{self.path} cannot be read ({error.strerror}).", "Check the path and its rights."
            ) from error

    def _sample(self, line: int, raw: bytes, ids: dict[str, int]) -> Sample:
        row = _parse(_decode(line, raw))
        if row.id is not None and ids.setdefault(row.id, line) != line:
            raise _Unusable("id", f"'{row.id}' is already the id of line {ids[row.id]}.")
        answer = row.answer or ""
        return Sample(
            line=line,
            question_id=row.question_id or row.question,
            input=row.question,
            answer=answer,
            target=self._target(row),
            human=_human(row),
            is_blank=is_blank(answer) if row.blank is None else row.blank,
        )

    def _target(self, row: _Row) -> tuple[KeyPoint, ...]:
        field = next((name for name in CRITERIA if getattr(row, name) is not None), None)
        if field is None:
            raise _Unusable("reference", "one of reference, key_points or rubric is needed.")
        if not (points := self._points(row, field)):
            raise _Unusable(field, "says nothing to grade by.")
        return points

    def _points(self, row: _Row, field: str) -> tuple[KeyPoint, ...]:
        if field == "rubric":
            return points_from_rubric(row.rubric or "")
        if field == "reference":
            return points_from_reference(row.reference or "", row.question, self._rarity)
        points = [point if isinstance(point, _Point) else _Point(text=point) for point in row.key_points or ()]
        return points_from_pairs((point.text, point.weight) for point in points)


def is_blank(answer: str) -> bool:
    """Whether nothing was handed in: no text, or a placeholder for it ("No response.")."""
    said = answer.strip().strip(".!-–—_").strip().lower()
    return not said or said in PLACEHOLDERS


def _decode(line: int, raw: bytes) -> str:
    if line == 1 and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _Unusable(None, "the file is UTF-16; save it as UTF-8.")
    try:
        return raw.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise _Unusable(None, f"not UTF-8 at byte {error.start + 1} of the line; save the file as UTF-8.") from error


def _parse(text: str) -> _Row:
    """Numbers are read as they stand: a question id 11.10 is not 11.1."""
    try:
        return _Row.model_validate(json.loads(text, parse_float=Decimal, parse_constant=_no_constant))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        raise _Unusable(field, f"{first['msg']}.") from error
    except json.JSONDecodeError as error:
        raise _Unusable(None, f"not a JSON object ({error.msg} at column {error.colno}).") from error
    except (RecursionError, ValueError) as error:
        raise _Unusable(None, "not a JSON object that can be read (nested too deep, or a number too long).") from error


def _no_constant(name: str) -> float:
    raise _Unusable(None, f"{name} is not a number of JSON.")


def _human(row: _Row) -> float | None:
    """The mean mark as a share of full marks; every mark must lie in [0, full], and full is 1 where it is not given."""
    full = row.full or 1.0
    for field, marks in (("scores", row.scores or []), ("score", [row.score])):
        given = [mark for mark in marks if mark is not None]
        if wrong := [mark for mark in given if not 0 <= mark <= full]:
            scale = f"0 to {full:g}" + ("" if row.full else ", as 'full' is not given")
            raise _Unusable(field, f"the human score {wrong[0]:g} is outside its scale ({scale}).")
        if given:
            return fmean(given) / full
    return None
