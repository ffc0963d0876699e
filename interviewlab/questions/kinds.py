"""What an interview of each type is made of: its stages with their shares of the time, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from interviewlab.errors import BadInput, say_invalid
from interviewlab.types import INTERVIEW_TYPES, InterviewKind, InterviewType

BUNDLED = Path(__file__).with_name("types.yaml")


@cache
def kind_of(type: InterviewType) -> InterviewKind:
    """The stages of a bundled type."""
    return read_kinds(BUNDLED)[type]


def read_kinds(path: Path) -> Mapping[InterviewType, InterviewKind]:
    """Every type of a file like ``types.yaml``. Raises BadInput naming the file, the type and what is wrong with it."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{path} cannot be read as YAML.", "Name a file like questions/types.yaml.") from error
    named = set(document) if isinstance(document, dict) else set()
    if odd := named ^ set(INTERVIEW_TYPES):
        raise BadInput(f"{path}: the types differ from those there are: {', '.join(sorted(odd))}.", "Name each once.")
    return {name: _kind(path, name, document[name]) for name in INTERVIEW_TYPES}


def _kind(path: Path, name: str, document: object) -> InterviewKind:
    try:
        return InterviewKind.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in (name, *first["loc"]))
        raise BadInput(f"{path}: {where}: {say_invalid(first)}.", "Correct it and start again.") from error
