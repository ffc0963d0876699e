"""No headings at all: each job and school begins with a bold line, empty paragraphs between them."""

import sys

from docx import Document

doc = Document()


def block(bold, *lines):
    doc.add_paragraph().add_run(bold).bold = True
    for line in lines:
        doc.add_paragraph(line)
    doc.add_paragraph("")


block(
    "Giovanni Battista De Santis",
    "Ingegnere del software / Software engineer",
    "Torino, Italy – +39 347 123 4567 – gb.desantis@example.it",
)
block(
    "Lead Software Engineer – Reply S.p.A., Torino",
    "March 2020 – present",
    "Fleet telemetry for 11,000 vans in Java and Kafka. Rewrote the geofence check, 40 times faster.",
)
block(
    "Software Engineer – Magneti Marelli, Bologna",
    "September 2015 – February 2020",
    "Dashboard clusters in C++ and Qt.",
)
block("Junior Programmer – Engineering Ingegneria Informatica, Roma", "2013 – 2015", "Java EE for the land registry.")
block("Laurea Magistrale in Computer Engineering – Politecnico di Torino", "2011 – 2013")
block("Laurea in Ingegneria Informatica – Università di Pisa", "2008 – 2011")
block("What I work with", "Java, Kafka, C++, Qt, PostgreSQL, Docker")
doc.save(sys.argv[1])
