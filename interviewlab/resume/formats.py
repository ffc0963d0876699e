"""What an upload is, by its content and never by its name."""

from __future__ import annotations

import codecs
import zipfile
from io import BytesIO
from typing import Literal

import filetype

from interviewlab.errors import BadUpload

Kind = Literal["pdf", "docx", "odt", "rtf", "json", "text"]
WANTED = "Upload a PDF, DOCX, ODT, RTF, plain text, Markdown or a JSON Resume."
MAX_UNPACKED_MB = 40
MAX_PARTS = 2000
OTHERS = {
    b"\xd0\xcf\x11\xe0": (
        "an old Word or another Office file, or one with a password",
        "Save it as PDF or DOCX and upload that.",
    ),
    b"<!doctype html": ("a web page", "Print it to PDF and upload that."),
    b"<html": ("a web page", "Print it to PDF and upload that."),
    b"<?xml": ("an XML file", WANTED),
    b"%!ps": ("a PostScript file", "Convert it to PDF and upload that."),
}


def find_kind(data: bytes) -> Kind:
    """The kind of upload; raises BadUpload for what cannot be read as a CV."""
    if not data.strip():
        raise BadUpload("The file is empty.", "Choose the file that holds your CV.")
    if data[:1024].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    _refuse_others(data)
    text = _text(data)
    return "json" if text.lstrip().startswith("{") else "text"


def _refuse_others(data: bytes) -> None:
    start = data[:64].lstrip().lower()
    for magic, (what, remedy) in OTHERS.items():
        if start.startswith(magic):
            raise BadUpload(f"The file is {what}, which is not read here.", remedy)


def _text(data: bytes) -> str:
    """As ``decode``; what is no text is called by its type where that is known."""
    try:
        return decode(data)
    except BadUpload as error:
        if guess := filetype.guess(data[:8192]):
            raise BadUpload(f"The file is not a CV but of type {guess.mime}.", WANTED) from error
        raise


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadUpload(
            "The file is a damaged DOCX or ZIP archive.", "Save the CV again and upload the new file."
        ) from error
    names = {part.filename for part in parts}
    kind: Kind = "docx" if "word/document.xml" in names else "odt"
    if kind == "odt" and "content.xml" not in names:
        raise BadUpload(
            "The file is a ZIP archive without a Word or OpenDocument text in it, which is not read here.",
            "Save the CV as PDF or DOCX and upload that.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise BadUpload("The document is protected by a password.", "Save a copy without a password and upload that.")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_MB * 2**20:
        raise BadUpload(
            f"The document unpacks to more than {MAX_UNPACKED_MB} MB.",
            "Remove its pictures, or export it as PDF and upload that.",
        )
    return kind


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or Windows-1252; raises BadUpload for bytes that are no text."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _has_control(text):
            return text
    raise BadUpload("The file is of an unknown type, neither a document nor text.", WANTED)


def _has_control(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\t\n\r\f\v" for character in text)
