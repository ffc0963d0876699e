"""A British CV: modules, dissertation, A-levels and GCSEs under each other."""

import sys

from docx import Document
from docx.shared import Pt

page = Document()
page.styles["Normal"].font.name, page.styles["Normal"].font.size = "Calibri", Pt(10.5)


def line(text: str, bold: bool = False, style: str | None = None) -> None:
    page.add_paragraph(style=style).add_run(text).bold = bold


page.add_heading("Bethan Rhiannon Prosser", 0)
line(
    "14 Mill Lane, Llandaff, Cardiff CF5 2AB  ·  07700 900461  ·  "
    "bethan.prosser@example.co.uk  ·  www.linkedin.com/in/bethanprosser"
)
page.add_heading("Education and Qualifications", 1)
line("BSc (Hons) Computer Science, First Class", bold=True)
line("Swansea University, September 2015 – June 2019 (including a year in industry)")
line("Dissertation: Detecting ash dieback from drone pictures (78%)")
line("Modules included Algorithms, Concurrency, Human-Computer Interaction, Big Data and Machine Learning")
line("A-Levels: Mathematics (A), Further Mathematics (B), Physics (A), Welsh (A*)", bold=True)
line("Ysgol Gyfun Gymraeg Plasmawr, 2013 – 2015")
line("GCSEs: 11 at grades A* to B, including Mathematics and English", bold=True)
line("Ysgol Gyfun Gymraeg Plasmawr, 2008 – 2013")
page.add_heading("Employment", 1)
line("Admiral Group plc, Cardiff – Software Engineer", bold=True)
line("August 2019 – present")
for text in (
    "Rewrote the renewals quote engine from VB.NET to Kotlin; median quote went from 2.1 s to 300 ms.",
    "Run the fortnightly on-call review and mentor two apprentices.",
):
    line(text, style="List Bullet")
line("Office for National Statistics, Newport – Placement Student", bold=True)
line("July 2017 – August 2018")
line("Automated five monthly releases in R and Python.", style="List Bullet")
line("Tesco Express, Pontcanna – Customer Assistant (part time)", bold=True)
line("2014 – 2016")
page.add_heading("Technical skills", 1)
line("Kotlin, Java, Python, R, PostgreSQL, AWS, Docker, Jenkins")
page.add_heading("Interests", 1)
line("Sea swimming, choir (second soprano), Cymdeithas Edward Llwyd walks.")
page.add_heading("References", 1)
line("Available on request.")
page.save(sys.argv[1])
