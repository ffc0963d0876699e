"""Checked of every reply before it is spoken, whoever words it.

No solution, no hidden case, nothing that a good answer would say; no question that was asked before, by its meaning; no
remark on how good an answer was, except in practice; at most three sentences and one question; fit for a voice; in the
interviewer's part. A ``Watch`` looks at one reply as it comes, sentence by sentence.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, Literal

import numpy as np
import yaml
from numpy.typing import NDArray

from interviewlab.brains.details import rules_of
from interviewlab.brains.secrets import Secrets, secrets_of
from interviewlab.ports import Embedder
from interviewlab.questions.bank import Bank
from interviewlab.questions.check import UNSPEAKABLE
from interviewlab.questions.discussion import find_question
from interviewlab.scoring.text import sentences
from interviewlab.types import Decision, Exercise, Question, TurnContext

Rule = Literal[
    "solution", "hidden case", "answer", "asked before", "evaluative", "too long", "second question", "unspeakable",
    "out of part", "empty",
]  # fmt: skip
MOST_SENTENCES = 3
MOST_QUESTIONS = 1
SAME_QUESTION = 0.8
"""Cosine from which two questions ask the same. No two questions of the bank come nearer than 0.65, of its probes 25
pairs, nearly all on the time and memory of two exercises. A question and its own rewording lie at 0.53 (median), so
what asks the same in other words altogether is not found."""
TELLING = 0.72
"""Cosine from which a sentence says what a good answer says, if it is nearer to that than to all that may be said. Of
the sentences that the bank itself speaks 99 in 100 lie below 0.74."""
REMEMBERED = 4096
"""Texts whose vectors are kept."""
_MAY_REPEAT: frozenset[str] = frozenset(
    ("clarify", "hint", "set_exercise", "review_code", "evaluate", "close", "greet")
)
_LETTERS = re.compile(r"[^\W\d_]")


class Guards:
    """The rules with what they compare with; one for a process, safe from any thread."""

    def __init__(self, embedder: Embedder, bank: Bank) -> None:
        self.bank = bank
        self._embedder = embedder
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._secrets: dict[str, Secrets] = {}
        self._lock = Lock()

    def watch(self, context: TurnContext, decision: Decision, interviewer: str) -> Watch:
        """Begin to look at one reply; ``interviewer`` is the name it may give."""
        return Watch(self, context, decision, interviewer)

    def secrets(self, exercise: Exercise) -> Secrets:
        """What this exercise keeps to itself."""
        if exercise.id not in self._secrets:
            self._secrets[exercise.id] = secrets_of(exercise)
        return self._secrets[exercise.id]

    def nearest(self, text: str, others: Sequence[str]) -> float:
        """The highest cosine of ``text`` with any of ``others``; -1 where there is none."""
        return float((self._stack(others) @ self._stack([text])[0]).max()) if others else -1.0

    def was_asked(self, question: str, context: TurnContext) -> bool:
        """Whether the meaning of ``question`` was asked before in this interview."""
        return self.nearest(question, _asked(self.bank, context)) >= SAME_QUESTION

    def read_ahead(self, texts: Sequence[str]) -> None:
        """Read what will be compared; it is then at hand."""
        self._stack(texts)

    def _stack(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = {text: vector for text in texts if (vector := self._vectors.get(text)) is not None}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            read = dict(zip(fresh, self._embedder.embed(fresh), strict=True))
            known |= read
            self._remember(read)
        return np.stack([known[text] for text in texts])

    def _remember(self, read: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            self._vectors.update(read)
            while len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)


class Watch:
    """One reply as it comes. What is admitted counts towards its length."""

    def __init__(self, guards: Guards, context: TurnContext, decision: Decision, interviewer: str) -> None:
        self._guards = guards
        self._context = context
        self._decision = decision
        self._interviewer = interviewer
        self._sentences = 0
        self._questions = 0
        self._own = _own_texts(guards.bank, context, decision)
        self.broken: list[Rule] = []
        """Rules that were broken so far; the words are nobody's to keep."""

    @property
    def room(self) -> int:
        """How many more sentences may come."""
        return MOST_SENTENCES - self._sentences

    def admit(self, text: str) -> Rule | None:
        """Admit the next sentence, or a few of them, or say which rule they break."""
        broken = next(self._breaches(text), None)
        if broken is not None:
            self.broken.append(broken)
            return broken
        self._sentences += len(sentences(text))
        self._questions += text.count("?")
        return None

    def _breaches(self, text: str) -> Iterator[Rule]:
        if not _LETTERS.search(text):
            yield "empty"
        if self._sentences + len(sentences(text)) > MOST_SENTENCES:
            yield "too long"
        if self._questions + text.count("?") > MOST_QUESTIONS:
            yield "second question"
        yield from self._told(text)
        if not self._is_own(text):
            yield from self._worded(text)
        yield from self._repeated(text)

    def _told(self, text: str) -> Iterator[Rule]:
        """What gives the exercise away, also in words of our own."""
        exercise = self._exercise()
        if exercise is None:
            return
        secrets, known = self._guards.secrets(exercise), self._brought()
        if secrets.tells_solution(text, known):
            yield "solution"
        if secrets.tells_hidden_case(text, known):
            yield "hidden case"

    def _worded(self, text: str) -> Iterator[Rule]:
        """What only words that nobody read before can break."""
        if UNSPEAKABLE.search(text):
            yield "unspeakable"
        if is_out_of_part(text, self._interviewer):
            yield "out of part"
        if not self._context.plan.is_practice and is_evaluative(text):
            yield "evaluative"
        if any(self._tells_answer(sentence) for sentence in sentences(text)):
            yield "answer"

    def _tells_answer(self, sentence: str) -> bool:
        question = self._question()
        if question is None:
            return False
        made = self._made()
        wanted = [point.text for point in question.key_points if point.id not in made]
        near = self._guards.nearest(sentence, wanted)
        return near >= TELLING and near > self._guards.nearest(sentence, [*self._own, *self._brought()])

    def _repeated(self, text: str) -> Iterator[Rule]:
        """A question on the table may be said again, and each exercise may be asked for its time and memory."""
        if self._decision.move in _MAY_REPEAT or (self._decision.move == "follow_up" and self._context.exercise):
            return
        asked = (text,) if self._is_own(text) else questions_in(text)
        if any(self._guards.was_asked(question, self._context) for question in asked if "?" in question):
            yield "asked before"

    def _is_own(self, text: str) -> bool:
        return any(text in own for own in self._own)

    def _brought(self) -> tuple[str, ...]:
        """What the candidate said and wrote this turn: that can be taken up."""
        context = self._context
        said = (context.utterance.text,) if context.utterance and context.utterance.text.strip() else ()
        return (*said, context.submission.code) if context.submission else said

    def _made(self) -> set[str]:
        return set(self._context.progress.covered)

    def _exercise(self) -> Exercise | None:
        return self._guards.bank.find_exercise(self._decision.exercise_id) or self._context.exercise

    def _question(self) -> Question | None:
        plan = self._context.plan
        return find_question(self._guards.bank, plan.personal, self._decision.question_id) or self._context.question


