"""Rubrics as data: YAML, validated on load, found by name or path."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from interviewlab.errors import BadBank, NotFound, say_broken_yaml, say_invalid
from interviewlab.types import Rubric

_BUNDLED = Path(str(files("interviewlab.scoring"))) / "rubrics"


def list_rubrics() -> tuple[str, ...]:
    """The names of the bundled rubrics."""
    return tuple(sorted(path.stem for path in _BUNDLED.glob("*.yaml")))


def load_rubric(name: str = "default") -> Rubric:
    """A bundled rubric by name, or a file by path. Raises NotFound, BadBank naming file and field."""
    known = list_rubrics()
    path = _BUNDLED / f"{name}.yaml" if name in known else Path(name)
    try:
        if path.suffix not in (".yaml", ".yml") or not path.is_file():
            raise NotFound(f"There is no rubric '{name}'.", f"Choose one of {', '.join(known)}, or name a file.")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadBank(f"{path.name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise BadBank(f"{path.name} cannot be read: {error.strerror}.", "Check the path and try again.") from error
    return rubric_from_yaml(text, path.name)


def rubric_from_yaml(text: str, name: str = "the rubric") -> Rubric:
    """A rubric that is no file yet; ``name`` is what errors call it. Raises BadBank naming line and field."""
    try:
        return Rubric.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise BadBank(say_broken_yaml(name, error), "Mend the file and try again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        line = _line_of(text, [str(part) for part in first["loc"]])
        raise BadBank(
            f"{name}{line}, field '{where}': {say_invalid(first)}.", "Mend the file and try again."
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadBank(say_broken_yaml(name, error), "Mend the file and try again.") from error


def _line_of(text: str, field: list[str]) -> str:
    """ ", line N" of the deepest part of a field that the file has; empty where it has none."""
    node, line = yaml.compose(text), None
    for part in field:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line
    return "" if line is None else f", line {line + 1}"
