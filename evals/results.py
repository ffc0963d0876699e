"""What a run leaves in its folder, written whole or not at all, and what it is when it is read back (``graded``)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from evals.agreement import Judged
from evals.dataset import Sample
from evals.runner import Rows
from evals.scorer import Score
from evals.task import Task
from interviewlab.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

ROWS_A_GROUP = 8192
COLUMNS = (
    *("id", "question_id", "question", "answer", "is_blank", "people"),
    *("machine", "quotes", "missing", "why_no_score"),
)
"""Of the table of a run, the same where it has no row."""


@contextmanager
def open_rows(folder: Path, *, as_parquet: bool) -> Iterator[Rows]:
    """``rows.jsonl`` in ``folder``, or ``rows.parquet`` of the same rows; written as they come, under another name.

    When all are written they take the place of those of an earlier run, in whichever file they were; where a run stops
    before, these stay as they are, and ``rows.partial.*`` holds what it wrote.
    """
    lines, table = folder / "rows.jsonl", folder / "rows.parquet"
    whole, other = (table, lines) if as_parquet else (lines, table)
    partial = whole.with_stem("rows.partial")
    if as_parquet:
        rows = ParquetRows(partial)
        try:
            yield rows
            rows.flush()
        finally:
            rows.close()
    else:
        with partial.open("w", encoding="utf-8") as file:
            yield file
    other.unlink(missing_ok=True)
    os.replace(partial, whole)


class ParquetRows:
    """Rows as JSON lines in, a Parquet file out, a group at a time. ``found`` is a list of key point and quote."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        hit = pa.struct([("key_point", pa.string()), ("quote", pa.string())])
        fields = {"score": pa.float64(), "interval": pa.list_(pa.float64()), "found": pa.list_(hit)}
        fields |= {"missing": pa.list_(pa.string()), "why_no_score": pa.string()}
        self._schema = pa.schema(list(fields.items()))
        self._writer = pq.ParquetWriter(path, self._schema)
        self._waiting: list[dict[str, Any]] = []

    def write(self, line: str, /) -> None:
        """Keep one row."""
        self._waiting.append(json.loads(line))
        if len(self._waiting) >= ROWS_A_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one group."""
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting.clear()

    def close(self) -> None:
        """Write the end of the file."""
        self._writer.close()


@dataclass(frozen=True)
class GradedRow:
    """One row that could be read, with its score."""

    sample: Sample
    score: Score

    def to_judged(self) -> Judged | None:
        """For agreement; None where nobody marked it."""
        sample = self.sample
        if sample.human is None:
            return None
        return Judged(sample.question_id, sample.human, self.score.score, sample.is_blank)


@dataclass(frozen=True)
class GradedRun:
    """A run folder of ``grade``, or one of ``judge`` whose ``rows`` are interviews."""

    folder: Path
    summary: dict[str, Any]
    task: Task
    rows: tuple[GradedRow, ...]
    of: Literal["answers", "interviews"] = "answers"

    @property
    def levels(self) -> int:
        """On how many levels its scores were compared."""
        return self.task.levels_or_default()

    def judged(self, *, with_blanks: bool = False) -> list[Judged]:
        """Rows that people marked."""
        rows = (row.to_judged() for row in self.rows)
        return [row for row in rows if row is not None and (with_blanks or not row.is_blank)]

    def to_frame(self) -> pd.DataFrame:
        """A line a row: question, answer, people's mark and the machine's score as shares of full marks, quotes."""
        import pandas as pd

        return pd.DataFrame([_flat(row) for row in self.rows], columns=list(COLUMNS))

    def _repr_html_(self) -> str:
        """As a notebook shows it: each figure with its interval."""
        told = self.summary["agreement"]["without_blanks"]
        head = f"<p>{escape(str(self.summary['scorer']))} on {escape(str(self.summary['dataset']))}, "
        head += f"{self.summary['n']} rows, {self.summary['coverage'] or 0:.1%} scored</p>"
        if told is None:
            return head + "<p>No row carries a mark of people.</p>"
        figures = ((name, told[name]) for name in told if isinstance(told[name], dict) and "interval" in told[name])
        rows = "".join(f"<tr><td>{escape(name)}</td>{figure_cells(each)}</tr>" for name, each in figures)
        return f"{head}<table><tr><th>figure</th><th>value</th><th>95 % interval</th></tr>{rows}</table>"


def _flat(row: GradedRow) -> dict[str, Any]:
    sample, score = row.sample, row.score
    return {
        "id": sample.id,
        "question_id": sample.question_id,
        "question": sample.input,
        "answer": sample.answer,
        "is_blank": sample.is_blank,
        "people": sample.human,
        "machine": score.score,
        "quotes": " | ".join(found["quote"] for found in score.found),
        "missing": " | ".join(score.missing),
        "why_no_score": score.why_no_score or "",
    }


def tame(text: str) -> str:
    """A text that a spreadsheet would take for a formula, led by an apostrophe; any other as it is."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def figure_cells(figure: dict[str, Any]) -> str:
    """Value and interval of one figure of a summary, as cells of an HTML table."""
    value, interval = figure["value"], figure["interval"]
    shown = "not defined" if value is None else f"{value:.3f}"
    return f"<td>{shown}</td><td>{f'{interval[0]:.3f} to {interval[1]:.3f}' if interval else ''}</td>"


def read_json(path: Path) -> dict[str, Any]:
    """One JSON object. Raises BadInput."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).", "Name the folder of a finished run.") from error
    except ValueError as error:
        raise BadInput(f"{path} is not JSON.", "Run the command that wrote it again.") from error
    if not isinstance(value, dict):
        raise BadInput(f"{path} is not a JSON object.", "Run the command that wrote it again.")
    return value


def write_json(path: Path, value: Any) -> None:
    """Whole or not at all: a reader never sees half of it."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Makes the folder; a disk that says no becomes one sentence."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise BadInput(f"The folder {out} cannot be written ({error.strerror}).", "Name another with --out.") from error


def rows_path(folder: Path) -> Path:
    """Where the rows of a run are: ``rows.jsonl``, or ``rows.parquet`` where it stands alone."""
    lines, table = folder / "rows.jsonl", folder / "rows.parquet"
    return table if table.is_file() and not lines.exists() else lines


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows that a run wrote. Raises BadInput."""
    try:
        # Not splitlines: a text may hold other ends of lines.
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read.", "Run the command that wrote it again.") from error
