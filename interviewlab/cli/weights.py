"""``interviewlab weights``: the model files, pinned by their SHA-256."""

from __future__ import annotations

from typing import Annotated

import typer

from interviewlab import weights
from interviewlab.cli.output import tell
from interviewlab.settings import read_settings

app = typer.Typer(help="Model weights: list, fetch, verify.", no_args_is_help=True)
Names = Annotated[
    list[str] | None, typer.Argument(help="Which models; those that a whole interview uses where none is named.")
]


@app.command("list")
def list_weights(
    names: Annotated[list[str] | None, typer.Argument(help="Which models; all there are where none is named.")] = None,
) -> None:
    """Say which model files there are and which are on this machine; some are fetched by their name alone."""
    settings = read_settings()
    for name in names or weights.list_models(weights.MODELS + weights.EXTRAS):
        model_files = weights.files_of(name)
        here = weights.find(name, settings.cache_dir, settings.weights_mirror) is not None
        for file in model_files:
            size_mb = file.size_bytes / 1e6
            typer.echo(f"{'here   ' if here else 'missing'}  {name}/{file.filename}  {size_mb:.1f} MB  {file.licence}")
            typer.echo(f"         {file.upstream}, SHA-256 {file.sha256}")


@app.command("fetch")
def fetch_weights(names: Names = None) -> None:
    """Fetch what is missing, verified before it is used."""
    settings = read_settings()
    for name in names or weights.list_models():
        weights.fetch(name, settings.cache_dir, settings.weights_mirror, is_offline=settings.is_offline)
        typer.echo(f"{name}: here and verified")


@app.command("verify")
def verify_weights(names: Names = None) -> None:
    """Hash every file again; exit status 1 if one is missing or not what it should be."""
    settings = read_settings()
    states = {n: weights.verify(n, settings.cache_dir, settings.weights_mirror) for n in names or weights.list_models()}
    for name, model_files in states.items():
        for filename, state in model_files.items():
            typer.echo(f"{state:<8} {name}/{filename}")
    is_whole = all(state == "ok" for model_files in states.values() for state in model_files.values())
    if not is_whole:
        tell("Fetch what is missing or corrupt with: interviewlab weights fetch")
    raise typer.Exit(0 if is_whole else 1)
