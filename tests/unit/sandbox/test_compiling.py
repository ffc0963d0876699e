"""The compile step: what goes in, what may come out, once for a submission."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.sandbox.compiling import Compiler, split_made
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import EVERYWHERE, get_compile_limits
from interviewlab.sandbox.sources import cpp_sources, go_sources, java_sources
from interviewlab.sandbox.walls import Exit, Job, Stream
from tests.walls import StandInWall


def test_made_files_are_read_by_name_and_size() -> None:
    assert split_made(b"3 a\n1 2" + b"2 classes/B.class\n\n\n") == {"a": b"1 2", "classes/B.class": b"\n\n"}


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "a//b", "./a", "a\0b", "a/"])
def test_made_file_that_leads_elsewhere_is_left_out(name: str) -> None:
    assert split_made(f"1 {name}\nx".encode()) == {}


def test_made_file_that_is_cut_is_left_out() -> None:
    assert split_made(b"1 a\nx9 b\nshort") == {"a": b"x"}


@given(st.binary())
def test_no_output_of_a_compiler_raises(data: bytes) -> None:
    assert sum(map(len, split_made(data).values())) <= len(data)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("class Solution {}", "Main.java"),
        ("import java.util.*; public final class Adder {}", "Adder.java"),
        ("/* public class Old {} */\npublic record Pair(int a) {}", "Pair.java"),
        ("// public class Old {}\npublic class Main {}", "Main.java"),
        ("class Shape { public enum Kind { A, B } }\npublic class Area {}", "Area.java"),
        ("class P { public record Pair(int a, int b) {} }", "Main.java"),
        ('class P { String s = "a } public class of service"; }\npublic class Room {}', "Room.java"),
        ('class P { String s = """\n}\n"""; public class Inner {} }\npublic class Outer {}', "Outer.java"),
    ],
)
def test_java_lies_in_the_file_of_its_public_class(code: str, name: str) -> None:
    assert list(java_sources(code, "program", "")) == [name]


def test_cpp_method_and_free_function_are_told_apart() -> None:
    method = "class Solution {\npublic:\nint two() { return '}'; } // }\n};\nint main() { return Solution().two(); }\n"
    assert "&Solution::two" in cpp_sources(method, "function", "two")["solution.cpp"]
    free = "struct Solution {};\nint two() { return 2; }\n"
    assert "wrap(&two)" in cpp_sources(free, "function", "two")["solution.cpp"]


def test_go_gets_the_package_and_main_that_it_lacks() -> None:
    sources = go_sources("func two() int { return 2 }\n", "function", "two")
    assert sources["solution.go"].startswith("package main\n")
    assert "ilTarget any = two" in sources["zz_driver.go"]
    assert "func main() {}" in sources["zz_driver.go"]
    whole = "package main\n\nfunc two() int { return 2 }\nfunc main() {}\n"
    assert go_sources(whole, "function", "two")["solution.go"] == whole
    assert "func main() {}" not in go_sources(whole, "function", "two")["zz_driver.go"]


@dataclass
class CompilerCell:
    """A compiler that prints what it was told to."""

    output: bytes
    status: int

    def send(self, data: bytes) -> None:
        return

    def close_input(self) -> None:
        return

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        data, self.output = self.output, b""
        return [("stdout" if self.status == 0 else "stderr", data)] if data else None

    def close(self, grace_s: float) -> Exit:
        return Exit(status=self.status)


@dataclass
class CompilerWall(StandInWall):
    """Opens such cells and keeps the jobs."""

    output: bytes
    status: int = 0
    jobs: list[Job] = field(default_factory=list)

    def open(self, job: Job) -> CompilerCell:
        self.jobs.append(job)
        return CompilerCell(self.output, self.status)


JOB = Job(ENTRIES["go"], "program", "package main", EVERYWHERE.model_copy(update={"wall_s": 0.1}))


def test_same_code_is_compiled_once_and_under_the_compilers_limits() -> None:
    wall = CompilerWall(b"4 program\nELF!")
    compiler = Compiler(wall)
    for _ in range(2):
        assert compiler.compile(JOB, threading.Event()).made == {"program": b"ELF!"}
    assert [(job.step, job.limits) for job in wall.jobs] == [("compile", get_compile_limits("go", "scripted"))]


def test_what_does_not_compile_is_tried_again_and_keeps_the_compilers_words() -> None:
    wall = CompilerWall(b"solution.go:1: no", status=1)
    compiler = Compiler(wall)
    for _ in range(2):
        compiled = compiler.compile(JOB, threading.Event())
        assert (compiled.outcome, compiled.text) == ("compile_error", "solution.go:1: no")
    assert len(wall.jobs) == 2


def test_compiler_that_makes_nothing_is_a_compile_error() -> None:
    assert Compiler(CompilerWall(b"")).compile(JOB, threading.Event()).outcome == "compile_error"


def test_image_installs_every_package_of_every_language_with_its_version() -> None:
    dockerfile = files("interviewlab.sandbox").joinpath("image", "Dockerfile").read_text(encoding="utf-8")
    for entry in ENTRIES.values():
        for package in entry.packages:
            assert f" {package}=" in dockerfile, package
