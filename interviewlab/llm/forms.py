"""Structured answers while they grow, and when they are whole. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiter import from_json
from pydantic import BaseModel, ValidationError

from interviewlab.errors import ModelFailed

_FENCES = ("```json", "```")


def read_growing(text: str) -> Mapping[str, Any]:
    """The fields that have come so far, the last text perhaps half; nothing while no object has begun."""
    bare = _bare(text)
    if not bare.startswith("{"):
        return {}
    try:
        values = from_json(bare.encode(), partial_mode="trailing-strings")
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def read_whole(text: str, form: type[BaseModel], who: str) -> BaseModel:
    """The answer in its form; a code fence around it is no fault. Raises ModelFailed without repeating a word of it."""
    bare = _bare(text).removesuffix("```").strip()
    try:
        return form.model_validate_json(bare)
    except ValidationError:
        raise not_in_form(who) from None


def schema_of(form: type[BaseModel]) -> dict[str, Any]:
    """What an endpoint is told of the form it has to keep."""
    named = {"name": form.__name__.strip("_"), "schema": form.model_json_schema(), "strict": True}
    return {"type": "json_schema", "json_schema": named}


def not_in_form(who: str) -> ModelFailed:
    """It answered, but in another form."""
    return ModelFailed(
        f"{who} did not answer in the form asked for.",
        "Choose a model that gives structured output (JSON schema).",
        cause="garbage",
        retryable=True,
    )


def _bare(text: str) -> str:
    bare = text.strip()
    for fence in _FENCES:
        bare = bare.removeprefix(fence)
    return bare.lstrip()
