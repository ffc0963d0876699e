"""The ``Sandbox`` port over any wall: what may come in, how many run at once, cancelling."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.sandbox.compiling import Compiler
from interviewlab.sandbox.contract import attack
from interviewlab.sandbox.languages import LanguageEntry, get_language
from interviewlab.sandbox.limits import CODE_KB, get_limits, lower
from interviewlab.sandbox.metrics import Metrics
from interviewlab.sandbox.runs import run_job
from interviewlab.sandbox.walls import Job, Wall
from interviewlab.types import (
    AttackResult,
    FunctionTests,
    Limits,
    Outcome,
    RunResult,
    SandboxHealth,
    Submission,
    TestSuite,
)

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class WalledSandbox:
    """Runs submissions in cells of one wall, at most ``concurrency`` at a time; further ones wait their turn."""

    def __init__(self, wall: Wall, concurrency: int = 2) -> None:
        self.name = wall.name
        self.wall = wall
        self._compiler = Compiler(wall)
        self._metrics = Metrics(concurrency)
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix=f"sandbox-{wall.name}")
        self._is_closed = False

    async def run(
        self, submission: Submission, tests: TestSuite | None = None, stdin: str = "", limits: Limits | None = None
    ) -> RunResult:
        """See ``Sandbox.run``. Cancelling ends the program within a tenth of a second."""
        try:
            entry = check_submission(submission, tests, stdin)
            allowed = lower(get_limits(submission.language, self.name), limits)
        except BadSubmission:
            self._metrics.refuse()
            raise
        if self._is_closed:
            raise SandboxFailed(f"The {self.name} sandbox is closed.", "Open a new one.")
        turn = Turn(self._metrics)
        run = partial(run_job, self.wall, self._compiler, Job(entry, "program", submission.code, allowed), tests, stdin)
        work = asyncio.get_running_loop().run_in_executor(self._threads, turn.take, run)
        try:
            return await work
        except asyncio.CancelledError:
            turn.call_off()
            raise

    def health(self) -> SandboxHealth:
        """See ``Sandbox.health``."""
        return self._metrics.report(self.name, self.wall.languages(), self.wall.spares())

    async def check(self) -> tuple[AttackResult, ...]:
        """See ``Sandbox.check``."""
        return tuple(one for one in await attack(self, quick=True) if not one.is_absent)

    async def aclose(self) -> None:
        """See ``Sandbox.aclose``; waits for what is running."""
        if not self._is_closed:
            self._is_closed = True
            await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
            await asyncio.to_thread(self.wall.close)


class Turn:
    """One submission's turn, from waiting to its end, counted."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._stop = threading.Event()
        self._entered = time.monotonic()
        self._has_begun = False
        self._lock = threading.Lock()
        metrics.enter()

    def take(self, run: Callable[[threading.Event], RunResult]) -> RunResult:
        """Run, in a worker thread."""
        started = time.monotonic()
        with self._lock:
            if self._stop.is_set():
                # Called off in the moment its turn came: nobody waits for the result.
                return RunResult(outcome="killed")
            self._has_begun = True
            self._metrics.start(started - self._entered)
        outcome: Outcome | None = None
        is_refused = False
        try:
            result = run(self._stop)
            outcome = result.outcome
            return result.model_copy(update={"waited_s": round(started - self._entered, 4)})
        except BadSubmission:
            is_refused = True
            raise
        finally:
            self._metrics.end("refused" if is_refused else outcome, time.monotonic() - started)

    def call_off(self) -> None:
        """Nobody wants the result any more."""
        with self._lock:
            if not self._stop.is_set() and not self._has_begun:
                self._metrics.leave()
            self._stop.set()


def check_submission(submission: Submission, tests: TestSuite | None, stdin: str = "") -> LanguageEntry:
    """The language's entry; raises BadSubmission for what cannot be run as it is."""
    entry = get_language(submission.language)
    if not submission.code.strip():
        raise BadSubmission("There is no code.", "Write some and submit again.")
    if "\0" in submission.code:
        raise BadSubmission("The code holds a NUL byte.", "Save it as plain text and submit again.")
    try:
        size = len(submission.code.encode())
    except UnicodeEncodeError as error:
        raise BadSubmission("The code is not UTF-8.", "Save it as UTF-8 and submit again.") from error
    if size > CODE_KB * 1024:
        raise BadSubmission(f"The code has {size // 1024} KB.", f"At most {CODE_KB} KB are accepted.")
    if isinstance(tests, FunctionTests) and not IDENTIFIER.match(tests.name):
        raise BadSubmission(f"The tests call {tests.name!r}, which is not a name.", "Correct the test suite.")
    if isinstance(tests, FunctionTests) and not entry.has_functions:
        raise BadSubmission(
            f"Code in {entry.language} has no functions to call.", "Give tests of the kind stdin: tables in, rows out."
        )
    _check_given(tests, stdin)
    return entry


def _check_given(tests: TestSuite | None, stdin: str) -> None:
    """Raises BadSubmission where an input cannot be sent: half a character, a number of thousands of digits."""
    try:
        stdin.encode()
        if tests is not None:
            json.dumps(tests.model_dump(), ensure_ascii=False).encode()
    except ValueError as error:
        raise BadSubmission(
            "An input of the program is not UTF-8, or holds a number that is too long.", "Correct it and submit again."
        ) from error
