"""What a backend gives: a wall, and cells in it, each with one program in one fresh work folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from interviewlab.sandbox.languages import LanguageEntry, Mode
from interviewlab.types import Language, Limits, Outcome

Stream = Literal["stdout", "stderr"]
Step = Literal["compile", "run"]


@dataclass(frozen=True)
class Job:
    """One program to be started: the candidate's, or with ``step`` compile their code's compiler."""

    entry: LanguageEntry
    mode: Mode
    code: str
    limits: Limits
    function: str = ""
    """What the tests call, in function mode."""
    step: Step = "run"
    made: dict[str, bytes] = field(default_factory=dict)
    """What the compile step made, for the step ``run`` of a language that has one."""

    def lay_out(self) -> dict[str, bytes]:
        """What lies in the work folder at the start, by relative name."""
        if self.step == "compile" and self.entry.sources is not None:
            texts = self.entry.sources(self.code, self.mode, self.function)
            return {name: text.encode() for name, text in texts.items()}
        return self.made if self.entry.compile else {self.entry.file_name: self.code.encode()}

    def command(self, kit: str) -> tuple[str, ...]:
        """What is started there; ``kit`` is the folder of prepared tools."""
        if self.step == "compile":
            return self.entry.compile_command(kit)
        return self.entry.command(self.mode, self.limits.memory_mb, kit, self.function, self.code)

    @property
    def is_native(self) -> bool:
        """Whether what lies in the work folder is itself started as a program."""
        return self.step == "run" and self.entry.is_native

    @property
    def early_folder(self) -> str:
        """See ``LanguageEntry.early_folder``; empty where what is started waits for its program as everything does."""
        return self.entry.early_folder if self.step == "run" else ""


@dataclass(frozen=True)
class Exit:
    """How a cell ended. ``signal`` is the one that ended it; ``cause`` is what the wall itself knows of the reason."""

    status: int | None = None
    signal: int | None = None
    cpu_s: float = 0.0
    memory_mb: float = 0.0
    cause: Outcome | None = None
    is_cut: bool = False
    """It was still running and we ended it."""


class Cell(Protocol):
    """One running program. Used by one thread; ``close`` must be called and leaves nothing behind."""

    def send(self, data: bytes) -> None:
        """Queue bytes for standard input; never blocks."""

    def close_input(self) -> None:
        """End of standard input, once everything queued was written."""

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        """What came within ``timeout_s`` (perhaps nothing); None when the program is over or has closed its output."""

    def close(self, grace_s: float) -> Exit:
        """Wait up to ``grace_s`` for the program to end by itself, then kill it and all its descendants."""


class Wall(Protocol):
    """One way of isolating programs. Blocking; used by several threads. Our own failures raise SandboxFailed."""

    name: str

    def open(self, job: Job) -> Cell:
        """Start the program; raises BadSubmission where its language has no toolchain here."""

    def languages(self) -> tuple[Language, ...]:
        """Those whose toolchain is here."""

    def spares(self) -> int:
        """How many cells wait for a program."""

    def clean(self, text: str) -> str:
        """The text without any path of this machine."""

    def close(self) -> None:
        """Remove what the wall keeps ready."""
