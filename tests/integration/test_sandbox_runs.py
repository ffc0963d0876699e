"""Right, wrong and slow solutions in both languages on both backends, and what candidates get to see of them."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from interviewlab.errors import SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import EVERYWHERE
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.runs import run_once
from interviewlab.sandbox.walls import Job
from interviewlab.types import (
    FunctionCase,
    FunctionTests,
    Language,
    Limits,
    Outcome,
    ProgramTests,
    StdinCase,
    StdinTests,
    Submission,
)
from tests.parts import need
from tests.walls import BACKENDS, open_sandlock, opened, wait_for_spares

PAIR_SUM = FunctionTests(
    name="pair_sum",
    cases=(
        FunctionCase(args=([2, 7, 11, 15], 9), expect=[0, 1]),
        FunctionCase(args=([3, 3], 6), expect=[0, 1], category="duplicates"),
        FunctionCase(args=([], 1), expect=None, category="empty input"),
    ),
)
QUICK = EVERYWHERE.model_copy(update={"wall_s": 1.0, "cpu_s": 1.0})


@pytest.fixture(scope="module", params=BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with opened(request.param) as sandbox:
        yield sandbox


RIGHT: dict[Language, str] = {
    "python": """
def pair_sum(numbers, target):
    seen = {}
    for at, number in enumerate(numbers):
        if target - number in seen:
            return (seen[target - number], at)
        seen[number] = at
""",
    "javascript": """
