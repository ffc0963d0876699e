"""What language models are told: one folder of files, each with its version, and a fence for what others wrote.

They lie beside the models, because brains, judge and CV reader all ask with them and may not name each other. A file
begins with ``version: N`` and an empty line; ``${name}`` stands for a value. A folder of one's own may replace some.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template

from interviewlab.errors import BadInput

VARIABLES = {
    "interviewer": ("interviewer", "type", "level", "mode"),
    "phrase": ("interviewer", "mode"),
    "judge": ("axes",),
    "resume": ("schema",),
    "second-opinion": (),
}
"""The prompts there are, and what each may mention."""
FIELDS = {"interviewer": ("option", "reply"), "phrase": ("reply",)}
"""What a model's answer is read for: a prompt that asks for other fields would get answers that nobody understands."""
_HEAD = re.compile(r"\Aversion: (\d+)\r?\n\r?\n")


@dataclass(frozen=True)
class Prompt:
    """One prompt file as it was read."""

    name: str
    version: int
    text: str

    @property
    def label(self) -> str:
        """Name and version, for the record."""
        return f"{self.name} v{self.version}"

    def fill(self, **values: object) -> str:
        """The text with its values. They are ours: what others wrote never comes here."""
        return Template(self.text).substitute({name: str(value) for name, value in values.items()})


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt ``name``, from ``folder`` if it has one; raises BadInput naming the file and what is wrong in it."""
    own = folder / f"{name}.md" if folder else None
    if own is not None and own.is_file():
        return read_prompt(name, own)
    return _bundled(name)


def fence(name: str, text: str) -> str:
    """What somebody else wrote, between marks that it cannot contain: they bear the hash of the text itself."""
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    return f"<{name} {mark}>\n{text}\n</{name} {mark}>"


@lru_cache
def _bundled(name: str) -> Prompt:
    return _parsed(name, (files("interviewlab.llm.prompts") / f"{name}.md").read_text(encoding="utf-8"), f"{name}.md")


def read_prompt(name: str, path: Path) -> Prompt:
    """The prompt ``name`` from any file; raises BadInput naming the file and what is wrong in it."""
    try:
        return _parsed(name, path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The prompt {path} cannot be read.", "Make it a text file in UTF-8.") from error


def _parsed(name: str, text: str, where: str) -> Prompt:
    head = _HEAD.match(text)
    if head is None:
        raise BadInput(f"{where}: the first line is not 'version: N'.", "Begin the file so, then an empty line.")
    template, allowed = Template(text[head.end() :]), VARIABLES[name]
    if not template.is_valid():
        raise BadInput(f"{where}: a '$' stands alone.", "Write '$$' for a dollar sign and '${name}' for a value.")
    if unknown := [each for each in template.get_identifiers() if each not in allowed]:
        known = ", ".join(f"${{{each}}}" for each in allowed) or "none"
        raise BadInput(f"{where}: there is no variable '${{{unknown[0]}}}'.", f"This prompt knows: {known}.")
    if missing := [field for field in FIELDS.get(name, ()) if not re.search(rf"\b{field}\b", template.template)]:
        raise BadInput(
            f"{where}: it never asks for the field '{missing[0]}', by which answers are read.",
            f"Ask for one JSON object with {' and '.join(FIELDS[name])}, as the package's own prompt does.",
        )
    return Prompt(name, int(head[1]), template.template.strip())
