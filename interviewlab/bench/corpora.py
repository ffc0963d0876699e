"""Published programs whose verdict is known: every correct one must pass in the sandbox and every buggy one fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from interviewlab.errors import BadInput
from interviewlab.ports import Sandbox
from interviewlab.types import Language, ProgramTests, Submission

PACKS: dict[str, Language] = {"python": "python", "js": "javascript", "java": "java"}
"""Files of HumanEvalPack (bigcode-project/octopack, MIT) by their language."""


@dataclass(frozen=True)
class Verdict:
    """One program with its tests, and whether it passes them."""

    name: str
    code: str
    tests: str
    passes: bool


@dataclass(frozen=True)
class Corpus:
    """Programs of one source in one language."""

    name: str
    language: Language
    verdicts: tuple[Verdict, ...]


NAMES = (*(f"humanevalpack-{name}" for name in PACKS), "mbpp")


def read_corpora(data: Path) -> tuple[Corpus, ...]:
    """All of the folder ``code`` in the shared data; raises BadInput where it or a file of it is not there."""
    folder = data / "code"
    if not folder.is_dir():
        raise BadInput(f"There are no programs in {folder}.", "Set INTERVIEWLAB_DATA to the folder with the data.")
    packs = [
        Corpus(f"humanevalpack-{name}", language, tuple(_read_pack(folder / f"humanevalpack_{name}_first82.jsonl")))
        for name, language in PACKS.items()
    ]
    return (*packs, Corpus("mbpp", "python", tuple(_read_mbpp(folder / "mbpp_sanitized.json"))))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read ({error.strerror}).", "Set INTERVIEWLAB_DATA to the folder with the data."
        ) from error


def _read_pack(path: Path) -> Iterator[Verdict]:
    for line in _read(path).splitlines():
        row = json.loads(line)
        for kind, solution in (("correct", "canonical_solution"), ("buggy", "buggy_solution")):
            yield Verdict(f"{row['task_id']} {kind}", row["prompt"] + row[solution], row["test"], kind == "correct")


def _read_mbpp(path: Path) -> Iterator[Verdict]:
    for row in json.loads(_read(path)):
        tests = "\n".join((*row["test_imports"], *row["test_list"]))
        yield Verdict(f"MBPP/{row['task_id']} correct", row["code"], tests, True)


def read_exceptions(backend: str) -> dict[str, str]:
    """Programs whose published verdict is not the true one, or not the one of this backend, each with the reason."""
    text = files("interviewlab.bench").joinpath("corpus_exceptions.yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    return {str(name): str(reason) for part in ("everywhere", backend) for name, reason in found.get(part, {}).items()}


async def judge_corpus(sandbox: Sandbox, corpus: Corpus) -> dict[str, Any]:
    """How many verdicts were right, and which were wrong; those with a known reason apart."""
    outcomes = await asyncio.gather(*(judge(sandbox, corpus.language, one) for one in corpus.verdicts))
    wrong = {
        one.name: outcome
        for one, outcome in zip(corpus.verdicts, outcomes, strict=True)
        if (outcome == "ok") is not one.passes
    }
    known = read_exceptions(sandbox.name)
    return {
        "correct": sum(one.passes for one in corpus.verdicts),
        "buggy": sum(not one.passes for one in corpus.verdicts),
        "right": len(outcomes) - len(wrong),
        "exceptions": {name: known[name] for name in wrong if name in known},
        "wrong": {name: outcome for name, outcome in wrong.items() if name not in known},
    }


async def judge(sandbox: Sandbox, language: Language, one: Verdict) -> str:
    """The outcome of one program under its tests."""
    result = await sandbox.run(Submission(code=one.code, language=language), ProgramTests(append=one.tests))
    return result.outcome
