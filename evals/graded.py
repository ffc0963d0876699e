"""Runs read back with the rows that they were made from: those of ``grade``, and those of ``judge`` as if they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.bank import bank_rarity
from evals.dataset import Problem, Sample
from evals.judged import read_judged
from evals.results import GradedRow, GradedRun, read_json, read_lines, rows_path
from evals.scorer import Score, score_from_dict
from evals.task import task_from_dict
from interviewlab.errors import BadInput


def read_graded(folder: Path) -> GradedRun:
    """A run of ``grade`` or ``judge`` with what it was made from. Raises BadInput where that is gone or has changed."""
    summary, how = read_json(folder / "summary.json"), read_json(folder / "run.json")
    try:
        return _read_run(folder, summary, how)
    except KeyError as error:
        raise BadInput(f"{folder}/run.json lacks the field {error}.", "Run the command that wrote it again.") from error


def _read_run(folder: Path, summary: dict[str, Any], how: dict[str, Any]) -> GradedRun:
    if how.get("command") == "judge":
        return read_judged(folder, summary, how)
    if how.get("command") != "grade":
        raise BadInput(f"{folder} holds no run of `grade` or `judge`.", "Name the --out folder of one.")
    task = task_from_dict(how)
    if task.fingerprint() != how["fingerprint"]:
        raise BadInput(f"The rows of {folder} are not at {task.data} any more, or have changed.", "Grade them again.")
    items = [item for item in task.open(bank_rarity()) if isinstance(item, Sample) or item.line]
    path = rows_path(folder)
    scores = _read_scores(path)
    if len(items) != len(scores):
        raise BadInput(f"{path} has {len(scores)} rows for {len(items)}.", "Grade them again.")
    pairs = zip(items, scores, strict=True)
    rows = tuple(GradedRow(item, score) for item, score in pairs if not isinstance(item, Problem))
    return GradedRun(folder, summary, task, rows)


def _read_scores(path: Path) -> list[Score]:
    try:
        return [score_from_dict(row) for row in (_read_table if path.suffix == ".parquet" else read_lines)(path)]
    except KeyError as error:
        raise BadInput(f"{path} cannot be read.", "Grade the rows again.") from error


def _read_table(path: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            rows: list[dict[str, Any]] = file.read().to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise BadInput(f"{path} cannot be read.", "Run the command that wrote it again.") from error
    return rows
