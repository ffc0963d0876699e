"""The bank in memory: what is bundled, and what own folders add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from interviewlab.errors import BadBank, NotFound
from interviewlab.questions.files import Item, list_files, read_item
from interviewlab.questions.starters import with_further_languages
from interviewlab.types import Exercise, Question

_Item = TypeVar("_Item", Question, Exercise)

BUNDLED = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Bank:
    """Questions and exercises, each sorted by id; no id is used twice, not even by a question and an exercise."""

    questions: tuple[Question, ...]
    exercises: tuple[Exercise, ...]

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas that have a question, sorted."""
        return tuple(sorted({question.area for question in self.questions}))

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The model answers: a grader learns from them which words are common here."""
        return tuple(question.answer for question in self.questions)

    def question(self, question_id: str) -> Question:
        """Raises NotFound."""
        return _find(self._questions_by_id, question_id, "question")

    def find_question(self, question_id: str | None) -> Question | None:
        """None where the bank has no such question."""
        return self._questions_by_id.get(question_id or "")

    def find_exercise(self, exercise_id: str | None) -> Exercise | None:
        """None where the bank has no such exercise."""
        return self._exercises_by_id.get(exercise_id or "")

    def exercise(self, exercise_id: str) -> Exercise:
        """Raises NotFound."""
        return _find(self._exercises_by_id, exercise_id, "exercise")

    @cached_property
    def _questions_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _exercises_by_id(self) -> dict[str, Exercise]:
        return {exercise.id: exercise for exercise in self.exercises}


def load_bank(folders: Sequence[Path] = ()) -> Bank:
    """The bundled bank with the files of ``folders`` added; raises BadBank naming file, field and line.

    The bundled part is read once a process; own folders are read each time, so an edited file counts at once.
    """
    own = [path for folder in folders for path in list_files(folder)]
    return _assemble({**_bundled(), **_read(own, taken=_bundled())}.values())


@cache
def _bundled() -> Mapping[str, tuple[Path, Item]]:
    return _read(list_files(BUNDLED), taken={})


def _read(paths: Iterable[Path], taken: Mapping[str, tuple[Path, Item]]) -> dict[str, tuple[Path, Item]]:
    """Items by id, each with its file; an id of ``taken`` or of an earlier file is refused."""
    items: dict[str, tuple[Path, Item]] = {}
    for path in paths:
        item = read_item(path)
        if isinstance(item, Exercise):
            item = with_further_languages(item)
        if first := taken.get(item.id) or items.get(item.id):
            raise BadBank(
                f"{path}: field 'id': '{item.id}' is already the id of {first[0]}.", "Rename one file and its id."
            )
        items[item.id] = (path, item)
    return items


def _assemble(entries: Iterable[tuple[Path, Item]]) -> Bank:
    items = sorted((item for _, item in entries), key=lambda item: item.id)
    return Bank(
        questions=tuple(item for item in items if isinstance(item, Question)),
        exercises=tuple(item for item in items if isinstance(item, Exercise)),
    )


def _find(items: Mapping[str, _Item], wanted: str, noun: str) -> _Item:
    if wanted in items:
        return items[wanted]
    raise NotFound(f"There is no {noun} '{wanted}' in the bank.", "Check the id, or add the folder it is kept in.")
