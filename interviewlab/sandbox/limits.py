"""What a run may use. Data, reviewed in one place: every exception has its measured reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interviewlab.errors import BadSubmission
from interviewlab.types import Language, Limits

CODE_KB = 256
"""The longest program that is accepted, in KiB of UTF-8."""
SUITE_WALL_S = 60.0
"""All cases of one suite together; what is left then has its outcome from the clock."""
LOST_CASES = 2
"""After so many cases over the time limit the rest of the suite is not tried: it would cost a limit each."""
ENDED_CASES = 10
"""After so many cases that ended their process, by whatever, the rest is not tried either."""
WORK_FILES = 2048
"""Files and folders in the work folder."""
SHOWN_CHARS = 500
"""How much of an input, an expected value or an answer is shown with a test."""

EVERYWHERE = Limits(
    wall_s=10.0,
    cpu_s=8.0,
    memory_mb=256,
    processes=32,
    open_files=64,
    file_size_mb=8,
    output_kb=256,
    work_folder_mb=32,
)
"""Seconds, MiB, KiB for each output stream, and counts. Of the program that runs."""

COMPILING = Limits(
    wall_s=20.0,
    cpu_s=10.0,
    memory_mb=512,
    processes=64,
    open_files=128,
    file_size_mb=8,
    output_kb=8192,
    work_folder_mb=32,
)
"""Of the compiler, whose standard output is what it made; on a busy machine it waits as long as it works. A caller's
lower limits are for the program alone."""


@dataclass(frozen=True)
class Exemption:
    """One language needs other limits in one step, on one backend or on all (empty)."""

    language: Language
    step: Literal["compile", "run"]
    backend: str
    changes: dict[str, float]
    reason: str


EXEMPTIONS: tuple[Exemption, ...] = (
    *(
        Exemption(
            language,
            "run",
            "",
            {"memory_mb": 320},
            "V8 without its heap takes 45 to 60 MB; with 320 a program has the 256 MB of heap that others have.",
        )
        for language in ("javascript", "typescript")
    ),
    Exemption(
        "java",
        "run",
        "",
        {"memory_mb": 416, "processes": 64},
        "A JVM without its heap takes 70 to 110 MB and 160 at most; with 416 a program has the 256 MB of heap that "
        "others have. It starts 14 to 20 threads of its own before the program's first.",
    ),
)


def get_limits(language: Language, backend: str) -> Limits:
    """The limits of a language's programs on a backend."""
    return _exempted(EVERYWHERE, language, "run", backend)


def get_compile_limits(language: Language, backend: str) -> Limits:
    """The limits of a language's compiler on a backend."""
    return _exempted(COMPILING, language, "compile", backend)


def _exempted(limits: Limits, language: Language, step: str, backend: str) -> Limits:
    changes: dict[str, float] = {}
    for exemption in EXEMPTIONS:
        if (exemption.language, exemption.step) == (language, step) and exemption.backend in ("", backend):
            changes |= exemption.changes
    return limits.model_copy(update=changes)


def lower(limits: Limits, asked: Limits | None) -> Limits:
    """``limits`` with every number that ``asked`` lowers; raises BadSubmission where one is not above zero."""
    if asked is None:
        return limits
    wanted = asked.model_dump()
    for name, value in wanted.items():
        if not value > 0:
            raise BadSubmission(f"The limit {name} is {value}.", "A limit is above zero.")
    return limits.model_copy(update={name: min(value, wanted[name]) for name, value in limits.model_dump().items()})
