"""The process in which a local model runs: ``python -m interviewlab.llm.local_server MODEL.gguf THREADS CONTEXT``.

It serves the OpenAI protocol on a port of its own to those who know its key, which it reads from the first line of its
standard input; it writes its address as one line, and ends when its standard input does: it never outlives its parent.
"""

from __future__ import annotations

import os
import sys

# Threads that wait do not spin: ears and mouth share the processors.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def serve(model: str, threads: int, context: int, key: str) -> None:
    """Load the model, say where it listens, and stay until standard input ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.cpuparams.poll = params.cpuparams_batch.poll = 0
    params.no_extra_bufts = True
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.ui = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    # The model's threads would keep the interpreter from ending.
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.stdin.readline().strip())
