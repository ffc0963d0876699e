"""What a run was made with, so that two runs can be told apart: versions and hashes, no texts."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import interviewlab
from evals.bank import bank_used
from evals.cache import hash_of
from interviewlab.questions.bank import Bank
from interviewlab.types import Rubric

SHOWN = 16
"""Characters of a hash that tell it from others, as many as a rubric has."""


def tell_made_with(embedder: str, bank: Bank | None = None, rubric: Rubric | None = None) -> dict[str, Any]:
    """Of the embedded grader or judge: the package, its scoring files, the model among them, embedder, bank, rubric."""
    told: dict[str, Any] = {
        "version": interviewlab.__version__,
        "scoring": _hash_of_scoring(),
        "grader_model": _hash_of_file("grader_model.json"),
        "embedder": embedder,
        "bank": hash_of_bank(bank_used() if bank is None else bank),
    }
    return told | ({} if rubric is None else {"rubric": rubric.hash})


def tell_asked(version: str, bank: Bank) -> dict[str, Any]:
    """Of a language model: ``version`` is the hash of its name, address, temperature and prompt."""
    return {"version": interviewlab.__version__, "scorer": version[:SHOWN], "bank": hash_of_bank(bank)}


def hash_of_bank(bank: Bank) -> str:
    """Another for other questions or exercises, wherever their files are."""
    return hash_of(*(item.model_dump(mode="json") for item in (*bank.questions, *bank.exercises)))[:SHOWN]


@cache
def _hash_of_scoring() -> str:
    """Another for any change of the grader: between releases the version says nothing."""
    folder = files("interviewlab.scoring")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith((".py", ".json", ".yaml")))
    return hash_of(*((name, _hash_of_file(name)) for name in names))[:SHOWN]


def _hash_of_file(name: str) -> str:
    # As text: a checkout may have other ends of lines.
    text = files("interviewlab.scoring").joinpath(name).read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()[:SHOWN]
