"""``python -m evals rate``: let people rate answers, and bring their ratings back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.agreement import LEVELS
from evals.dataset import Problem, Sample, parse_names
from evals.options import AsJson, DryRun, Levels, Limit, Seed
from evals.rating import Item, Rating, draw_items, merge, rater_agreement, read_ratings, to_csv, to_jsonl
from evals.results import bank_rarity, write_text
from evals.sources import Unusable, read_rows
from evals.task import Task
from interviewlab.errors import BadInput

PAGE = Path(__file__).parent / "rate_page.html"
NAMES = ("nothing right", "little", "about half", "most", "all of it")

app = typer.Typer(help="Let people rate answers blind, and bring their ratings back.", no_args_is_help=True)
Names = Annotated[list[str] | None, typer.Option("--map", help="OURS=THEIRS: a column of a foreign format.")]
Sheets = Annotated[list[Path], typer.Argument(help="Rated sheets, .csv or .jsonl; a rater each.")]


@app.command("export")
def export_sheet(
    data: Annotated[str, typer.Argument(help="A file of rows, or saf, digiklausur, levels.")],
    out: Annotated[Path, typer.Option(help="The sheet to write: .csv, .jsonl, or .html for a page to rate on.")],
    names: Names = None,
    levels: Levels = LEVELS,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
) -> None:
    """Draw answers into a sheet that shows neither scores nor authors, in an order of its own.

    The page needs no server: open it in a browser, rate, save the ratings as a file.
    """
    items = draw_items(_samples(Task(data, parse_names(names or ()))), limit, seed)
    if not items:
        raise BadInput(f"{data} holds no answer that could be rated.", "Name a file with question and answer.")
    if not dry_run:
        _write(out, _sheet(items, out.suffix, levels))
    result = {"sheet": str(out), "items": len(items), "calls": 0, "cost_usd": 0.0, "dry_run": dry_run}
    _say([f"{len(items)} answers{' would be' if dry_run else ''} in {out}"], result, as_json=as_json)


@app.command("import")
def import_ratings(
    sheets: Sheets,
    data: Annotated[str, typer.Option(help="The rows that the sheet was made from.")],
    out: Annotated[Path, typer.Option(help="Rows with the ratings as scores, as JSON lines for `grade`.")],
    names: Names = None,
    levels: Levels = LEVELS,
    as_json: AsJson = False,
) -> None:
    """Join ratings with their rows. A row of a sheet that cannot be used is named, and the exit status is 1."""
    ratings, problems = _ratings(sheets, levels)
    task = Task(data, parse_names(names or ()))
    rows, samples = _rows(task)
    known = {sample.id for sample in samples}
    problems += [
        Problem(r.rater, 0, "item", f"'{r.item}' is no row of {data}.") for r in ratings if r.item not in known
    ]
    merged = merge(rows, samples, ratings, levels)
    _write(out, "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in merged))
    result = {"rows": len(merged), "ratings": len(ratings), "problems": [str(problem) for problem in problems]}
    _say([*map(str, problems), f"{len(ratings)} ratings of {len(merged)} rows in {out}"], result, as_json=as_json)
    if problems:
        raise typer.Exit(1)


@app.command("agreement")
def agreement(sheets: Sheets, levels: Levels = LEVELS, as_json: AsJson = False, seed: Seed = 0) -> None:
    """How far raters agree: alpha over all, and every pair of raters in all figures."""
    ratings, problems = _ratings(sheets, levels)
    result = {**rater_agreement(ratings, seed, levels), "problems": [str(problem) for problem in problems]}
    _say([*map(str, problems), *_lines(result)], result, as_json=as_json)
    if problems:
        raise typer.Exit(1)


def _samples(task: Task) -> list[Sample]:
    return [item for item in task.open(bank_rarity()) if isinstance(item, Sample)]


def _rows(task: Task) -> tuple[list[dict[str, Any]], list[Sample]]:
    """The rows as they stand, under our names, with their samples."""
    if task.is_named:
        raise BadInput(f"'{task.data}' has its marks already.", "Import ratings for a file of your own.")
    ours = {theirs: name for name, theirs in task.names.items()}
    samples = {sample.line: sample for sample in _samples(task)}
    rows = {row.place: row.fields for row in read_rows(Path(task.data)) if not isinstance(row.fields, Unusable)}
    fields = [{ours.get(name, name): value for name, value in rows[line].items()} for line in samples]
    return fields, list(samples.values())


def _ratings(sheets: Sequence[Path], levels: int) -> tuple[list[Rating], list[Problem]]:
    read = [read_ratings(sheet, levels) for sheet in sheets]
    return [rating for ratings, _ in read for rating in ratings], [problem for _, found in read for problem in found]


def _sheet(items: Sequence[Item], suffix: str, levels: int) -> str:
    match suffix:
        case ".csv":
            return to_csv(items)
        case ".jsonl":
            return to_jsonl(items)
        case ".html":
            return to_page(items, levels)
        case _:
            raise BadInput(f"A sheet cannot be written as '{suffix}'.", "Name an --out with .csv, .jsonl or .html.")


def to_page(items: Sequence[Item], levels: int) -> str:
    """The page with its answers inside; whatever an answer says stays text."""
    from evals.cache import hash_of

    shown = [{"item": item.item, "question": item.question, "answer": item.answer} for item in items]
    names = list(NAMES) if levels == len(NAMES) else [""] * levels
    data = json.dumps({"name": hash_of(shown)[:12], "levels": names, "items": shown}, ensure_ascii=False)
    return PAGE.read_text(encoding="utf-8").replace("__ITEMS__", data.replace("<", "\\u003c"))


def _write(out: Path, text: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_text(out, text)
    except OSError as error:
        raise BadInput(f"{out} cannot be written ({error.strerror}).", "Name another with --out.") from error


def _say(lines: Sequence[str], result: dict[str, Any], *, as_json: bool) -> None:
    for line in lines:
        typer.echo(line, err=as_json)
    if as_json:
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))


def _lines(result: dict[str, Any]) -> Iterator[str]:
    alpha = result["krippendorff_alpha"]
    yield f"{len(result['raters'])} raters, {result['items']} items, {result['rated_twice']} rated more than once"
    yield f"Krippendorff's alpha, ordinal: {'not defined' if alpha is None else f'{alpha:.3f}'}"
    for pair in result["pairs"]:
        kappa = (pair["agreement"] or {}).get("qwk", {}).get("value")
        shown = "not defined" if kappa is None else f"{kappa:.3f}"
        yield f"  {' and '.join(pair['raters'])}: {pair['items']} items, quadratic weighted kappa {shown}"
