"""A German CV of today: months as numbers, title and firm behind bars, studies with marks, IT knowledge with levels."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.add_paragraph().add_run("Lebenslauf").font.size = Pt(18)
doc.add_paragraph(
    "Name:\tAnneliese Brückner-Yılmaz\nGeburtsdatum:\t12.05.1990\nAnschrift:\tLindenstraße 4, 90402 Nürnberg\nTelefon:\t0911 1234567\nE-Mail:\tanneliese@example.de"
)
for head, rows in (
    (
        "Berufserfahrung",
        [
            "seit 03/2020 | Softwareentwicklerin | DATEV eG, Nürnberg",
            "Entwicklung der Lohnabrechnung in Kotlin; Fehlerquote halbiert",
            "10/2015 – 02/2020 | Junior-Softwareentwicklerin | Siemens Healthineers AG, Erlangen",
            "Bildverarbeitung in C++",
            "04/2014 – 09/2014 | Praktikantin | Adidas AG, Herzogenaurach",
        ],
    ),
    (
        "Studium",
        [
            "10/2013 – 09/2015 | M.Sc. Informatik | Friedrich-Alexander-Universität Erlangen-Nürnberg (Note 1,4)",
            "10/2010 – 09/2013 | B.Sc. Informatik | Technische Hochschule Nürnberg",
        ],
    ),
    ("IT-Kenntnisse", ["Kotlin, Java, C++ (sehr gut)", "Spring Boot, Kafka, PostgreSQL (gut)"]),
    ("Sprachen", ["Deutsch (Muttersprache), Türkisch (Muttersprache), Englisch (C1)"]),
    ("Interessen", ["Klettern, Chor"]),
):
    doc.add_heading(head, 2)
    for row in rows:
        doc.add_paragraph(row)
doc.save(sys.argv[1])
