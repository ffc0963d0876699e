"""``python -m evals grade``: grade a file of answers, and say how far the scores agree with people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.dataset import Dataset, Problem
from evals.report import to_lines, to_summary
from evals.runner import run
from evals.scorer import AnswerScorer
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity
from interviewlab.settings import Settings, read_settings


def grade(
    data: Annotated[Path, typer.Argument(help="JSON lines with question, answer and reference, key_points or rubric.")],
    out: Annotated[Path, typer.Option(help="Folder for rows.jsonl and summary.json.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print summary.json to standard output.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Grade the first N rows only.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap behind the intervals.")] = 0,
) -> None:
    """Grade each row of DATA, a line of rows.jsonl for each, in the same order.

    A row may carry full (full marks, 1 where missing), score or scores (what people gave, from 0 to full),
    question_id, id and blank. Rows that cannot be used are named and left unscored, the rest goes on, and the exit
    status is 1.
    """
    summary = grade_file(read_settings(), data, out, limit=limit, seed=seed)
    for problem in summary["problems"]:
        typer.echo(str(Problem(**problem)), err=True)
    for line in to_lines(summary):
        typer.echo(line, err=as_json)
    if as_json:
        typer.echo(json.dumps(summary, indent=2, ensure_ascii=False))
    if summary["problems"]:
        raise typer.Exit(1)


def grade_file(settings: Settings, data: Path, out: Path, limit: int | None = None, seed: int = 0) -> dict[str, Any]:
    """Write ``rows.jsonl`` and ``summary.json`` into ``out`` and give the summary.

    Raises BadInput where ``data`` cannot be read or ``out`` cannot be written.
    """
    # bootstrap costs seconds to import: --help does without.
    from interviewlab.bootstrap import build_embedder
    from interviewlab.questions.bank import load_bank

    bank = load_bank(settings.bank_folders)
    dataset = Dataset(data, Rarity(question.answer for question in bank.questions), limit)
    embedder, fallbacks = build_embedder(settings)
    for fallback in fallbacks:
        typer.echo(fallback, err=True)
    scorer = AnswerScorer(embedder, bank)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / "rows.jsonl").open("w", encoding="utf-8") as rows:
            done = run(dataset, scorer, rows)
        summary = to_summary(done, data.name, scorer.name, fallbacks, seed)
        (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The folder {out} cannot be written ({error.strerror}).", "Name another with --out.") from error
    return summary
