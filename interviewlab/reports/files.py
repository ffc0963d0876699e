"""The files of one finished interview, each written whole or not at all."""

from __future__ import annotations

import secrets
from importlib.util import find_spec
from pathlib import Path

from interviewlab.errors import BadInput, StoreUnavailable
from interviewlab.reports.csv_row import to_csv
from interviewlab.reports.html import to_html
from interviewlab.reports.markdown import to_markdown
from interviewlab.reports.pdf import to_pdf
from interviewlab.reports.plan import plan_to_markdown
from interviewlab.reports.schema import to_json
from interviewlab.reports.webvtt import to_webvtt
from interviewlab.types import Report, Transcript


def write_report(report: Report, transcript: Transcript, folder: Path) -> str:
    """Write ``transcript.jsonl``, ``transcript.vtt``, ``report.json``, ``report.md``, ``report.html`` and
    ``report.csv`` into ``folder``, made if missing, and ``report.pdf`` where ReportLab is installed.

    Where questions were made for this candidate, ``plan.md`` tells why. A PDF that cannot be made stops no other file:
    why is returned, empty where nothing is missing.

    Older files of these names are replaced, each in one step. Raises StoreUnavailable where the folder cannot be
    written to.
    """
    texts = {
        "transcript.jsonl": transcript.to_jsonl(),
        "transcript.vtt": to_webvtt(transcript),
        "report.json": to_json(report),
        "report.md": to_markdown(report),
        "report.html": to_html(report, transcript),
        "report.csv": to_csv(report),
    }
    if transcript.plan and (planned := plan_to_markdown(transcript.plan)):
        texts["plan.md"] = planned
    why = ""
    files = {name: text.encode() for name, text in texts.items()}
    if find_spec("reportlab") is not None:
        try:
            files["report.pdf"] = to_pdf(report)
        except BadInput as error:
            why = f"There is no report.pdf. {error}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _replace(folder / name, content)
    except OSError as error:
        raise StoreUnavailable(
            f"The report could not be written to {folder}: {error.strerror or error}.",
            "Choose a folder that you may write to and that has room.",
        ) from error
    return why


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
