"""The wall of containers: each used once, its main process is the candidate's program; nothing is mounted from the host.

A container that is started and waits for its code is kept ready for each kind of job, so a run pays only for the
program. All talk goes over one attached socket; nothing is written to a log.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import secrets
import shlex
import socket
import struct
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import docker
from docker.errors import DockerException, NotFound
from docker.types import LogConfig, Ulimit

from interviewlab.errors import SandboxFailed, SandboxUnavailable
from interviewlab.sandbox.limits import WORK_FILES
from interviewlab.sandbox.pipes import Pipes
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.types import Limits, Outcome

LABEL = "interviewlab.sandbox"
NOBODY = "65534:65534"
OWN_PROCESSES = 3
"""The init process, the launcher and the one it starts, which are not the candidate's to spend."""
REMEDY = "Start the Docker engine and run scripts/sandbox-image.sh; INTERVIEWLAB_START_DOCKER=1 lets it do both as root."
HEADER = struct.Struct(">BxxxI")
REPORT_S = 2.0

LAUNCHER = r"""
read -r token size cpu command
head -c "$size" > "$1"
ulimit -Sc 0; ulimit -Hc 0; ulimit -St "$cpu"; ulimit -Ht "$((cpu + 1))"
exec 3>&2 2>/dev/null
eval "$command 2>&3 3>&-"
status=$?
peak=0; cpu_ns=0; denied=0; oom=0
for f in /sys/fs/cgroup/memory.peak /sys/fs/cgroup/memory/memory.max_usage_in_bytes; do [ -r $f ] && read -r peak < $f; done
[ -r /sys/fs/cgroup/cpuacct/cpuacct.usage ] && read -r cpu_ns < /sys/fs/cgroup/cpuacct/cpuacct.usage
if [ -r /sys/fs/cgroup/cpu.stat ]; then while read -r k v; do [ "$k" = usage_usec ] && cpu_ns=${v}000; done < /sys/fs/cgroup/cpu.stat; fi
for f in /sys/fs/cgroup/pids.events /sys/fs/cgroup/pids/pids.events; do
    if [ -r $f ]; then while read -r k v; do [ "$k" = max ] && denied=$v; done < $f; fi
done
for f in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
    if [ -r $f ]; then while read -r k v; do [ "$k" = oom_kill ] && oom=$v; done < $f; fi
done
printf '\0%s %s %s %s %s %s\n' "$token" "$status" "$peak" "$cpu_ns" "$denied" "$oom" >&3
exit "$status"
"""
"""Waits for one line and the code, runs it, and says at the end what the container's counters say."""


@dataclass(frozen=True)
class Shape:
    """What a container is made for, and cannot change later."""

    file_name: str
    memory_mb: int
    processes: int
    open_files: int
    file_size_mb: int
    work_folder_mb: int


@dataclass(frozen=True)
class Container:
    """A started container that waits for its code."""

    id: str
    socket: socket.socket
    keeper: Any
    """What closes the socket when it is collected."""


class DockerWall:
    """Cells are containers of our image; raises SandboxUnavailable where there is no engine or no image."""

    name = "docker"

    def __init__(self, spares: int = 1) -> None:
        self._client = connect()
        self._image = find_image(self._client)
        self._spares: dict[Shape, queue.SimpleQueue[Container]] = {}
        self._lock = threading.Lock()
        self._wanted = spares
        self._filler = ThreadPoolExecutor(1, thread_name_prefix="sandbox-docker-spare")
        self._is_closed = False
        remove_leftovers(self._client)

    def open(self, job: Job) -> DockerCell:
        """See ``Wall.open``."""
        shape = to_shape(job)
        try:
            container = self._take(shape) or self._start(shape)
        except (DockerException, OSError) as error:
            raise SandboxFailed(f"Docker did not start a container: {error}.", REMEDY) from error
        self._filler.submit(self._fill, shape)
        return DockerCell(self._client, container, job, self._remove)

    def _take(self, shape: Shape) -> Container | None:
        with self._lock:
            spares = self._spares.get(shape)
        try:
            return spares.get_nowait() if spares is not None else None
        except queue.Empty:
            return None

    def _fill(self, shape: Shape) -> None:
        """Keep spares of the last shapes that were asked for; a failure here shows again at the next run."""
        with self._lock:
            spares = self._spares.setdefault(shape, queue.SimpleQueue())
        try:
            while spares.qsize() < self._wanted and not self._is_closed:
                spares.put(self._start(shape))
        except (DockerException, OSError):
            return
        self._forget_old_shapes()

    def _forget_old_shapes(self) -> None:
        with self._lock:
            old = [self._spares.pop(shape) for shape in list(self._spares)[:-4]]
        for spares in old:
            self._empty(spares)

    def _start(self, shape: Shape) -> Container:
        created = self._client.api.create_container(
            self._image,
            command=["/bin/sh", "-c", LAUNCHER, "sh", shape.file_name],
            user=NOBODY,
            working_dir="/work",
            hostname="sandbox",
            stdin_open=True,
            network_disabled=True,
            labels={LABEL: str(os.getpid()), f"{LABEL}.host": socket.gethostname()},
            host_config=self._client.api.create_host_config(**to_host_config(shape)),
        )
        attached = self._client.api.attach_socket(
            created["Id"], params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
        )
        self._client.api.start(created["Id"])
        return Container(created["Id"], getattr(attached, "_sock", attached), attached)

    def _remove(self, container: Container) -> None:
        remove_container(self._client, container)

    def _empty(self, spares: queue.SimpleQueue[Container]) -> None:
        while True:
            try:
                container = spares.get_nowait()
            except queue.Empty:
                return
            remove_container(self._client, container)

    def clean(self, text: str) -> str:
        """See ``Wall.clean``; a container knows no path of this machine."""
        return text

    def close(self) -> None:
        """See ``Wall.close``."""
        self._is_closed = True
        self._filler.shutdown(wait=True, cancel_futures=True)
        for spares in self._spares.values():
            self._empty(spares)
        self._client.close()


