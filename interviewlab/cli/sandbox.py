"""``interviewlab sandbox``: does the wall hold?"""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from interviewlab.cli.output import put_json
from interviewlab.settings import read_settings
from interviewlab.types import AttackResult

app = typer.Typer(help="The sandbox and its contract.", no_args_is_help=True)


@app.callback()
def _sandbox() -> None:
    """The sandbox and its contract."""


@app.command("check")
def check_sandbox(
    backend: Annotated[
        str | None, typer.Option(help="auto, docker, sandlock or wasm; unset: as INTERVIEWLAB_SANDBOX says.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run the hostile programs of the contract; exit status 1 if any got through."""
    name, found = asyncio.run(_attack(backend))
    attacks = [attack for attack in found if not attack.is_absent]
    absent = [attack for attack in found if attack.is_absent]
    held = sum(attack.held for attack in attacks)
    if json_:
        listed = [{"name": one.name, "class": one.attack_class, "note": one.note} for one in absent]
        lines = [attack.model_dump() for attack in attacks]
        put_json({"backend": name, "total": len(attacks), "held": held, "attacks": lines, "absent": listed})
    else:
        for attack in attacks:
            typer.echo(f"{'held  ' if attack.held else 'BROKEN'}  {attack.name:<44} {attack.outcome} {attack.note}")
        for attack in absent:
            typer.echo(f"absent  {attack.name:<44} {attack.note}")
        typer.echo(f"{name}: {held} of {len(attacks)} attacks held, {len(absent)} that cannot exist here not counted")
    raise typer.Exit(0 if held == len(attacks) else 1)


async def _attack(backend: str | None) -> tuple[str, tuple[AttackResult, ...]]:
    from interviewlab.bootstrap import attack_sandbox

    settings = read_settings()
    return await attack_sandbox(settings, backend or settings.sandbox)
