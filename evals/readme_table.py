"""``python -m evals table``: the figures that have a bar, as the table of the README, from the files of results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.gate import BARS, RESULTS, Bar, figure_of, read_bars
from evals.options import AsJson, DryRun
from evals.results import write_text, writing
from interviewlab.bench import marks
from interviewlab.errors import BadInput

README = Path("README.md")
BEGIN, END = "<!-- figures: python -m evals table -->", "<!-- end of figures -->"
HEAD = "| what | measured | 95 % interval | n | coverage | bar | aim |\n|---|---|---|---|---|---|---|\n"


def table(
    bars: Annotated[Path, typer.Argument(help="YAML list of bars: which figures are shown.")] = BARS,
    results: Annotated[Path, typer.Option(help="Folder that the bars' files are in.")] = RESULTS,
    readme: Annotated[Path, typer.Option(help="File that holds the table between its two marks.")] = README,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write what was measured beside its bars into the README. Nothing is measured here."""
    rows = [to_row(bar, results) for bar in read_bars(bars)]
    written = HEAD + "".join(f"| {' | '.join(row.values())} |\n" for row in rows)
    if not dry_run:
        with writing(readme.parent):
            write_text(readme, put_between(readme, written))
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        typer.echo(written, nl=False)


def put_between(path: Path, written: str) -> str:
    """The text of a file with ``written`` between the two marks. Raises BadInput where they are not there."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).", "Name a file with --readme.") from error
    return marks.put_between(text, BEGIN, END, written, str(path))


def to_row(bar: Bar, results: Path) -> dict[str, str]:
    """One line: what was measured, how sure it is, on how many, and where it must lie."""
    value, beside = figure_of(bar, results)
    interval = value.get("interval") if isinstance(value, dict) else None
    number = value.get("value") if isinstance(value, dict) else value
    return {
        "what": bar.name,
        "measured": "not measured" if number is None else f"{number:g}",
        "interval": f"{interval[0]:g} to {interval[1]:g}" if interval else "",
        "n": str(beside.get("n", "")),
        "coverage": f"{beside['coverage']:.0%}" if isinstance(beside.get("coverage"), float) else "",
        "bar": ", ".join(_bars(bar)),
        "aim": "" if bar.aim is None else f"{bar.aim:g}",
    }


def _bars(bar: Bar) -> Iterator[str]:
    of: Any = "" if bar.of == "value" else f"{bar.of} end "
    if bar.at_least is not None:
        yield f"{of}≥ {bar.at_least:g}"
    if bar.at_most is not None:
        yield f"{of}≤ {bar.at_most:g}"
