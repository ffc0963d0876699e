"""What the next answer is compared with is read while its candidate thinks.

A question that is put on the table for the first time costs the sentence model some ten texts: read with the first
answer to it, that answer waits for them. One thread of the process reads them before, a text at a time and only while
no turn is under way, so that nobody waits for it. Where the candidates leave no time, the answer reads for itself.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from interviewlab.brains.guards import Guards, questions_in
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import Question

MOST_WAITING = 512
"""Questions that wait to be read; of more the oldest are left to their answers."""
PATIENCE_S = 10.0
"""Where for so long somebody waited for a reply at every moment, all questions are left to their answers."""


class ReadingAhead:
    """Reads the questions that ``ask`` names, in that order; safe from any thread. The thread ends with its work."""

    def __init__(self, grader: AnswerGrader, guards: Guards) -> None:
        self._grader, self._guards = grader, guards
        self._waiting: deque[Question] = deque(maxlen=MOST_WAITING)
        self._turns = 0
        self._is_reading = False
        self._is_closed = False
        self._changed = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Inside somebody waits for a reply: nothing is read ahead."""
        with self._changed:
            self._turns += 1
        try:
            yield
        finally:
            with self._changed:
                self._turns -= 1
                self._changed.notify_all()

    def ask(self, question: Question) -> None:
        """This one is on the table now."""
        with self._changed:
            if self._is_closed or question in self._waiting:
                return
            self._waiting.append(question)
            if not self._is_reading:
                self._is_reading = True
                threading.Thread(target=self._read, name="reading-ahead").start()

    def wait(self, within_s: float) -> bool:
        """Until nothing waits to be read; whether that came to be."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._is_reading, within_s)

    def close(self) -> None:
        """Read no more than the text that is being read."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()

    def _read(self) -> None:
        try:
            while (question := self._next()) is not None:
                for step in self._steps(question):
                    if not self._may_go_on():
                        break
                    step()
        except Exception:
            self._end()
            raise

    def _next(self) -> Question | None:
        with self._changed:
            if self._waiting:
                return self._waiting.popleft()
            self._end()
            return None

    def _end(self) -> None:
        with self._changed:
            self._is_reading = False
            self._changed.notify_all()

    def _may_go_on(self) -> bool:
        """Once no turn is under way; not at all after the end, or where one always is."""
        with self._changed:
            is_free = self._changed.wait_for(lambda: not self._turns or self._is_closed, PATIENCE_S)
            if not is_free:
                self._waiting.clear()
            return is_free and not self._is_closed

    def _steps(self, question: Question) -> Iterator[Callable[[], object]]:
        """One text each: first what answers are compared with, then what the guards compare the next reply with."""
        for text in (*self._grader.unread_texts(question), *(point.follow_up for point in question.key_points)):
            yield partial(self._grader.reader.read_ahead, [text])
        yield partial(self._grader.aim_at, question)
        asked = (question.text, question.rephrased, *questions_in(question.text))
        for text in (*asked, *(point.follow_up for point in question.key_points)):
            if text:
                yield partial(self._guards.read_ahead, [text])
