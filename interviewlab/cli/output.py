"""Where output goes: results to standard output, all else to standard error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel

from interviewlab.errors import BadInput


def put_json(value: Any) -> None:
    """One JSON document on one line of standard output."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    typer.echo(json.dumps(plain, ensure_ascii=False))


def tell(text: str) -> None:
    """A remark for the person at the terminal, on standard error."""
    typer.echo(text, err=True)


def read_text(path: Path, what: str) -> str:
    """The text of a file the user named; raises BadInput in one sentence."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadInput(f"{path}: there is no such {what}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: this {what} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise BadInput(f"{path}: this {what} cannot be read ({error.strerror}).", "Check the path.") from error
