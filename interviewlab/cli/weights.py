"""``interviewlab weights``: the model files, pinned by their SHA-256."""

from __future__ import annotations

from typing import Annotated

import typer

from interviewlab import weights
from interviewlab.settings import read_settings

app = typer.Typer(help="Model weights: list, fetch, verify.", no_args_is_help=True)
Names = Annotated[list[str] | None, typer.Argument(help="Which models; all of them where none is named.")]


@app.command("list")
def list_weights() -> None:
    """Say which models there are and which are on this machine."""
    settings = read_settings()
    for model in weights.list_models():
        here = weights.find(model.name, settings.cache_dir, settings.weights_mirror) is not None
        typer.echo(f"{'here   ' if here else 'missing'}  {model.name:<12} {model.licence:<12} {model.size_bytes} bytes")


@app.command("fetch")
def fetch_weights(names: Names = None) -> None:
    """Fetch what is missing, verified before it is used."""
    settings = read_settings()
    for name in names or [model.name for model in weights.list_models()]:
        weights.fetch(name, settings.cache_dir, settings.weights_mirror, is_offline=settings.is_offline)
        typer.echo(f"{name}: here and verified")


@app.command("verify")
def verify_weights(names: Names = None) -> None:
    """Hash every file again; exit status 1 if one is missing or not what it should be."""
    settings = read_settings()
    broken = 0
    for name in names or [model.name for model in weights.list_models()]:
        ok = weights.verify(name, settings.cache_dir)
        broken += not ok
        typer.echo(f"{name}: {'verified' if ok else 'missing or corrupt; run interviewlab weights fetch'}")
    raise typer.Exit(1 if broken else 0)
