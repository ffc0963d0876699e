"""Transcripts in files: ``transcript.jsonl``, packed by gzip or not, with a byte order mark or without one."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from interviewlab.errors import BadInput
from interviewlab.types import Transcript


def read_transcript(path: Path, interview_id: str | None = None) -> Transcript:
    """The transcript in a file, whose name is the id where none is given.

    Raises BadInput where the file cannot be read, BadTranscript naming file, line and field.
    """
    name = path.name.removesuffix(".gz")
    return Transcript.from_jsonl(read_lines(path), interview_id=interview_id or Path(name).stem, name=str(path))


def read_lines(path: Path) -> list[str]:
    """The lines of a text in UTF-8, packed or not. Raises BadInput naming file and line."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix.lower() == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"{path} cannot be read ({why}).", "Name a transcript (.jsonl or .jsonl.gz).") from error
    try:
        # Not splitlines: a text may hold other ends of lines.
        return raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInput(
            f"{path}, line {line}: not UTF-8 at byte {error.start + 1} of the file.", "Save the file as UTF-8."
        ) from error
