"""JSON Resume 1.0 (jsonresume.org/schema) as pydantic models, to name what a document has wrong. Unknown fields pass.

Models and not jsonschema, whose import took 2 s where its optional format checkers are installed, against 0.02 s.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Date = Annotated[str, Field(pattern=r"^[12]\d{3}(-[01]\d(-[0-3]\d)?)?$")]
Texts = list[str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")


class _Location(_Part):
    address: str = ""
    postalCode: str = ""  # noqa: N815 - the schema's own names, here and below
    city: str = ""
    countryCode: str = ""  # noqa: N815
    region: str = ""


class _Profile(_Part):
    network: str = ""
    username: str = ""
    url: str = ""


class _Basics(_Part):
    name: str = ""
    label: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    summary: str = ""
    location: _Location = _Location()
    profiles: list[_Profile] = []


class _Dated(_Part):
    startDate: Date | None = None  # noqa: N815
    endDate: Date | None = None  # noqa: N815
    summary: str = ""
    highlights: Texts = []
    url: str = ""


class _Work(_Dated):
    name: str = ""
    position: str = ""
    location: str = ""


class _Volunteer(_Dated):
    organization: str = ""
    position: str = ""


class _Education(_Dated):
    institution: str = ""
    area: str = ""
    studyType: str = ""  # noqa: N815
    score: str = ""
    courses: Texts = []


class _Project(_Dated):
    name: str = ""
    description: str = ""
    keywords: Texts = []
    roles: Texts = []


class _Award(_Part):
    title: str = ""
    date: Date | None = None
    awarder: str = ""


class _Certificate(_Part):
    name: str = ""
    date: Date | None = None
    issuer: str = ""


class _Publication(_Part):
    name: str = ""
    publisher: str = ""
    releaseDate: Date | None = None  # noqa: N815


class _Named(_Part):
    name: str = ""
    keywords: Texts = []


class _Language(_Part):
    language: str = ""
    fluency: str = ""


class _Document(_Part):
    basics: _Basics = _Basics()
    work: list[_Work] = []
    volunteer: list[_Volunteer] = []
    education: list[_Education] = []
    awards: list[_Award] = []
    certificates: list[_Certificate] = []
    publications: list[_Publication] = []
    skills: list[_Named] = []
    languages: list[_Language] = []
    interests: list[_Named] = []
    references: list[_Part] = []
    projects: list[_Project] = []
    meta: dict[str, Any] = {}


SECTIONS: tuple[str, ...] = tuple(name for name in _Document.model_fields if name != "meta")


def find_faults(document: dict[str, Any], limit: int = 12) -> tuple[str, ...]:
    """One sentence for each field that is not as JSON Resume 1.0 wants it; empty strings and nulls are no fault."""
    try:
        _Document.model_validate(_without_empty(document))
    except ValidationError as error:
        return tuple(_sentence(fault["loc"], fault["msg"], fault["type"]) for fault in error.errors()[:limit])
    return ()


def _sentence(place: tuple[int | str, ...], message: str, kind: str) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    why = (
        "it should be a date such as 2023-05" if kind == "string_pattern_mismatch" else message[0].lower() + message[1:]
    )
    return f"The field {path} is not as JSON Resume 1.0 wants it: {why}."


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item not in ("", None)}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value
