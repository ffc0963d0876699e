"""``interviewlab questions``: is a folder of questions fit to be asked?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interviewlab.cli.output import tell
from interviewlab.errors import BadInput

app = typer.Typer(help="The bank of questions and exercises.", no_args_is_help=True)


@app.callback()
def _questions() -> None:
    """The bank of questions and exercises."""


@app.command("check")
def check_questions(
    folder: Annotated[Path | None, typer.Argument(help="Your own folder; the bundled bank if none is named.")] = None,
) -> None:
    """Check every file against the schema and the rules of style; exit status 1 if there is anything to mend."""
    from interviewlab.questions.bank import BUNDLED
    from interviewlab.questions.check import check_bank

    if folder is not None and not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder.", "Check the path.")
    problems = check_bank(folder or BUNDLED)
    for problem in problems:
        typer.echo(problem)
    tell(f"{len(problems)} problems found")
    raise typer.Exit(1 if problems else 0)
