"""The languages a candidate can write, one entry each; a further language is a further entry (and a driver)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from interviewlab.errors import BadSubmission
from interviewlab.types import LANGUAGES, Language

Mode = Literal["program", "function"]

COMPILE_STATUS = 86
"""Exit status by which a driver says that the code does not compile."""
HEAP_RESERVE_MB = 64
"""V8 without its heap: measured 45 to 60 MB resident for Node 18 and 20."""


@dataclass(frozen=True)
class LanguageEntry:
    """How one language is kept, compiled and run.

    ``compile`` runs before ``run`` in the same work folder, None where the driver compiles by itself.
    In both, ``{driver}``, ``{mode}``, ``{file}`` and ``{heap_mb}`` stand for what their names say.
    """

    language: Language
    file_name: str
    compile: tuple[str, ...] | None
    run: tuple[str, ...]
    driver: str
    packages: tuple[str, ...]
    probe: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    before_tests: str = ""
    """Code between a program and the tests appended to it: makes a failed assertion end the program."""

    def command(self, mode: Mode, memory_mb: int) -> tuple[str, ...]:
        """The run step with everything filled in."""
        known = {
            "{driver}": read_driver(self.driver),
            "{mode}": mode,
            "{file}": self.file_name,
            "{heap_mb}": str(max(32, memory_mb - HEAP_RESERVE_MB)),
        }
        return tuple(known.get(part, part.replace("{heap_mb}", known["{heap_mb}"])) for part in self.run)


ENTRIES: dict[Language, LanguageEntry] = {
    entry.language: entry
    for entry in (
        LanguageEntry(
            language="python",
            file_name="solution.py",
            compile=None,
            run=("python3", "-P", "-s", "-S", "-B", "-c", "{driver}", "{mode}", "{file}"),
            driver="driver.py",
            packages=("python3-minimal", "libpython3-stdlib"),
            probe=("python3", "--version"),
            # Sets of strings print in the same order each time.
            environment={"PYTHONHASHSEED": "0"},
        ),
        LanguageEntry(
            language="javascript",
            file_name="solution.js",
            compile=None,
            run=("node", "--max-old-space-size={heap_mb}", "-e", "{driver}", "--", "{mode}", "{file}"),
            driver="driver.js",
            packages=("nodejs",),
            probe=("node", "--version"),
            # Node refuses to start where it may not read the machine's OpenSSL configuration.
            environment={"OPENSSL_CONF": "/dev/null"},
            # Node only prints a failed console.assert, and published JavaScript benchmarks test with nothing else.
            before_tests=(
                "console.assert = (held, ...words) => "
                "{ if (!held) throw new Error(['Assertion failed', ...words].join(' ')); };"
            ),
        ),
    )
}


@cache
def read_driver(name: str) -> str:
    """The source of a driver, as it is handed to the interpreter."""
    return files("interviewlab.sandbox").joinpath("drivers", name).read_text(encoding="utf-8")


def get_language(language: Language) -> LanguageEntry:
    """The entry; raises BadSubmission for a language that cannot be run yet."""
    try:
        return ENTRIES[language]
    except KeyError:
        known = ", ".join(name for name in LANGUAGES if name in ENTRIES)
        raise BadSubmission(f"Code in {language} cannot be run.", f"Languages that can: {known}.") from None
