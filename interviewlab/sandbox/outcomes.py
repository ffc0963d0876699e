"""What an ended program means for its candidate, and its output as text that is fit to be shown. Pure."""

from __future__ import annotations

import re
import signal

from interviewlab.sandbox.comparison import to_printable
from interviewlab.sandbox.languages import COMPILE_STATUS
from interviewlab.sandbox.walls import Exit
from interviewlab.types import Outcome

MEMORY_WORDS = (
    "MemoryError",
    "OverflowError: cannot fit 'int' into an index-sized integer",
    "JavaScript heap out of memory",
    "Array buffer allocation failed",
    "could not allocate memory",
    "Invalid string length",
    "Cannot allocate memory",
    "ENOMEM",
    "std::bad_alloc",
    "java.lang.OutOfMemoryError: Java heap space",
    "java.lang.OutOfMemoryError: GC overhead limit exceeded",
    "java.lang.OutOfMemoryError: Requested array size",
    "insufficient memory for the Java Runtime",
)
"""In the last lines of what a program says at its death."""
EARLY_MEMORY_WORDS = (
    "fatal error: runtime: out of memory",
    "fatal error: out of memory",
    "runtime: cannot allocate memory",
)
"""Go says it before a long trace of every goroutine."""
PROCESS_WORDS = (
    "can't start new thread",
    "Resource temporarily unavailable",
    "EAGAIN",
    "ERR_WORKER_INIT_FAILED",
    "unable to create native thread",
)
EARLY_PROCESS_WORDS = ("runtime: failed to create new OS thread",)
KILLING = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGSYS, signal.SIGHUP, signal.SIGINT})
CPU_SLACK_S = 0.5
"""A program that catches SIGXCPU is killed a second later; measured CPU time lags by up to a sample."""

COMPILE_WORDS = (
    *("SyntaxError", "IndentationError", "TabError", "RecursionError", "MemoryError"),
    *("syntax error", "incomplete input", "unrecognized token"),
)
"""What a driver says of code that does not compile; a program may end with any status."""

_V8_DEATH = re.compile(r"\s*<--- Last few GCs --->.*?(?:(?P<what>FATAL ERROR: [^\n]*).*)?\Z", re.DOTALL)


def classify(end: Exit, stderr: str, cpu_limit_s: float) -> Outcome:
    """The outcome of a program that ended by itself; ``stderr`` tells why where the exit status cannot."""
    if end.cause is not None:
        return end.cause
    if end.cpu_s > cpu_limit_s + CPU_SLACK_S:
        # Each process was within the limit of its own, all of them together were not.
        return "time_limit"
    if end.status == 0 and end.signal is None:
        return "ok"
    if end.signal is not None:
        return _of_signal(end, stderr, cpu_limit_s)
    if end.status == COMPILE_STATUS and any(word in stderr for word in COMPILE_WORDS):
        return "compile_error"
    return _of_words(stderr)


def _of_signal(end: Exit, stderr: str, cpu_limit_s: float) -> Outcome:
    if end.signal == signal.SIGXCPU or (end.signal == signal.SIGKILL and end.cpu_s >= cpu_limit_s - CPU_SLACK_S):
        return "time_limit"
    if end.signal == signal.SIGXFSZ:
        return "output_limit"
    return "killed" if end.signal in KILLING else _of_words(stderr)


def _of_words(stderr: str) -> Outcome:
    last = "\n".join(stderr.rstrip().splitlines()[-12:])
    early = read_early_words(stderr)
    if any(word in last for word in MEMORY_WORDS) or early == "memory_limit":
        return "memory_limit"
    if any(word in last for word in PROCESS_WORDS) or early == "process_limit":
        return "process_limit"
    return "runtime_error"


def read_early_words(stderr: str) -> Outcome | None:
    """Why a Go program dies, which it says before a trace that may itself reach the output limit."""
    if any(word in stderr for word in EARLY_MEMORY_WORDS):
        return "memory_limit"
    return "process_limit" if any(word in stderr for word in EARLY_PROCESS_WORDS) else None


def to_text(data: bytes) -> str:
    """UTF-8 with what cannot be read or shown replaced; V8's last words without times and addresses."""
    text = to_printable(data.decode("utf-8", errors="replace"))
    if "<--- Last few GCs --->" not in text:
        return text
    return _V8_DEATH.sub(lambda found: f"\n{found['what'] or ''}\n", text).lstrip("\n")
