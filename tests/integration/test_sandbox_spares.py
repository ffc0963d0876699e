"""Processes that wait for a program: each is used once, for a job like the one it was made for, and none is left."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.sandbox.descent import look_at
from interviewlab.sandbox.keeping import Keeper
from interviewlab.sandbox.orders import EARLY_CPU_S, GATE, GO
from interviewlab.sandbox.spares import Place, Shape, Spares
from interviewlab.sandbox.waiting import KEPT_SHAPES
from tests.parts import need

pytestmark = pytest.mark.sandlock
WANTED = 2
SEEN = ["/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null"]
ORDER = {
    "sandbox": {"fs_readable": [path for path in SEEN if os.path.exists(path)], "fs_writable": []},
    "command": [*GATE, "/bin/ls", "-a"],
    "limits": [],
    "said": "",
    "asks_limits": False,
}
LIST = Shape(json.dumps(ORDER), 1, is_native=False)
ONLY_NOTHING = [b".\n", b"..\n"]
BUSY = ["/bin/sh", "-c", "while :; do :; done"]


@pytest.fixture
def spares() -> Iterator[Spares]:
    from interviewlab.sandbox.sandlock import check_kernel

    try:
        check_kernel()
    except SandboxUnavailable as error:
        need("sandlock", False, str(error))
        raise
    root, keeper = Path(tempfile.mkdtemp(prefix="interviewlab-spares-")), Keeper()
    root.chmod(0o711)
    spares = Spares(root, keeper, WANTED)
    yield spares
    spares.close()
    keeper.close()
    assert list(root.iterdir()) == []
    shutil.rmtree(root)


def wait_for(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not look():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.01)


def run(spares: Spares, shape: Shape = LIST) -> Place:
    """One run, from taking a place to putting it away; its program saw an empty folder, or what it has to find."""
    place = spares.take(shape)
    place.kept.streams[0].write(GO.encode())
    found = [f"{shape.early_folder}\n".encode()] if shape.early_folder else []
    assert place.kept.streams[1].readlines() == [*ONLY_NOTHING, *found]
    (place.work / "left").touch()
    assert place.kept.end(kill=False)["status"] == 0
    spares.put_away(place, shape)
    return place


def test_each_is_used_once_and_others_wait_for_the_next(spares: Spares) -> None:
    used = []
    for _ in range(3):
        used.append(run(spares))
        wait_for(lambda: spares.count() == WANTED and not used[-1].folder.exists())
    assert len({place.folder for place in used}) == len({place.kept.pid for place in used}) == 3


def test_what_waits_for_a_job_serves_its_equals_alone(spares: Spares) -> None:
    run(spares)
    wait_for(lambda: spares.count() == WANTED)
    narrower = json.dumps({**ORDER, "limits": [(int(signal.SIGHUP), 9, 9)]})
    for other in (replace(LIST, order=narrower), replace(LIST, work_folder_mb=2), replace(LIST, is_native=True)):
        place = spares.take(other)
        assert spares.count() == WANTED
        place.kept.end(kill=True)
        spares.put_away(place, LIST)


def test_none_is_made_while_a_run_is_on(spares: Spares) -> None:
    on = spares.take(LIST)
    run(spares)
    run(spares)
    assert spares.count() == 0
    on.kept.end(kill=True)
    spares.put_away(on, LIST)
    spares.put_away(on, LIST)
    wait_for(lambda: spares.count() == WANTED)


def find_waiting(root: Path) -> list[int]:
    """The processes at their gates, in folders below ``root``."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "cwd").startswith(f"{root}/"):
                found.append(int(process.name))
    return found


@pytest.mark.parametrize("who", ["processes", "keeper"])
def test_those_that_ended_while_they_waited_are_passed_over(spares: Spares, who: str) -> None:
    root = run(spares).folder.parent
    wait_for(lambda: spares.count() == WANTED)
    waiting = find_waiting(root)
    assert len(waiting) == WANTED
    keeper = int(Path(f"/proc/{waiting[0]}/stat").read_text().rpartition(")")[2].split()[1])
    for pid in waiting if who == "processes" else [keeper]:
        ended = os.pidfd_open(pid)
        os.kill(pid, signal.SIGKILL)
        assert select.select([ended], [], [], 30)[0]
        os.close(ended)
    run(spares)


def test_of_runtimes_that_start_early_one_waits(spares: Spares) -> None:
    early = replace(LIST, early_folder="found")
    for _ in range(2):
        run(spares, early)
        wait_for(lambda: spares.count() == 1)
    # A second one would be there by now.
    time.sleep(0.2)
    assert spares.count() == 1


def test_one_that_used_up_its_time_while_it_waited_is_passed_over(spares: Spares) -> None:
    place = spares.take(replace(LIST, order=json.dumps({**ORDER, "command": BUSY})))
    assert place.is_waiting

    def is_tired() -> bool:
        seen = look_at(place.kept.pid)
        return seen is not None and seen.cpu_s >= EARLY_CPU_S

    wait_for(is_tired)
    assert not place.is_waiting
    place.kept.end(kill=True)
    spares.put_away(place, LIST)


def test_there_are_only_so_many(spares: Spares) -> None:
    shapes = [replace(LIST, work_folder_mb=size) for size in range(1, KEPT_SHAPES + 3)]
    for shape in shapes:
        run(spares, shape)
    wait_for(lambda: spares.count() == KEPT_SHAPES * WANTED)
    oldest = run(spares, shapes[0])
    wait_for(lambda: spares.count() == KEPT_SHAPES * WANTED)
    wait_for(lambda: not oldest.folder.exists())
