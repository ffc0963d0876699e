"""``interviewlab bench``: measure, don't believe."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from interviewlab.cli.output import put_json
from interviewlab.errors import BadInput
from interviewlab.settings import read_settings

app = typer.Typer(help="Benchmarks that print numbers.", no_args_is_help=True)
_PARTS = "turns, curves, barge-in, echo, four, hour, ears, mouth or endpoint."
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on one line.")]


@app.command("import")
def bench_import(json_: AsJson = False) -> None:
    """How long importing the package takes over a bare interpreter."""
    from interviewlab.bench import imports

    _put(imports.bench_import(), json_)


@app.command("turns")
def bench_turns(json_: AsJson = False, interviews: Annotated[int, typer.Option(min=1)] = 4) -> None:
    """What a turn costs at turns 10, 100 and 200, with its checkpoint."""
    from interviewlab.bench import turns

    _put(asyncio.run(turns.bench_turns(read_settings(), interviews)), json_)


@app.command("crowd")
def bench_crowd(
    json_: AsJson = False,
    interviews: Annotated[int, typer.Option(min=4)] = 100,
    processes: Annotated[int, typer.Option(min=2, max=32)] = 4,
) -> None:
    """Interviews at once from several processes on a Postgres of its own; one process is killed in the middle."""
    from interviewlab.bench import crowd
    from interviewlab.bench.postgres import open_postgres

    with open_postgres() as server:
        _put(asyncio.run(crowd.bench_crowd(server.create_database(), interviews, processes)), json_)


@app.command("rooms")
def bench_rooms(
    json_: AsJson = False,
    rooms: Annotated[int, typer.Option(min=2, max=64)] = 20,
    workers: Annotated[int, typer.Option(min=2, max=8)] = 2,
    postgres: Annotated[bool, typer.Option("--postgres", help="Keep interviews on a Postgres of its own.")] = False,
    replace_after: Annotated[
        float | None, typer.Option(min=0, help="Start a worker in place of the killed one so many seconds later.")
    ] = None,
) -> None:
    """Rooms of a LiveKit server at once, spoken by several workers; one worker is killed in the middle."""
    from interviewlab.bench import rooms as bench

    measuring = bench.bench_rooms(read_settings(), rooms, workers, on_postgres=postgres, replace_after_s=replace_after)
    figures = asyncio.run(measuring)
    _put(figures, json_, f"rooms-{figures['state']}")


@app.command("container")
def bench_container(
    json_: AsJson = False, image: Annotated[str, typer.Option(help="Built from the Dockerfile.")] = "interviewlab"
) -> None:
    """The image, read-only and without rights: how soon it serves, what it weighs, an interview through it."""
    from interviewlab.bench import container

    figures = asyncio.run(container.bench_container(read_settings(), image))
    _put(figures, json_, "container")


@app.command("grade")
def bench_grade(json_: AsJson = False, answers: Annotated[int, typer.Option(min=10)] = 1000) -> None:
    """How many answers of 20 and of 70 words are graded in a minute."""
    from interviewlab.bench import grade

    _put(grade.bench_grade(read_settings(), answers), json_)


@app.command("resume")
def bench_resume(
    json_: AsJson = False,
    files: Annotated[list[Path] | None, typer.Argument(help="PDF files; the shared CVs where none is named.")] = None,
) -> None:
    """How long reading a CV takes, with and without the start of the child process that reads it."""
    from interviewlab.bench import resume

    data = Path(os.environ.get("INTERVIEWLAB_DATA", "."))
    _put(resume.bench_resume(read_settings(), files or sorted(data.glob("resumes/*.pdf"))), json_)


@app.command("sandbox")
def bench_sandbox(
    json_: AsJson = False,
    backend: Annotated[list[str] | None, typer.Option(help="docker, sandlock, wasm; all where none is named.")] = None,
    part: Annotated[
        list[str] | None, typer.Option(help="contract, cost, at-once, verdicts; all where none is named.")
    ] = None,
    corpus: Annotated[
        list[str] | None, typer.Option(help="Programs with known verdicts, by name; all where none is named.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="Timed runs of each language.")] = 20,
    onto: Annotated[Path | None, typer.Option(help="Lay the figures over those of this file, and write it.")] = None,
) -> None:
    """The contract, what isolation costs over a bare process, fifty submissions at once, published programs judged."""
    from interviewlab.bench import corpora, sandbox
    from interviewlab.sandbox import choice

    data = os.environ.get("INTERVIEWLAB_DATA")
    wanted = sandbox.Wanted(
        backends=_chosen("backend", backend, choice.BACKENDS),
        parts=_chosen("part", part, sandbox.PARTS),
        corpora=_chosen("corpus", corpus, corpora.NAMES),
        runs=runs,
        data=Path(data) if data else None,
    )
    known = json.loads(onto.read_text("utf-8")) if onto is not None and onto.exists() else {}
    figures = asyncio.run(sandbox.bench_sandbox(read_settings(), wanted, known))
    if onto is not None:
        onto.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    _put(figures, json_, "sandbox")


def _chosen(what: str, asked: list[str] | None, known: Sequence[str]) -> Sequence[str]:
    """What was asked for, everything where nothing was; raises BadInput for what is not known."""
    for name in asked or ():
        if name not in known:
            raise BadInput(f"There is no {what} '{name}'.", f"Choose among {', '.join(known)}.")
    return asked or known


@app.command("brain")
def bench_brain(
    json_: AsJson = False,
    brain: Annotated[
        str, typer.Option(help="scripted: a model that is lost again and again; llm or local: the one of the settings.")
    ] = "scripted",
    interviews: Annotated[int, typer.Option(min=1, help="With the scripted model.")] = 16,
    turns: Annotated[int, typer.Option(min=1, help="With a real one.")] = 6,
) -> None:
    """Interviews spoken by a language model: is every turn completed, how soon is the first sentence there."""
    from interviewlab.bench import brain as bench

    if brain not in ("scripted", "llm", "local"):
        raise BadInput(f"There is no brain '{brain}' to measure.", "Choose scripted, llm or local.")
    if brain == "scripted":
        figures = asyncio.run(bench.bench_faults(read_settings(), interviews))
    else:
        figures = asyncio.run(bench.bench_model(read_settings(brain=brain), turns))
    _put(figures, json_, f"brain-{brain}")


@app.command("load")
def bench_load(
    json_: AsJson = False,
    interviews: Annotated[int, typer.Option(min=1, help="Text interviews in one process.")] = 200,
    pages: Annotated[int, typer.Option(min=2, help="Sessions of the page, one of them a browser.")] = 25,
    turns: Annotated[int, typer.Option(min=1, help="Timed turns of each.")] = 3,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds from one turn of each to its next.")] = 20.0,
) -> None:
    """Many candidates at once: seconds of a reply, memory of each, and what the page costs."""
    from interviewlab.bench import load

    figures = asyncio.run(load.bench_load(read_settings(), interviews, pages, turns, every))
    _put(figures, json_, "load")


@app.command("voice")
def bench_voice(
    part: Annotated[str, typer.Option(help=_PARTS)] = "turns",
    turns: Annotated[int | None, typer.Option(min=1, help="How many turns, or cases, are measured.")] = None,
    transport: Annotated[str, typer.Option(help="fastrtc or livekit.")] = "fastrtc",
    json_: AsJson = False,
) -> None:
    """Real Chromium before the real app: how soon a reply sounds, who is interrupted, what is heard."""
    from interviewlab.bench.voice import parts

    figures = asyncio.run(parts.bench_voice(read_settings(), part, turns, transport))
    _put(figures, json_, f"voice-{part}")


def _put(figures: dict[str, Any], as_json: bool, name: str = "") -> None:
    """JSON on one line; to be read, a line a figure under ``name``, or JSON over many lines where there is none."""
    if as_json:
        put_json(figures)
    elif not name:
        typer.echo(json.dumps(figures, indent=2))
    else:
        from interviewlab.bench.summary import to_lines

        typer.echo("\n".join(to_lines(name, figures)))
