"""What only Docker can show: how a container is made, that each is used once, and that none is left."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import docker
import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.containers import LABEL, connect, find_image, image_tag, remove_leftovers
from interviewlab.sandbox.docker import DockerSandbox
from interviewlab.types import Submission
from tests.parts import need

pytestmark = pytest.mark.docker


@pytest.fixture
def client() -> docker.DockerClient:
    try:
        found = connect()
        find_image(found)
    except SandboxUnavailable as error:
        need("docker", False, str(error))
        raise
    return found


@pytest.fixture
async def sandbox(client: docker.DockerClient) -> AsyncIterator[DockerSandbox]:
    opened = DockerSandbox()
    yield opened
    await opened.aclose()


def own_containers(client: docker.DockerClient, pid: str) -> list[str]:
    return [found["Id"] for found in client.api.containers(all=True, filters={"label": f"{LABEL}={pid}"})]


def wait_for_container(client: docker.DockerClient, pid: str) -> str:
    deadline = time.monotonic() + 20
    while not (ids := own_containers(client, pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return ids[0]


async def run(sandbox: DockerSandbox, code: str) -> str:
    return (await sandbox.run(Submission(code=code, language="python"))).stdout.strip()


async def test_containers_are_made_with_every_wall_up(sandbox: DockerSandbox, client: docker.DockerClient) -> None:
    await run(sandbox, "print(1)")
    spare = await asyncio.to_thread(wait_for_container, client, str(os.getpid()))
    about = client.api.inspect_container(spare)
    host = about["HostConfig"]
    assert (host["NetworkMode"], host["ReadonlyRootfs"], host["Privileged"], host["Init"]) == (
        "none",
        True,
        False,
        False,
    )
    assert (host["CapDrop"], host["CapAdd"], host["Binds"], about["Mounts"]) == (["ALL"], None, None, [])
    assert "noexec" in host["Tmpfs"]["/work"]
    assert host["Memory"] == host["MemorySwap"] == 256 * 2**20
    assert 0 < host["PidsLimit"] <= 40
    assert "no-new-privileges" in host["SecurityOpt"]
    assert any('"defaultAction": "SCMP_ACT_ERRNO"' in option for option in host["SecurityOpt"])
    assert about["Config"]["User"] == "65534:65534"
    assert about["HostConfig"]["LogConfig"]["Type"] == "none"


async def test_each_run_has_a_fresh_work_folder(sandbox: DockerSandbox) -> None:
    first = "import os; open('left', 'w').close(); print(os.listdir('.'))"
    assert "left" in await run(sandbox, first)
    assert await run(sandbox, "import os; print(os.listdir('.'))") == "['solution.py']"


async def test_root_is_read_only_and_nobody_has_capabilities(sandbox: DockerSandbox) -> None:
    code = """
import os
for path in ("/etc/new", "/usr/bin/python3", "/tmp/new", "/new", "/dev/shm/new"):
    try:
        open(path, "w")
        print("WRITTEN", path)
    except OSError: pass
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
print(status["CapEff"].strip(), status["NoNewPrivs"], status["Seccomp"], os.getuid(), os.listdir("/sys/class/net"))
"""
    assert await run(sandbox, code) == "0000000000000000 1 2 65534 ['lo']"


async def test_closing_removes_every_container(client: docker.DockerClient) -> None:
    sandbox = DockerSandbox()
    await run(sandbox, "print(1)")
    await sandbox.aclose()
    assert own_containers(client, str(os.getpid())) == []


def test_leftovers_of_a_killed_server_are_removed_at_the_next_start(client: docker.DockerClient) -> None:
    program = """
import asyncio, os
from interviewlab.sandbox.docker import DockerSandbox
from interviewlab.types import Submission
async def main():
    sandbox = DockerSandbox()
    print(os.getpid(), flush=True)
    await sandbox.run(Submission(code="import time; time.sleep(60)", language="python"))
asyncio.run(main())
"""
    server = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    pid = server.stdout.readline().strip()
    wait_for_container(client, pid)
    server.kill()
    server.wait()
    server.stdout.close()
    assert own_containers(client, pid)
    remove_leftovers(client)
    assert own_containers(client, pid) == []


async def test_container_removed_in_mid_run_is_our_failure_or_a_kill(
    sandbox: DockerSandbox, client: docker.DockerClient
) -> None:
    await run(sandbox, "print(1)")
    task = asyncio.create_task(sandbox.run(Submission(code="import time; time.sleep(30)", language="python")))
    await asyncio.sleep(1)
    for one in own_containers(client, str(os.getpid())):
        client.api.remove_container(one, force=True)
    result = (await asyncio.gather(task, return_exceptions=True))[0]
    assert getattr(result, "outcome", type(result).__name__) in ("killed", "SandboxFailed")
    assert await run(sandbox, "print(2)") == "2"


def test_image_name_follows_the_dockerfile() -> None:
    name, tag = image_tag().split(":")
    assert name == "interviewlab-sandbox"
    assert len(tag) == 12


async def test_full_pipes_on_which_nobody_waits_do_not_hide_how_a_program_ended(sandbox: DockerSandbox) -> None:
    """The launcher has its pipes from the candidate's program; how fast the engine empties them is a matter of luck."""
    (attack,) = (one for one in read_attacks() if one.name == "output that refuses to wait, filled up before the end")
    runs = [sandbox.run(Submission(code=attack.code, language="python")) for _ in range(40)]
    assert [ran.outcome for ran in await asyncio.gather(*runs)] == ["ok"] * 40
