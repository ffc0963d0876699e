"""What an exercise keeps to itself: the words of its solution and what its hidden cases hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from interviewlab.types import Exercise, FunctionCase

CODE_RUN = 5
"""Words in a row as in the solution that are no chance."""
NUMBER_RUN = 3
"""Numbers in a row as in a hidden case that are no chance."""
TELLING_TEXT = 8
"""Characters of a text in a hidden case that are no chance."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NUMBER = re.compile(r"-?\d+")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)+)"')
_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPOKEN = re.compile(rf"\b(?:{'|'.join(_SMALL)})\b", re.IGNORECASE)
_Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Secrets:
    """Runs of words, runs of numbers and texts that nobody may say unless the candidate did."""

    words: _Runs
    numbers: _Runs
    texts: tuple[str, ...]

    def tells_solution(self, said: str, known: Iterable[str] = ()) -> bool:
        """Whether words of ``said`` stand in a row as in a solution; ``known`` is what the candidate brought."""
        telling = _runs(_words(said), CODE_RUN) & self.words
        return bool(telling) and any(run not in _all(_words, known, CODE_RUN) for run in telling)

    def tells_hidden_case(self, said: str, known: Iterable[str] = ()) -> bool:
        """Whether ``said`` names what only a hidden case holds."""
        known, plain = tuple(known), said.lower()
        telling = _runs(_numbers(said), NUMBER_RUN) & self.numbers
        if telling and any(run not in _all(_numbers, known, NUMBER_RUN) for run in telling):
            return True
        return any(text in plain and not any(text in each.lower() for each in known) for text in self.texts)


def secrets_of(exercise: Exercise) -> Secrets:
    """Everything of the solution and the hidden cases that is not shown with the exercise."""
    shown = (
        exercise.statement,
        exercise.spoken,
        *exercise.hints,
        *exercise.starter.values(),
        *(point.follow_up for point in exercise.discussion),
        *map(_plain, exercise.visible),
    )
    hidden = [_plain(case) for case in exercise.hidden]
    texts = {found.lower() for case in hidden for found in _TEXT.findall(case) if len(found) >= TELLING_TEXT}
    return Secrets(
        words=_all(_words, exercise.solution.values(), CODE_RUN) - _all(_words, shown, CODE_RUN),
        numbers=_all(_numbers, hidden, NUMBER_RUN) - _all(_numbers, shown, NUMBER_RUN),
        texts=tuple(sorted(text for text in texts if not any(text in each.lower() for each in shown))),
    )


def _plain(case: FunctionCase) -> str:
    return json.dumps([*case.args, case.expect], ensure_ascii=False)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(_SPOKEN.sub(lambda found: str(_SMALL.index(found[0].lower())), text))


def _runs(items: Sequence[str], length: int) -> _Runs:
    return frozenset(tuple(items[i : i + length]) for i in range(len(items) - length + 1))


def _all(cut: Callable[[str], list[str]], texts: Iterable[str], length: int) -> _Runs:
    return frozenset(run for text in texts for run in _runs(cut(text), length))
