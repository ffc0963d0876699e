"""The process around one WASI program. A script of its own: it is started apart and imports nothing of the package.

``compile ENGINE SOURCE TARGET`` compiles a module once. ``run ENGINE CONTROL MODULE`` loads the compiled module from
descriptor MODULE, sheds what rights it has, waits on the socket CONTROL for one order and runs it; ENGINE is the
folder that holds wasmtime. The program has its three streams and a clock: no files, no sockets, no threads.
"""

from __future__ import annotations

import json
import os
import resource
import select
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from wasmtime import Engine, Memory, Module

NOBODY = 65534
NO_NEW_PRIVILEGES = 38
WASM_STACK_BYTES = 2 << 20
"""The most that wasmtime takes."""
THREAD_STACK_BYTES = 16 << 20
"""The compiled program's stack and our own frames around it."""
WATCH_S = 0.05
LENGTH_BYTES = 8
NEARLY = 0.95
"""A program that aborts with so much of its memory in use did so for want of it: measured, CPython aborts where it
cannot make a MemoryError."""
ABORTED = 134
"""What a shell says of a program that aborted."""


def build_engine() -> Engine:
    """The same for compiling and running, or the compiled module is refused.

    Interruption by epochs and not by fuel: measured on a loop of additions, it costs 8 % where fuel costs 27 %.
    """
    from wasmtime import Config, Engine

    config = Config()
    config.epoch_interruption = True
    config.max_wasm_stack = WASM_STACK_BYTES
    config.wasm_threads = False
    return Engine(config)


def compile_module(source: str, target: str) -> None:
    """Write the compiled module of ``source`` to ``target``."""
    from wasmtime import Module

    with open(target, "wb") as file:
        file.write(Module.from_file(build_engine(), source).serialize())


def serve(control: int, module_fd: int) -> None:
    """Load, shed, wait, run, report; does not return."""
    from wasmtime import Module

    engine = build_engine()
    module = Module.deserialize_file(engine, f"/proc/self/fd/{module_fd}")
    os.close(module_fd)
    shed_rights()
    order = read_order(control)
    begun_cpu_s = time.process_time()
    limit_s = begun_cpu_s + float(order["cpu_s"])
    limit_resources(limit_s)
    say(control, {"begun_cpu_s": begun_cpu_s})
    threading.Thread(target=watch, args=(engine, control, limit_s), daemon=True).start()
    threading.stack_size(THREAD_STACK_BYTES)
    running = threading.Thread(target=lambda: say(control, run(engine, module, order)))
    running.start()
    running.join()
    # Nothing of the program's is waited for.
    os._exit(0)


def read_order(control: int) -> dict[str, Any]:
    """The order behind its length; ends the process when whoever started it is gone."""
    length = int.from_bytes(read_whole(control, LENGTH_BYTES), "big")
    order: dict[str, Any] = json.loads(read_whole(control, length))
    return order


def read_whole(control: int, length: int) -> bytes:
    """Exactly so many bytes."""
    data = b""
    while len(data) < length:
        piece = os.read(control, length - len(data))
        if not piece:
            os._exit(0)
        data += piece
    return data


def say(control: int, what: dict[str, Any]) -> None:
    """One line of JSON; nobody may be there to read it any more."""
    try:
        os.write(control, json.dumps(what).encode() + b"\n")
    except OSError:
        os._exit(1)


def shed_rights() -> None:
    """Behind the module's own wall there is nothing to gain: no new privileges, not root."""
    import ctypes

    ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    os.chdir("/")
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def limit_resources(cpu_limit_s: float) -> None:
    """What the kernel would stop if the module's wall did not: CPU time, files, core dumps."""
    cpu_s = int(cpu_limit_s) + 1
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu_s, cpu_s + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def watch(engine: Engine, control: int, cpu_limit_s: float) -> None:
    """Interrupt the program at its CPU limit; end with whoever started us (they send nothing more)."""
    while True:
        if select.select([control], [], [], WATCH_S)[0]:
            os._exit(0)
        if time.process_time() >= cpu_limit_s:
            engine.increment_epoch()


def run(engine: Engine, module: Module, order: dict[str, Any]) -> dict[str, Any]:
    """Run the program to its end; how it ended, and the most memory it had."""
    from wasmtime import ExitTrap, Linker, Store, Trap, TrapCode, WasmtimeError

    store = Store(engine)
    store.set_epoch_deadline(1)
    store.set_limits(memory_size=int(order["memory_mb"]) << 20, instances=1, memories=1)
    store.set_wasi(build_streams(order))
    linker = Linker(engine)
    linker.define_wasi()
    try:
        instance = linker.instantiate(store, module)
    except WasmtimeError:
        # The limit, or the machine, has no room for what the interpreter begins with.
        return {"status": 1, "cause": "memory_limit", "memory_mb": 0.0}
    exports = instance.exports(store)
    status, cause, words = 0, "", ""
    try:
        exports["_start"](store)  # type: ignore[operator]
    except ExitTrap as end:
        status = end.code
    except Trap as trap:
        status, words = ABORTED, trap.message
        cause = "time_limit" if trap.trap_code == TrapCode.INTERRUPT else ""
    except WasmtimeError:
        # WASI knows no exit status of 126 or more.
        status = 1
    memory_bytes = cast("Memory", exports["memory"]).data_len(store)
    if status == ABORTED and not cause:
        cause = "memory_limit" if memory_bytes >= NEARLY * (int(order["memory_mb"]) << 20) else ""
        os.write(2, f"\n{words.strip().splitlines()[-1].strip()}\n".encode())
    return {"status": status, "cause": cause, "memory_mb": round(memory_bytes / 2**20, 1)}


def build_streams(order: dict[str, Any]) -> Any:
    """Arguments, variables and the three streams: all that the program is given."""
    from wasmtime import WasiConfig

    wasi = WasiConfig()
    wasi.argv = order["argv"]
    wasi.env = list(order["environment"].items())
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    return wasi


if __name__ == "__main__":
    sys.path.append(sys.argv[2])
    if sys.argv[1] == "compile":
        compile_module(*sys.argv[3:5])
    else:
        serve(*map(int, sys.argv[3:5]))
