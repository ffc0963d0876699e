"""The loop of ``interviewlab interview``: lines in, replies out, files at the end."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import typer

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.candidates.candidate import CANDIDATES, Candidate
from interviewlab.cli.output import put_json, read_text, tell
from interviewlab.errors import BadInput, InterviewEnded, InterviewLabError, NotFound
from interviewlab.interview import Interview
from interviewlab.planning import PlanWishes, build_plan
from interviewlab.reports import write_report
from interviewlab.settings import Settings
from interviewlab.types import Exercise, Language, Plan, Reply, Report

Line = dict[str, Any]
_HELP = "Type your answer. /submit FILE hands in code, /end finishes, Ctrl+C or Ctrl+D keeps the interview for later."
_COMMAND = re.compile(r"/\w*(?:\s+\S+)?$|/(?:end|submit)\b", re.IGNORECASE)
"""A command, and a mistyped one: a word behind a slash, alone or with one more. Other words that begin with a slash are
an answer."""


@dataclass(frozen=True)
class Session:
    """What was asked for on the command line."""

    interview_id: str | None
    wishes: PlanWishes
    candidate: str | None
    out: Path | None
    as_json: bool


async def hold(settings: Settings, session: Session) -> None:
    """Hold the interview to its end or to the end of the input."""
    plan = await _plan(settings, session)
    lines = _open_lines(session, plan.language)
    async with open_interview(settings, session.interview_id, plan=plan) as interview:
        tell(f"Interview {interview.id} (seed {interview.plan.seed})")
        for fallback in interview.fallbacks:
            tell(fallback)
        loop = _Loop(interview, session, lines)
        await loop.run()
        if interview.progress.is_ended:
            await loop.finish()
        else:
            tell(f"Kept. Go on with: interviewlab interview --id {interview.id}")


async def _plan(settings: Settings, session: Session) -> Plan:
    """The plan of an interview that goes on, or a new one."""
    if session.interview_id is not None:
        async with open_library(settings) as library:
            with suppress(NotFound):
                return (await library.get_interview(session.interview_id)).plan
    return await build_plan(settings, session.wishes)


class _Loop:
    def __init__(self, interview: Interview, session: Session, lines: _Lines) -> None:
        self._interview = interview
        self._session = session
        self._lines = lines
        self._report: Report | None = None
        self._shown_exercise: str | None = None

    async def run(self) -> None:
        """Start, then one line after the other."""
        reply = await self._interview.start()
        self._show(reply)
        while not reply.ended:
            line = self._lines.next_line(reply, self._interview.exercise)
            if line is None:
                return
            try:
                reply = await self._take(line) or reply
            except InterviewEnded as error:
                tell(str(error))
                return
            except InterviewLabError as error:
                if self._lines.is_fatal:
                    raise
                tell(str(error))

    async def finish(self) -> None:
        """Judge, and write the files where a folder was named."""
        self._report = self._report or await self._interview.finish()
        if self._session.out is not None:
            if missing := write_report(self._report, await self._interview.transcript(), self._session.out):
                tell(missing)
            tell(f"Wrote transcript and report to {self._session.out}")
        level = self._report.overall.level
        tell(f"Overall: {f'level {level} of 5' if level else 'not enough evidence'}")

    async def _take(self, line: Line) -> Reply | None:
        if "say" in line:
            return self._show(await self._interview.reply(str(line["say"])))
        if "submit" in line:
            language = str(line.get("language") or self._interview.plan.language)
            own_tests = str(line.get("own_tests") or "")
            reply = await self._interview.submit_code(str(line["submit"]), language, own_tests)
            self._show_result()
            return self._show(reply)
        self._report = await self._interview.finish()
        last = self._interview.progress.last_reply
        return self._show(last) if last else None

    def _show(self, reply: Reply) -> Reply:
        if self._session.as_json:
            put_json({"turn": reply.turn, "kind": "reply", **reply.model_dump(exclude={"turn"})})
        else:
            typer.echo(f"\n{reply.text}\n")
        exercise = self._interview.exercise
        if exercise is not None and exercise.id != self._shown_exercise:
            self._shown_exercise = exercise.id
            starter = exercise.starter[self._interview.plan.language]
            tell(f"--- {exercise.title} ---\n{exercise.statement}\n{starter}\n---")
        return reply

    def _show_result(self) -> None:
        result = self._interview.last_result
        if result is not None:
            tell(f"{result.outcome}: {result.passed} of {len(result.tests)} tests passed\n{result.stderr}".strip())


class _Lines(Protocol):
    is_fatal: bool
    """Whether an error of ours ends the session: a script cannot answer back."""

    def next_line(self, reply: Reply, exercise: Exercise | None) -> Line | None:
        """The candidate's next line after ``reply``; None at the end of the input."""


