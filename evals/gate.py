"""``python -m evals gate``: results against a file of bars, for CI."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.options import AsJson, DryRun, Limit, Seed
from evals.results import read_json
from evals.telling import tell
from interviewlab.errors import BadInput, say_invalid

BARS = Path("evals/bars.yaml")
RESULTS = Path("evals/results")


class Bar(BaseModel):
    """One bar: a figure of a result file, by its path with dots, and where it must lie.

    ``of`` says which number of a figure with an interval counts: the value, or the low or high end. ``aim`` is
    where the figure should come to; it is shown and never checked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    file: str
    figure: str
    of: Literal["value", "low", "high"] = "value"
    at_least: float | None = None
    at_most: float | None = None
    aim: float | None = None


@dataclass(frozen=True)
class Checked:
    """A bar with what was measured; None where the result does not hold the figure."""

    name: str
    measured: float | None
    bar: str
    passed: bool
    aim: float | None = None


def gate(
    bars: Annotated[Path, typer.Argument(help="YAML list of bars: name, file, figure, at_least or at_most.")] = BARS,
    results: Annotated[Path, typer.Option(help="Folder that the bars' files are in.")] = RESULTS,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
) -> None:
    """Compare measured results with their bars; exit status 1 when one is missed. A figure that is not there is missed.

    Nothing is measured here: no call, no cost. --dry-run shows the bars; the seed changes nothing.
    """
    asked = read_bars(bars)[:limit]
    checked = [] if dry_run else [check(bar, results) for bar in asked]
    result = {"bars": [asdict(each) for each in checked] or [bar.model_dump() for bar in asked], "dry_run": dry_run}
    tell(to_lines(asked, checked), result, as_json=as_json)
    if not all(each.passed for each in checked):
        raise typer.Exit(1)


def read_bars(path: Path) -> list[Bar]:
    """Raises BadInput naming file, entry and field."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"The bars {path} cannot be read ({error.strerror}).", "Name a YAML list of bars.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{path} is not YAML in UTF-8.", "Mend the file and try again.") from error
    if not isinstance(entries, list) or not entries:
        raise BadInput(f"{path} holds no list of bars.", "Write at least one bar: name, file, figure, at_least.")
    return [_bar(f"{path}, bar {number}", entry) for number, entry in enumerate(entries, 1)]


def _bar(where: str, entry: Any) -> Bar:
    try:
        bar = Bar.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the whole entry"
        raise BadInput(f"{where}, field '{field}': {say_invalid(first)}.", "Mend the file and try again.") from error
    if bar.at_least is None and bar.at_most is None:
        raise BadInput(f"{where}: neither at_least nor at_most is given.", "Say where the figure must lie.")
    return bar


def check(bar: Bar, results: Path) -> Checked:
    """One bar against its file."""
    measured = measured_of(bar, results)
    low = -float("inf") if bar.at_least is None else bar.at_least
    high = float("inf") if bar.at_most is None else bar.at_most
    wanted = " and ".join(
        f"{word} {value:g}"
        for word, value in (("at least", bar.at_least), ("at most", bar.at_most))
        if value is not None
    )
    return Checked(bar.name, measured, wanted, measured is not None and low <= measured <= high, bar.aim)


def figure_of(bar: Bar, results: Path) -> tuple[Any, dict[str, Any]]:
    """The figure as it stands in its file, and what stands beside it; None and nothing where it is missing."""
    path = results / bar.file
    value: Any = read_json(path) if path.is_file() else None
    beside: dict[str, Any] = {}
    for part in bar.figure.split("."):
        beside = value if isinstance(value, dict) else {}
        value = beside.get(part)
    return value, beside


def measured_of(bar: Bar, results: Path) -> float | None:
    """The number that counts, or None where file, figure or the end of its interval are missing or not defined."""
    value, _ = figure_of(bar, results)
    if isinstance(value, dict) and "interval" in value:
        ends = value["interval"] or (None, None)
        value = {"value": value["value"], "low": ends[0], "high": ends[1]}[bar.of]
    elif bar.of != "value":
        return None
    return float(value) if isinstance(value, int | float) else None


def to_lines(bars: list[Bar], checked: list[Checked]) -> Iterator[str]:
    """A line a bar, and how many were held."""
    if not checked:
        yield from (f"{bar.name}: {bar.figure} of {bar.file}" for bar in bars)
        return
    for each in checked:
        measured = "not measured" if each.measured is None else f"{each.measured:.4f}"
        aim = "" if each.aim is None else f", aim {each.aim:g}"
        yield f"{'held  ' if each.passed else 'MISSED'}  {each.name}: {measured}, {each.bar}{aim}"
    yield f"{sum(each.passed for each in checked)} of {len(checked)} bars held"
