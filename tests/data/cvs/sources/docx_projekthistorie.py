"""Profile of a German freelancer: one table for each project with labelled rows, some customers not named, then her employed years."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Cm, Pt

doc = Document()
for section in doc.sections:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(10)
doc.sections[0].header.paragraphs[0].text = "Profil Rūta Žemaitytė\tStand: Januar 2025"


def heading(text):
    doc.add_paragraph(text, style="Heading 2")


def grid(rows, widths, style="Table Grid", bold_first=True):
    table = doc.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cells in rows:
        for number, (cell, text) in enumerate(zip(table.add_row().cells, cells, strict=True)):
            cell.width = Cm(widths[number])
            cell.paragraphs[0].add_run(text).bold = bold_first and number == 0
    doc.add_paragraph("")


doc.add_paragraph("Rūta Žemaitytė", style="Title")
doc.add_paragraph("Freiberufliche Softwareentwicklerin – Java, Kotlin, Cloud")
grid(
    [
        ("Wohnort", "22765 Hamburg"),
        ("Telefon", "0151 55509037"),
        ("E-Mail", "kontakt@zemaityte.example.de"),
        ("Web", "www.zemaityte.example.de"),
        ("Verfügbar ab", "01.04.2025, 4 Tage pro Woche, remote oder Raum Hamburg"),
        ("Stundensatz", "nach Vereinbarung"),
        ("Sprachen", "Litauisch (Muttersprache), Deutsch (verhandlungssicher), Englisch (fließend), Russisch (gut)"),
    ],
    (3.5, 13.5),
)
heading("Kurzprofil")
doc.add_paragraph(
    "Seit 2005 in der Softwareentwicklung, seit 2016 freiberuflich. Ich übernehme gern Systeme, vor denen sich andere drücken: alte Batchläufe, Schnittstellen ohne Dokumentation, Ablösungen mit Stichtag. Ich schreibe Tests zuerst und Rechnungen pünktlich."
)
heading("Projekthistorie")
for when, customer, role, tasks, technologies in (
    (
        "02/2023 – heute",
        "Hapag-Lloyd AG, Hamburg",
        "Senior-Entwicklerin Backend",
        "Ablösung der Containerverfolgung vom Host; Ereignisse statt nächtlicher Dateien, 2,4 Mio. Meldungen am Tag",
        "Kotlin, Spring Boot, Kafka, PostgreSQL, AWS, Terraform",
    ),
    (
        "05/2020 – 12/2022",
        "Öffentliche Versicherung (Name auf Anfrage)",
        "Entwicklerin und stellvertretende technische Projektleiterin",
        "Bestandsmigration Kfz, 1,1 Mio. Verträge in drei Wochenenden; Abgleich bis auf 17 Verträge ohne Differenz",
        "Java 11, Quarkus, Oracle, OpenShift, Jenkins",
    ),
    (
        "09/2018 – 03/2020",
        "Lufthansa Technik AG, Hamburg",
        "Java-Entwicklerin",
        "Prüflisten für Triebwerke auf dem Tablet, offlinefähig",
        "Java 8, Angular, MongoDB, Docker",
    ),
    (
        "04/2016 – 08/2018",
        "Tchibo GmbH, Hamburg",
        "Java-Entwicklerin",
        "Warenkorb und Gutscheine des Onlineshops",
        "Java 8, Spring, Solr, MySQL",
    ),
):
    grid(
        [
            ("Zeitraum", when),
            ("Kunde", customer),
            ("Rolle", role),
            ("Aufgaben", tasks),
            ("Technologien", technologies),
        ],
        (3.5, 13.5),
    )
heading("Festanstellungen")
grid(
    [
        ("10/2010 – 03/2016", "Otto GmbH & Co KG, Hamburg", "Softwareentwicklerin"),
        ("07/2005 – 08/2010", "Alna Software, Vilnius", "Programmiererin"),
    ],
    (3.5, 7.5, 6),
    bold_first=False,
)
heading("Ausbildung")
grid(
    [
        ("2008 – 2010", "Vilniaus universitetas", "Magister Informatik"),
        ("2001 – 2005", "Kauno technologijos universitetas", "Bachelor Informatik"),
    ],
    (3.5, 7.5, 6),
    bold_first=False,
)
heading("Zertifikate")
doc.add_paragraph("Oracle Certified Professional, Java SE 11 Developer (2021)", style="List Bullet")
doc.add_paragraph("iSAQB CPSA-F (2019)", style="List Bullet")
heading("Kenntnisse")
grid(
    [
        ("Bereich", "Kenntnis", "Niveau (1–5)", "Jahre"),
        ("Sprachen", "Java", "5", "18"),
        ("", "Kotlin", "4", "2"),
        ("", "SQL", "5", "18"),
        ("Frameworks", "Spring Boot", "5", "8"),
        ("", "Quarkus", "4", "3"),
        ("", "Angular", "2", "2"),
        ("Daten", "PostgreSQL", "4", "6"),
        ("", "Oracle", "4", "10"),
        ("", "Kafka", "4", "3"),
        ("Betrieb", "Docker", "4", "6"),
        ("", "OpenShift", "3", "3"),
        ("", "Terraform", "3", "2"),
    ],
    (4, 5, 4, 4),
)
doc.save(sys.argv[1])