const pair_sum = (numbers, target) => {
  const seen = new Map();
  for (const [at, number] of numbers.entries()) {
    if (seen.has(target - number)) return [seen.get(target - number), at];
    seen.set(number, at);
  }
};
""",
}
WRONG: dict[Language, str] = {
    "python": "def pair_sum(numbers, target):\n    return [0, 0]\n",
    "javascript": "function pair_sum(numbers, target) { return [0, 0]; }\n",
}
SLOW: dict[Language, str] = {
    "python": "def pair_sum(numbers, target):\n    while True: pass\n",
    "javascript": "function pair_sum(numbers, target) { for (;;) {} }\n",
}
CRASHING: dict[Language, str] = {
    "python": "def pair_sum(numbers, target):\n    return numbers[99]\n",
    "javascript": "function pair_sum(numbers, target) { return numbers.none.none; }\n",
}
BROKEN: dict[Language, str] = {"python": "def pair_sum(:\n", "javascript": "function pair_sum( {\n"}


@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize(
    ("codes", "outcome", "limits"),
    [
        pytest.param(RIGHT, "ok", None, id="right"),
        pytest.param(WRONG, "wrong_answer", None, id="wrong"),
        pytest.param(SLOW, "time_limit", QUICK, id="slow"),
        pytest.param(CRASHING, "runtime_error", None, id="crashing"),
        pytest.param(BROKEN, "compile_error", None, id="broken"),
    ],
)
async def test_solution_is_classified(
    sandbox: Sandbox, language: Language, codes: dict[Language, str], outcome: Outcome, limits: Limits | None
) -> None:
    result = await sandbox.run(Submission(code=codes[language], language=language), PAIR_SUM, limits=limits)
    assert result.outcome == outcome, result
    assert result.backend == sandbox.name
    assert [test.name for test in result.tests] == ["case 1", "2: duplicates", "3: empty input"]
    assert all(test.passed for test in result.tests) == (outcome == "ok")


async def test_failing_case_shows_input_expected_and_got(sandbox: Sandbox) -> None:
    result = await sandbox.run(Submission(code=WRONG["python"], language="python"), PAIR_SUM)
    assert (result.tests[0].input, result.tests[0].expected, result.tests[0].got) == (
        "[[2, 7, 11, 15], 9]",
        "[0, 1]",
        "[0, 0]",
    )


@pytest.mark.parametrize("language", ["python", "javascript"])
async def test_special_values_travel_both_ways(sandbox: Sandbox, language: Language) -> None:
    code = {"python": "def same(x): return x\n", "javascript": "const same = (x) => x;\n"}[language]
    values = [float("nan"), float("inf"), -1.5, 1e300, "é\u2028\n\0", {"a": [None, True, {}]}, [], ""]
    suite = FunctionTests(name="same", cases=tuple(FunctionCase(args=(one,), expect=one) for one in values))
    result = await sandbox.run(Submission(code=code, language=language), suite)
    assert [(test.input, test.got) for test in result.tests if not test.passed] == []


async def test_sets_tuples_and_generators_become_lists(sandbox: Sandbox) -> None:
    code = "def f(kind):\n    return {'set': {3, 10, 2}, 'tuple': (1, (2,)), 'yield': (n for n in range(2))}[kind]\n"
    expected = {"set": [2, 3, 10], "tuple": [1, [2]], "yield": [0, 1]}
    cases = tuple(FunctionCase(args=(kind,), expect=value) for kind, value in expected.items())
    assert (
        await sandbox.run(Submission(code=code, language="python"), FunctionTests(name="f", cases=cases))
    ).outcome == "ok"


async def test_async_function_is_waited_for(sandbox: Sandbox) -> None:
    code = "const f = async (x) => { await new Promise((done) => setTimeout(done, 5)); return x + 1; };"
    suite = FunctionTests(name="f", cases=(FunctionCase(args=(1,), expect=2), FunctionCase(args=(2,), expect=3)))
    assert (await sandbox.run(Submission(code=code, language="javascript"), suite)).outcome == "ok"


async def test_what_is_printed_is_kept_apart_from_answers(sandbox: Sandbox) -> None:
    code = 'import sys\ndef f(x):\n    print("working on", x)\n    print("careful", file=sys.stderr)\n    return x\n'
    suite = FunctionTests(name="f", cases=(FunctionCase(args=(1,), expect=1), FunctionCase(args=(2,), expect=2)))
    result = await sandbox.run(Submission(code=code, language="python"), suite)
    assert (result.outcome, result.stdout, result.stderr) == (
        "ok",
        "working on 1\nworking on 2\n",
        "careful\ncareful\n",
    )


async def test_missing_function_is_named(sandbox: Sandbox) -> None:
    result = await sandbox.run(Submission(code="x = 1", language="python"), PAIR_SUM)
    assert result.outcome == "runtime_error"
    assert "pair_sum" in result.tests[0].got


@pytest.mark.parametrize("language", ["python", "javascript"])
async def test_stdin_suite_runs_the_program_once_for_each_case(sandbox: Sandbox, language: Language) -> None:
    code = {
        "python": "print(sum(map(int, input().split())))\n",
        "javascript": "console.log(require('fs').readFileSync(0, 'utf8').split(' ').map(Number)"
        ".reduce((a, b) => a + b, 0));",
    }[language]
    suite = StdinTests(cases=(StdinCase(stdin="1 2 3\n", stdout="6\n"), StdinCase(stdin="4 5", stdout="10")))
    result = await sandbox.run(Submission(code=code, language=language), suite)
    assert [(test.passed, test.outcome, test.got.strip()) for test in result.tests] == [
        (True, "ok", "6"),
        (False, "wrong_answer", "9"),
    ]


async def test_program_suite_passes_by_its_exit_status(sandbox: Sandbox) -> None:
    program = Submission(code="def f(): return 2", language="python")
    assert (await sandbox.run(program, ProgramTests(append="assert f() == 2"))).outcome == "ok"
    failed = await sandbox.run(program, ProgramTests(append="assert f() == 3"))
    assert (failed.outcome, failed.tests[0].passed) == ("runtime_error", False)


async def test_failed_console_assert_fails_a_program(sandbox: Sandbox) -> None:
    program = Submission(code="const f = () => 2;", language="javascript")
    assert (await sandbox.run(program, ProgramTests(append="console.assert(f() === 2)"))).outcome == "ok"
    failed = await sandbox.run(program, ProgramTests(append="console.assert(f() === 3, 'three')"))
    assert failed.outcome == "runtime_error"
    assert "Assertion failed three" in failed.stderr


async def test_program_runs_with_its_input_and_exit_status(sandbox: Sandbox) -> None:
    result = await sandbox.run(Submission(code="print(input()); exit(3)", language="python"), stdin="hello\n")
    assert (result.outcome, result.stdout, result.exit_code) == ("runtime_error", "hello\n", 3)


async def test_large_input_that_nobody_reads_does_not_block(sandbox: Sandbox) -> None:
    result = await sandbox.run(Submission(code="print('done')", language="python"), stdin="x" * 3_000_000)
    assert (result.outcome, result.stdout) == ("ok", "done\n")


async def test_large_input_arrives_whole(sandbox: Sandbox) -> None:
    code = "import sys; print(len(sys.stdin.read()))"
    result = await sandbox.run(Submission(code=code, language="python"), stdin="x" * 3_000_000)
    assert result.stdout == "3000000\n"


TRACE = {
    "python": 'import json\nprint("start")\njson.loads("{")\n',
    "javascript": 'console.log("start");\nfunction inner() { null.x; }\ninner();\n',
}


@pytest.mark.parametrize("language", ["python", "javascript"])
async def test_errors_read_the_same_each_time_and_name_no_host_path(sandbox: Sandbox, language: Language) -> None:
    runs = [await sandbox.run(Submission(code=TRACE[language], language=language)) for _ in range(2)]
    assert (runs[0].stdout, runs[0].stderr) == (runs[1].stdout, runs[1].stderr)
    assert f"solution.{'py' if language == 'python' else 'js'}" in runs[0].stderr
    for path in ("/tmp", "/root", "interviewlab", "<string>", "[eval]", "node:internal"):
        assert path not in runs[0].stderr


async def test_cpu_and_memory_are_measured(sandbox: Sandbox) -> None:
    code = (
        "import time\nkept = b'x' * 60_000_000\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
    )
    result = await sandbox.run(Submission(code=code, language="python"))
    assert result.outcome == "ok"
    assert 0.2 < result.cpu_s < 2
    assert 50 < result.memory_mb < 200


async def test_many_at_once_are_all_answered(sandbox: Sandbox) -> None:
    codes = [Submission(code=f"print({n})", language="python") for n in range(8)]
    results = await asyncio.gather(*(sandbox.run(code) for code in codes))
    assert [result.stdout for result in results] == [f"{n}\n" for n in range(8)]


async def test_cancelled_run_makes_room_for_the_next(sandbox: Sandbox) -> None:
    started = time.monotonic()
    tasks = [
        asyncio.create_task(sandbox.run(Submission(code="import time; time.sleep(60)", language="python")))
        for _ in range(2)
    ]
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await sandbox.run(Submission(code="print(1)", language="python"))).outcome == "ok"
    assert time.monotonic() - started < 8


def list_folders(prefix: str) -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"{prefix}*"))


SET_LIMITS = """
import os, resource
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
for pid in (0, 1):
    try: print(resource.prlimit(pid, resource.RLIMIT_NOFILE, *([(5, 5)] if pid == 0 else [])))
    except PermissionError: print("refused")
