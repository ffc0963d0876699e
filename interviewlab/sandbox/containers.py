"""Making, finding and removing the containers of the Docker wall."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import socket
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import docker
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.types import LogConfig, Ulimit

from interviewlab.errors import SandboxFailed, SandboxUnavailable
from interviewlab.sandbox.kits import KIT_PARTS
from interviewlab.sandbox.languages import read_driver
from interviewlab.sandbox.limits import WORK_FILES
from interviewlab.sandbox.walls import Job

LABEL = "interviewlab.sandbox"
NOBODY = "65534:65534"
KIT = "/opt/interviewlab"
"""The folder of prepared tools in the image."""
IMAGE_PARTS = ("image/Dockerfile", *KIT_PARTS)
"""What the image is made of; scripts/sandbox-image.sh names it by the same files."""
OWN_PROCESSES = 2
"""The launcher and the one it starts, which are not the candidate's to spend."""
CPU_PERIOD_US = 100_000
CPU_QUOTA_US = 200_000
"""Two processors: V8 compiles and collects garbage beside the program."""
REMEDY = "Start Docker and run scripts/sandbox-image.sh (as root, INTERVIEWLAB_START_DOCKER=1 makes it do both)."


@dataclass(frozen=True)
class Shape:
    """What a container is made for, and cannot change later."""

    memory_mb: int
    processes: int
    open_files: int
    file_size_mb: int
    work_folder_mb: int
    is_native: bool
    """The work folder holds a program that is started: nothing else may be."""


@dataclass(frozen=True)
class Container:
    """A started container that waits for its code."""

    id: str
    socket: socket.socket
    keeper: Any
    """What closes the socket when it is collected."""


def image_tag() -> str:
    """The name of the image that belongs to this version's Dockerfile and what it copies."""
    room = files("interviewlab.sandbox")
    parts = b"".join(room.joinpath(*name.split("/")).read_bytes() for name in IMAGE_PARTS)
    return f"interviewlab-sandbox:{hashlib.sha256(parts).hexdigest()[:12]}"


def start_container(client: docker.DockerClient, image: str, shape: Shape) -> Container:
    """A container that waits for its code. Raises what the client raises."""
    created = client.api.create_container(
        image,
        command=[f"{KIT}/launcher", "-c", read_driver("launcher.sh")],
        user=NOBODY,
        working_dir="/work",
        hostname="sandbox",
        stdin_open=True,
        network_disabled=True,
        labels=to_labels(),
        host_config=client.api.create_host_config(**to_host_config(shape)),
    )
    attached = client.api.attach_socket(created["Id"], params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
    client.api.start(created["Id"])
    return Container(created["Id"], getattr(attached, "_sock", attached), attached)


def to_labels() -> dict[str, str]:
    """Whose container it is."""
    pid = str(os.getpid())
    return {LABEL: pid, f"{LABEL}.began": when_began(pid), f"{LABEL}.host": socket.gethostname()}


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


def find_image(client: docker.DockerClient, tag: str = "") -> str:
    """The tag, this version's where none is given, if the engine has it; raises SandboxUnavailable."""
    tag = tag or image_tag()
    try:
        client.images.get(tag)
    except DockerException as error:
        raise SandboxUnavailable(f"The engine has no image {tag}.", "Run scripts/sandbox-image.sh.") from error
    return tag


def to_shape(job: Job) -> Shape:
    """What of the limits a container is made with."""
    limits = job.limits
    return Shape(
        limits.memory_mb,
        limits.processes,
        limits.open_files,
        limits.file_size_mb,
        limits.work_folder_mb,
        job.is_native,
    )


def to_host_config(shape: Shape) -> dict[str, Any]:
    """The walls of a container."""
    size = shape.file_size_mb * 2**20
    folder = f"size={shape.work_folder_mb}m,nr_inodes={WORK_FILES},uid=65534,gid=65534,mode=700"
    return {
        "network_mode": "none",
        "read_only": True,
        "tmpfs": {"/work": f"rw,nosuid,nodev,{'exec' if shape.is_native else 'noexec'},{folder}"},
        "cap_drop": ["ALL"],
        # Stricter than the engine's own profile, which allows io_uring before Docker 25.
        "security_opt": ["no-new-privileges", f"seccomp={read_seccomp()}"],
        "mem_limit": f"{shape.memory_mb}m",
        "memswap_limit": f"{shape.memory_mb}m",
        "pids_limit": shape.processes + OWN_PROCESSES,
        "cpu_period": CPU_PERIOD_US,
        "cpu_quota": CPU_QUOTA_US,
        "ulimits": [
            Ulimit(name="nofile", soft=shape.open_files, hard=shape.open_files),
            Ulimit(name="fsize", soft=size, hard=size),
            Ulimit(name="core", soft=0, hard=0),
        ],
        # The launcher is the first process: nobody in its container can kill or stop it, and it buries the orphans.
        "init": False,
        "ipc_mode": "none",
        "log_config": LogConfig(type="none"),
    }


def is_waiting(container: Container) -> bool:
    """Whether the container still waits for its code: it has said nothing and its socket is open."""
    return not select.select([container.socket], [], [], 0)[0]


def hang_up(container: Container) -> None:
    """Close the attached socket, whoever else still holds it."""
    # The other side may have been first, or we were already.
    with contextlib.suppress(OSError):
        container.socket.shutdown(socket.SHUT_RDWR)
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
        raise to_failure("did not remove a container", error) from error


def to_failure(what: str, error: Exception) -> SandboxFailed:
    """One sentence on what the engine did not do, or that it is no longer there."""
    if isinstance(error, ImageNotFound):
        return SandboxFailed("The Docker engine lost the sandbox image.", "Run scripts/sandbox-image.sh.")
    if isinstance(error, APIError):
        return SandboxFailed(f"Docker {what}: {str(error.explanation or error).strip().rstrip('.')}.", REMEDY)
    return SandboxFailed(f"Docker {what}, its engine no longer answers.", REMEDY)


def remove_leftovers(client: docker.DockerClient, of_pid: int = 0) -> None:
    """Remove the containers of servers of this machine that are no more, and those of the process ``of_pid``."""
    for found in client.api.containers(all=True, filters={"label": f"{LABEL}.host={socket.gethostname()}"}):
        pid, began = found["Labels"].get(LABEL, ""), found["Labels"].get(f"{LABEL}.began")
        lives = when_began(pid)
        # Containers of an earlier version do not say when their server began.
        if pid == str(of_pid) or not lives or began not in (None, lives):
            try:
                client.api.remove_container(found["Id"], force=True)
            except DockerException:
                # Another server that starts now removes it as well.
                continue


def when_began(pid: str) -> str:
    """When a process of this machine was started, in the kernel's ticks; empty for one that is no more.

    Numbers of processes are given again: the same number and the same beginning are the same process.
    """
    try:
        return Path(f"/proc/{int(pid)}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, ValueError):
        return ""
