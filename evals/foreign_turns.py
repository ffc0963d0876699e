"""Turns of another tool as entries of ours: who spoke, when, and which question an answer belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from evals.dataset import Text
from evals.foreign_files import Fields, Place, RawTalk, find
from evals.foreign_map import ForeignMap
from evals.sources import Unusable, list_from_cell
from interviewlab.errors import say_invalid
from interviewlab.scoring.reference import points_from_pairs, points_from_reference, points_from_rubric
from interviewlab.scoring.text import Rarity
from interviewlab.types import Entry, KeyPoint, Question, ReplyEntry, UtteranceEntry, Word

BRAIN = "elsewhere"
"""Who spoke the replies: no brain of ours."""
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""Of transcripts that tell no date: they are the same bytes each time they are read."""
STEP = timedelta(seconds=1)
"""Between turns whose time is not told."""
CRITERIA = ("rubric", "key_points", "reference")
"""What an answer can be graded by; the first that a turn has counts."""
Role = Literal["candidate", "interviewer"]
Model = TypeVar("Model", bound=BaseModel)


class Misplaced(Exception):
    """Something of a turn that cannot be used, and where it stands."""

    def __init__(self, place: Place, unusable: Unusable) -> None:
        super().__init__(place.say(unusable))


class ForeignQuestion(Question):
    """A question of somebody else: any id, as many key points as its criteria give."""

    id: str
    key_points: tuple[KeyPoint, ...] = Field(min_length=1)


def plain(value: Any) -> Any:
    """Numbers are read as they stand; where one is meant as a number it is one."""
    return float(value) if isinstance(value, Decimal) else value


def _joined(value: Any) -> Any:
    """A content in parts, as chat logs have it: the text of those that are text."""
    if not isinstance(value, list):
        return value
    return "\n".join(str(part.get("text") or "") if isinstance(part, dict) else str(part) for part in value).strip()


Seconds = Annotated[float, BeforeValidator(plain), Field(ge=0, allow_inf_nan=False)]


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    speaker: Text = Field(min_length=1)
    text: Annotated[Text, BeforeValidator(_joined)] = ""
    at: Annotated[datetime, BeforeValidator(plain)] | None = None
    start: Seconds | None = None
    end: Seconds | None = None
    words: Annotated[list[dict[str, Any]] | None, BeforeValidator(list_from_cell)] = None
    question_id: Text | None = None
    question: Text | None = None
    reference: Text | None = None
    key_points: Annotated[list[Text] | None, BeforeValidator(list_from_cell)] = None
    rubric: Text | None = None


class _Word(BaseModel):
    """A number that was spoken often has no times: it is left out."""

    model_config = ConfigDict(extra="ignore")
    text: Text
    start: Seconds | None = None
    end: Seconds | None = None


@dataclass
class Spoken:
    """What one side said until the other spoke, and what it is about."""

    role: Role
    texts: list[str] = field(default_factory=list)
    at: datetime | None = None
    is_timed: bool = False
    words: list[Word] = field(default_factory=list)
    question_id: str | None = None

    @property
    def text(self) -> str:
        """Pieces of speech follow on each other, written ones stand apart."""
        return (" " if self.is_timed else "\n").join(self.texts)


