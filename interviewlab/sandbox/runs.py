"""One submission against one suite, from start to result. Blocking; used by a worker thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from interviewlab.sandbox.comparison import cut, is_same, is_same_lines, is_same_text, to_shown
from interviewlab.sandbox.compiling import Compiled, Compiler
from interviewlab.sandbox.harness import Answer, ask, call, overall, renew, to_name
from interviewlab.sandbox.limits import ENDED_CASES, LOST_CASES, SUITE_WALL_S
from interviewlab.sandbox.trial import DRAIN_S, Trial
from interviewlab.sandbox.walls import Job, Wall
from interviewlab.types import (
    FunctionCase,
    FunctionTests,
    Outcome,
    ProgramTests,
    RunResult,
    StdinCase,
    StdinTests,
    TestResult,
    TestSuite,
)


def run_job(
    wall: Wall, compiler: Compiler, job: Job, tests: TestSuite | None, stdin: str, stop: threading.Event
) -> RunResult:
    """Compile where the language does, then run once, or once for each test."""
    job = _to_tested(job, tests)
    if job.entry.compile is not None:
        compiled = compiler.compile(job, stop)
        if compiled.outcome != "ok":
            return _uncompiled(wall, compiled, tests)
        job = replace(job, made=compiled.made)
    match tests:
        case None:
            return run_once(wall, job, stdin, stop)
        case ProgramTests():
            return _run_program(wall, job, stdin, stop)
        case StdinTests():
            return _run_stdin(wall, job, tests, stop)
        case FunctionTests():
            return FunctionRun(wall, job, tests, stop).run()


def _to_tested(job: Job, tests: TestSuite | None) -> Job:
    """The job with what its tests add to the code."""
    if isinstance(tests, FunctionTests):
        return replace(job, mode="function", function=tests.name)
    if isinstance(tests, ProgramTests):
        return replace(job, code="\n".join((job.code, job.entry.before_tests, tests.append, "")))
    return job


def _uncompiled(wall: Wall, compiled: Compiled, tests: TestSuite | None) -> RunResult:
    """Every test ends as the compiler did, and the compiler's words are the program's errors."""
    results: list[TestResult] = []
    if isinstance(tests, ProgramTests):
        results.append(_untried(0, "", compiled.outcome))
    elif tests is not None:
        cases: tuple[FunctionCase | StdinCase, ...] = tests.cases
        results += (_untried(n, case.category, compiled.outcome) for n, case in enumerate(cases, start=1))
    said = next((line for line in compiled.text.splitlines() if "error" in line), compiled.text)
    return RunResult(
        outcome=compiled.outcome,
        stderr=compiled.text,
        exit_code=1,
        wall_s=round(compiled.wall_s, 4),
        backend=wall.name,
        tests=tuple(result.model_copy(update={"got": cut(said)}) for result in results),
    )


def run_once(wall: Wall, job: Job, stdin: str, stop: threading.Event) -> RunResult:
    """The program as it is, with ``stdin`` as its standard input."""
    trial = Trial(wall, job, stop)
    try:
        trial.send(stdin.encode())
        trial.close_input()
        deadline = trial.started + job.limits.wall_s
        trial.run_out(deadline)
        end = trial.finish(max(DRAIN_S, deadline - time.monotonic()))
    finally:
        trial.finish()
    return RunResult(
        outcome=trial.outcome,
        stdout=trial.text_of(trial.stdout),
        stderr=trial.text_of(trial.stderr),
        exit_code=1 if trial.outcome == "compile_error" else end.status,
        wall_s=round(trial.wall_s, 4),
        cpu_s=end.cpu_s,
        memory_mb=end.memory_mb,
        backend=wall.name,
    )


def _run_program(wall: Wall, job: Job, stdin: str, stop: threading.Event) -> RunResult:
    result = run_once(wall, job, stdin, stop)
    test = TestResult(
        name="program",
        passed=result.outcome == "ok",
        outcome=result.outcome,
        wall_s=result.wall_s,
        memory_mb=result.memory_mb,
        got=cut(result.stdout),
    )
    return result.model_copy(update={"tests": (test,)})


def _run_stdin(wall: Wall, job: Job, tests: StdinTests, stop: threading.Event) -> RunResult:
    runs: list[RunResult] = []
    results: list[TestResult] = []
    deadline = time.monotonic() + SUITE_WALL_S
    for number, case in enumerate(tests.cases, start=1):
        lost = [result.outcome for result in results if result.outcome in ("time_limit", "compile_error")]
        if len(lost) >= LOST_CASES or "compile_error" in lost or time.monotonic() > deadline or stop.is_set():
            results.append(_untried(number, case.category, lost[-1] if lost else "time_limit"))
            continue
        runs.append(run_once(wall, job, case.stdin, stop))
        results.append(_to_stdin_result(number, case, runs[-1], tests.any_order))
    return _join(runs, results, wall.name, job.limits.output_kb * 1024)


def _to_stdin_result(number: int, case: StdinCase, run: RunResult, any_order: bool) -> TestResult:
    is_right = is_same_lines if any_order else is_same_text
    passed = run.outcome == "ok" and is_right(run.stdout, case.stdout)
    outcome: Outcome = "wrong_answer" if run.outcome == "ok" and not passed else run.outcome
    return TestResult(
        name=to_name(number, case.category),
        passed=passed,
        outcome=outcome,
        wall_s=run.wall_s,
        memory_mb=run.memory_mb,
        category=case.category,
        input=cut(case.stdin),
        expected=cut(case.stdout),
        got=cut(run.stdout or run.stderr),
    )


def _untried(number: int, category: str, outcome: Outcome) -> TestResult:
    """A case that was not run because of how those before it ended; the whole program is number 0."""
    name = to_name(number, category) if number else "program"
    return TestResult(name=name, passed=False, outcome=outcome, wall_s=0.0, category=category)


def _join(runs: Sequence[RunResult], results: Sequence[TestResult], backend: str, limit: int) -> RunResult:
    return RunResult(
        outcome=overall(results),
        stdout="".join(run.stdout for run in runs)[:limit],
        stderr="".join(run.stderr for run in runs)[:limit],
        exit_code=runs[-1].exit_code if runs else None,
        wall_s=round(sum(run.wall_s for run in runs), 4),
        cpu_s=round(sum(run.cpu_s for run in runs), 4),
        memory_mb=max((run.memory_mb for run in runs), default=0.0),
        backend=backend,
        tests=tuple(results),
    )


@dataclass
class FunctionRun:
    """One function-style suite: as many calls as possible in one process, a new one where a case ended it."""

    wall: Wall
    job: Job
    suite: FunctionTests
    stop: threading.Event
    results: list[TestResult] = field(default_factory=list)
    runs: list[RunResult] = field(default_factory=list)
    lost: list[Outcome] = field(default_factory=list)

    def run(self) -> RunResult:
        """All cases, in order; those that cannot be tried any more have the outcome that ended the suite."""
        deadline = time.monotonic() + min(SUITE_WALL_S, self.suite.budget_s or SUITE_WALL_S)
        while len(self.results) < len(self.suite.cases):
            if self._is_hopeless() or time.monotonic() > deadline or self.stop.is_set():
                self._give_up(Answer(self.lost[-1] if self.lost else "time_limit"))
                break
            self._serve(deadline)
        return _join(self.runs, self.results, self.wall.name, self.job.limits.output_kb * 1024)

    def _is_hopeless(self) -> bool:
        return self.lost.count("time_limit") >= LOST_CASES or len(self.lost) >= ENDED_CASES

    def _serve(self, deadline: float) -> None:
        """One process, until it is over or no case is left."""
        first = len(self.results)
        trial = Trial(self.wall, self._job(), self.stop)
        try:
            loaded = ask(trial, self.job.limits.wall_s, load=self.suite.name)
            if loaded.outcome != "ok":
                self._give_up(loaded)
            for case in self.suite.cases[len(self.results) :]:
                is_used = loaded.value is True and len(self.results) > first
                answer = renew(trial, self._left_s(deadline)) if is_used else loaded
                if answer.outcome == "ok":
                    answer = call(trial, case.args, self._left_s(deadline))
                self._record(case, answer)
                if answer.is_last:
                    self.lost.append(answer.outcome)
                    break
            trial.drain()
        finally:
            trial.finish()
        self._keep(trial)
        peak = {"memory_mb": self.runs[-1].memory_mb}
        self.results[first:] = [result.model_copy(update=peak) for result in self.results[first:]]

    def _left_s(self, deadline: float) -> float:
        return min(self.job.limits.wall_s, deadline - time.monotonic())

    def _job(self) -> Job:
        """The clock of each call is ours; the CPU limit of the process is that of all its calls."""
        cpu_s = min(self.job.limits.cpu_s * len(self.suite.cases), SUITE_WALL_S)
        return replace(self.job, limits=self.job.limits.model_copy(update={"cpu_s": cpu_s}))

    def _give_up(self, answer: Answer) -> None:
        for case in self.suite.cases[len(self.results) :]:
            self._record(case, answer)

    def _record(self, case: FunctionCase, answer: Answer) -> None:
        passed = answer.outcome == "ok" and is_same(
            answer.value, case.expect, self.suite.tolerance, self.suite.any_order
        )
        result = TestResult(
            name=to_name(len(self.results) + 1, case.category),
            passed=passed,
            outcome="wrong_answer" if answer.outcome == "ok" and not passed else answer.outcome,
            wall_s=round(answer.wall_s, 4),
            category=case.category,
            input=to_shown(list(case.args)),
            expected=to_shown(case.expect),
            got=to_shown(answer.value) if answer.outcome == "ok" else answer.text,
        )
        self.results.append(result)

    def _keep(self, trial: Trial) -> None:
        end = trial.finish()
        self.runs.append(
            RunResult(
                outcome=trial.outcome,
                stdout=trial.text_of(trial.stdout),
                stderr=trial.text_of(trial.stderr),
                exit_code=end.status,
                wall_s=round(trial.wall_s, 4),
                cpu_s=end.cpu_s,
                memory_mb=end.memory_mb,
            )
        )
