"""Rich text to plain text, through striprtf. Runs only in the reading child."""

from __future__ import annotations

from collections.abc import Callable

from striprtf.striprtf import rtf_to_text

from interviewlab.errors import BadUpload

MAX_TEXT = 2_000_000


def text_from_rtf(data: bytes) -> str:
    """The words of an RTF file; raises BadUpload when there are none."""
    convert: Callable[..., str] = rtf_to_text
    text = convert(data.decode("cp1252", "replace"), errors="ignore")
    if not text.strip():
        raise BadUpload("The RTF file has no text in it.", "Save the CV as PDF or DOCX and upload that.")
    return text[:MAX_TEXT]
