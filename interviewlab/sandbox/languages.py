"""The languages a candidate can write, one entry each; a further language is a further entry (and a driver)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from interviewlab.errors import BadSubmission
from interviewlab.sandbox.sources import (
    Sources,
    cpp_sources,
    go_sources,
    java_sources,
    javascript_types,
    typescript_sources,
    typescript_types,
)
from interviewlab.types import LANGUAGES, Language

Mode = Literal["program", "function"]

COMPILE_STATUS = 86
"""Exit status by which a driver says that the code does not compile."""
HEAP_RESERVE_MB = 64
"""V8 without its heap: measured 45 to 60 MB resident for Node 18 and 20."""
JAVA_RESERVE_MB = 160
"""A JVM without its heap: measured 70 to 110 MB resident with threads, code cache and classes."""
EMIT = 'for f in {made}; do [ -f "$f" ] || continue; size=$(wc -c < "$f"); echo "${{size}} $f"; cat "$f"; done'
"""The end of every compile step: what was made goes to standard output, each behind a line with its size and name."""


@dataclass(frozen=True)
class LanguageEntry:
    """How one language is kept, compiled and run.

    ``compile``, for ``/bin/sh``, runs once for a suite in a cell of its own and says what it made at the end of its
    output (see ``EMIT``); None where the driver compiles by itself, in the cell that runs. ``run`` then starts in a
    fresh folder with what was made. In both ``{kit}`` is the folder of prepared tools, and in ``run`` ``{driver}``,
    ``{mode}``, ``{file}``, ``{function}``, ``{types}`` and ``{heap_mb}`` stand for what their names say.
    """

    language: Language
    file_name: str
    run: tuple[str, ...]
    packages: tuple[str, ...]
    programs: tuple[str, ...]
    """What must be on the PATH of a machine that runs it without the image."""
    probe: tuple[str, ...]
    compile: str | None = None
    sources: Callable[[str, Mode, str], Sources] | None = None
    """What lies in the folder of the compile step, from the code, the mode and the function's name."""
    types: Callable[[str, str], tuple[str, ...]] | None = None
    """From the code and the function's name, the class of each parameter; for drivers that cannot see it themselves."""
    driver: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    before_tests: str = ""
    """Code between a program and the tests appended to it: makes a failed assertion end the program."""
    heap_reserve_mb: int = HEAP_RESERVE_MB
    is_native: bool = False
    """What was made is started as a program: the folder of the run must allow that."""
    asks_limits: bool = False
    """Its runtime does not start where it may not read its own limits."""
    has_functions: bool = True
    early_folder: str = ""
    """Where its runtime can start before its program has come: the folder that it must find, in which that will lie.

    With one word more its driver then waits for the first line of its input.
    """

    def command(self, mode: Mode, memory_mb: int, kit: str = "", function: str = "", code: str = "") -> tuple[str, ...]:
        """The run step with everything filled in."""
        known = {
            "{driver}": read_driver(self.driver) if self.driver else "",
            "{mode}": mode,
            "{file}": self.file_name,
            "{function}": function or "Main",
            "{types}": json.dumps(self.types(code, function) if self.types and function else ()),
        }
        heap_mb = str(max(32, memory_mb - self.heap_reserve_mb))
        return tuple(known.get(part, part.replace("{heap_mb}", heap_mb).replace("{kit}", kit)) for part in self.run)

    def compile_command(self, kit: str) -> tuple[str, ...]:
        """The compile step with everything filled in."""
        return ("/bin/sh", "-c", (self.compile or "").replace("{kit}", kit))


_NODE = ("node", "--max-old-space-size={heap_mb}", "-e", "{driver}", "--", "{mode}", "solution.js", "{types}")
# Node refuses to start where it may not read the machine's OpenSSL configuration.
_NODE_ENVIRONMENT = {"OPENSSL_CONF": "/dev/null"}
# Node only prints a failed console.assert, and published JavaScript benchmarks test with nothing else.
_NODE_ASSERT = (
    "console.assert = (held{any}, ...words{any}) => "
    "{{ if (!held) throw new Error(['Assertion failed', ...words].join(' ')); }};"
)
_JVM = "-XX:+UseSerialGC -XX:-UsePerfData"

