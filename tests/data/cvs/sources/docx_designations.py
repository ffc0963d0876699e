"""A CV in the manner of Indian job portals: labelled lines for each job, a table of degrees, declaration at the end."""

# ruff: noqa: E501

import sys

from docx import Document

doc = Document()
doc.add_paragraph().add_run("CURRICULUM VITAE").bold = True
doc.add_paragraph(
    "Name: Venkata Subramaniam Iyer\nMobile: +91 98410 12345\nE-mail: vs.iyer@example.in\nLinkedIn: https://www.linkedin.com/in/vsiyer"
)


def heading(text):
    doc.add_paragraph().add_run(text).underline = True


heading("Career Objective:")
doc.add_paragraph("To work as a database architect in an organisation where data outlives applications.")
heading("Work Experience (11+ years):")
for company, designation, duration, duties in (
    (
        "Infosys Limited, Bengaluru",
        "Technology Architect",
        "April 2019 – Till date",
        [
            "Sharded a 9 TB billing database; month-end close came down from 14 hours to 3.",
            "Reviews all schema changes of 40 developers.",
        ],
    ),
    (
        "Zoho Corporation, Chennai",
        "Senior Database Administrator",
        "Jun'14 – Mar'19",
        ["Backup and restore of 2,000 PostgreSQL instances.", "Query tuning, partitioning, replication."],
    ),
    ("Polaris Software Lab", "Software Engineer", "July 2012 – May 2014", ["PL/SQL packages for a bank in Oman."]),
):
    doc.add_paragraph(f"Company: {company}")
    doc.add_paragraph(f"Designation: {designation}")
    doc.add_paragraph(f"Duration: {duration}")
    doc.add_paragraph("Responsibilities:")
    for duty in duties:
        doc.add_paragraph(duty, style="List Bullet")
heading("Technical Skills:")
for row in (
    "Databases: PostgreSQL, Oracle, MongoDB",
    "Languages: PL/SQL, Python, Shell scripting",
    "Tools: Ansible, Grafana, Git",
    "Operating Systems: Linux, AIX",
):
    doc.add_paragraph(row)
heading("Academic Details:")
rows = [
    ("Degree", "Institution", "Year of passing", "Percentage / CGPA"),
    ("M.Tech (Information Technology)", "IIIT Bangalore", "2012", "8.4"),
    ("B.E. (Computer Science)", "Anna University, Chennai", "2010", "81 %"),
]
table = doc.add_table(rows=len(rows), cols=4, style="Table Grid")
for line, cells in zip(table.rows, rows, strict=True):
    for cell, text in zip(line.cells, cells, strict=True):
        cell.text = text
heading("Project Details:")
doc.add_paragraph("Title: Railway Reservation Mirror")
doc.add_paragraph("Duration: Jan 2012 – Jun 2012")
doc.add_paragraph("Description: A read-only copy of a reservation database that is never more than two seconds behind.")
heading("Personal Details:")
doc.add_paragraph(
    "Father's name: S. Iyer\nDate of birth: 12-08-1988\nLanguages known: English, Tamil, Telugu, Hindi\nMarital status: Married"
)
heading("Declaration:")
doc.add_paragraph(
    "I hereby declare that the above information is true to the best of my knowledge.\nPlace: Bengaluru\nDate: 03-02-2024\n(V. S. Iyer)"
)
doc.save(sys.argv[1])
