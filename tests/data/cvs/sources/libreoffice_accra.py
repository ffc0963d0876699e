"""A database administrator's CV in Word, printed to PDF: bold headings, employer and dates by a tab stop at the right."""

# ruff: noqa: E501
import sys

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "DejaVu Serif", Pt(10)
doc.styles["Normal"].paragraph_format.space_after = Pt(2)


def heading(text: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.add_run(text.upper()).bold = True


def row(left: str, right: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15.2), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(left).bold = True
    paragraph.add_run(f"\t{right}")


run = doc.add_paragraph().add_run("Abena Serwaa Owusu-Ansah")
run.bold, run.font.size = True, Pt(18)
doc.add_paragraph("Database Administrator")
doc.add_paragraph("East Legon, Accra, Ghana   •   +233 24 123 4567   •   abena.owusu@example.com.gh")
heading("Profile")
doc.add_paragraph(
    "Nine years of databases that were there in the morning. Restores are tested on the first Monday of each month; none has failed since 2020."
)
heading("Experience")
row("MTN Ghana, Accra", "Mar 2020 – Present")
doc.add_paragraph("Senior Database Administrator")
doc.add_paragraph(
    "Oracle and PostgreSQL for mobile money, 40 instances; upgrade of 11 TB with six minutes of standstill.",
    style="List Bullet",
)
doc.add_paragraph("Wrote the runbook for switching sites and rehearsed it with the night shift.", style="List Bullet")
row("Ecobank Ghana, Accra", "Nov 2016 – Feb 2020")
doc.add_paragraph("Database Administrator")
doc.add_paragraph("Tuned the end-of-day job from 7 hours to 2.", style="List Bullet")
row("Ghana Revenue Authority, Accra", "Oct 2015 – Oct 2016")
doc.add_paragraph("National Service, IT Department")
doc.add_paragraph("Cleaning of taxpayers’ records, user support.", style="List Bullet")
heading("Education")
row("Kwame Nkrumah University of Science and Technology", "2011 – 2015")
doc.add_paragraph("BSc Computer Science, Second Class Upper")
row("Wesley Girls’ High School, Cape Coast", "2008 – 2011")
doc.add_paragraph("WASSCE")
heading("Skills")
doc.add_paragraph("Oracle Database, PostgreSQL, MySQL, SQL Server, PL/SQL, Data Guard, RMAN, Linux, Bash, Grafana")
heading("Certifications")
doc.add_paragraph("Oracle Certified Professional, 2018")
heading("Referees")
doc.add_paragraph("On request")
doc.save(sys.argv[1])
