"""The image as it is deployed: root file system read-only, user 1000, no capabilities, no new privileges.

Measured: how soon it serves, what it weighs, whether an interview goes through it by its API, and whether a worker made
of the same image registers with a LiveKit server of this machine.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from interviewlab.bench.voice.rooms import open_rooms
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings

HARDENED = ("--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")  # noqa: S108
UP_S = 180.0
LOOK_S = 0.1
REST_S = 10.0
"""Memory is read after so long with nothing to do."""
SAYS = ("Yes, I'm ready.", "I would measure first, because a guess costs a week.", "I don't know.")
_ID = "import os; print(os.getuid())"
_WRITE = "open('/app/written', 'w')"


async def bench_container(settings: Settings, image: str = "interviewlab") -> dict[str, Any]:
    """Seconds, MB and answers of app and worker. Weights are those of this machine. Raises InterviewLabError."""
    looked = json.loads(await _docker("image", "inspect", image))[0]
    app = await _measure_app(settings, image)
    async with open_rooms(settings) as with_rooms:
        worker = await _measure_worker(with_rooms, image)
    size_mb = round(looked["Size"] / 2**20)
    return {"image_mb": size_mb, "user": looked["Config"]["User"], "app": app, "worker": worker}


async def _measure_app(settings: Settings, image: str) -> dict[str, Any]:
    port = _free_port()
    began = time.monotonic()
    async with _running(settings, image, {"PORT": str(port), "HOST": "127.0.0.1"}) as name:
        url = f"http://127.0.0.1:{port}"
        await _until_served(f"{url}/healthz", name)
        healthy_s = time.monotonic() - began
        page = await asyncio.to_thread(_get, url)
        first_page_s = time.monotonic() - began
        await asyncio.sleep(REST_S)
        idle_mb = await _memory_mb(name)
        return {
            "healthy_s": round(healthy_s, 1),
            "first_page_s": round(first_page_s, 1),
            "page_kb": round(len(page) / 1024),
            "idle_mb": idle_mb,
            "uid": int(await _docker("exec", name, "python", "-c", _ID)),
            "may_write_its_code": await _succeeds("exec", name, "python", "-c", _WRITE),
            "interview": await asyncio.to_thread(_hold, url),
            "after_interview_mb": await _memory_mb(name),
        }


async def _measure_worker(settings: Settings, image: str) -> dict[str, Any]:
    secret = settings.livekit_secret.get_secret_value()
    told = {"LIVEKIT_URL": settings.livekit_url, "LIVEKIT_KEY": settings.livekit_key, "LIVEKIT_SECRET": secret}
    began = time.monotonic()
    async with _running(settings, image, told, "worker") as name:
        async with asyncio.timeout(UP_S):
            while "Registered" not in await _said(name):
                await _check_runs(name)
                await asyncio.sleep(LOOK_S)
        registered_s = time.monotonic() - began
        await asyncio.sleep(REST_S)
        idle_mb = await _memory_mb(name)
        await _docker("stop", "--time", "30", name)
        status = int(await _docker("inspect", "--format", "{{.State.ExitCode}}", name))
        return {"registered_s": round(registered_s, 1), "idle_mb": idle_mb, "status_after_stop": status}


def _hold(url: str) -> dict[str, Any]:
    """An interview by the API, from the greeting to its report."""
    from gradio_client import Client

    client = Client(url, verbose=False)
    begun = client.predict(type="fundamentals", minutes=15, seed=1, api_name="/create_interview")
    replies = [client.predict(begun["interview_id"], said, api_name="/reply") for said in SAYS]
    report = client.predict(begun["interview_id"], api_name="/complete_interview")
    return {"turns": replies[-1]["turn"], "axes": len(report["axes"]), "brain": report["brain"]}


@asynccontextmanager
async def _running(settings: Settings, image: str, told: Mapping[str, str], *command: str) -> AsyncIterator[str]:
    """A container on this machine's network with an empty data folder; its name."""
    name = f"interviewlab-bench-{_free_port()}"
    own = [part for key, value in told.items() for part in ("--env", f"INTERVIEWLAB_{key}={value}")]
    where = ["--network", "host", "--volume", f"{settings.cache_dir}:/cache:ro"]
    await _docker("run", "--detach", "--name", name, *HARDENED, *where, *own, image, *command)
    try:
        yield name
    finally:
        await _docker("rm", "--force", "--volumes", name)


async def _until_served(url: str, name: str) -> None:
    async with asyncio.timeout(UP_S):
        while True:
            try:
                await asyncio.to_thread(_get, url)
            except (urllib.error.URLError, OSError):
                await _check_runs(name)
                await asyncio.sleep(LOOK_S)
            else:
                return


async def _check_runs(name: str) -> None:
    if await _docker("inspect", "--format", "{{.State.Running}}", name) != "true":
        raise InterviewLabError("The container ended.", f"It wrote: {(await _said(name))[-2000:]}")


async def _memory_mb(name: str) -> int:
    used = (await _docker("stats", "--no-stream", "--format", "{{.MemUsage}}", name)).split("/")[0].strip()
    factor = {"KiB": 1 / 1024, "MiB": 1.0, "GiB": 1024.0}[used[-3:]]
    return round(float(used[:-3]) * factor)


async def _said(name: str) -> str:
    process = await _start("logs", name)
    out, err = await process.communicate()
    return (out + err).decode(errors="replace")


async def _succeeds(*command: str) -> bool:
    return await (await _start(*command)).wait() == 0


async def _docker(*command: str) -> str:
    process = await _start(*command)
    out, err = await process.communicate()
    if process.returncode:
        said = err.decode(errors="replace").strip().splitlines() or ["no reason was given"]
        raise InterviewLabError(f"docker {command[0]} failed: {said[-1]}", "Start Docker, and build the image first.")
    return out.decode().strip()


async def _start(*command: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec("docker", *command, stdout=pipe, stderr=pipe)
    except FileNotFoundError as error:
        raise InterviewLabError("There is no docker on this machine.", "Install it (docker.io).") from error


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - an address of our own
        return bytes(answer.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
