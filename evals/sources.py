"""Where rows come from: JSON, JSON lines, CSV, TSV and Parquet, row by row, each row with its place in the file."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from interviewlab.errors import BadInput

SUFFIXES = (".jsonl", ".json", ".csv", ".tsv", ".parquet")
PARQUET_BATCH = 256
LONGEST_CELL = 1_000_000
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
IS_UTF_16 = "the file is UTF-16; save it as UTF-8."


class Unusable(Exception):
    """A row that cannot be used: the field, and what is wrong with it."""

    def __init__(self, field: str | None, what: str) -> None:
        super().__init__(what)
        self.field, self.what = field, what


IS_UTF_16_TOLD = Unusable(None, IS_UTF_16)
IS_CUT_OFF = Unusable(None, "the packed file ends here, before its end; pack it again.")


@dataclass(frozen=True)
class RawRow:
    """One row as it stands: ``fields`` is what it says, or why it cannot.

    ``place`` is its line, its number in Parquet and in a JSON list, and 0 for a JSON file that is one object.
    """

    place: int
    fields: Mapping[str, Any] | Unusable
    has_decimal_comma: bool = False
    """Whether its numbers are texts that may have a comma where ours have a point."""


def say_place(file: str, place: int) -> str:
    """File and line, or row where the format has no lines; the file alone for 0."""
    kind = "row" if file.lower().endswith((".json", ".parquet")) else "line"
    return f"{file}, {kind} {place}" if place else file


def read_rows(path: Path, limit: int | None = None) -> Iterator[RawRow]:
    """The first ``limit`` rows of a file, by its suffix; anything unknown is read as JSON lines. Raises BadInput."""
    try:
        yield from islice(_reader(path), limit)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(
            f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).", "Check the path and its rights."
        ) from error


def count_rows(path: Path, limit: int | None = None) -> int:
    """How many rows ``read_rows`` will give; Parquet says so itself."""
    if path.suffix.lower() == ".parquet":
        return _count_parquet(path, limit)
    return sum(1 for _ in read_rows(path, limit))


def _reader(path: Path) -> Iterator[RawRow]:
    kind = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    match kind.lower():
        case ".json":
            return _json_elements(path)
        case ".csv":
            return _csv_rows(path, ",")
        case ".tsv":
            return _csv_rows(path, "\t")
        case ".parquet":
            return _parquet_rows(path)
        case _:
            return _json_rows(path)


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _json_elements(path: Path) -> Iterator[RawRow]:
    """The objects of a list, or the one object; JSON lines under this name are read as such."""
    with _open(path) as file:
        raw = file.read()
    try:
        value = json.loads(_decode(1, raw), parse_float=Decimal, parse_constant=_no_constant)
    except Unusable as unusable:
        yield RawRow(0, IS_UTF_16_TOLD if raw.startswith(UTF_16) else unusable)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            yield from _json_rows(path)
        else:
            told = f"{error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno}"
            yield RawRow(0, Unusable(None, f"not JSON ({told})."))
    except (RecursionError, ValueError):
        yield RawRow(0, Unusable(None, "not JSON that can be read (nested too deep, or a number too long)."))
    else:
        each = enumerate(value, 1) if isinstance(value, list) else [(0, value)]
        yield from (RawRow(place, _as_fields(one)) for place, one in each)


def _lines(path: Path) -> Generator[bytes | Unusable, None, None]:
    """A file that was cut off while it was packed is read as far as it goes."""
    with _open(path) as file:
        try:
            yield from file
        except EOFError:
            yield IS_CUT_OFF


def _json_rows(path: Path) -> Iterator[RawRow]:
    with closing(_lines(path)) as lines:
        for line, raw in enumerate(lines, 1):
            if isinstance(raw, Unusable):
                yield RawRow(line, raw)
                return
            if line == 1 and raw.startswith(UTF_16):
                # No line of it can be read: that is told once.
                yield RawRow(line, IS_UTF_16_TOLD)
                return
            if raw.strip():
                yield RawRow(line, _fields_from_json(line, raw))


def _fields_from_json(line: int, raw: bytes) -> Mapping[str, Any] | Unusable:
    """Numbers are read as they stand: a question id 11.10 is not 11.1."""
    try:
        value = json.loads(_decode(line, raw), parse_float=Decimal, parse_constant=_no_constant)
    except Unusable as unusable:
        return unusable
    except json.JSONDecodeError as error:
        return Unusable(None, f"not a JSON object ({error.msg.removesuffix(' at')} at column {error.colno}).")
    except (RecursionError, ValueError):
        return Unusable(None, "not a JSON object that can be read (nested too deep, or a number too long).")
    return _as_fields(value)


def _as_fields(value: Any) -> Mapping[str, Any] | Unusable:
    return value if isinstance(value, dict) else Unusable(None, "not a JSON object; a row is a dictionary of fields.")


def _decode(line: int, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise Unusable(None, f"not UTF-8 at byte {error.start + 1} of the line; save the file as UTF-8.") from error


def _no_constant(name: str) -> float:
    raise Unusable(None, f"{name} is not a number of JSON.")


def _csv_rows(path: Path, delimiter: str) -> Iterator[RawRow]:
    """Rows under the names of the first line. Bytes that are no UTF-8 spoil their row alone."""
    csv.field_size_limit(LONGEST_CELL)
    with _open(path) as file:
        head = file.readline()
    if head.startswith(UTF_16):
        yield RawRow(1, IS_UTF_16_TOLD)
        return
    # So spreadsheets write it where the comma is the decimal mark.
    has_decimal_comma = b";" in head and b"," not in head and delimiter == ","
    if has_decimal_comma:
        delimiter = ";"
    with io.TextIOWrapper(_open(path), encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            names = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(f"{path}, line 1: not a row of CSV ({error}).", "Mend the names of the columns.") from error
        if doubled := [name for name in names if names.count(name) > 1]:
            raise BadInput(
                f"{path}, line 1: the column '{doubled[0]}' is named twice.", "Give each column its own name."
            )
        for row in _cells(reader, names):
            yield replace(row, has_decimal_comma=has_decimal_comma)


def _cells(reader: Any, names: list[str]) -> Iterator[RawRow]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except EOFError:
            yield RawRow(line, IS_CUT_OFF)
            return
        except csv.Error as error:
            yield RawRow(line, Unusable(None, f"not a row of CSV ({error})."))
            continue
        if cells:
            yield RawRow(line, _fields_from_cells(names, cells))


def _fields_from_cells(names: list[str], cells: list[str]) -> Mapping[str, Any] | Unusable:
    if len(cells) != len(names):
        return Unusable(None, f"{len(cells)} cells where the first line names {len(names)} columns.")
    for name, cell in zip(names, cells, strict=True):
        if any("\udc80" <= character <= "\udcff" for character in cell):
            return Unusable(name, "not UTF-8; save the file as UTF-8.")
    return {name: cell or None for name, cell in zip(names, cells, strict=True)}


def list_from_cell(value: Any) -> Any:
    """The list that stands in a cell of a table as JSON; what is no text, or the text of no list, as it is."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value, parse_float=Decimal)
    except (ValueError, RecursionError):
        return value


def _count_parquet(path: Path, limit: int | None) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        # Reading it says what is wrong.
        return sum(1 for _ in read_rows(path, limit))
    return rows if limit is None else min(limit, rows)


def _parquet_rows(path: Path) -> Iterator[RawRow]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        batches = file.iter_batches(batch_size=PARQUET_BATCH)
        row = 0
        for batch in batches:
            for fields in batch.to_pylist():
                row += 1
                yield RawRow(row, fields)
    except pa.ArrowException as error:
        raise BadInput(
            f"{path} is no Parquet file that can be read ({error}).", "Write it again as Parquet."
        ) from error
