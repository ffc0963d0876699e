"""A CV whose every part sits in a table, as the templates of word processors make them."""

import sys

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor


def shade(cell, colour):
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(fill)


def say(cell, text, *, bold=False, size=10, colour=None, first=False):
    line = cell.paragraphs[0] if first else cell.add_paragraph()
    line.paragraph_format.space_after = Pt(2)
    run = line.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


doc = Document()
doc.styles["Normal"].font.name = "Calibri"
section = doc.sections[0]
section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)

head = doc.add_table(rows=1, cols=2)
left, right = head.rows[0].cells
shade(left, "0F4C5C")
shade(right, "0F4C5C")
say(left, "Khalid bin Saeed Al-Mansouri", bold=True, size=20, colour="FFFFFF", first=True)
say(left, "Site Reliability Engineer", size=12, colour="D9E7EA")
say(right, "Abu Dhabi, United Arab Emirates", colour="FFFFFF", first=True)
say(right, "Mobile: +971 50 123 4567", colour="FFFFFF")
say(right, "E-mail: khalid.almansouri@example.com", colour="FFFFFF")
say(right, "GitHub: github.com/kh-almansouri", colour="FFFFFF")
doc.add_paragraph()

body = doc.add_table(rows=0, cols=2)
body.style = "Table Grid"
body.autofit = False
body.columns[0].width, body.columns[1].width = Cm(4), Cm(13.4)


def row(title, lines):
    cells = body.add_row().cells
    cells[0].width, cells[1].width = Cm(4), Cm(13.4)
    shade(cells[0], "E8F0F2")
    say(cells[0], title, bold=True, first=True)
    for number, (text, bold) in enumerate(lines):
        say(cells[1], text, bold=bold, first=number == 0)


row("Objective", [("To run systems that nobody has to think about, and to teach others to do so.", False)])
row(
    "Experience",
    [
        ("Site Reliability Engineer, Etihad Digital Services", True),
        ("01.2022 to date", False),
        ("• 320 services on Kubernetes in two regions; error budgets agreed with 18 product teams.", False),
        ("• Cut the cloud bill by AED 2.1 million a year by right-sizing and spot nodes.", False),
        ("Systems Engineer, du Telecom", True),
        ("03.2018 to 12.2021", False),
        ("• Automated the patching of 1,400 Linux hosts with Ansible; a round takes 2 days instead of 3 weeks.", False),
        ("• Built the Prometheus and Grafana stack and wrote its alert catalogue.", False),
        ("Network Administrator, Gulf Maritime Holdings", True),
        ("09.2015 to 02.2018", False),
        ("• Cisco switching and VPN for nine ports.", False),
    ],
)
row(
    "Education",
    [
        ("Khalifa University", True),
        ("Bachelor of Science in Computer Engineering, 2011 to 2015", False),
        ("GPA 3.5/4.0", False),
    ],
)
skills = body.add_row().cells
shade(skills[0], "E8F0F2")
say(skills[0], "Skills", bold=True, first=True)
grid = skills[1].add_table(rows=0, cols=2)
for kind, names in (
    ("Platforms", "Kubernetes, Docker, AWS, Azure"),
    ("Automation", "Ansible, Terraform, GitLab CI"),
    ("Watching", "Prometheus, Grafana, Loki"),
    ("Languages", "Python, Bash, Go"),
):
    cells = grid.add_row().cells
    say(cells[0], kind, bold=True, first=True)
    say(cells[1], names, first=True)
row(
    "Certificates",
    [
        ("Certified Kubernetes Administrator, CNCF, 06.2021", False),
        ("Red Hat Certified Engineer (RHCE), Red Hat, 2019", False),
        ("CCNA, Cisco, 2016", False),
    ],
)
row("Languages", [("Arabic (native), English (fluent), Urdu (basic)", False)])
row("Interests", [("Falconry, amateur radio, sailing", False)])
doc.save(sys.argv[1])
