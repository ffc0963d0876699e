"""``python -m evals report``: one HTML file about one run of `grade` or `judge`, or two; CSV and Parquet beside it."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.comparison import compare, pair_up
from evals.graded import read_graded
from evals.options import AsJson, DryRun, Limit, Seed
from evals.report import FIGURES
from evals.results import GradedRow, GradedRun, figure_cells, rows_path, tame, write_text, writing
from interviewlab.errors import BadInput
from interviewlab.plots import calibration, confusion, scatter

WORST = 20
STYLE = """
:root { --ground: #fff; --words: #18212f; --soft: #eef2f5; --line: #d5dce4; --mark: #fde68a }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0e1521; --words: #e8edf4; --soft: #1f2a3d; --line: #33415a; --mark: #7c5a10 }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  background: var(--ground); color: var(--words); overflow-wrap: anywhere }
h1, h2 { line-height: 1.25 }
.wide { overflow-x: auto; margin: 1rem 0 }
table { border-collapse: collapse; overflow-wrap: normal }
td, th { border: 1px solid var(--line); padding: .3rem .7rem; text-align: left; vertical-align: top }
th { background: var(--soft) }
td { font-variant-numeric: tabular-nums }
blockquote { white-space: pre-wrap; background: var(--soft); margin: .5rem 0; padding: .6rem 1rem }
mark { background: var(--mark); color: inherit }
details { border-top: 1px solid var(--line); padding: .6rem 0 }
summary { cursor: pointer }
.js-plotly-plot .main-svg :not(.heatmap-label) > text { fill: var(--words) !important }
@media (max-width: 40rem) { body { margin: 1rem auto } td, th { padding: .25rem .4rem; font-size: .9rem } }
"""


@dataclass(frozen=True)
class Words:
    """How a page calls what it is about."""

    title: str
    truth: str
    whose: str
    nothing: str


WORDS = {
    "answers": Words("How far the grader agrees with people", "people", "people", "No row carries a mark of people"),
    "interviews": Words(
        "How far the judge agrees with the true levels", "truth", "true level", "No interview has a true level"
    ),
}


def report(
    runs: Annotated[list[Path], typer.Argument(help="One or two folders of `grade`, or of `judge`.")],
    out: Annotated[Path, typer.Option(help="Folder for report.html, rows.csv and rows.parquet.")],
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
) -> None:
    """Write one HTML page that needs nothing else, about one run or about two and their difference.

    It shows figures with intervals, agreement plots, the calibration curve, the worst disagreements with the answer
    (or the transcript) and its quotes, cost and latency. --limit is the number of disagreements shown.
    """
    if len(runs) > 2:
        raise BadInput(f"{len(runs)} runs are too many for one report.", "Name one or two.")
    if (out / "run.json").is_file() and rows_path(out).suffix == ".parquet":
        raise BadInput(f"{out} holds a run whose rows are in rows.parquet.", "Choose another --out.")
    graded = [read_graded(run) for run in runs]
    if len({run.of for run in graded}) > 1:
        raise BadInput(f"{runs[0]} and {runs[1]} are not of one kind.", "Name two folders of `grade`, or of `judge`.")
    result = {"report": str(out / "report.html"), "rows": len(graded[0].rows), "calls": 0, "cost_usd": 0.0}
    if not dry_run:
        with writing(out):
            write_text(out / "report.html", to_html(graded, seed, limit or WORST))
            write_tables(graded, out)
    typer.echo(f"{'Would write' if dry_run else 'Wrote'} {result['report']}, rows.csv and rows.parquet", err=as_json)
    if as_json:
        typer.echo(json.dumps({**result, "dry_run": dry_run}, indent=2))


def write_tables(runs: Sequence[GradedRun], out: Path) -> None:
    """``rows.csv`` and ``rows.parquet``: a line for each row of each run. A run is named as its folder, or by its path
    where both folders have one name. A spreadsheet takes no text of ``rows.csv`` for a formula."""
    import pandas as pd

    names = [run.folder.name for run in runs]
    told = names if len(set(names)) == len(names) else [str(run.folder) for run in runs]
    frames = [run.to_frame().assign(run=name) for run, name in zip(runs, told, strict=True)]
    frame = pd.concat(frames, ignore_index=True)
    frame.insert(0, "run", frame.pop("run"))
    frame.to_parquet(out / "rows.parquet", index=False)
    frame.map(lambda value: tame(value) if isinstance(value, str) else value).to_csv(out / "rows.csv", index=False)


def to_html(runs: Sequence[GradedRun], seed: int, worst: int = WORST) -> str:
    """The whole page, with plotly inside."""
    from plotly.offline import get_plotlyjs

    parts = [part for run in runs for part in _sections(run, worst)]
    if len(runs) == 2:
        parts.append(_difference(runs[0], runs[1], seed))
    title = WORDS[runs[0].of].title
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style><script>{get_plotlyjs()}</script>"
    )
    return f'<!doctype html><html lang="en">{head}<h1>{title}</h1>{"".join(parts)}</html>\n'


def _sections(run: GradedRun, worst: int) -> Iterator[str]:
    summary, words = run.summary, WORDS[run.of]
    yield f"<h2>{_text(run.folder.name)}: {_text(summary['scorer'])} on {_text(summary['dataset'])}</h2>"
    card = summary.get("card") or {}
    source, licence = card.get("source") or "not named", card.get("licence") or "not named"
    yield f"<p>Source: {_text(source)}. Licence: {_text(licence)}. {_text(card.get('note', ''))}</p>"
    what, blank = ("rows", f", {summary['blanks']} blank") if run.of == "answers" else (run.of, "")
    counted = f"{summary['n']} {what}, {summary['coverage'] or 0:.1%} scored{blank}"
    yield f"<p>{counted}, {len(summary['problems'])} with problems.</p>"
    yield _usage(summary)
    yield from _by_axis(summary)
    told = summary["agreement"]["without_blanks"]
    if told is None:
        yield f"<p>{words.nothing}, so nothing can be compared.</p>"
        return
    yield _table(told, run.of)
    marks = marks_of(run)
    points = scatter(*marks).update_layout(title=f"Every {run.of.removesuffix('s')}")
    points.update_traces(name=run.of, selector={"mode": "markers"})
    for figure in (points, confusion(told["confusion"]), calibration(*marks)):
        yield _figure(figure.update_yaxes(title_text=words.whose))
    rows = worst_rows(run, worst)
    yield f"<h3>The {len(rows)} worst disagreements</h3>"
    yield from (_disagreement(row, words) for row in rows)


def _by_axis(summary: dict[str, Any]) -> Iterator[str]:
    """Of interviews that people marked axis by axis."""
    for axis, told in summary.get("agreement_by_axis", {}).items():
        if told is not None:
            yield f"<h3>People's marks, {_text(axis.replace('_', ' '))}</h3>{_table(told, 'interviews')}"


def _usage(summary: dict[str, Any]) -> str:
    usage, latency = summary.get("usage"), summary.get("latency_s")
    if not usage:
        return "<p>Graded on this machine: no call, 0 USD.</p>"
    shown = f", p50 {latency['p50']:.2f} s, p95 {latency['p95']:.2f} s a row" if latency else ""
    tokens = f"{usage['tokens_in']} tokens in, {usage['tokens_out']} out"
    failed = f" {len(summary['failures'])} rows failed and were not scored." if summary["failures"] else ""
    cost = "cost not known" if usage["cost_usd"] is None else f"{usage['cost_usd']:.4f} USD"
    return f"<p>{usage['calls']} calls, {tokens}, {cost}{shown}.{failed}</p>"


def _table(agreement: dict[str, Any], of: str) -> str:
    told = f"{agreement['n']} {of}"
    told += f", {agreement['questions']} questions, blanks left out" if of == "answers" else ""
    head = f"<tr><th>{told}</th><th>value</th><th>95 % interval</th></tr>"
    coverage = f"<tr><td>coverage</td><td>{agreement['coverage']:.1%}</td><td></td></tr>"
    rows = "".join(f"<tr><td>{label}</td>{figure_cells(agreement[name])}</tr>" for name, label in FIGURES.items())
    return f'<div class="wide"><table>{head}{coverage}{rows}</table></div>'


def _scored(run: GradedRun) -> list[GradedRow]:
    return [r for r in run.rows if not r.sample.is_blank and r.sample.human is not None and r.score.score is not None]


def marks_of(run: GradedRun) -> tuple[list[float], list[float]]:
    """Scores of the machine and marks of people, of the rows that have both."""
    rows = _scored(run)
    return [row.score.score or 0.0 for row in rows], [row.sample.human or 0.0 for row in rows]


def _figure(figure: Any) -> str:
    return str(figure.to_html(full_html=False, include_plotlyjs=False, config={"responsive": True}))


def worst_rows(run: GradedRun, count: int) -> list[GradedRow]:
    """Where machine and people are furthest apart."""
    return sorted(_scored(run), key=lambda r: -abs((r.score.score or 0.0) - (r.sample.human or 0.0)))[:count]


def _disagreement(row: GradedRow, words: Words) -> str:
    sample, score = row.sample, row.score
    answer = _marked(sample.answer, [found["quote"] for found in score.found])
    missing = "".join(f"<li>{_text(point)}</li>" for point in score.missing)
    not_found = f"<p>Not found:</p><ul>{missing}</ul>" if missing else ""
    marks = f"{words.truth} {sample.human:.2f}, machine {score.score:.2f}"
    where = _text(sample.id)
    if sample.question_id != sample.id:
        where = f"{_text(sample.question_id)}, row {where}"
    return (
        f"<details><summary>{marks}: {where}</summary><p>{_text(sample.input)}</p>"
        f"<blockquote>{answer}</blockquote>{not_found}</details>"
    )


def _marked(answer: str, quotes: Sequence[str]) -> str:
    """The answer as HTML with its quotes marked; those that overlap are one mark."""
    spans = sorted((answer.find(quote), answer.find(quote) + len(quote)) for quote in quotes if quote in answer)
    told, done = "", 0
    for start, end in spans:
        if end > done:
            told += _text(answer[done : max(start, done)]) + f"<mark>{_text(answer[max(start, done) : end])}</mark>"
            done = end
    return (told + _text(answer[done:])).replace("</mark><mark>", "")


def _difference(one: GradedRun, two: GradedRun, seed: int) -> str:
    from evals.compare import named_rows

    pairs = pair_up(named_rows(one), named_rows(two))
    if not pairs:
        return "<h2>Difference</h2><p>The two runs share no row that both scored.</p>"
    found = compare(pairs, seed, one.levels)
    rows = "".join(
        f"<tr><td>{_text(name)}</td><td>{_shown(row['first'])}</td><td>{_shown(row['second'])}</td>"
        f"<td>{_shown(row['difference'])}</td><td>{_shown(row['interval'])}</td></tr>"
        for name, row in found["figures"].items()
    )
    head = "<tr><th></th><th>first</th><th>second</th><th>second less first</th><th>95 % interval</th></tr>"
    chance = f"<p>Chance of so large a difference in MAE if they were alike: {_shown(found['p_value'])}.</p>"
    table = f'<div class="wide"><table>{head}{rows}</table></div>'
    return f"<h2>Difference, {found['n']} {one.of} that both scored</h2>{table}{chance}"


def _shown(value: Any) -> str:
    if value is None:
        return "not defined"
    return f"{value[0]:+.3f} to {value[1]:+.3f}" if isinstance(value, tuple | list) else f"{value:.3f}"


def _text(value: Any) -> str:
    return html.escape(str(value))
