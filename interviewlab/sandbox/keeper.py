"""Starts programs under Landlock and outlives the server that wants them, only to end them. A script of its own: it is
started apart and imports nothing of the package.

``ENGINE LINE SERVER``: ENGINE is the folder that holds sandlock, LINE a socket to the server, SERVER its process. Each
packet on LINE is an order and bears a socket for that run; on it goes the program's number with its three streams, then
comes the word ``wait`` or ``kill``, and goes how the program ended. A run whose server is gone is killed.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import select
import socket
import struct
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandlock import Process

PACKET_BYTES = 1 << 18
REAP_S = 5.0

NUMBERS = {"x86_64": (302, 56, 435), "aarch64": (261, 220, 435)}
"""Of the system calls ``prlimit64``, ``clone`` and ``clone3``."""
LOAD, EQUAL, HAS, ANSWER = 0x20, 0x15, 0x45, 0x06
CLONE_PARENT = 0x8000
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050001, 0x00050026
"""What a filter answers: yes, EPERM, ENOSYS."""
ARGUMENTS = 16
"""Where the six arguments begin in seccomp's data, eight bytes each; little-endian."""
SET_WAKING = 0x40082104
"""``SECCOMP_IOCTL_NOTIF_SET_FLAGS``; 1 is its only flag."""
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 22, 38, 2


def serve(line: socket.socket, server: int) -> None:
    """One thread for each run, until the server is gone; then until all programs are."""
    watched = os.pidfd_open(server)
    runs: dict[threading.Thread, socket.socket] = {}
    # Somebody else may still hold the server's end of the line: its process is what counts.
    while os.getppid() == server and not is_over(line, watched):
        packet, descriptors, _, _ = socket.recv_fds(line, PACKET_BYTES, 1, socket.MSG_CMSG_CLOEXEC)
        if not packet:
            break
        control = socket.socket(fileno=descriptors[0])
        runs = {thread: kept for thread, kept in runs.items() if thread.is_alive()}
        thread = threading.Thread(target=keep, args=(json.loads(packet), control))
        runs[thread] = control
        thread.start()
    for thread, control in runs.items():
        if thread.is_alive():
            hang_up(control)
    for thread in runs:
        thread.join()


def is_over(line: socket.socket, watched: int) -> bool:
    """Wait for an order, or for the end of the server: whether it is that."""
    waiting: list[int] = [line.fileno(), watched]
    return watched in select.select(waiting, [], [])[0]


def keep(order: dict[str, Any], control: socket.socket) -> None:
    """One run: start, hand over the streams, wait for the word, say how it ended."""
    # A thread that starts a program passes its filters on, and keeps them: this one has limits to set.
    with ThreadPoolExecutor(1) as starter:
        try:
            process = starter.submit(start, order).result()
            process_id = process.pid or -1
            set_limits(process_id, order["limits"])
            wake_near()
            process.stdin.write(order["said"].encode())
        except (OSError, RuntimeError, ValueError) as error:
            send(control, {"error": str(error), "errno": getattr(error, "errno", None)})
            return
        streams = (process.stdin, process.stdout, process.stderr)
        send(control, {"pid": process_id}, [stream.fileno() for stream in streams])
        for stream in streams:
            stream.close()
        if hear(control) != b"wait":
            process.kill()
        found = process.wait(timeout=REAP_S)
    send(control, {"reason": found.reason.name, "signal": found.signal, "status": found.exit_code})


def start(order: dict[str, Any]) -> Process:
    """The program with its three streams piped."""
    from sandlock import Sandbox, StdioMode

    narrow(asks_limits=order["asks_limits"])
    return Sandbox(**order["sandbox"]).popen(
        order["command"], stdin=StdioMode.PIPED, stdout=StdioMode.PIPED, stderr=StdioMode.PIPED
    )


def narrow(*, asks_limits: bool) -> None:
    """A filter of our own for this thread and what it starts: Landlock's looks at no arguments. Raises OSError.

    Nobody may give a child to their own parent, which is us and would outlive the run. With ``asks_limits``
    a program may ask for its own limits (the JVM does) but set none.
    """
    limits, clone, clone3 = NUMBERS[os.uname().machine]
    set_filter(build_clone_filter(clone, clone3))
    if asks_limits:
        set_filter(build_limits_filter(limits))


def set_filter(steps: list[tuple[int, int, int, int]]) -> None:
    """Raises OSError."""
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(steps), ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    for words in ((PR_SET_NO_NEW_PRIVS, 1, 0), (PR_SET_SECCOMP, FILTER, ctypes.create_string_buffer(head, len(head)))):
        if libc.prctl(*words, 0, 0):
            raise OSError(ctypes.get_errno(), "a filter could not be set")


def build_clone_filter(clone: int, clone3: int) -> list[tuple[int, int, int, int]]:
    """A child is its maker's own. The flags of ``clone3`` cannot be seen; the C library falls back to ``clone``."""
    return [
        (LOAD, 0, 0, 0),
        (EQUAL, 4, 0, clone3),
        (EQUAL, 0, 2, clone),
        (LOAD, 0, 0, ARGUMENTS),
        (HAS, 2, 0, CLONE_PARENT),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, UNKNOWN),
        (ANSWER, 0, 0, REFUSE),
    ]


def build_limits_filter(number: int) -> list[tuple[int, int, int, int]]:
    """Other calls are allowed (the filters before this one have judged them).

    This one for oneself, with no new limit or for the size of cores: Landlock forbids those as it starts a program.
    """
    pid, kind, new = (ARGUMENTS + 8 * place for place in (0, 1, 2))
    return [
        (LOAD, 0, 0, 0),
        (EQUAL, 0, 10, number),
        *((LOAD, 0, 0, pid), (EQUAL, 0, 9, 0), (LOAD, 0, 0, pid + 4), (EQUAL, 0, 7, 0)),
        *((LOAD, 0, 0, kind), (EQUAL, 4, 0, resource.RLIMIT_CORE)),
        *((LOAD, 0, 0, new), (EQUAL, 0, 3, 0), (LOAD, 0, 0, new + 4), (EQUAL, 0, 1, 0)),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, REFUSE),
    ]


def set_limits(process_id: int, limits: list[tuple[int, int, int]]) -> None:
    """Kernel limits of a program that waits for its first line, inherited by its descendants."""
    for kind, soft, hard in limits:
        resource.prlimit(process_id, kind, (soft, hard))


def wake_near() -> None:
    """Whoever answers a program's calls is woken on the processor that waits for the answer. It changes no answer.

    Sandlock 0.9 asks for this with a pointer where the kernel wants the number, and is refused.
    """
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}") == "anon_inode:seccomp notify":
                fcntl.ioctl(int(name), SET_WAKING, 1)
        except OSError:
            # Another run has ended in the meantime, or the kernel is older than 6.6.
            continue


def hear(control: socket.socket) -> bytes:
    """The server's word; empty when it is gone."""
    try:
        return control.recv(16)
    except OSError:
        return b""


def send(control: socket.socket, what: dict[str, Any], descriptors: list[int] | None = None) -> None:
    """Nobody may be there to hear it any more."""
    try:
        socket.send_fds(control, [json.dumps(what).encode()], descriptors or [])
    except OSError:
        hang_up(control)


def hang_up(control: socket.socket) -> None:
    """Nothing more comes and nothing more goes; it may be so already."""
    try:
        control.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def main() -> None:
    """Serve the line that our caller left open."""
    engine, line, server = sys.argv[1:]
    sys.path.insert(0, engine)
    serve(socket.socket(fileno=int(line)), int(server))


if __name__ == "__main__":
    main()