print(*map(resource.getrlimit, range(16)), os.getresuid(), os.getresgid(), os.getgroups())
"""


@pytest.mark.sandlock
def test_program_that_must_ask_for_its_limits_may_set_none_and_ask_for_no_others() -> None:
    with opened(open_sandlock) as sandbox:
        wall = cast("WalledSandbox", sandbox).wall
        job = Job(replace(ENTRIES["python"], asks_limits=True), "program", SET_LIMITS, EVERYWHERE)
        first = run_once(wall, job, "", threading.Event())
        wait_for_spares(sandbox)
        # In a process that waited, everything is as in one that was started for it.
        second = run_once(wall, job, "", threading.Event())
    assert (first.outcome, *first.stdout.split()[:3]) == ("ok", str(EVERYWHERE.open_files), "refused", "refused")
    assert (second.outcome, second.stdout, second.stderr) == ("ok", first.stdout, first.stderr)


JVM = """
import java.io.*;
public class Main {
    public static void main(String[] words) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String what = in.readLine();
        System.out.println(new File(".").list()[0] + Thread.currentThread() + in.readLine() + in.read() + words.length);
        Thread idle = new Thread(() -> { while (true) Thread.onSpinWait(); });
        idle.setDaemon(true);
        idle.start();
        if (what.equals("fail")) throw new IllegalStateException(what);
        new Thread(() -> { System.err.println(what); if (what.equals("exit")) System.exit(3); }).start();
    }
}
"""
JVM_ENDS = {
    "fail": ('Exception in thread "main" java.lang.IllegalStateException: fail\n\tat Main.main(Main.java:11)\n', 1),
    "exit": ("exit\n", 3),
    "end": ("end\n", 0),
}


@pytest.mark.sandlock
def test_jvm_that_waited_runs_a_program_as_one_that_is_started_for_it_does() -> None:
    with opened(open_sandlock) as sandbox:
        if "java" not in sandbox.health().languages:
            pytest.skip("there is no JDK")
        for what in ("end", *JVM_ENDS):
            result = asyncio.run(sandbox.run(Submission(code=JVM, language="java"), stdin=f"{what}\n1"))
            assert result.stdout == "classesThread[main,5,main]1-10\n"
            assert (result.stderr, result.exit_code) == JVM_ENDS[what]
            # Two compilers and a JVM.
            wait_for_spares(sandbox, 3)


@pytest.mark.sandlock
async def test_closed_sandbox_leaves_no_folder_and_refuses() -> None:
    from interviewlab.sandbox.folders import PREFIX

    try:
        sandbox = open_sandlock()
    except SandboxUnavailable as error:
        need("sandlock", False, str(error))
        raise
    before = list_folders(PREFIX)
    await sandbox.run(Submission(code="open('left', 'w').write('x')", language="python"))
    await sandbox.aclose()
    assert len(before - list_folders(PREFIX)) == 1
    with pytest.raises(SandboxFailed, match="closed"):
        await sandbox.run(Submission(code="print(1)", language="python"))
