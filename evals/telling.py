"""What a command says when it is done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import typer


def tell(lines: Iterable[str], result: Mapping[str, Any], *, as_json: bool) -> None:
    """Lines for a reader on standard output; with JSON of ``result`` there, on standard error."""
    for line in lines:
        typer.echo(line, err=as_json)
    if as_json:
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))
