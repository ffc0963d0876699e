"""``python -m evals rate``: let people rate answers, and bring their ratings back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.agreement import LEVELS
from evals.bank import bank_rarity
from evals.dataset import Problem, Sample, parse_names, rename
from evals.options import AsJson, DryRun, Limit, Seed
from evals.rating import Item, draw_items, merge, rater_agreement, read_sheets, to_csv, to_jsonl
from evals.results import read_json, write_text
from evals.sources import Unusable, read_rows
from evals.task import Task, task_from_dict
from interviewlab.errors import BadInput

PAGE = Path(__file__).parent / "rate_page.html"
NAMES = ("nothing right", "little", "about half", "most", "all of it")

app = typer.Typer(help="Let people rate answers blind, and bring their ratings back.", no_args_is_help=True)
Names = Annotated[list[str] | None, typer.Option("--map", help="OURS=THEIRS: a column of a foreign format.")]
RatedLevels = Annotated[int, typer.Option("--levels", min=2, max=20, help="Raters give 1 to so many.")]
Sheets = Annotated[list[Path], typer.Argument(help="Rated sheets, .csv or .jsonl; a rater each.")]


@app.command("export")
def export_sheet(
    data: Annotated[str, typer.Argument(help="A file of rows, a run of `grade`, or saf, digiklausur, levels.")],
    out: Annotated[Path, typer.Option(help="The sheet to write: .csv, .jsonl, or .html for a page to rate on.")],
    names: Names = None,
    levels: RatedLevels = LEVELS,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
    criteria: Annotated[
        bool, typer.Option("--criteria", help="Show what a good answer says, from reference, key points or rubric.")
    ] = False,
) -> None:
    """Draw answers into a sheet that shows neither scores nor authors, in an order of its own.

    The page needs no server: open it in a browser, rate, save the ratings as a file. A spreadsheet takes the CSV: fill
    the column rating with 1 to 5 and name the file after its rater. Then `rate import` and `rate agreement`.
    """
    samples, problems = _samples(_task(data, names))
    items = draw_items(samples, limit, seed, has_criteria=criteria)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if not items:
        raise BadInput(f"{data} holds no answer that could be rated.", "Name a file with question and answer.")
    if not dry_run:
        _write(out, _sheet(items, out.suffix, levels))
    told = {"sheet": str(out), "items": len(items), "problems": list(map(str, problems))}
    result = {**told, "calls": 0, "cost_usd": 0.0, "dry_run": dry_run}
    _say([f"{len(items)} answers{' would be' if dry_run else ''} in {out}"], result, as_json=as_json)
    if problems:
        raise typer.Exit(1)


@app.command("import")
def import_ratings(
    sheets: Sheets,
    data: Annotated[str, typer.Option(help="The rows (or the run) that the sheet was made from.")],
    out: Annotated[Path, typer.Option(help="Rows with the ratings as scores, as JSON lines for `grade`.")],
    names: Names = None,
    levels: RatedLevels = LEVELS,
    as_json: AsJson = False,
) -> None:
    """Join ratings with their rows. A row of a sheet that cannot be used is named, and the exit status is 1."""
    ratings, problems = read_sheets(sheets, levels)
    task = _task(data, names)
    rows, samples = _rows(task)
    known = {sample.id for sample in samples}
    problems += [
        Problem(r.sheet, r.line, "item", f"'{r.item}' is no row of {data}.") for r in ratings if r.item not in known
    ]
    merged = merge(rows, samples, ratings, levels)
    _write(out, "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in merged))
    result = {"rows": len(merged), "ratings": len(ratings), "problems": [str(problem) for problem in problems]}
    _say([*map(str, problems), f"{len(ratings)} ratings of {len(merged)} rows in {out}"], result, as_json=as_json)
    if problems:
        raise typer.Exit(1)


@app.command("agreement")
def agreement(sheets: Sheets, levels: RatedLevels = LEVELS, as_json: AsJson = False, seed: Seed = 0) -> None:
    """How far raters agree: alpha over all, and every pair of raters in all figures."""
    ratings, problems = read_sheets(sheets, levels)
    result = {**rater_agreement(ratings, seed, levels), "problems": [str(problem) for problem in problems]}
    _say([*map(str, problems), *_lines(result)], result, as_json=as_json)
    if problems:
        raise typer.Exit(1)


def _task(data: str, names: Sequence[str] | None) -> Task:
    """Rows, or those that a run of `grade` was made from. Raises BadInput."""
    folder = Path(data)
    if not folder.is_dir():
        return Task(data, parse_names(names or ()))
    how = read_json(folder / "run.json")
    if how.get("command") != "grade":
        raise BadInput(f"{folder} holds no run of `grade`.", "Name a file of rows, or the --out folder of `grade`.")
    return replace(task_from_dict(how), names={**how["names"], **parse_names(names or ())})


def _samples(task: Task) -> tuple[list[Sample], list[Problem]]:
    items = list(task.open(bank_rarity()))
    return [each for each in items if isinstance(each, Sample)], [each for each in items if isinstance(each, Problem)]


def _rows(task: Task) -> tuple[list[dict[str, Any]], list[Sample]]:
    """The rows as they stand, under our names, with their samples."""
    if task.is_named:
        raise BadInput(f"'{task.data}' has its marks already.", "Import ratings for a file of your own.")
    samples = {sample.line: sample for sample in _samples(task)[0]}
    rows = {row.place: row.fields for row in read_rows(Path(task.data)) if not isinstance(row.fields, Unusable)}
    return [rename(rows[line], task.names) for line in samples], list(samples.values())


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

    shown = [
        {"item": item.item, "question": item.question, "answer": item.answer}
        | ({"criteria": item.criteria} if item.criteria else {})
        for item in items
    ]
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