def is_evaluative(text: str) -> bool:
    """Whether it says how good an answer was."""
    return any(any(p.search(sentence) for p in _patterns("evaluative")) for sentence in sentences(_plain(text)))


def is_out_of_part(text: str, interviewer: str) -> bool:
    """Whether it speaks as a language model, of its instructions, or under another name than ``interviewer``."""
    if any(pattern.search(_plain(text)) for pattern in _patterns("out_of_part")):
        return True
    names = {name for name in re.findall(_rules()["naming"], text) if name not in _rules()["not_names"]}
    return bool(names - set(interviewer.split()))


def _plain(text: str) -> str:
    return text.replace("’", "'").lower()


def _asked(bank: Bank, context: TurnContext) -> list[str]:
    """All questions that were asked, in both wordings of the bank, and the last probes as they were spoken."""
    asked = (find_question(bank, context.plan.personal, each) for each in context.progress.asked)
    known = [question for question in asked if question]
    texts = [text for q in known for text in (q.text, q.rephrased, *questions_in(q.text))]
    return [*texts, *context.progress.recent_questions]


def _own_texts(bank: Bank, context: TurnContext, decision: Decision) -> tuple[str, ...]:
    """What the bank itself would say now, read before by those who wrote it."""
    question = find_question(bank, context.plan.personal, decision.question_id) or context.question
    exercise = bank.find_exercise(decision.exercise_id) or context.exercise
    of_question = (
        (question.text, question.rephrased, *(point.follow_up for point in question.key_points)) if question else ()
    )
    hints = exercise.hints[: context.progress.hints + (decision.hint is not None)] if exercise else ()
    of_exercise = (exercise.spoken, *hints, *(point.follow_up for point in exercise.discussion)) if exercise else ()
    return (*of_question, *of_exercise, *(rules_of(exercise.statement) if exercise else ()))


@lru_cache(maxsize=4)
def _patterns(group: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _rules()[group])


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    text = (files("interviewlab.brains") / "guards.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a reply."""
    return tuple(sentence for sentence in sentences(text) if sentence.rstrip().endswith("?"))
