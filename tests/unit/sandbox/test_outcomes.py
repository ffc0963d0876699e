"""What an ended program means, and its output as text."""

from __future__ import annotations

import signal

import pytest

from interviewlab.sandbox.launcher import Output, to_exit
from interviewlab.sandbox.outcomes import classify, read_early_words, to_text
from interviewlab.sandbox.walls import Exit


@pytest.mark.parametrize(
    ("end", "stderr", "outcome"),
    [
        (Exit(status=0), "MemoryError", "ok"),
        (Exit(status=1), "Traceback\nValueError: x", "runtime_error"),
        (Exit(status=86), "SyntaxError", "compile_error"),
        (Exit(status=86), "ended with a status of its own", "runtime_error"),
        (Exit(status=0, cpu_s=9.1), "", "time_limit"),
        (Exit(status=1), "Traceback\nMemoryError", "memory_limit"),
        (Exit(signal=signal.SIGABRT), "FATAL ERROR: JavaScript heap out of memory", "memory_limit"),
        (Exit(status=1), "RuntimeError: can't start new thread", "process_limit"),
        (Exit(status=1), "OverflowError: cannot fit 'int' into an index-sized integer", "memory_limit"),
        (Exit(status=1), "IndexError: cannot fit 'int' into an index-sized integer", "runtime_error"),
        (Exit(status=1), "RangeError: Invalid string length", "memory_limit"),
        (Exit(status=1), "RangeError: WebAssembly.Memory(): could not allocate memory", "memory_limit"),
        (Exit(signal=signal.SIGXCPU), "", "time_limit"),
        (Exit(signal=signal.SIGKILL, cpu_s=8.9), "", "time_limit"),
        (Exit(signal=signal.SIGKILL, cpu_s=0.1), "", "killed"),
        (Exit(signal=signal.SIGSYS), "", "killed"),
        (Exit(signal=signal.SIGXFSZ), "", "output_limit"),
        (Exit(signal=signal.SIGSEGV), "", "runtime_error"),
        (Exit(status=0, cause="process_limit"), "", "process_limit"),
    ],
)
def test_endings_are_classified(end: Exit, stderr: str, outcome: str) -> None:
    assert classify(end, stderr, cpu_limit_s=8.0) == outcome


def test_words_of_an_early_message_do_not_decide() -> None:
    stderr = "MemoryError was handled\n" + "line\n" * 20 + "ValueError: x"
    assert classify(Exit(status=1), stderr, 8.0) == "runtime_error"


def test_go_says_why_it_dies_before_a_long_trace() -> None:
    for what in ("runtime: out of memory", "out of memory allocating heap arena metadata"):
        assert read_early_words(f"fatal error: {what}\n" + "goroutine\n" * 9999) == "memory_limit"
    assert read_early_words("panic: index out of range") is None


def test_output_is_safe_to_show() -> None:
    shown = to_text(b"\xff ok\x00\x1b[31m\ttab\nline")
    assert shown == "\ufffd ok\ufffd\ufffd[31m\ttab\nline"


def test_last_words_of_v8_are_the_same_each_time() -> None:
    death = (
        "<--- Last few GCs --->\n\n[8:0x55] 100 ms: Mark-Compact\n\nFATAL ERROR: heap out of memory\n 1: 0xb0 node\n"
    )
    assert to_text(("printed\n\n" + death).encode()) == "printed\nFATAL ERROR: heap out of memory\n"


def test_launcher_report_is_taken_out_of_the_errors_even_in_pieces() -> None:
    errors = Output("token")
    kept = b"".join(errors.feed(bytes([one])) for one in b"warning\0 zero\n\0token 137 1 1048576 2000000000 0 1\n")
    assert kept == b"warning\0 zero\n"
    end = to_exit(errors.report or [])
    assert (end.signal, end.memory_mb, end.cpu_s, end.cause) == (9, 1.0, 2.0, "memory_limit")


def test_status_of_a_killed_program_is_only_a_number_without_a_signal() -> None:
    assert to_exit(["137", "0", "1048576", "0", "0", "0"]).status == 137
    assert to_exit(["137", "1", "1048576", "0", "0", "0"]).signal == 9


def test_report_under_another_token_is_the_candidates_text() -> None:
    errors = Output("token")
    forged = b"\0other 0 0 1 1 0 0\n"
    assert errors.feed(forged) + errors.rest() == forged
    assert errors.report is None


def test_other_answers_behind_a_nul_are_not_kept_back() -> None:
    assert Output("token").feed(b"\0answer 4\nnull") == b"\0answer 4\nnull"


def test_report_that_is_nonsense_is_no_success() -> None:
    assert to_exit(["0", "0", "x", "1", "0", "0"]).cause == "killed"
