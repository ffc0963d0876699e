"""A long consultant's CV: a page header and footer, each engagement over a page, dates as 2022-08."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Liberation Sans", Pt(10.5)
section = doc.sections[0]
section.header.paragraphs[0].text = "Dr. Ingeborg Aasland – Curriculum Vitae"
section.footer.paragraphs[0].text = "Confidential – Fjordkode AS"
doc.add_heading("Dr. Ingeborg Aasland", 0)
doc.add_paragraph("Principal consultant, data platforms")
doc.add_paragraph(
    "Fjordkode AS, Strandgaten 9, 5013 Bergen, Norway\nTel. +47 412 34 567\nE-mail ingeborg@example.no\nWeb https://aasland.example.no"
)
doc.add_heading("Summary", 1)
doc.add_paragraph(
    "Eighteen years of data platforms for shipping, power and health. I write the code I draw. I lead teams of up to twelve and leave them able to go on without me."
)
doc.add_heading("Key competences", 1)
doc.add_paragraph("Data modelling, Snowflake, dbt, Apache Airflow, Azure, Terraform, Python, SQL, Scala")
doc.add_heading("Engagements", 1)
JOBS = (
    (
        "Equinor",
        "Lead Data Engineer",
        "2022-08 to present",
        "Platform for sensor data of 42 offshore installations; two billion readings a day in Delta tables.",
    ),
    (
        "Helse Vest IKT",
        "Data Architect",
        "2020-01 to 2022-07",
        "A common model of patient pathways for four hospitals, with consent as data.",
    ),
    (
        "Wilhelmsen Ships Service",
        "Data Engineer",
        "2018-03 to 2019-12",
        "Forecasts of port calls; the planners' spreadsheets were retired one by one.",
    ),
    (
        "Statnett",
        "Solution Architect",
        "2016-05 to 2018-02",
        "Streaming of frequency measurements with Kafka; late data are counted, not hidden.",
    ),
    (
        "DNB Bank",
        "ETL Developer",
        "2013-09 to 2016-04",
        "Loaded the risk warehouse each night with Informatica; runtime fell from nine hours to four.",
    ),
    ("Kongsberg Maritime", "Software Engineer", "2010-02 to 2013-08", "Logging for dynamic positioning in C#."),
)
for client, role, when, text in JOBS:
    doc.add_heading(f"{role}, {client}", 2)
    doc.add_paragraph().add_run(when).italic = True
    doc.add_paragraph(text)
    for number in range(1, 9):
        doc.add_paragraph(
            f"Work package {number}: agreed the aim with the owner of the data at {client}, wrote down what would count as done, built it in small steps that could each be thrown away, measured it against the old way for a month, and handed it over with a page of notes and a morning of questions.",
            style="List Bullet",
        )
    doc.add_paragraph("Technologies: as in the key competences above.")
    doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
doc.add_heading("Education", 1)
for degree, school, when in (
    ("PhD, Computer Science", "University of Bergen", "2006–2010"),
    ("Master of Science, Informatics", "Norwegian University of Science and Technology", "2004–2006"),
    ("Bachelor of Science, Mathematics", "University of Oslo", "2001–2004"),
):
    doc.add_heading(f"{degree}, {school}", 2)
    doc.add_paragraph().add_run(when).italic = True
doc.add_heading("Certifications", 1)
doc.add_paragraph("SnowPro Core, 2021\nTOGAF 9 Certified, 2017")
doc.add_heading("Selected publications", 1)
doc.add_paragraph("Aasland, I. (2009). Joining what was never meant to meet. VLDB Workshop on Integration.")
doc.add_heading("Languages", 1)
doc.add_paragraph("Norwegian (native), English (fluent), German (good)")
doc.save(sys.argv[1])
