"""The process that reads one upload: ``python -m interviewlab.resume.child PAGES CPU_S``.

First the libraries, then the limits, then the parser.
The upload comes on standard input, already open; one JSON object goes to standard output: ``{"resume": …}`` or
``{"error": {"what", "remedy"}}``. Nothing else is written, no file can be: the parser is treated as lost to the upload.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from importlib import import_module
from importlib.util import cache_from_source, find_spec
from typing import Any

MEMORY_MB = 280
"""What the process may hold at most, its libraries included."""
OPEN_FILES = 64
MEMORY_FILE = "/proc/self/statm"
MAX_TEXT = 300_000
"""Characters of text or JSON; twenty full pages have a quarter of this."""
WALL = "interviewlab.sandbox.confinement"
"""Where the kernel has Landlock, this shuts the process off from files and other processes."""


FOREIGN_MONTHS = ("dateparser", "data/date_translation_data/sk.py")
"""The last of what is imported where a CV has months in another language than English."""


def limit(cpu_s: int) -> None:
    """Give away all that reading does not need; cannot be undone by this process unless it is root."""
    reserved, held = (int(pages) * resource.getpagesize() for pages in _statm()[:2])
    memory = reserved + max(MEMORY_MB * 2**20 - held, 32 * 2**20)
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(what, (value, value))
    os.umask(0o777)


def _statm() -> list[str]:
    """Pages reserved and pages held by this process."""
    with open(MEMORY_FILE, encoding="ascii") as file:
        return file.read().split()


def shut_in() -> None:
    """Give up files and signals where the kernel can; there is no way back."""
    import_module(WALL).confine((*(entry for entry in sys.path if entry), MEMORY_FILE))


def preload(start: bytes) -> None:
    """Import what the first bytes call for while byte code may still be cached; no parser has seen the upload yet."""
    names = ["interviewlab.resume.structure", "interviewlab.resume.formats"]
    if start.startswith(b"PK"):
        names += (
            ["interviewlab.resume.docx", "interviewlab.resume.odt"]
            if b"mimetype" not in start[:64]
            else ["interviewlab.resume.odt"]
        )
    elif start.startswith(b"{\\rtf"):
        names.append("interviewlab.resume.rtf")
    elif b"%PDF-" in start:
        names.append("interviewlab.resume.pdf")
    elif start.lstrip().startswith((b"{", b"\xef\xbb\xbf{")):
        names.append("interviewlab.resume.json_resume")
    for name in names:
        import_module(name)
    if names[-1] != "interviewlab.resume.json_resume" and not _is_compiled(*FOREIGN_MONTHS):
        import_module("interviewlab.resume.dates").normalise_date("no month 2020")


def _is_compiled(package: str, module: str) -> bool:
    """Whether the byte code of a module is cached; shut in, this process could not write it. Imports nothing."""
    spec = find_spec(package)
    folder = os.path.dirname(spec.origin or "") if spec else ""
    return os.path.exists(cache_from_source(os.path.join(folder, module)))


def read(data: bytes, max_pages: int) -> dict[str, Any]:
    """The answer for one upload."""
    from interviewlab.errors import BadUpload

    try:
        return {"resume": parse(data, max_pages)}
    except BadUpload as error:
        return {"error": {"what": error.what, "remedy": error.remedy}}
    except (MemoryError, RecursionError):
        return {
            "error": {
                "what": "The file needs more memory to read than any CV should.",
                "remedy": "Export the CV again without large pictures and upload that.",
            }
        }


def parse(data: bytes, max_pages: int) -> dict[str, Any]:
    """A Resume as JSON; raises BadUpload, and whatever a parser raises for what is hostile or broken."""
    from interviewlab.resume.formats import decode, find_kind

    kind = find_kind(data)
    if kind == "json":
        from interviewlab.resume.json_resume import resume_from_json

        return resume_from_json(_bounded(decode(data))).model_dump(mode="json")
    from interviewlab.resume.structure import understand, understand_text

    if kind == "pdf":
        from interviewlab.resume.pdf import read_pdf

        lines, unread = read_pdf(data, max_pages)
        return understand(lines, "pdf", unread)
    if kind == "docx":
        from interviewlab.resume.docx import lines_from_docx

        return understand(lines_from_docx(data), "docx")
    if kind == "odt":
        from interviewlab.resume.odt import lines_from_odt

        return understand(lines_from_odt(data), "odt")
    if kind == "rtf":
        from interviewlab.resume.rtf import text_from_rtf

        return understand_text(_bounded(text_from_rtf(data)), "rtf")
    return understand_text(_bounded(decode(data)), "text")


def _bounded(text: str) -> str:
    from interviewlab.errors import BadUpload

    if len(text) > MAX_TEXT:
        raise BadUpload("The file holds far more text than a CV.", "Upload only what is your CV, without pictures.")
    return text


def main() -> None:
    """Read standard input, answer on standard output."""
    max_pages, cpu_s = int(sys.argv[1]), int(sys.argv[2])
    data = sys.stdin.buffer.read()
    preload(data[:1024])
    shut_in()
    limit(cpu_s)
    answer = read(data, max_pages)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
