"""A German tabular CV in Word: 03/2019 – heute, a matrix of skills with years and levels."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(10)


def table(rows, widths, style=None):
    made = doc.add_table(rows=0, cols=len(widths))
    if style:
        made.style = style
    for row in rows:
        cells = made.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = Cm(width)
            cell.text = text


doc.add_heading("Lebenslauf", 0)
doc.add_heading("Persönliche Daten", 2)
table(
    (
        ("Name", "Dr. Sabine Oehlschläger"),
        ("Geburtsdatum", "03.04.1984 in Kassel"),
        ("Anschrift", "Königstraße 00, 34117 Kassel"),
        ("Telefon", "+49 561 1234567"),
        ("E-Mail", "s.oehlschlaeger@web.example"),
        ("Familienstand", "verheiratet"),
    ),
    (4.5, 12),
)
doc.add_heading("Beruflicher Werdegang", 2)
table(
    (
        (
            "03/2019 – heute",
            "Softwarearchitektin\nWintershall Digital GmbH, Kassel\n- Ablösung einer Planungssoftware aus den Neunzigern\n- Vorgaben für sieben Teams",
        ),
        (
            "08/2013 – 02/2019",
            "Softwareentwicklerin\nSMA Solar Technology AG, Niestetal\n- Wechselrichter-Portal in C# und Angular",
        ),
        ("10/2009 – 07/2013", "Wissenschaftliche Mitarbeiterin\nUniversität Kassel, Fachgebiet Verteilte Systeme"),
    ),
    (4.5, 12),
)
doc.add_heading("Ausbildung", 2)
table(
    (
        ("10/2009 – 06/2013", "Promotion (Dr. rer. nat.), Informatik\nUniversität Kassel"),
        ("10/2004 – 09/2009", "Diplom-Informatikerin\nUniversität Göttingen"),
        ("06/2003", "Abitur\nGoethe-Gymnasium Kassel"),
    ),
    (4.5, 12),
)
doc.add_heading("EDV-Kenntnisse", 2)
table(
    (
        ("Technologie", "Jahre", "Niveau"),
        ("C#", "10", "Experte"),
        ("Angular", "6", "sehr gut"),
        ("Azure", "5", "sehr gut"),
        ("Java", "4", "gut"),
        ("SQL Server", "8", "sehr gut"),
        ("UML", "12", "Experte"),
    ),
    (6, 3, 4),
    "Table Grid",
)
doc.add_heading("Sprachen", 2)
table((("Deutsch", "Muttersprache"), ("Englisch", "verhandlungssicher"), ("Schwedisch", "Grundkenntnisse")), (4.5, 12))
doc.add_paragraph("Kassel, 12. Oktober 2026")
doc.save(sys.argv[1])
