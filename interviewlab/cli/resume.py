"""``interviewlab resume``: what is understood of a CV."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from interviewlab.cli.output import put_json, tell
from interviewlab.settings import read_settings


def show_resume(
    file: Annotated[Path, typer.Argument(help="A CV: PDF, DOCX, ODT, RTF, text, Markdown or JSON Resume.")],
    json_: Annotated[bool, typer.Option("--json", help="Print the JSON Resume document alone.")] = False,
) -> None:
    """Read a CV and print it as JSON Resume 1.0."""
    from interviewlab.bootstrap import read_cv_here
    from interviewlab.resume.provenance import unsure_fields

    resume = asyncio.run(read_cv_here(read_settings(), file))
    if not json_:
        for gap in resume.gaps:
            tell(f"Not understood: {gap}")
        for path in unsure_fields(resume.document):
            tell(f"Doubtful: {path}")
    put_json(resume.document)