class DockerCell:
    """One container with its program."""

    def __init__(
        self, client: docker.DockerClient, container: Container, job: Job, remove: Callable[[Container], None]
    ) -> None:
        self._client = client
        self._remove = remove
        self._container = container
        self._pipes = Pipes(container.socket.fileno(), {container.socket.fileno(): "both"})
        self._token = secrets.token_hex(16)
        self._held = bytearray()
        self._tail = bytearray()
        self._report: list[str] = []
        self._started = time.monotonic()
        self._pipes.send(to_order(job, self._token))

    def send(self, data: bytes) -> None:
        """See ``Cell.send``."""
        self._pipes.send(data)

    def close_input(self) -> None:
        """See ``Cell.close_input``."""
        self._pipes.close_input()

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        """See ``Cell.receive``."""
        if not self._pipes.is_open or self._report:
            return None
        for _, data in self._pipes.poll(timeout_s):
            self._held += data
        chunks = [(stream, self._without_report(data) if stream == "stderr" else data) for stream, data in self._frames()]
        if not self._pipes.is_open and self._tail:
            chunks.append(("stderr", bytes(self._tail)))
            self._tail.clear()
        return [chunk for chunk in chunks if chunk[1]]

    def _frames(self) -> list[tuple[Stream, bytes]]:
        """What of the attached stream is whole."""
        found: list[tuple[Stream, bytes]] = []
        while len(self._held) >= HEADER.size:
            kind, length = HEADER.unpack_from(self._held)
            if len(self._held) < HEADER.size + length:
                break
            found.append(("stderr" if kind == 2 else "stdout", bytes(self._held[HEADER.size : HEADER.size + length])))
            del self._held[: HEADER.size + length]
        return found

    def _without_report(self, data: bytes) -> bytes:
        """Standard error as the candidate wrote it; the launcher's report, with its token, is ours."""
        self._tail += data
        before, mark, after = self._tail.partition(b"\0" + self._token.encode() + b" ")
        if mark and b"\n" in after:
            self._report = bytes(after).split(b"\n")[0].decode("ascii", "replace").split()
            self._tail.clear()
            return bytes(before)
        # The report may be cut in two by the stream: what could be its beginning stays here.
        start = self._tail.rfind(b"\0")
        keep = len(self._tail) - start if 0 <= start and len(self._tail) - start < 256 else 0
        ready = bytes(self._tail[: len(self._tail) - keep])
        del self._tail[: len(ready)]
        return ready

    def close(self, grace_s: float) -> Exit:
        """See ``Cell.close``."""
        deadline = time.monotonic() + grace_s
        try:
            while not self._report and self._pipes.is_open and time.monotonic() < deadline:
                self.receive(0.05)
            is_cut = not self._report and self._pipes.is_open
            if is_cut:
                # The engine waits for a reader of what was printed, and answers nothing about the container until then.
                hang_up(self._container)
            cpu_s = self._measure() if is_cut else 0.0
            return to_exit(self._report, is_cut, cpu_s) if self._report or is_cut else self._inspect()
        except (DockerException, OSError) as error:
            raise SandboxFailed(f"Docker lost a container: {error}.", REMEDY) from error
        finally:
            self._remove(self._container)

    def _measure(self) -> float:
        """CPU seconds of a container that still runs."""
        stats = self._client.api.stats(self._container.id, stream=False, one_shot=True)
        return round(stats.get("cpu_stats", {}).get("cpu_usage", {}).get("total_usage", 0) / 1e9, 3)

    def _inspect(self) -> Exit:
        """For a container that ended without its launcher's report: the launcher was killed with the rest."""
        state = self._client.api.inspect_container(self._container.id)["State"]
        cause: Outcome = "memory_limit" if state.get("OOMKilled") else "killed"
        return Exit(None, 9, cause=cause)


class DockerSandbox(WalledSandbox):
    """Runs code in containers used once; raises SandboxUnavailable where there is no engine or no image."""

    def __init__(self, concurrency: int = 2) -> None:
        super().__init__(DockerWall(), concurrency)


def image_tag() -> str:
    """The name of the image that belongs to this version's Dockerfile."""
    dockerfile = files("interviewlab.sandbox").joinpath("image", "Dockerfile").read_bytes()
    return f"interviewlab-sandbox:{hashlib.sha256(dockerfile).hexdigest()[:12]}"