def _open_lines(session: Session, language: Language) -> _Lines:
    """Where the candidate's lines come from. Raises BadInput before anything is opened."""
    named = session.candidate
    if named in CANDIDATES:
        return _Named(Candidate(named, language), session.as_json)
    if named is not None:
        return _Script(read_text(Path(named), "script"), Path(named).name)
    return _Script(sys.stdin, "standard input") if session.as_json else _Terminal()


class _Script:
    """One JSON object a line."""

    is_fatal = True

    def __init__(self, source: Any, name: str) -> None:
        lines: Iterator[str] = iter(source.split("\n") if isinstance(source, str) else source)
        self._lines = enumerate(lines, 1)
        self._name = name

    def next_line(self, reply: Reply, exercise: Exercise | None) -> Line | None:
        for number, text in self._lines:
            if text.strip():
                return _line_from_json(text, f"{self._name}, line {number}")
        return None


class _Named:
    """A simulated candidate of the package."""

    is_fatal = True

    def __init__(self, candidate: Candidate, as_json: bool) -> None:
        self._candidate = candidate
        self._as_json = as_json

    def next_line(self, reply: Reply, exercise: Exercise | None) -> Line | None:
        line = self._candidate.answer(reply, exercise)
        if not self._as_json:
            typer.echo(f"> {line.get('say') or line.get('submit')}")
        return line


class _Terminal:
    """A person."""

    is_fatal = False

    def __init__(self) -> None:
        tell(_HELP)

    def next_line(self, reply: Reply, exercise: Exercise | None) -> Line | None:
        while True:
            try:
                with _interrupted_at_once():
                    text = input("> ").strip()
            except (EOFError, KeyboardInterrupt):
                return None
            try:
                return _line_from_command(text) if _COMMAND.match(text) else {"say": text}
            except BadInput as error:
                tell(str(error))


@contextmanager
def _interrupted_at_once() -> Iterator[None]:
    """Ctrl+C ends what waits inside; asyncio's own handler waits until the loop goes on, which needs another line."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _line_from_command(text: str) -> Line:
    """Raises BadInput for what is no command, and for a program that cannot be read."""
    command, _, named = text.partition(" ")
    if text == "/end":
        return {"finish": True}
    if command == "/submit" and named:
        return {"submit": read_text(Path(os.path.expanduser(named.strip())), "program")}
    raise BadInput(f"'{text}' is not understood.", _HELP)


def _line_from_json(text: str, where: str) -> Line:
    try:
        line = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"{where}: not a JSON object ({error.msg}).", 'Write {"say": "…"} for example.') from error
    if not isinstance(line, dict) or not {"say", "submit", "finish"} & set(line):
        raise BadInput(f"{where}: no 'say', 'submit' or 'finish'.", 'Write {"say": "…"} for example.')
    for key in ("say", "submit"):
        if key in line and not isinstance(line[key], str):
            raise BadInput(f"{where}: '{key}' is not text.", 'Write {"say": "…"} for example.')
    if "finish" in line and line["finish"] is not True:
        raise BadInput(f"{where}: 'finish' is not true.", 'Write {"finish": true}, or leave the line out.')
    return line
