"""Where rows come from: JSON lines, CSV, TSV and Parquet, read row by row, each row with its place in the file."""

from __future__ import annotations

import codecs
import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from interviewlab.errors import BadInput

SUFFIXES = (".jsonl", ".csv", ".tsv", ".parquet")
PARQUET_BATCH = 256
LONGEST_CELL = 1_000_000
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
IS_UTF_16 = "the file is UTF-16; save it as UTF-8."


class Unusable(Exception):
    """A row that cannot be used: the field, and what is wrong with it."""

    def __init__(self, field: str | None, what: str) -> None:
        super().__init__(what)
        self.field, self.what = field, what


@dataclass(frozen=True)
class RawRow:
    """One row as it stands: ``place`` is its line (row number in Parquet), ``fields`` what it says or why it cannot."""

    place: int
    fields: Mapping[str, Any] | Unusable


def read_rows(path: Path, limit: int | None = None) -> Iterator[RawRow]:
    """The first ``limit`` rows of a file, by its suffix; anything unknown is read as JSON lines. Raises BadInput."""
    try:
        yield from islice(_reader(path), limit)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read ({error.strerror or error}).", "Check the path and its rights."
        ) from error


def count_rows(path: Path, limit: int | None = None) -> int:
    """How many rows ``read_rows`` will give; Parquet says so itself."""
    if path.suffix.lower() == ".parquet":
        return _count_parquet(path, limit)
    return sum(1 for _ in read_rows(path, limit))


def _reader(path: Path) -> Iterator[RawRow]:
    kind = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    match kind.lower():
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


def _json_rows(path: Path) -> Iterator[RawRow]:
    with _open(path) as file:
        for line, raw in enumerate(file, 1):
            if line == 1 and raw.startswith(UTF_16):
                # No line of it can be read: that is told once.
                yield RawRow(line, Unusable(None, IS_UTF_16))
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
    with path.open("rb") as file:
        start = file.read(2)
    if start in UTF_16:
        yield RawRow(1, Unusable(None, IS_UTF_16))
        return
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        names = next(reader, None)
        if names is None:
            return
        if doubled := [name for name in names if names.count(name) > 1]:
            raise BadInput(
                f"{path}, line 1: the column '{doubled[0]}' is named twice.", "Give each column its own name."
            )
        yield from _cells(reader, names)


def _cells(reader: Any, names: list[str]) -> Iterator[RawRow]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
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
    return {name: _from_cell(cell) for name, cell in zip(names, cells, strict=True)}


def _from_cell(cell: str) -> Any:
    """Lists stand in a cell as JSON; an empty cell is None."""
    if not cell:
        return None
    if not cell.startswith("["):
        return cell
    try:
        value = json.loads(cell, parse_float=Decimal)
    except (ValueError, RecursionError):
        return cell
    return value if isinstance(value, list) else cell


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
