"""A network engineer's CV: a ruled table with named columns for the jobs, one for the studies, a last one for skills."""

# ruff: noqa: E501
import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(10)


def table(*rows: tuple[str, ...]) -> None:
    made = doc.add_table(0, len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0


def heading(text: str) -> None:
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size = True, Pt(12)


run = doc.add_paragraph().add_run("Imran Hussain Qureshi")
run.bold, run.font.size = True, Pt(18)
doc.add_paragraph("Network Engineer (CCNP)\n8 Harehills Mews, Leeds\nTel. 07400 123456\nimran.qureshi@example.co.uk")
heading("Career")
table(
    ("From – to", "Employer", "Job title", "Main duties"),
    (
        "Oct 2020 – present",
        "Sky Betting & Gaming, Leeds",
        "Senior Network Engineer",
        "Data centre fabric, firewall policy, on call one week in five",
    ),
    (
        "Jan 2017 – Sep 2020",
        "Leeds Teaching Hospitals NHS Trust",
        "Network Engineer",
        "Wi-Fi for 19 buildings, replacement of the core without closing a ward",
    ),
    ("Aug 2014 – Dec 2016", "Daisy Communications", "NOC Technician", "Nights; first look at every alarm"),
)
heading("Education")
table(
    ("Year", "Place", "Award"),
    ("2011 – 2014", "Sheffield Hallam University", "BSc (Hons) Computer Networks, 2:1"),
    ("2009 – 2011", "Notre Dame Sixth Form College", "A-levels: Maths, Physics, ICT"),
)
heading("Skills")
table(
    ("Area", "What"),
    ("Routing and switching", "BGP, OSPF, VXLAN, Cisco Nexus"),
    ("Security", "Palo Alto, Fortinet, Cisco ISE"),
    ("Automation", "Python, Ansible, NetBox"),
)
heading("Other")
doc.add_paragraph("CCNP Enterprise 2021. Full clean driving licence. Referees on request.")
doc.save(sys.argv[1])
