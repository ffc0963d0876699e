"""An Indian résumé in Word: career objective, synopsis, a table of studies, projects with client, role and tools, personal details, declaration."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Cambria", Pt(11)


def heading(text):
    run = doc.add_paragraph().add_run(f"{text}:")
    run.bold, run.underline = True, True


def bullets(*items):
    for item in items:
        doc.add_paragraph(item, style="List Bullet")


top = doc.add_paragraph()
top.alignment = WD_ALIGN_PARAGRAPH.CENTER
run = top.add_run("RESUME")
run.bold, run.underline = True, True
doc.add_paragraph("K. SRINIVASA RAO\nE-mail: ksrao.java@post.example\nMobile: +91-40-2345-6789")
heading("CAREER OBJECTIVE")
doc.add_paragraph("To work in an organisation where I can use my skills for the growth of both.")
heading("PROFESSIONAL SUMMARY")
bullets("6+ years of experience in Java/J2EE technologies.", "Good team player with quick learning ability.")
heading("WORK EXPERIENCE")
bullets(
    "Working as Senior Software Engineer in Tech Mahindra, Hyderabad from Nov 2021 to till date.",
    "Worked as Software Engineer in Cognizant Technology Solutions, Chennai from June 2018 to Oct 2021.",
)
heading("TECHNICAL SKILLS")
table = doc.add_table(rows=0, cols=2)
table.style = "Table Grid"
for label, text in (
    ("Languages", "Java, JavaScript, SQL"),
    ("Frameworks", "Spring Boot, Hibernate, Struts"),
    ("Databases", "Oracle, MySQL"),
    ("Servers", "Tomcat, WebLogic"),
    ("Tools", "Maven, Git, Jenkins, JIRA"),
):
    cells = table.add_row().cells
    cells[0].text, cells[1].text = label, text
heading("EDUCATIONAL QUALIFICATION")
table = doc.add_table(rows=0, cols=4)
table.style = "Table Grid"
for row in (
    ("Course", "Institution", "Year of passing", "Percentage"),
    ("B.Tech (CSE)", "JNTU Hyderabad", "2018", "71%"),
    ("Intermediate", "Narayana Junior College", "2014", "93%"),
    ("SSC", "Zilla Parishad High School", "2012", "88%"),
):
    for cell, text in zip(table.add_row().cells, row, strict=True):
        cell.text = text
heading("PROJECTS")
for title, client, role, tools in (
    ("Claims Portal", "MetLife, USA", "Developer", "Java, Spring Boot, Oracle"),
    ("Billing Gateway", "BT, UK", "Developer", "Java, Hibernate, WebLogic"),
):
    doc.add_paragraph().add_run(f"Project Title: {title}").bold = True
    doc.add_paragraph(f"Client: {client}\nRole: {role}\nEnvironment: {tools}")
    bullets("Involved in coding and unit testing.", "Fixed production defects.")
heading("PERSONAL DETAILS")
doc.add_paragraph(
    "Father's Name\t: K. Venkata Rao\nDate of Birth\t: 10-06-1997\nLanguages Known\t: English, Telugu, Hindi\nAddress\t\t: Kukatpally, Hyderabad"
)
heading("DECLARATION")
doc.add_paragraph(
    "I hereby declare that the above information is true to the best of my knowledge.\n\nPlace: Hyderabad\t\t\t\t(K. Srinivasa Rao)"
)
doc.save(sys.argv[1])
