"""How transcripts of other tools name things: a map from our words to theirs, by option, by name, or as a YAML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from evals.simulation import MARKED
from interviewlab.errors import BadInput, say_broken_yaml, say_invalid

OF_INTERVIEW = ("level", "type", "truth", "licence", "source", "split", *MARKED)
"""What may be known about a whole interview."""

SCALE = "a scale is LOWEST..HIGHEST, such as 1..5"


def _to_names(value: Any) -> Any:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value


def _to_scale(value: Any) -> Any:
    ends = value.split("..") if isinstance(value, str) else value
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise ValueError(SCALE)
    return ends


Speakers = Annotated[tuple[str, ...], BeforeValidator(_to_names)]
Mark = Annotated[float, Field(allow_inf_nan=False)]


class ForeignMap(BaseModel):
    """Where a foreign file keeps what. A key with dots leads into objects; each of ours is looked for by its own name
    unless it is mapped. ``candidate``, ``interviewer``, ``skip`` and ``scale`` are values of theirs, not keys.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: str = ""
    """The list of turns of an interview; empty where each row, line or element is a turn."""
    interview: str = "interview"
    """The id of an interview. Turns that stand in rows belong together by it; without it a file is one interview."""
    speaker: str = "speaker"
    text: str = "text"
    candidate: Speakers = ("candidate",)
    interviewer: Speakers = ("interviewer",)
    skip: Speakers = ("system", "developer", "tool", "function")
    """Whose words are passed over."""
    at: str = "at"
    """When it was said: ISO 8601, or seconds since 1970."""
    start: str = "start"
    """Seconds from the start of the recording."""
    end: str = "end"
    words: str = "words"
    """A list of spoken words, each with word (or text), start and end."""
    question_id: str = "question_id"
    question: str = "question"
    reference: str = "reference"
    key_points: str = "key_points"
    rubric: str = "rubric"
    level: str = "level"
    type: str = "type"
    truth: str = "truth"
    licence: str = "licence"
    source: str = "source"
    split: str = "split"
    communication: str = "communication"
    technical_knowledge: str = "technical_knowledge"
    problem_solving: str = "problem_solving"
    code_quality: str = "code_quality"
    testing: str = "testing"
    overall: str = "overall"
    scale: Annotated[tuple[Mark, Mark], BeforeValidator(_to_scale)] = (0.0, 1.0)
    """The lowest and the highest mark that people could give an axis."""
    fixed: dict[str, str] = {}
    """What holds for every interview and stands in no file."""

    @model_validator(mode="after")
    def _is_whole(self) -> ForeignMap:
        if self.scale[0] >= self.scale[1]:
            raise ValueError(SCALE)
        if unknown := [name for name in self.fixed if name not in OF_INTERVIEW]:
            raise ValueError(f"'{unknown[0]}' cannot be the same for all; only {', '.join(OF_INTERVIEW)} can")
        return self

    def to_dict(self) -> dict[str, Any]:
        """What differs from our own names, as JSON."""
        return self.model_dump(mode="json", exclude_defaults=True)


NAMED: dict[str, ForeignMap] = {
    "chat": ForeignMap(
        turns="messages",
        interview="id",
        speaker="role",
        text="content",
        candidate=("user",),
        interviewer=("assistant",),
    ),
    "diarised": ForeignMap(turns="segments"),
}
"""Maps of formats that many tools write: chat-completion logs; speech recognition with speakers (Whisper's JSON)."""
HOW = f"Write --map OURS=THEIRS (--map text=content), OURS:=TEXT for all, a name ({', '.join(NAMED)}) or a .yaml file."


def parse_foreign_map(pairs: Sequence[str]) -> ForeignMap | None:
    """``--map`` of the command line, the later one winning; None where there is none. Raises BadInput."""
    if not pairs:
        return None
    told: dict[str, Any] = {}
    fixed: dict[str, str] = {}
    for pair in pairs:
        name, sign, theirs = pair.partition("=")
        if not sign:
            told |= _read_named(pair)
        elif name.endswith(":"):
            fixed[name[:-1].strip()] = theirs.strip()
        elif not name.strip() or not theirs.strip():
            raise BadInput(f"--map {pair} is not understood.", HOW)
        else:
            told[name.strip()] = theirs.strip()
    return _build({**told, "fixed": {**told.get("fixed", {}), **fixed}}, "--map")


def _read_named(name: str) -> dict[str, Any]:
    if name in NAMED:
        return NAMED[name].model_dump(exclude_defaults=True)
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        raise BadInput(f"--map {name} is not understood.", HOW)
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadInput(say_broken_yaml(str(path), error), "Mend the file and try again.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The map {path} cannot be read.", "Name a YAML file of UTF-8 text.") from error
    if not isinstance(value, dict):
        raise BadInput(f"The map {path} is no table of fields.", "Write a line 'text: content' for each field.")
    return _build(value, str(path)).model_dump(exclude_defaults=True)


def _build(told: Mapping[str, Any], name: str) -> ForeignMap:
    try:
        return ForeignMap.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            known = ", ".join(ForeignMap.model_fields)
            raise BadInput(f"{name} names '{field}', which is no field of ours.", f"Map one of {known}.") from error
        where = f"{name}, field '{field}'" if field else name
        raise BadInput(f"{where}: {say_invalid(first)}.", HOW) from error
