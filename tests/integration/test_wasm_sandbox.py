"""Python in WebAssembly: what only this backend can show, and that its results are those of the others."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewlab.errors import BadSubmission, SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import EVERYWHERE
from interviewlab.sandbox.walls import Job
from interviewlab.sandbox.wasm import Host, WasmCell
from interviewlab.sandbox.wasm_module import open_module
from interviewlab.types import FunctionCase, FunctionTests, StdinCase, StdinTests, Submission
from tests.walls import open_wasm, opened, wait_for_spares

pytestmark = pytest.mark.weights

DOUBLE = FunctionTests(
    name="double",
    cases=(FunctionCase(args=(2,), expect=4), FunctionCase(args=("é\n\0",), expect="é\n\0é\n\0", category="text")),
)
TINY = b"\0asm\x01\0\0\0"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with opened(open_wasm) as sandbox:
        yield sandbox


def python(code: str) -> Submission:
    return Submission(code=code, language="python")


@pytest.mark.parametrize(
    ("code", "outcome", "passed"),
    [
        ("def double(x):\n    print('working')\n    return x * 2", "ok", 2),
        ("class Solution:\n    def double(self, x): return x + x", "ok", 2),
        ("class Solution:\n    n = 1\n    def double(self, x): self.n += 1; return x * self.n", "ok", 2),
        ("def double(x): return 4", "wrong_answer", 1),
        ("def double(x): return x.none", "runtime_error", 0),
        ("def double(x:", "compile_error", 0),
        ("def double(x):\n    while True: pass", "time_limit", 0),
        ("def double(x): return bytearray(1 << 30)", "memory_limit", 0),
        ("def double(x): return input()", "runtime_error", 0),
    ],
)
async def test_functions_are_called_and_classified(sandbox: Sandbox, code: str, outcome: str, passed: int) -> None:
    quick = EVERYWHERE.model_copy(update={"wall_s": 1.5})
    result = await sandbox.run(python(code), DOUBLE, limits=quick)
    assert (result.outcome, result.passed, result.backend) == (outcome, passed, "wasm"), result


async def test_programs_read_their_input_and_are_measured(sandbox: Sandbox) -> None:
    suite = StdinTests(cases=(StdinCase(stdin="1 2\n", stdout="3\n"), StdinCase(stdin="3 4", stdout="8")))
    result = await sandbox.run(python("print(sum(map(int, input().split())))"), suite)
    assert [(test.passed, test.got) for test in result.tests] == [(True, "3\n"), (False, "7\n")]
    large = await sandbox.run(python("import sys; print(len(sys.stdin.read()))"), stdin="x" * 3_000_000)
    assert large.stdout == "3000000\n"
    busy = await sandbox.run(python("kept = b'x' * 60_000_000\nfor _ in range(10**6): pass"))
    assert busy.outcome == "ok"
    assert 60 < busy.memory_mb < 200
    assert 0 < busy.cpu_s < 5


async def test_recursion_goes_as_deep_as_elsewhere(sandbox: Sandbox) -> None:
    result = await sandbox.run(python("def f(n): return n and 1 + f(n - 1)\nprint(f(950))"))
    assert result.stdout == "950\n"


async def test_program_without_room_to_start_in_is_out_of_memory(sandbox: Sandbox) -> None:
    result = await sandbox.run(python("print(1)"), limits=EVERYWHERE.model_copy(update={"memory_mb": 8}))
    assert (result.outcome, result.stdout) == ("memory_limit", "")


@pytest.mark.parametrize("said", [b"", b'{"begun_cpu_s": 0}\n'])
def test_host_that_ends_before_its_program_is_told_however_often_it_is_closed(said: bytes) -> None:
    ours, theirs = socket.socketpair()
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", ""], stdin=pipe, stdout=pipe, stderr=pipe)
    cell = WasmCell(Host(process, ours), Job(ENTRIES["python"], "program", "", EVERYWHERE), lambda: None)
    theirs.sendall(said)
    for _ in range(2):
        with pytest.raises(SandboxFailed, match="ended with 0"):
            cell.close(15)
    theirs.close()


async def test_other_languages_are_refused_with_the_remedy(sandbox: Sandbox) -> None:
    with pytest.raises(BadSubmission, match="javascript") as caught:
        await sandbox.run(Submission(code="1", language="javascript"))
    assert "Docker" in caught.value.remedy


async def test_cancelled_run_and_closed_sandbox_leave_no_process(sandbox: Sandbox) -> None:
    wait_for_spares(sandbox, 1)  # those of the test before stand again
    before = children_of(os.getpid())
    other = open_wasm(2)
    task = asyncio.create_task(other.run(python("import time\ntime.sleep(60)")))
    await asyncio.sleep(0.7)
    assert children_of(os.getpid()) - before
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await other.aclose()
    assert not children_of(os.getpid()) - before


def test_program_ends_with_the_server_that_was_killed(sandbox: Sandbox) -> None:
    program = """
import asyncio
from interviewlab.types import Submission
from tests.walls import open_wasm
print(flush=True)
asyncio.run(open_wasm().run(Submission(code="while True: pass", language="python")))
"""
    server = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert server.stdout is not None
    server.stdout.readline()
    assert wait_for(lambda: children_of(server.pid))
    started = children_of(server.pid)
    server.kill()
    server.wait()
    server.stdout.close()
    assert started
    assert wait_for(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in started))


def children_of(pid: int) -> set[int]:
    """Processes around programs that this process has started, dead ones not counted."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "stat").read_text().rpartition(")")[2].split()
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == pid and words[0] not in "ZX" and b"wasm_host.py" in command:
            found.add(int(path.name))
    return found


def wait_for(look: Callable[[], object]) -> object:
    deadline = time.monotonic() + 15
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def test_compiled_module_is_kept_and_made_again_when_its_bytes_changed(tmp_path: Path) -> None:
    source, folder = tmp_path / "tiny.wasm", tmp_path / "cache"
    source.write_bytes(TINY)
    os.close(open_module(source, folder))
    made = next(folder.glob("*.cwasm"))
    first, at = made.read_bytes(), made.stat().st_mtime_ns
    os.close(open_module(source, folder))
    assert made.stat().st_mtime_ns == at
    made.chmod(0o600)
    broken = first[:-1] + bytes([first[-1] ^ 1])
    made.write_bytes(broken)
    with open(open_module(source, folder), "rb") as file:
        assert file.read() != broken


def test_module_in_a_folder_of_others_is_not_used(tmp_path: Path) -> None:
    source, folder = tmp_path / "tiny.wasm", tmp_path / "cache"
    source.write_bytes(TINY)
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(SandboxUnavailable, match="Others can write"):
        open_module(source, folder)


def test_module_that_is_none_is_told(tmp_path: Path) -> None:
    source = tmp_path / "tiny.wasm"
    source.write_bytes(b"no module")
    with pytest.raises(SandboxUnavailable, match="could not be compiled"):
        open_module(source, tmp_path / "cache")
