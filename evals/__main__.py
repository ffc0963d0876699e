"""The command line of the evals: one file a command, joined here."""

from __future__ import annotations

from functools import partial

import typer

from evals.bulk import bulk
from evals.calibrate import calibrate
from evals.compare import compare
from evals.gate import gate
from evals.grade import grade
from evals.growth import growth
from evals.judge import judge
from evals.rate import app as rate
from evals.readme_table import table
from evals.replay import replay
from evals.report_page import report
from evals.run import run
from evals.second_opinion import second_opinion
from evals.simulate import simulate
from evals.speed import speed
from evals.survival import survival
from evals.telling import run_to_exit

app = typer.Typer(
    name="evals",
    help="Is the interviewer any good, and how sure are we?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    grade,
    replay,
    simulate,
    judge,
    compare,
    report,
    run,
    calibrate,
    gate,
    table,
    second_opinion,
    speed,
    survival,
    growth,
    bulk,
):
    app.command()(command)
app.add_typer(rate, name="rate")


def main() -> None:
    """Exit status 0; 1, the result says no; 2, bad use or bad input, with one clear sentence."""
    run_to_exit(partial(app, prog_name="python -m evals"))


if __name__ == "__main__":
    main()
