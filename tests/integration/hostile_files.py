"""Uploads that mean harm, each made from nothing: bombs, loops, lies about size and kind, broken and locked files."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable

from docx import Document
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Maker = Callable[[], bytes]
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
)
TEXT = b"BT /F1 12 Tf 72 720 Td (Ada Byron, a developer of engines in London) Tj ET"


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def _pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF whose cross-reference table is right, whatever its objects are."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, top = len(out), max(objects) + 1
    rows = b"".join(b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, top))
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (top, rows)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (top, trailer, start)
    return bytes(out)


def _page_pdf(
    content: bytes = TEXT, *, page: bytes = PAGE, extra: bytes = b"", more: dict[int, bytes] | None = None
) -> bytes:
    return _pdf({1: CATALOG, 2: PAGES, 3: page, 4: _stream(content, extra), **(more or {})})


def _canvas(pages: int = 1, **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    for number in range(pages):
        canvas.drawString(72, 700, f"Ada Byron, a developer of engines, volume {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _bomb(megabytes: int, layers: int = 1) -> bytes:
    data = zlib.compress(b" " * (megabytes * 2**20), 1)
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def _kids_of_deep_tree(depth: int) -> bytes:
    objects = {1: CATALOG}
    for number in range(2, depth):
        objects[number] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
    objects[depth] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (depth - 1)
    return _pdf(objects)


def _zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return buffer.getvalue()


def _docx(paragraphs: int = 1) -> bytes:
    document = Document()
    for _ in range(paragraphs):
        document.add_paragraph("Ada Byron, developer MARK")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docx_with(change: Callable[[bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_docx())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"])
    return _zip([*parts.items(), *more])


def _entity(declaration: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"?>", b"?><!DOCTYPE x [" + declaration + b"]>", 1).replace(b"MARK", b"&e;")


def _laughs() -> bytes:
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)]
    return b"".join(lines) + b'<!ENTITY e "&a11;">'


def _nested_tables(depth: int) -> bytes:
    opening = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl><w:p/>" * 0
    closing = b"<w:p/></w:tc></w:tr></w:tbl>" * depth
    return _docx_with(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + opening + closing, 1))


def _odt(content: bytes) -> bytes:
    names = ["office", "text", "table"]
    spaces = b" ".join(
        b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (n.encode(), n.encode()) for n in names
    )
    head = b'<?xml version="1.0"?>'
    doctype, body = [*content.split(b"]>", 1), b""][:2] if content.startswith(b"<!DOCTYPE") else (b"", content)
    doctype += b"]>" if doctype else b""
    xml = head + doctype + b"<office:document-content " + spaces + b"><office:body><office:text>" + body
    xml += b"</office:text></office:body></office:document-content>"
    return _zip([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml)])


def _lying_zip() -> bytes:
    """A part that says it unpacks to 10 bytes and unpacks to 90 MB."""
    data = _zip([("word/document.xml", b"\0" * (90 * 2**20))])
    size = struct.pack("<I", 90 * 2**20)
    return data.replace(size, struct.pack("<I", 10))


def _locked_zip() -> bytes:
    data = bytearray(_docx())
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../../cv.pdf"))
    return buffer.getvalue()


def _cmap_bomb() -> bytes:
    cmap = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n"
    cmap += b"1 beginbfrange <00000000> <00ffffff> <0000> endbfrange endcmap"
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [] >>"
    page = PAGE.replace(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"5 0 R")
    return _page_pdf(page=page, more={5: font, 6: _stream(cmap)})


def _noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
_WITH_FORM = PAGE.replace(b"/Resources <<", b"/Resources << /XObject << /X 5 0 R >>")
HOSTILE: dict[str, Maker] = {
    # PDF
    "header_only.pdf": lambda: b"%PDF-1.7\n",
    "truncated.pdf": lambda: _canvas(3)[:700],
    "broken_xref.pdf": lambda: _canvas().replace(b"0000000", b"9999999"),
    "no_trailer.pdf": lambda: _canvas().split(b"trailer")[0],
    "xref_loop.pdf": lambda: _page_pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"),
    "noise.pdf": lambda: b"%PDF-1.7\n" + _noise(200_000),
    "page_tree_loop.pdf": lambda: _pdf({1: CATALOG, 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"}),
    "deep_page_tree.pdf": lambda: _kids_of_deep_tree(3000),
    "count_lies.pdf": lambda: _pdf(
        {1: CATALOG, 2: PAGES.replace(b"/Count 1", b"/Count 999999999"), 3: PAGE, 4: _stream(TEXT)}
    ),
    "flate_bomb.pdf": lambda: _page_pdf(_bomb(400), extra=b"/Filter /FlateDecode"),
    "nested_flate_bomb.pdf": lambda: _page_pdf(
        _bomb(400, 3), extra=b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    ),
    "huge_page.pdf": lambda: _page_pdf(page=PAGE.replace(b"595 842", b"1e12 1e12")),
    "bad_page_box.pdf": lambda: _page_pdf(page=PAGE.replace(b"0 0 595 842", b"nan -5 (x) null")),
    "password.pdf": lambda: _canvas(
        encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="owner", strength=128)
    ),
    "many_pages.pdf": lambda: _canvas(300),
    "script.pdf": lambda: _page_pdf(
        more={5: b"<< /S /JavaScript /JS (app.launchURL('http://example.org')) >>"}
    ).replace(b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction 5 0 R"),
    "launch.pdf": lambda: _page_pdf(
        page=PAGE.replace(
            b"/Contents", b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (/bin/sh) >> >>] /Contents"
        )
    ),
    "form_in_itself.pdf": lambda: _page_pdf(
        b"/X Do " + TEXT, page=_WITH_FORM, more={5: _stream(b"/X Do /X Do", _FORM)}
    ),
    "length_loop.pdf": lambda: _pdf({1: CATALOG, 2: PAGES, 3: PAGE, 4: b"<< /Length 4 0 R >>\nstream\nx\nendstream"}),
    "deep_arrays.pdf": lambda: _page_pdf(b"[" * 200_000),
    "saved_states.pdf": lambda: _page_pdf(b"q " * 800_000 + TEXT),
    "million_letters.pdf": lambda: _page_pdf(b"BT /F1 1 Tf 0 0 Td " + b"(abcdefghij klmnop) Tj " * 120_000 + b"ET"),
    "huge_image.pdf": lambda: _page_pdf(
        b"/X Do " + TEXT,
        page=_WITH_FORM,
        more={
            5: _stream(
                b"x",
                b"/Type /XObject /Subtype /Image /Width 999999 /Height 999999 "
                b"/BitsPerComponent 8 /ColorSpace /DeviceRGB",
            )
        },
    ),
    "endless_inline_image.pdf": lambda: _page_pdf(b"BI /W 9 /H 9 ID " + b"x" * 500_000),
    "cmap_bomb.pdf": _cmap_bomb,
    "huge_numbers.pdf": lambda: _page_pdf(b"9" * 400_000 + b" 0 Td " + TEXT),
    # DOCX and ODT
    "bomb.docx": lambda: _zip([("word/document.xml", b"\0" * (90 * 2**20))]),
    "lying_bomb.docx": _lying_zip,
    "many_parts.docx": lambda: _zip([("word/document.xml", b"<a/>"), *((f"p{n}.xml", b"") for n in range(6000))]),
    "zip_in_zip.docx": lambda: _zip([("word/document.xml", b"<a/>"), ("a.zip", _zip([("b.zip", b"PK" * 999)]))]),
    "zip_slip.docx": lambda: _docx_with(
        lambda xml: xml, ("../../../../tmp/interviewlab-slip", b"x"), ("/etc/cron.d/x", b"x")
    ),
    "entity.docx": lambda: _docx_with(_entity(b'<!ENTITY e SYSTEM "file:///etc/passwd">')),
    "outside_dtd.docx": lambda: _docx_with(
        lambda xml: xml.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', 1)
    ),
    "billion_laughs.docx": lambda: _docx_with(_entity(_laughs())),
    "nested_tables.docx": lambda: _nested_tables(400),
    "many_paragraphs.docx": lambda: _docx_with(
        lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 120_000, 1)
    ),
    "macro.docx": lambda: _docx_with(lambda xml: xml, ("word/vbaProject.bin", _noise(2000))),
    "locked.docx": _locked_zip,
    "cut.docx": lambda: _docx()[:3000],
    "billion_laughs.odt": lambda: _odt(b"<!DOCTYPE x [" + _laughs() + b"]><text:p>&e;</text:p>"),
    "deep_lists.odt": lambda: _odt(b"<text:list><text:list-item>" * 5000 + b"</text:list-item></text:list>" * 5000),
    "endless_spaces.odt": lambda: _odt(b'<text:p>Ada Byron<text:s text:c="999999999"/></text:p>'),
    "bomb.odt": lambda: _odt(b"<text:p>" + b"a " * (30 * 2**20) + b"</text:p>"),
    # text of all kinds
    "deep_groups.rtf": lambda: b"{\\rtf1 " + b"{" * 300_000 + b"Ada" + b"}" * 300_000 + b"}",
    "endless_hex.rtf": lambda: b"{\\rtf1 " + b"\\'e9" * 1_000_000 + b"}",
    "binary.rtf": lambda: b"{\\rtf1 \\bin2000000000 Ada}",
    "deep.json": lambda: b'{"work": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "long_number.json": lambda: b'{"work": [' + b"9" * 200_000 + b"]}",
    "wrong_types.json": lambda: (
        b'{"basics": {"name": {"a": [1, null]}, "profiles": 7}, "work": [1, {"name": []}], "skills": {"x": NaN}}'
    ),
    "many_entries.json": lambda: b'{"work": [' + b",".join([b'{"name": "A", "highlights": ["b"]}'] * 90_000) + b"]}",
    "one_long_line.txt": lambda: b"a" * (9 * 2**20),
    "mails.txt": lambda: b"a@" + b"a.a-a." * 40_000,
    "digits.txt": lambda: b"1 2 3-4 (5) " * 20_000,
    "dates.txt": lambda: b"January 2019 - March 2020 at Acme, Developer\n" * 6000,
    "dashes.txt": lambda: b"- - - \xe2\x80\x93 | " * 20_000,
    "blanks.txt": lambda: b"Ada Byron" + b" \t" * 120_000 + b"\n" * 100_000 + b"x",
    "stars.md": lambda: b"*" * 100_000 + b"_" * 100_000 + b"[" * 50_000,
    "sentences.txt": lambda: b"I was a developer at " + b"Acme of the Acme and " * 12_000,
    "right_to_left.txt": lambda: "\u202e\u200b\u200fAda\u202c\n".encode() * 4000,
    # another kind than the name says
    "program.pdf": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 4000,
    "windows_program.docx": lambda: b"MZ" + b"\0" * 4000,
    "picture.pdf": lambda: (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 2**31 - 1, 2**31 - 1) + b"\x08\x02" + b"\0" * 200
    ),
    "page.txt": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "archive.pdf": _tar,
    "pdf_in_zip.pdf": lambda: _zip([("cv.pdf", _canvas())]),
    "zeros.pdf": lambda: b"\0" * 100_000,
}
