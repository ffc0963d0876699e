"""The ``Sandbox`` port over any wall: what may come in, how many run at once, cancelling."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.sandbox.contract import attack
from interviewlab.sandbox.languages import LanguageEntry, get_language
from interviewlab.sandbox.limits import CODE_KB, get_limits, lower
from interviewlab.sandbox.runs import run_job
from interviewlab.sandbox.walls import Job, Wall
from interviewlab.types import AttackResult, FunctionTests, Limits, RunResult, Submission, TestSuite

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class WalledSandbox:
    """Runs submissions in cells of one wall, at most ``concurrency`` at a time; further ones wait their turn."""

    def __init__(self, wall: Wall, concurrency: int = 2) -> None:
        self.name = wall.name
        self._wall = wall
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix=f"sandbox-{wall.name}")
        self._is_closed = False

    async def run(
        self, submission: Submission, tests: TestSuite | None = None, stdin: str = "", limits: Limits | None = None
    ) -> RunResult:
        """See ``Sandbox.run``. Cancelling ends the program within a tenth of a second."""
        entry = check_submission(submission, tests)
        allowed = lower(get_limits(submission.language, self.name), limits)
        if self._is_closed:
            raise SandboxFailed(f"The {self.name} sandbox is closed.", "Open a new one.")
        stop = threading.Event()
        job = Job(entry, "program", submission.code, allowed)
        work = asyncio.get_running_loop().run_in_executor(self._threads, run_job, self._wall, job, tests, stdin, stop)
        try:
            return await work
        except asyncio.CancelledError:
            stop.set()
            raise

    async def check(self) -> tuple[AttackResult, ...]:
        """See ``Sandbox.check``."""
        return tuple(one for one in await attack(self, quick=True) if not one.is_absent)

    async def aclose(self) -> None:
        """See ``Sandbox.aclose``; waits for what is running."""
        if not self._is_closed:
            self._is_closed = True
            await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
            await asyncio.to_thread(self._wall.close)


def check_submission(submission: Submission, tests: TestSuite | None) -> LanguageEntry:
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
    return entry
