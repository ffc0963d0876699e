"""``report.json`` and ``transcript.jsonl``: their text and their JSON schemas, both made from the types.

``schemas/*.json`` are these schemas written down for readers without Python; ``make schemas`` writes them again after
the types changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from interviewlab.types import ENTRY, Report

SCHEMA_FOLDER = Path(__file__).parent / "schemas"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_json(report: Report) -> str:
    """The report as in ``report.json``: indented, in the order of the fields, with a newline at the end."""
    return json.dumps(report.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False) + "\n"


def report_schema() -> dict[str, Any]:
    """What ``report.json`` holds; JSON Schema 2020-12. Only the version is required beyond what the type requires, so
    that a field added later does not make older reports unfit."""
    schema = Report.model_json_schema(by_alias=True, mode="serialization")
    required = ["schema", *schema["required"]]
    return {"$schema": _DIALECT, **schema, "required": required, "title": "InterviewLab report"}


def transcript_schema() -> dict[str, Any]:
    """What each line of ``transcript.jsonl`` must hold; JSON Schema 2020-12."""
    return {"$schema": _DIALECT, **ENTRY.json_schema(by_alias=True), "title": "InterviewLab transcript entry"}


def write_schemas(folder: Path = SCHEMA_FOLDER) -> None:
    """Write both schemas, named as ``schemas_by_name`` does."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas_by_name().items():
        (folder / name).write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")


def schemas_by_name() -> dict[str, dict[str, Any]]:
    """Each schema under the name of its file."""
    return {"report.schema.json": report_schema(), "transcript.schema.json": transcript_schema()}
