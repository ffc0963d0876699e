"""One file of the bank in, one question or exercise out, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from interviewlab.errors import BadBank, say_invalid
from interviewlab.questions.documents import line_of, read_document
from interviewlab.types import Exercise, Question

Item = Question | Exercise

_FOLDERS: dict[str, type[Item]] = {"questions": Question, "exercises": Exercise}
_ONLY_EXERCISES = frozenset({"statement", "starter", "solution", "spoken", "visible", "hidden"})


def list_files(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a folder of the bank: in ``questions/``, in ``exercises/`` or flat; raises BadBank."""
    if not folder.is_dir():
        raise BadBank(f"{folder}: no such folder of questions.", "Create it or correct the path.")
    places = (folder, *(folder / name for name in _FOLDERS))
    found = [path for place in places for path in sorted(place.glob("*.y*ml")) if path.suffix in {".yaml", ".yml"}]
    if not found:
        raise BadBank(
            f"{folder}: holds no questions.", "Put YAML files into it, or into its folders 'questions' and 'exercises'."
        )
    return tuple(found)


def read_item(path: Path) -> Item:
    """The question or exercise of a file; raises BadBank with the first thing that is wrong, its field and line."""
    item, problems = examine(path)
    if item is None:
        raise BadBank(
            problems[0], "Mend the file; 'interviewlab questions check FOLDER' lists everything that is wrong."
        )
    return item


def examine(path: Path) -> tuple[Item | None, tuple[str, ...]]:
    """The item, or None with one sentence for each thing that breaks the schema."""
    try:
        document = read_document(path)
    except BadBank as error:
        return None, (str(error),)
    try:
        item = _kind(path, document).model_validate(document)
    except ValidationError as error:
        return None, tuple(_sentences(path, error))
    if item.id != path.stem:
        line = line_of(path, ["id"])
        return None, (f"{path}, line {line}: field 'id' is '{item.id}' but the file is called '{path.name}'.",)
    return item, ()


def _kind(path: Path, document: dict[str, Any]) -> type[Item]:
    by_folder = _FOLDERS.get(path.parent.name)
    return by_folder or (Exercise if _ONLY_EXERCISES & document.keys() else Question)


def _sentences(path: Path, error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        line = line_of(path, loc)
        place = str(path) if line is None else f"{path}, line {line}"
        yield f"{place}: field '{'.'.join(str(part) for part in loc)}': {say_invalid(detail)}."
