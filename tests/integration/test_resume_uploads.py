"""Real files through the reading child: layouts that are understood, and uploads that are refused with one sentence."""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odfdo import Document as OpenDocument
from odfdo import Frame, Header
from odfdo import List as OdtList
from odfdo import Paragraph as OdtParagraph
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from interviewlab.errors import BadUpload
from interviewlab.resume import read_resume
from interviewlab.sandbox.descent import children_of

CVS = Path(__file__).parents[1] / "data" / "cvs"


def _pdf(path: Path, pages: int = 1, **options: object) -> Path:
    canvas = Canvas(str(path), pagesize=A4, **options)
    for number in range(pages):
        canvas.drawString(72, 770, f"Ada Byron, page {number} of a very long life in engineering")
        canvas.showPage()
    canvas.save()
    return path


def _encrypted(folder: Path) -> Path:
    return _pdf(folder / "cv.pdf", encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="owner", strength=128))


def _scan(folder: Path) -> Path:
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=A4)
    canvas.drawInlineImage(Image.new("RGB", (200, 300), "grey"), 0, 0, *A4)
    canvas.save()
    return folder / "scan.pdf"


def _written(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _sparse(folder: Path) -> Path:
    path = folder / "huge.pdf"
    path.touch()
    os.truncate(path, 50 * 2**20)
    return path


def _truncated(folder: Path) -> Path:
    path = _pdf(folder / "cut.pdf", 3)
    path.write_bytes(path.read_bytes()[:700])
    return path


def _zip(folder: Path, name: str, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return folder / name


def _bomb(folder: Path) -> Path:
    return _zip(folder, "bomb.docx", {"word/document.xml": b"\0" * (100 * 2**20)})


def _broken_zip(folder: Path) -> Path:
    document = Document()
    document.add_paragraph("Ada Byron")
    buffer = io.BytesIO()
    document.save(buffer)
    return _written("cut.docx", buffer.getvalue()[:2000])(folder)


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda folder: folder / "none.pdf", "There is no file"),
    "folder": (lambda folder: folder, "is not a file but a folder"),
    "empty": (_written("cv.pdf", b""), "is empty"),
    "blank": (_written("cv.txt", b" \n\t\n"), "is empty"),
    "encrypted": (_encrypted, "protected by a password"),
    "200 pages": (lambda folder: _pdf(folder / "long.pdf", 200), "more than 20 pages"),
    "50 MB": (_sparse, "50.0 MB, more than the 10 MB"),
    "scan": (_scan, "has no text"),
    "program": (_written("cv.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 400), "application/x-executable"),
    "picture": (_written("cv.pdf", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 20), "image/png"),
    "noise": (_written("cv.txt", bytes(range(1, 32)) * 40), "unknown type"),
    "not a PDF": (_written("cv.pdf", b"%PDF-1.7\nthis is no PDF at all"), "damaged"),
    "truncated PDF": (_truncated, "damaged|no text"),
    "broken JSON": (_written("cv.json", b'{"basics": {"name": "A",}'), "JSON is broken at line 1"),
    "broken zip": (_broken_zip, "damaged DOCX or ZIP"),
    "zip of something else": (lambda folder: _zip(folder, "a.docx", {"x.txt": b"hello"}), "without a Word or"),
    "zip bomb": (_bomb, "unpacks to more than"),
    "empty DOCX parts": (lambda folder: _zip(folder, "a.docx", {"word/document.xml": b"<a/>"}), "damaged"),
    "RTF without words": (_written("cv.pdf", b"{\\rtf1\\ansi }"), "RTF file has no text"),
    "old Word": (_written("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "old Word"),
    "web page": (_written("cv.txt", b"<!DOCTYPE html><html><body>Ada</body></html>"), "web page"),
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_upload_gives_one_sentence_and_a_remedy(kind: str, tmp_path: Path) -> None:
    make, words = BAD[kind]
    path = make(tmp_path)
    with pytest.raises(BadUpload, match=words) as caught:
        await read_resume(path)
    assert caught.value.what.endswith(".")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_reading_stops_at_the_clock_and_leaves_no_process(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "cv.pdf", 15)
    began, before = time.monotonic(), children_of(os.getpid())
    with pytest.raises(BadUpload, match=r"longer than 0\.05 seconds"):
        asyncio.run(read_resume(path, timeout_s=0.05))
    assert time.monotonic() - began < 5
    assert set(children_of(os.getpid())) <= set(before)


async def test_xml_entities_in_a_docx_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("TOPSECRET", encoding="utf-8")
    document = Document()
    document.add_paragraph("Ada Byron MARK")
    buffer = io.BytesIO()
    document.save(buffer)
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'.encode()
    with zipfile.ZipFile(buffer) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    xml = parts["word/document.xml"].replace(b"?>", b"?>" + entity, 1).replace(b"MARK", b"&e;")
    path = _zip(tmp_path, "xxe.docx", parts | {"word/document.xml": xml})
    resume = await read_resume(path)
    assert "Ada Byron" in resume.text
    assert "TOPSECRET" not in json.dumps(resume.document) + resume.text


async def test_the_content_decides_the_type_not_the_name(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "cv.docx")
    assert (await read_resume(path)).source == "pdf"
    (tmp_path / "cv.pdf").write_text('{"basics": {"name": "Ada"}}', encoding="utf-8")
    assert (await read_resume(tmp_path / "cv.pdf")).name == "Ada"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n"])
async def test_a_pdf_behind_a_mark_or_a_line_break_is_read(before: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cv.pdf"
    path.write_bytes(before + (CVS / "alta_wheel.pdf").read_bytes())
    assert (await read_resume(path)).source == "pdf"


@pytest.mark.parametrize("text", ["MZWANDILE NKOSI\nSoftware engineer\n", "BMW Group\nWe look for engineers\n"])
async def test_text_that_begins_like_another_kind_of_file_is_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(text, encoding="utf-8")
    assert (await read_resume(tmp_path / "cv.txt")).source == "text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
async def test_text_in_ordinary_encodings(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text("Zoë Müller\nzoe@example.org\n", encoding=encoding)
    resume = await read_resume(tmp_path / "cv.txt")
    assert (resume.name, resume.source) == ("Zoë Müller", "text")


def _two_columns(path: Path) -> Path:
    """A sidebar with contact, skills, languages; beside it experience, education and projects."""
    canvas = Canvas(str(path), pagesize=A4)

    def write(x: float, y: float, text: str, size: float = 9, font: str = "Helvetica") -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)

    write(40, 800, "Maria del Carmen Ruiz", 22, "Helvetica-Bold")
    write(40, 780, "Data Engineer", 12)
    side = ["CONTACT", "maria.ruiz@example.org", "+34 612 345 678", "Madrid, Spain", "SKILLS", "Python", "Apache Spark"]
    for number, text in enumerate([*side, "LANGUAGES", "Spanish (native)", "English (C1)"]):
        write(
            40,
            740 - 15 * number,
            text,
            12 if text.isupper() else 9,
            "Helvetica-Bold" if text.isupper() else "Helvetica",
        )
    main = [
        "EXPERIENCE",
        "*Data Engineer at Cabify",
        "March 2019 - Present",
        "\u2022 Built ingestion of 3 TB a day with Spark and",
    ]
    main += ["  Kafka for the pricing team", "\u2022 Cut the cost of storage by 35%", "*Junior Developer at Indra"]
    main += [
        "June 2016 - February 2019",
        "\u2022 Wrote ETL jobs",
        "EDUCATION",
        "*BSc Computer Science, Universidad Complutense",
    ]
    for number, text in enumerate([*main, "2012 - 2016", "PROJECTS", "Lakehouse Lite: a toy table format in Rust"]):
        is_bold = text.isupper() or text.startswith("*")
        indent = 8 if text.startswith("  ") else 0
        write(
            220 + indent,
            740 - 16 * number,
            text.strip("* "),
            12 if text.isupper() else 9,
            "Helvetica-Bold" if is_bold else "Helvetica",
        )
    canvas.save()
    return path


async def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = (await read_resume(_two_columns(tmp_path / "two.pdf"))).document
    assert document["basics"]["name"] == "Maria del Carmen Ruiz"
    assert document["basics"]["label"] == "Data Engineer"
    assert document["basics"]["phone"].replace(" ", "") == "+34612345678"
    assert [(job["name"], job["position"]) for job in document["work"]] == [
        ("Cabify", "Data Engineer"),
        ("Indra", "Junior Developer"),
    ]
    assert document["work"][0]["highlights"] == [
        "Built ingestion of 3 TB a day with Spark and Kafka for the pricing team",
        "Cut the cost of storage by 35%",
    ]
    assert document["skills"] == [{"name": "Skills", "keywords": ["Python", "Apache Spark"]}]
    assert document["education"][0]["institution"] == "Universidad Complutense"
    assert document["projects"][0]["name"] == "Lakehouse Lite"


def _docx(path: Path) -> Path:
    document = Document()
    document.add_paragraph("Ayşe Yılmaz", "Title")
    document.add_paragraph("Istanbul, Türkiye | ayse@example.com | +90 532 123 45 67")
    document.add_heading("Professional Experience", 1)
    head = document.add_paragraph()
    head.add_run("Backend Developer").bold = True
    head.add_run("\tJan 2021 – Present")
    document.add_paragraph("Getir, Istanbul, Türkiye")
    document.add_paragraph("Cut checkout latency by 45% with Redis", "List Bullet")
    document.add_heading("Skills", 1)
    table = document.add_table(2, 2)
    for row, texts in enumerate((("Languages", "Go, Python"), ("Databases", "Redis, Postgres"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_heading("Education", 1)
    document.add_paragraph("Middle East Technical University, BSc in Computer Engineering, 2016 – 2020")
    document.save(str(path))
    return path


async def test_a_docx_with_headings_tabs_bullets_and_a_table(tmp_path: Path) -> None:
    resume = await read_resume(_docx(tmp_path / "cv.docx"))
    document = resume.document
    assert (resume.source, resume.name) == ("docx", "Ayşe Yılmaz")
    assert document["work"] == [
        {
            "name": "Getir",
            "position": "Backend Developer",
            "location": "Istanbul, Türkiye",
            "startDate": "2021-01",
            "highlights": ["Cut checkout latency by 45% with Redis"],
        }
    ]
    assert document["skills"] == [
        {"name": "Languages", "keywords": ["Go", "Python"]},
        {"name": "Databases", "keywords": ["Redis", "Postgres"]},
    ]
    school = document["education"][0]
    assert school["institution"] == "Middle East Technical University"
    assert (school["studyType"], school["area"]) == ("BSc", "Computer Engineering")


SPACES = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SPACES += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
SPACES += ' xmlns:v="urn:schemas-microsoft-com:vml"'
RUN = "<w:r><w:t>{}</w:t></w:r>"
CONTROL = "<w:sdt {}><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def _boxed(*texts: str) -> str:
    """A text box as Word writes it, once for new readers and once for old ones."""
    box = f"<w:txbxContent>{''.join(f'<w:p>{RUN.format(text)}</w:p>' for text in texts)}</w:txbxContent>"
    new = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    old = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:r {SPACES}><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r>"


async def test_words_of_a_docx_in_controls_boxes_insertions_and_the_first_header_are_read(tmp_path: Path) -> None:
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "ada@example.org"
    document.add_paragraph("Ada Byron")
    held = f"<w:p>{RUN.format('Acme, Backend Developer, 2019 - 2021')}</w:p>"
    document.element.body.insert(1, parse_xml(CONTROL.format(SPACES, "", held)))
    for text, wrapped in (
        ("Position: ", CONTROL.format(SPACES, "", RUN.format("Senior Engineer"))),
        ("Nobody filled: ", CONTROL.format(SPACES, "<w:showingPlcHdr/>", RUN.format("Click here"))),
        ("Tracked: ", f"<w:ins {SPACES} w:id='1' w:author='A'>{RUN.format('inserted')}</w:ins>"),
        ("Below", _boxed("Skills", "Go, Kafka")),
    ):
        document.add_paragraph(text)._p.append(parse_xml(wrapped))
    table = document.add_table(1, 1)
    table._tbl.append(
        parse_xml(CONTROL.format(SPACES, "", f"<w:tr><w:tc><w:p>{RUN.format('In a row')}</w:p></w:tc></w:tr>"))
    )
    document.save(str(tmp_path / "cv.docx"))
    resume = await read_resume(tmp_path / "cv.docx")
    lines = [line for line in resume.text.splitlines() if line]
    wanted = "ada@example.org|Ada Byron|Acme, Backend Developer, 2019 - 2021|Position: Senior Engineer|Nobody filled:"
    assert "|".join(lines) == f"{wanted}|Tracked: inserted|Below|Skills|Go, Kafka|In a row"


async def test_three_uploads_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    names = ["Ada Byron", "Bo Chen", "Cleo Dahl"]
    for name in names:
        (tmp_path / name).write_text(f"{name}\nDeveloper\n", encoding="utf-8")
    resumes = await asyncio.gather(*(read_resume(tmp_path / name) for name in names))
    assert [resume.name for resume in resumes] == names


async def test_a_name_repeated_at_the_top_of_each_page_is_kept_once(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "cv.pdf"), pagesize=A4)
    for number in (1, 2):
        for y, text in (
            (780, "Ada Byron"),
            (700, f"Developer of engines in volume {number}"),
            (30, f"Page {number} of 2"),
        ):
            canvas.drawString(72, y, text)
        canvas.showPage()
    canvas.save()
    resume = await read_resume(tmp_path / "cv.pdf")
    assert resume.name == "Ada Byron"
    assert resume.text.count("Ada Byron") == 1
    assert "Page" not in resume.text


async def test_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "cv.pdf"), pagesize=A4)
    canvas.drawString(72, 770, "Ada Byron, a developer of engines in London")
    canvas.showPage()
    canvas.drawInlineImage(Image.new("RGB", (200, 300), "grey"), 0, 0, *A4)
    canvas.save()
    resume = await read_resume(tmp_path / "cv.pdf")
    assert resume.gaps[0] == "Page 2 is a picture without text (a scan) and was not read."


async def test_rich_text_is_read(tmp_path: Path) -> None:
    lines = [
        *("Ada Byron", "ada@example.org", "", "EXPERIENCE", "Backend Developer, Kestrel", "Jan 2021 \\endash  Present"),
        *("\\bullet  Cut latency by 45 %", "", "SKILLS", "Go, Python"),
    ]
    (tmp_path / "cv.rtf").write_text("{\\rtf1\\ansi " + "\\par\n".join(lines) + "}", encoding="ascii")
    resume = await read_resume(tmp_path / "cv.rtf")
    assert (resume.source, resume.name) == ("rtf", "Ada Byron")
    job = resume.document["work"][0]
    assert (job["name"], job["position"], job["startDate"]) == ("Kestrel", "Backend Developer", "2021-01")
    assert job["highlights"] == ["Cut latency by 45 %"]
    assert resume.document["skills"][0]["keywords"] == ["Go", "Python"]


async def test_open_document_text_is_read(tmp_path: Path) -> None:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Header(1, "Ada Byron"))
    document.body.append(OdtParagraph("ada@example.org"))
    document.body.append(Header(2, "Work experience"))
    document.body.append(OdtParagraph("Backend Developer at Kestrel (January 2021 – present)"))
    document.body.append(OdtList(["Cut latency by 45 %"]))
    document.body.append(Header(2, "Skills"))
    document.body.append(OdtList(["Go", "Python"]))
    document.save(str(tmp_path / "cv.odt"))
    resume = await read_resume(tmp_path / "cv.odt")
    assert (resume.source, resume.name) == ("odt", "Ada Byron")
    job = resume.document["work"][0]
    assert (job["name"], job["position"], job["startDate"]) == ("Kestrel", "Backend Developer", "2021-01")
    assert job["highlights"] == ["Cut latency by 45 %"]
    assert resume.document["skills"][0]["keywords"] == ["Go", "Python"]


async def test_text_boxes_of_open_document_text_have_their_lines(tmp_path: Path) -> None:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Header(1, "Ada Byron"))
    document.body.append(Frame.text_frame("Wrote engines", size=("3cm", "1cm"), anchor_type="page"))
    anchor = OdtParagraph("Below")
    anchor.append(Frame.text_frame(["Skills", "Go, Kafka"], size=("3cm", "1cm")))
    document.body.append(anchor)
    document.save(str(tmp_path / "cv.odt"))
    resume = await read_resume(tmp_path / "cv.odt")
    assert [line for line in resume.text.splitlines() if line] == [
        *("Ada Byron", "Wrote engines", "Below", "Skills", "Go, Kafka")
    ]
