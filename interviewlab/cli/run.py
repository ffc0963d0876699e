"""``interviewlab run``: one file, isolated, with or without tests."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from interviewlab.cli.output import put_json, read_text, tell
from interviewlab.errors import BadSubmission, say_invalid
from interviewlab.settings import read_settings
from interviewlab.types import LANGUAGES, RunResult, Submission, TestSuite


def run_file(
    file: Annotated[Path, typer.Argument(help="The program.")],
    language: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")],
    backend: Annotated[str | None, typer.Option(help="auto, docker, sandlock or wasm; else as set.")] = None,
    tests: Annotated[Path | None, typer.Option(help="Tests, JSON.")] = None,
    stdin: Annotated[Path | None, typer.Option(help="What the program reads from standard input.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Run a file in the sandbox; exit status 0 when its outcome is ok."""
    if language not in LANGUAGES:
        raise BadSubmission(f"'{language}' is not a language we run.", f"Choose one of {', '.join(LANGUAGES)}.")
    submission = Submission.model_validate({"code": read_text(file, "program"), "language": language})
    suite = _read_suite(tests) if tests else None
    result = asyncio.run(_run(submission, suite, read_text(stdin, "input") if stdin else "", backend))
    _show(result, json_)
    raise typer.Exit(0 if result.outcome == "ok" else 1)


async def _run(submission: Submission, suite: TestSuite | None, stdin: str, backend: str | None) -> RunResult:
    from interviewlab.bootstrap import open_sandbox

    settings = read_settings()
    async with open_sandbox(settings, backend or settings.sandbox) as sandbox:
        return await sandbox.run(submission, suite, stdin)


def _read_suite(path: Path) -> TestSuite:
    try:
        suite: TestSuite = TypeAdapter(TestSuite).validate_json(read_text(path, "test file"))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise BadSubmission(
            f"{path}, {field}: {say_invalid(first)}.", "docs/sandbox.md shows the formats of tests."
        ) from error
    return suite


def _show(result: RunResult, as_json: bool) -> None:
    if as_json:
        plain = result.model_dump(mode="json", exclude={"waited_s"})
        plain["tests"] = [{k: t[k] for k in ("name", "passed", "outcome", "wall_s")} for t in plain["tests"]]
        put_json(plain)
        return
    typer.echo(result.stdout, nl=False)
    tell(result.stderr)
    for test in result.tests:
        tell(f"{'pass' if test.passed else 'FAIL'}  {test.name}  {test.outcome}  {test.wall_s * 1000:.0f} ms")
    tell(f"{result.outcome} on {result.backend} in {result.wall_s:.2f} s, {result.memory_mb:.0f} MB")
