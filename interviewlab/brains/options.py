"""What the next reply may do: what the rules decided, and what they would have, had the candidate meant another thing.

A language model chooses among these and words what it chose; it decides nothing that the rules could not have decided.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.ports import Brain
from interviewlab.types import NOT_AN_ANSWER, Assessment, Authorship, Decision, Intent, Move, TurnContext, Understanding

LETTERS = "ABCD"
"""What they are called: a letter is said in the fewest tokens, and a voice waits for each of them."""
MOST_OPTIONS = len(LETTERS)
MEANT: tuple[Intent, ...] = ("none", "clarify", "continue", "change_topic", "stop")
"""What may have been meant, the likeliest first; wishes for code are plain enough to the rules."""


@dataclass(frozen=True)
class Option:
    """One thing that may be done now, with the words that the embedded brain would do it in."""

    understanding: Understanding
    decision: Decision
    words: tuple[str, ...]

    @property
    def move(self) -> Move:
        """What it does."""
        return self.decision.move

    @property
    def about(self) -> str:
        """All of its words."""
        return " ".join(self.words)

    @property
    def matter(self) -> tuple[str, ...]:
        """What must not be missing: what is asked, with what leads to it, or else what is told last."""
        return tuple(words for words in self.words if "?" in words) or self.words[-1:]


async def list_options(
    brain: Brain, context: TurnContext, understanding: Understanding, decision: Decision, *, may_correct: bool
) -> tuple[Option, ...]:
    """The option that was decided, first, and with ``may_correct`` those that another meaning of the words gives."""
    options = [await _option(brain, context, understanding, decision)]
    if not may_correct or context.utterance is None or context.submission is not None or context.wants_end:
        return tuple(options)
    for intent in MEANT:
        meant = _as_meant(understanding, intent)
        other = await brain.decide(context, meant)
        if len(options) < MOST_OPTIONS and not any(_is_same(other, option.decision) for option in options):
            options.append(await _option(brain, context, meant, other))
    return tuple(options)


def lettered(options: tuple[Option, ...]) -> tuple[tuple[str, Option], ...]:
    """Each with what it is called."""
    return tuple(zip(LETTERS, options, strict=False))


def choose(options: tuple[Option, ...], letter: object) -> Option:
    """The option that the model's first field names; a letter that names none of them means the one that was
    decided."""
    return next((option for name, option in lettered(options) if name == letter), options[0])


async def words_of(brain: Brain, option: Option, context: TurnContext) -> list[str]:
    """What ``brain`` says, its sentences alone."""
    said = brain.speak(context, option.understanding, option.decision)
    return [piece async for piece in said if not isinstance(piece, Authorship)]


async def _option(brain: Brain, context: TurnContext, understanding: Understanding, decision: Decision) -> Option:
    bare = Option(understanding, decision, ())
    return Option(understanding, decision, tuple(await words_of(brain, bare, context)))


def _as_meant(understanding: Understanding, intent: Intent) -> Understanding:
    """The same words, taken in another sense; a request is no answer."""
    answer = understanding.assessment
    is_request = intent in ("clarify", "stop")
    return understanding.model_copy(
        update={
            "intent": intent,
            "confidence": 1.0,
            "signals": (),
            "second": None,
            "aside": None,
            "assessment": _set_aside(answer) if answer and is_request else answer,
        }
    )


def _set_aside(answer: Assessment) -> Assessment:
    return Assessment(question_id=answer.question_id, turn=answer.turn, score=None, reason=NOT_AN_ANSWER)


def _is_same(one: Decision, other: Decision) -> bool:
    return one.model_copy(update={"also": ""}) == other.model_copy(update={"also": ""})
