"""A Singaporean résumé in Word: particulars in a table, employer in capitals with dates in the same line, duties and achievements, skills in sentences and a line."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(10)


def heading(text):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.add_run(text.upper()).bold = True


doc.add_paragraph().add_run("Tan Hui Min, Grace").font.size = Pt(18)
table = doc.add_table(rows=0, cols=2)
for label, text in (
    ("Nationality", "Singaporean"),
    ("Contact no.", "+65 6123 4567"),
    ("Email", "grace.tanhm@mail.example"),
    ("LinkedIn", "www.linkedin.com/in/gracetanhm"),
    ("Notice period", "2 months"),
    ("Expected salary", "Negotiable"),
):
    cells = table.add_row().cells
    cells[0].width, cells[1].width = Cm(4), Cm(12)
    cells[0].text, cells[1].text = label, text
heading("Executive summary")
doc.add_paragraph("Cyber security engineer with eight years in banking and shipping.")
heading("Career")
for company, dates, post, reason in (
    ("DBS BANK LTD", "Feb 2021 to Present", "Assistant Vice President, Security Engineering", ""),
    ("PSA INTERNATIONAL PTE LTD", "Jul 2018 to Jan 2021", "Security Engineer", "Career progression"),
    ("ENSIGN INFOSECURITY", "Jun 2016 to Jun 2018", "SOC Analyst", "Completion of contract"),
):
    doc.add_paragraph().add_run(f"{company} ({dates})").bold = True
    doc.add_paragraph().add_run(f"Designation: {post}").italic = True
    doc.add_paragraph("Responsibilities:")
    for item in ("Threat hunting and playbooks for incidents", "Review of cloud landing zones"):
        doc.add_paragraph(item, style="List Bullet")
    if reason:
        doc.add_paragraph(f"Reason for leaving: {reason}")
heading("Academic qualifications")
for degree, school, when in (
    ("Bachelor of Computing (Information Security)", "National University of Singapore", "Aug 2012 – May 2016"),
    ("GCE A-Levels", "Victoria Junior College", "2010 – 2011"),
):
    doc.add_paragraph().add_run(degree).bold = True
    doc.add_paragraph(f"{school}, {when}")
heading("Skills")
doc.add_paragraph("Security: Splunk, CrowdStrike, Burp Suite, Nessus")
doc.add_paragraph("Cloud & code: AWS, Terraform, Python, PowerShell")
heading("Professional certifications")
doc.add_paragraph("CISSP (2021), OSCP (2019)")
heading("Referees")
doc.add_paragraph("To be provided upon request.")
doc.save(sys.argv[1])
