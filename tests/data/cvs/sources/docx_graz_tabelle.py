"""A tabular CV in German: one table without lines, periods on the left, everything else on the right."""

# ruff: noqa: E501
import sys

from docx import Document
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(10.5)
doc.add_paragraph().add_run("Lebenslauf").font.size = Pt(20)
ROWS = (
    ("Persönliche Daten", ""),
    ("Name", "Dipl.-Ing. (FH) Matthias Pichlmayr"),
    ("Geboren", "3. Februar 1984 in Leoben"),
    ("Adresse", "Keplerstraße 41, 8020 Graz"),
    ("Telefon", "+43 664 1234567"),
    ("E-Mail", "m.pichlmayr@example.at"),
    ("Berufserfahrung", ""),
    (
        "05/2018 – heute",
        "Leiter Systemadministration\nAVL List GmbH, Graz\nFünf Leute, 900 Server; Umzug des Rechenzentrums an einem Wochenende",
    ),
    ("10/2011 – 04/2018", "Systemadministrator\nEnergie Steiermark AG, Graz\nVirtualisierung, Sicherung, Bereitschaft"),
    ("07/2008 – 09/2011", "IT-Techniker\nMagna Steyr, Graz\nArbeitsplätze und Drucker in drei Hallen"),
    ("Ausbildung", ""),
    ("2004 – 2008", "FH Joanneum, Kapfenberg\nStudium Internettechnik\nAbschluss: Dipl.-Ing. (FH)"),
    ("1998 – 2003", "HTL Bulme, Graz\nMatura Elektrotechnik"),
    ("Präsenzdienst", ""),
    ("2003 – 2004", "Fernmeldetruppe, Belgier-Kaserne Graz"),
    ("Kenntnisse", ""),
    ("Systeme", "Windows Server, Red Hat Enterprise Linux, VMware vSphere"),
    ("Werkzeuge", "Ansible, PowerShell, Veeam, Zabbix, Active Directory"),
    ("Sprachen", "Deutsch (Muttersprache), Englisch (sehr gut), Slowenisch (Grundkenntnisse)"),
    ("Zertifikate", "RHCE (2016), VCP-DCV (2019)"),
    ("Führerschein", "A, B"),
)
table = doc.add_table(0, 2)
for left, right in ROWS:
    cells = table.add_row().cells
    cells[0].width, cells[1].width = Cm(4.2), Cm(12)
    run = cells[0].paragraphs[0].add_run(left)
    if not right:
        run.bold, run.font.size = True, Pt(12)
        continue
    first, *rest = right.split("\n")
    cells[1].paragraphs[0].add_run(first).bold = bool(rest)
    for line in rest:
        cells[1].add_paragraph(line)
doc.add_paragraph("\nGraz, im Oktober 2026")
doc.save(sys.argv[1])