@cache
def read_seccomp() -> str:
    """Our system call filter, as JSON."""
    return json.dumps(json.loads(files("interviewlab.sandbox").joinpath("image", "seccomp.json").read_text()))


def connect() -> docker.DockerClient:
    """A client whose engine answers; raises SandboxUnavailable."""
    try:
        client = docker.from_env(timeout=60)
        client.ping()
    except (DockerException, OSError) as error:
        raise SandboxUnavailable("No Docker engine answers.", REMEDY) from error
    return client


def find_image(client: docker.DockerClient) -> str:
    """The tag, if the engine has it; raises SandboxUnavailable."""
    tag = image_tag()
    try:
        client.images.get(tag)
    except DockerException as error:
        raise SandboxUnavailable(f"The engine has no image {tag}.", "Run scripts/sandbox-image.sh.") from error
    return tag


def to_shape(job: Job) -> Shape:
    """What of the limits a container is made with."""
    limits = job.limits
    return Shape(
        job.entry.file_name,
        limits.memory_mb,
        limits.processes,
        limits.open_files,
        limits.file_size_mb,
        limits.work_folder_mb,
    )


def to_host_config(shape: Shape) -> dict[str, Any]:
    """The walls of a container."""
    size = shape.file_size_mb * 2**20
    return {
        "network_mode": "none",
        "read_only": True,
        "tmpfs": {
            "/work": f"rw,nosuid,nodev,size={shape.work_folder_mb}m,nr_inodes={WORK_FILES},uid=65534,gid=65534,mode=700"
        },
        "cap_drop": ["ALL"],
        # Stricter than the engine's own profile, which allows io_uring before Docker 25.
        "security_opt": ["no-new-privileges", f"seccomp={read_seccomp()}"],
        "mem_limit": f"{shape.memory_mb}m",
        "memswap_limit": f"{shape.memory_mb}m",
        "pids_limit": shape.processes + OWN_PROCESSES,
        "cpu_period": 100_000,
        "cpu_quota": 200_000,
        "ulimits": [
            Ulimit(name="nofile", soft=shape.open_files, hard=shape.open_files),
            Ulimit(name="fsize", soft=size, hard=size),
            Ulimit(name="core", soft=0, hard=0),
        ],
        "init": True,
        "ipc_mode": "none",
        "log_config": LogConfig(type="none"),
    }


def to_order(job: Job, token: str) -> bytes:
    """The launcher's line and the code: token, size of the code in bytes, CPU seconds, shell words to run."""
    code = job.code.encode()
    command = job.entry.command(job.mode, job.limits.memory_mb)
    words = ["env", "-i", "PATH=/usr/bin:/bin", *(f"{k}={v}" for k, v in job.entry.environment.items()), *command]
    # A shell reads one line here: what has line ends of its own is handed over by name.
    line = " ".join(f'"$(printf %b {shlex.quote(to_octal(word))})"' if "\n" in word else shlex.quote(word) for word in words)
    return f"{token} {len(code)} {max(1, round(job.limits.cpu_s))} {line}\n".encode() + code


def to_octal(word: str) -> str:
    """The word in the escapes of ``printf %b``, on one line."""
    return word.replace("\\", "\\0134").replace("\n", "\\0012")


def to_exit(report: list[str], is_cut: bool, cpu_s: float) -> Exit:
    """What the launcher's report means: status, peak in bytes, CPU in ns, refused processes, out-of-memory kills."""
    if is_cut or len(report) != 5 or not all(part.isdigit() for part in report):
        return Exit(None, 9, cpu_s=cpu_s, is_cut=is_cut, cause=None if is_cut else "killed")
    status, peak, cpu_ns, denied, oom = map(int, report)
    cause: Outcome | None = "memory_limit" if oom and status else "process_limit" if denied and status else None
    signal = status - 128 if status > 128 else None
    return Exit(
        None if signal else status, signal, round(cpu_ns / 1e9, 3), round(peak / 2**20, 1), cause, is_cut
    )


def hang_up(container: Container) -> None:
    """Close the attached socket, whoever else still holds it."""
    try:
        container.socket.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was first.
        pass
    container.keeper.close()
    container.socket.close()


def remove_container(client: docker.DockerClient, container: Container) -> None:
    """Kill and remove; one that is gone already is as it should be."""
    hang_up(container)
    try:
        client.api.remove_container(container.id, force=True)
    except NotFound:
        return
    except (DockerException, OSError) as error:
        raise SandboxFailed(f"Docker did not remove a container: {error}.", REMEDY) from error


def remove_leftovers(client: docker.DockerClient) -> None:
    """Remove the containers of servers of this machine that are no more."""
    for found in client.api.containers(all=True, filters={"label": f"{LABEL}.host={socket.gethostname()}"}):
        owner = found["Labels"].get(LABEL, "")
        if not Path(f"/proc/{owner}").exists():
            try:
                client.api.remove_container(found["Id"], force=True)
            except DockerException:
                # Another server that starts now removes it as well.
                continue
