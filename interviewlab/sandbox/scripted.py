"""A sandbox that runs nothing: it answers what the test that made it wrote down."""

from __future__ import annotations

from collections.abc import Iterable

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.runner import check_submission
from interviewlab.types import AttackResult, Limits, RunResult, SandboxHealth, Submission, TestSuite


class ScriptedSandbox:
    """Gives ``results`` in order and keeps what it was asked; raises SandboxFailed when none is left."""

    name = "scripted"

    def __init__(self, results: Iterable[RunResult] = ()) -> None:
        self._results = list(results)
        self.submissions: list[Submission] = []
        self.suites: list[TestSuite | None] = []
        self.is_closed = False

    async def run(
        self, submission: Submission, tests: TestSuite | None = None, stdin: str = "", limits: Limits | None = None
    ) -> RunResult:
        """The next result; refuses what a real sandbox refuses."""
        check_submission(submission, tests, stdin)
        self.submissions.append(submission)
        self.suites.append(tests)
        if not self._results:
            raise SandboxFailed("The scripted sandbox has no result left.", "Give it one for each run.")
        return self._results.pop(0)

    async def check(self) -> tuple[AttackResult, ...]:
        """Nothing to attack: nothing runs."""
        return ()

    def health(self) -> SandboxHealth:
        """Nothing runs, nothing is counted."""
        return SandboxHealth(backend=self.name)

    async def aclose(self) -> None:
        """Nothing was opened."""
        self.is_closed = True