class TurnReader:
    """The turns of one interview, read by a map.

    ``known`` are ids of the bank's questions by their text without case and marks: whoever asks in a question's very
    words asks it. ``questions`` are those that came with criteria of their own.
    """

    def __init__(self, how: ForeignMap, known: Mapping[str, str], rarity: Rarity) -> None:
        self.questions: dict[str, Question] = {}
        self._how = how
        self._known = known
        self._rarity = rarity
        self._roles: dict[str, Role | None] = dict.fromkeys(map(str.casefold, how.skip))
        self._roles |= dict.fromkeys(map(str.casefold, how.interviewer), "interviewer")
        self._roles |= dict.fromkeys(map(str.casefold, how.candidate), "candidate")

    def read(self, talk: RawTalk) -> list[Spoken]:
        """What was said, side by side in turn. Raises Misplaced."""
        spoken: list[Spoken] = []
        for place, fields in talk.turns:
            try:
                self._add(spoken, self._turn(fields))
            except Unusable as unusable:
                raise Misplaced(place, unusable) from unusable
        for role in ("interviewer", "candidate"):
            if not any(each.role == role for each in spoken):
                names = ", ".join(getattr(self._how, role))
                raise Misplaced(talk.place, Unusable(None, f"the {role} ({names}) never speaks; --map {role}=NAME."))
        return spoken

    def _turn(self, fields: Fields) -> _Turn:
        named = {name: find(fields, getattr(self._how, name)) for name in _Turn.model_fields}
        return parse_named(_Turn, named, self._how)

    def _add(self, spoken: list[Spoken], turn: _Turn) -> None:
        role = self._role(turn.speaker)
        if role is None or not turn.text.strip():
            return
        if role == "candidate" and turn.question and not (spoken and spoken[-1].role == "interviewer"):
            self._add(spoken, turn.model_copy(update=_asked(turn, self._how)))
        if not spoken or spoken[-1].role != role:
            spoken.append(Spoken(role))
        last = spoken[-1]
        last.texts.append(turn.text.strip())
        last.at = self._time(turn) or last.at
        last.is_timed = last.is_timed or turn.start is not None
        last.words += _words(turn, self._how)
        asked = last if role == "interviewer" else next((s for s in spoken[-2:-1]), None)
        if asked is not None:
            asked.question_id = self._question(turn, asked) or asked.question_id

    def _role(self, speaker: str) -> Role | None:
        if (name := speaker.strip().casefold()) in self._roles:
            return self._roles[name]
        candidate, interviewer = ", ".join(self._how.candidate), ", ".join(self._how.interviewer)
        raise Unusable(
            self._how.speaker,
            f"'{speaker}' is neither the candidate ({candidate}) nor the interviewer ({interviewer});"
            f" say who it is by --map candidate=, interviewer= or skip=.",
        )

    def _time(self, turn: _Turn) -> datetime | None:
        if turn.at is not None:
            return turn.at if turn.at.tzinfo else turn.at.replace(tzinfo=UTC)
        since = turn.start if turn.end is None else turn.end
        return None if since is None else NO_DATE + timedelta(seconds=since)

    def _question(self, turn: _Turn, asked: Spoken) -> str | None:
        """The id of what is asked; a question with criteria of its own is kept."""
        text = turn.question or asked.text
        given = next((name for name in CRITERIA if getattr(turn, name)), None)
        if given is None:
            said = _folded(text)
            return turn.question_id or next((id for words, id in self._known.items() if words in said), None)
        id = turn.question_id or text
        if id not in self.questions:
            if not (points := self._points(turn, given, text)):
                raise Unusable(getattr(self._how, given), "says nothing to grade by.")
            self.questions[id] = _to_question(id, text, points)
        return id

    def _points(self, turn: _Turn, given: str, text: str) -> tuple[KeyPoint, ...]:
        match given:
            case "rubric":
                return points_from_rubric(turn.rubric or "")
            case "key_points":
                return points_from_pairs((point, 1.0) for point in turn.key_points or ())
            case _:
                return points_from_reference(turn.reference or "", text, self._rarity)


def parse_named(model: type[Model], fields: Fields, how: ForeignMap) -> Model:
    """Fields under our names, checked. Raises Unusable that names the field as the file does."""
    try:
        return model.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        head, *rest = map(str, first["loc"])
        raise Unusable(".".join([getattr(how, head), *rest]), f"{say_invalid(first)}.") from error


def to_entries(spoken: Sequence[Spoken]) -> Iterator[Entry]:
    """Entries from sequence 1 on: a turn is what the candidate says and the reply to it; the first reply has turn 0.

    Moves and phases are guessed from the questions alone, and no judgement rests on them.
    """
    turn, last_at, asked = 0, NO_DATE, ""
    for number, each in enumerate(spoken, 1):
        last_at = each.at or last_at + STEP
        if each.role == "candidate":
            turn += 1
            yield _to_utterance(each, number, turn, last_at)
            continue
        is_new = each.question_id not in (None, asked)
        yield ReplyEntry(
            sequence=number,
            turn=turn,
            at=last_at,
            text=each.text,
            move="ask" if is_new else "greet" if number == 1 else "follow_up",
            phase="intro" if number == 1 else "technical",
            question_id=each.question_id,
            brain=BRAIN,
        )
        asked = each.question_id or ""


def _to_utterance(spoken: Spoken, number: int, turn: int, at: datetime) -> UtteranceEntry:
    source: Literal["voice", "typed"] = "voice" if spoken.is_timed else "typed"
    words = tuple(spoken.words)
    return UtteranceEntry(sequence=number, turn=turn, at=at, text=spoken.text, source=source, words=words)


def fold_questions(known: Iterable[Question]) -> dict[str, str]:
    """The ids of questions by their text without case and marks."""
    return {_folded(question.text): question.id for question in known}


def _folded(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _asked(turn: _Turn, how: ForeignMap) -> dict[str, Any]:
    """A question that stands beside its answer and was not written down as a turn."""
    return {"speaker": how.interviewer[0], "text": turn.question, "at": None, "start": None, "end": None, "words": None}


def _words(turn: _Turn, how: ForeignMap) -> list[Word]:
    words = []
    for number, fields in enumerate(turn.words or ()):
        named = {**fields, "text": fields.get("word", fields.get("text"))}
        try:
            word = _Word.model_validate({name: value for name, value in named.items() if value is not None})
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, (how.words, number, *first["loc"])))
            raise Unusable(place, f"{say_invalid(first)}.") from error
        if word.start is not None and word.end is not None:
            words.append(Word(text=word.text.strip(), start_s=word.start, end_s=word.end))
    return words


def _to_question(id: str, text: str, points: tuple[KeyPoint, ...]) -> ForeignQuestion:
    answer = " ".join(point.text for point in points)
    return ForeignQuestion(
        id=id,
        area="",
        level="mid",
        text=text,
        rephrased=text,
        answer=answer,
        key_points=points,
        skills=("what was asked",),
    )
