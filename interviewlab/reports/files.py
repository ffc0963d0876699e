"""The files of one finished interview, each written whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from interviewlab.errors import StoreUnavailable
from interviewlab.reports.html import to_html
from interviewlab.reports.markdown import to_markdown
from interviewlab.reports.plan import plan_to_markdown
from interviewlab.reports.schema import to_json
from interviewlab.types import Report, Transcript


def write_report(report: Report, transcript: Transcript, folder: Path) -> None:
    """Write ``transcript.jsonl``, ``report.json``, ``report.md`` and ``report.html`` into ``folder``, made if missing.

    Where questions were made for this candidate, ``plan.md`` tells why.

    Older files of these names are replaced, each in one step. Raises StoreUnavailable where the folder cannot be
    written to.
    """
    texts = {
        "transcript.jsonl": transcript.to_jsonl(),
        "report.json": to_json(report),
        "report.md": to_markdown(report),
        "report.html": to_html(report, transcript),
    }
    if transcript.plan and (planned := plan_to_markdown(transcript.plan)):
        texts["plan.md"] = planned
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            _replace(folder / name, text)
    except OSError as error:
        raise StoreUnavailable(
            f"The report could not be written to {folder}: {error.strerror or error}.",
            "Choose a folder that you may write to and that has room.",
        ) from error


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
