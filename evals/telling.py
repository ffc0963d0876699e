"""What a command says when it is done."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import typer

from interviewlab.errors import InterviewLabError


def tell(lines: Iterable[str], result: Mapping[str, Any], *, as_json: bool) -> None:
    """Lines for a reader on standard output; with JSON of ``result`` there, on standard error."""
    for line in lines:
        typer.echo(line, err=as_json)
    if as_json:
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))


def run_to_exit(start: Callable[[], object]) -> None:
    """Exit status 0; 1, the result says no; 2, bad use or bad input, with one clear sentence."""
    try:
        start()
    except InterviewLabError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
