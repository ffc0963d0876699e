"""Rubrics as data: YAML, validated on load, found by name or path."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from interviewlab.errors import BadBank, NotFound
from interviewlab.types import Rubric

_BUNDLED = Path(str(files("interviewlab.scoring"))) / "rubrics"
BANDS = (0.2, 0.4, 0.6, 0.8)
"""Scores at which the next level begins."""


def list_rubrics() -> tuple[str, ...]:
    """The names of the bundled rubrics."""
    return tuple(sorted(path.stem for path in _BUNDLED.glob("*.yaml")))


def load_rubric(name: str = "default") -> Rubric:
    """A bundled rubric by name, or a file by path. Raises NotFound, BadBank naming file and field."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else _BUNDLED / f"{name}.yaml"
    if not path.is_file():
        raise NotFound(f"There is no rubric '{name}'.", f"Choose one of {', '.join(list_rubrics())}, or name a file.")
    try:
        return Rubric.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except UnicodeDecodeError as error:
        raise BadBank(f"{path.name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    except yaml.YAMLError as error:
        raise BadBank(f"{path.name} is not valid YAML: {error}.", "Mend the file and try again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise BadBank(f"{path.name}, {where}: {first['msg']}.", "Mend the file and try again.") from error


def level_of(score: float) -> int:
    """The level 1..5 of a score in [0, 1]."""
    return 1 + sum(score >= bound for bound in BANDS)
