"""Everything that is wrong with a folder of the bank: what the schema refuses, and what a careful reader would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from interviewlab.errors import BadBank
from interviewlab.questions.files import Item, examine, list_files
from interviewlab.questions.growing import inputs_of
from interviewlab.types import Exercise, FunctionCase, KeyPoint, Language, Question

UNSPEAKABLE = re.compile(r"`|\*|_|~|\||<|>|=|\{|\}|\[|\]|://|^[^\S\n]*(?:[-+•]|#+)\s|\bO\(", re.MULTILINE)
"""Marks that a voice cannot read."""
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_HINT_SENTENCES = 2


def check_bank(folder: Path) -> tuple[str, ...]:
    """All problems of the files of ``folder``, one clear sentence each; empty when the folder is good.

    Beyond the schema: questions to the candidate end in one question mark, what is spoken can be spoken, cues do not
    stand in the question, an exercise is whole in each language and its starter is not its solution.
    """
    try:
        paths = list_files(folder)
    except BadBank as error:
        return (str(error),)
    return tuple(_problems(paths))


def _problems(paths: tuple[Path, ...]) -> Iterator[str]:
    first: dict[str, Path] = {}
    for path in paths:
        item, broken = examine(path)
        yield from broken
        if item is None:
            continue
        if item.id in first:
            yield f"{path}: the id '{item.id}' is already the id of {first[item.id]}."
        first.setdefault(item.id, path)
        yield from (f"{path}: {problem}." for problem in _review(item))


def _review(item: Item) -> Iterator[str]:
    if isinstance(item, Exercise):
        yield from _review_exercise(item)
        opening, points = item.spoken, item.discussion
    else:
        opening, points = item.text, item.key_points
    yield from _review_opening(opening, points)
    yield from _review_points(points)
    yield from (f"{field} is not fit for speech: '{found}'" for field, found in _unspeakable(item))


def _review_opening(text: str, points: tuple[KeyPoint, ...]) -> Iterator[str]:
    for point in points:
        for cue in point.cues:
            if _holds(text, cue):
                yield f"key point '{point.id}': the cue '{cue}' stands in the question, so repeating it would score"


def _review_points(points: tuple[KeyPoint, ...]) -> Iterator[str]:
    for name, times in Counter(point.id for point in points).items():
        if times > 1:
            yield f"key point '{name}' is there {times} times"
    for point in points:
        if not point.follow_up.rstrip().endswith("?") or point.follow_up.count("?") != 1:
            yield f"key point '{point.id}': the follow-up must be one question that ends in '?'"
        for cue in point.cues:
            if _holds(point.follow_up, cue):
                yield f"key point '{point.id}': the cue '{cue}' stands in its follow-up, which then tells the answer"


def _review_exercise(exercise: Exercise) -> Iterator[str]:
    yield from _review_code(exercise)
    yield from _review_cases(exercise)
    yield from _review_faults(exercise)
    yield from _review_growing(exercise)
    for number, hint in enumerate(exercise.hints, 1):
        if len(_SENTENCE_END.findall(hint)) > _HINT_SENTENCES:
            yield f"hint {number} has more than {_HINT_SENTENCES} sentences"


def _review_code(exercise: Exercise) -> Iterator[str]:
    languages = exercise.function.keys()
    for field, code in (("starter", exercise.starter), ("solution", exercise.solution)):
        if code.keys() != languages:
            yield f"{field} is for {_names(code)}, but function names {_names(exercise.function)}"
        for language, text in code.items():
            name = exercise.function.get(language, "")
            if name not in text:
                yield f"{field} in {language} does not define '{name}'"
    for language in languages & exercise.starter.keys():
        if exercise.starter[language].strip() == exercise.solution.get(language, "").strip():
            yield f"starter in {language} is the solution"


def _review_faults(exercise: Exercise) -> Iterator[str]:
    solution = exercise.solution.get("python", "")
    for fault in exercise.faults:
        if (times := solution.count(fault.change)) != 1:
            yield f"the fault '{fault.kind}' changes a text that stands {times} times in the Python solution, not once"
        if any(case.category == fault.kind for case in exercise.hidden):
            yield f"the fault '{fault.kind}' is called like a hidden case"


def _review_growing(exercise: Exercise) -> Iterator[str]:
    growing = exercise.growing
    if growing is None or growing.untold:
        return
    try:
        inputs = inputs_of(exercise, growing.sizes[0])
    except BadBank as error:
        yield error.what.removeprefix(f"{exercise.id}: ").rstrip(".")
        return
    if len(inputs) != len(exercise.visible[0].args):
        yield f"'growing' makes {len(inputs)} arguments, but the cases have {len(exercise.visible[0].args)}"


def _review_cases(exercise: Exercise) -> Iterator[str]:
    counts = {len(case.args) for case in (*exercise.visible, *exercise.hidden)}
    if len(counts) > 1:
        yield f"the cases differ in their number of arguments: {', '.join(map(str, sorted(counts)))}"
    if any(not case.category for case in exercise.hidden):
        yield "a hidden case has no category, so its failure would tell the candidate nothing"
    shown = {_key(case) for case in exercise.visible}
    if doubled := sum(_key(case) in shown for case in exercise.hidden):
        yield f"{doubled} of the hidden cases are shown among the visible ones"


def _unspeakable(item: Item) -> Iterator[tuple[str, str]]:
    """Fields that are spoken and cannot be, with the first mark that is in the way."""
    for field, text in _spoken(item):
        if found := UNSPEAKABLE.search(text):
            yield field, found.group().strip()


def _spoken(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, Question):
        yield from (("text", item.text), ("rephrased", item.rephrased))
        points = item.key_points
    else:
        yield from (("spoken", item.spoken), *((f"hint {n}", hint) for n, hint in enumerate(item.hints, 1)))
        points = item.discussion
    yield from ((f"the follow-up of '{point.id}'", point.follow_up) for point in points)


def _holds(text: str, cue: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text, re.IGNORECASE) is not None


def _key(case: FunctionCase) -> str:
    return case.model_dump_json(include={"args"})


def _names(code: Mapping[Language, str]) -> str:
    return ", ".join(sorted(code)) or "no language"