ENTRIES: dict[Language, LanguageEntry] = {
    entry.language: entry
    for entry in (
        LanguageEntry(
            language="python",
            file_name="solution.py",
            run=("python3", "-P", "-s", "-S", "-B", "-c", "{driver}", "{mode}", "{file}"),
            driver="driver.py",
            packages=("python3-minimal", "libpython3-stdlib"),
            programs=("python3",),
            probe=("python3", "--version"),
            # Sets of strings print in the same order each time.
            environment={"PYTHONHASHSEED": "0"},
        ),
        LanguageEntry(
            language="javascript",
            file_name="solution.js",
            run=_NODE,
            types=javascript_types,
            driver="driver.js",
            packages=("nodejs", "libnode108"),
            programs=("node",),
            probe=("node", "--version"),
            environment=_NODE_ENVIRONMENT,
            before_tests=_NODE_ASSERT.format(any=""),
        ),
        LanguageEntry(
            language="typescript",
            file_name="solution.ts",
            # Types are checked: a mistake in them is a compile error. Not strict, as most candidates know it.
            compile=(
                "node --snapshot-blob {kit}/typescript/compiler.blob solution.ts > solution.js || exit 1; "
                + EMIT.format(made="solution.js")
            ),
            sources=typescript_sources,
            run=_NODE,
            types=typescript_types,
            driver="driver.js",
            packages=("node-typescript", "nodejs", "libnode108"),
            programs=("node", "tsc"),
            probe=("tsc", "--version"),
            environment=_NODE_ENVIRONMENT,
            before_tests=_NODE_ASSERT.format(any=": any"),
        ),
        LanguageEntry(
            language="java",
            file_name="Main.java",
            compile=(
                f"mkdir classes; javac -J-XX:TieredStopAtLevel=1 {' '.join('-J' + flag for flag in _JVM.split())} "
                "-J-Xmx256m -J-Xshare:auto -J-XX:SharedArchiveFile={kit}/java/javac.jsa -proc:none -nowarn "
                "-encoding UTF-8 -d classes *.java >&2 || exit 1; "
                + EMIT.format(made="classes/*.class classes/*/*.class classes/*/*/*.class classes/*/*/*/*.class")
            ),
            sources=java_sources,
            run=(
                *("java", "-Xmx{heap_mb}m", "-Xss8m", *_JVM.split(), "-Xshare:auto", "-ea", "-Dfile.encoding=UTF-8"),
                *("-XX:CompressedClassSpaceSize=48m", "-XX:ReservedCodeCacheSize=64m"),
                *("-XX:SharedArchiveFile={kit}/java/run.jsa", "-cp", "{kit}/java/driver.jar:classes"),
                *("InterviewlabDriver", "{mode}", "classes", "{function}"),
            ),
            packages=("openjdk-17-jdk-headless", "openjdk-17-jre-headless"),
            programs=("java", "javac", "jar"),
            probe=("java", "-version"),
            heap_reserve_mb=JAVA_RESERVE_MB,
            asks_limits=True,
            early_folder="classes",
        ),
        LanguageEntry(
            language="cpp",
            file_name="solution.cpp",
            # The header that includes all others, and the driver's, are prepared in the kit: 0.6 s instead of 2.5 s.
            compile=(
                "g++ -std=c++20 -O2 -pipe -w -fmax-errors=20 -I {kit}/cpp -o program solution.cpp >&2 || exit 1; "
                + EMIT.format(made="program")
            ),
            sources=cpp_sources,
            run=("./program",),
            packages=("g++", "g++-12"),
            programs=("g++", "as", "ld"),
            probe=("g++", "--version"),
            environment={"TMPDIR": "."},
            is_native=True,
        ),
        LanguageEntry(
            language="go",
            file_name="solution.go",
            # The compiler and the linker themselves, with a list of the prepared standard library: no `go` command
            # that would look for modules, run generators or call a C compiler, and 0.1 s instead of 0.5 s.
            compile=(
                '{kit}/go/compile -p main -complete -trimpath "$PWD" -importcfg {kit}/go/importable -pack -o main.a '
                "*.go >&2 && {kit}/go/link -importcfg {kit}/go/linkable -s -w -o program main.a >&2 || exit 1; "
                + EMIT.format(made="program")
            ),
            sources=go_sources,
            run=("./program",),
            packages=("golang-1.19-go",),
            programs=("go",),
            probe=("go", "version"),
            is_native=True,
        ),
        LanguageEntry(
            language="sql",
            file_name="solution.sql",
            # SQLite in memory. A case's standard input is the script that makes and fills the tables.
            run=("python3", "-P", "-s", "-S", "-B", "-c", "{driver}", "{file}"),
            driver="driver_sql.py",
            packages=("python3-minimal", "libpython3-stdlib"),
            programs=("python3",),
            probe=("python3", "-c", "import sqlite3; print(sqlite3.sqlite_version)"),
            has_functions=False,
        ),
    )
}


@cache
def read_driver(name: str) -> str:
    """The source of a driver, as it is handed to the interpreter."""
    return files("interviewlab.sandbox").joinpath("drivers", name).read_text(encoding="utf-8")


def get_language(language: Language) -> LanguageEntry:
    """The entry; raises BadSubmission for a language that cannot be run."""
    try:
        return ENTRIES[language]
    except KeyError:
        known = ", ".join(name for name in LANGUAGES if name in ENTRIES)
        raise BadSubmission(f"Code in {language} cannot be run.", f"Languages that can: {known}.") from None
