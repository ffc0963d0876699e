"""``interviewlab doctor``: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from interviewlab.cli.output import put_json
from interviewlab.settings import read_settings


def examine_machine(json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say what works here; exit status 0 when a whole interview can be held."""
    from interviewlab.doctor import can_interview, examine, examine_operation

    settings = read_settings()
    parts = (*asyncio.run(examine(settings)), *examine_operation(settings))
    if json_:
        put_json({"parts": [part.model_dump() for part in parts]})
    else:
        for part in parts:
            typer.echo(f"{'ok ' if part.ok else 'no '} {part.role:<11} {part.name:<15} {part.detail}")
            if part.remedy:
                typer.echo(f"    {'':<11} {'':<15} → {part.remedy}")
    raise typer.Exit(0 if can_interview(parts) else 1)
