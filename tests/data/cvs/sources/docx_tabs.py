"""A career-centre CV: employer and town on one line, position and dates below, right-hand tab stops, no tables."""

import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Inches, Pt

doc = Document()
section = doc.sections[0]
section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(0.8)
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Times New Roman", Pt(11)
doc.styles["Normal"].paragraph_format.space_after = Pt(0)


def line(left, right="", bold=False, italic=False, centred=False, size=11):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(6.9), WD_TAB_ALIGNMENT.RIGHT)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(left + (f"\t{right}" if right else ""))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


line("William “Bill” Achterberg III", bold=True, centred=True, size=16)
line("88 Beacon Street, Apt. 4, Somerville, MA 02143 • (617) 555-0192 • bill.achterberg@example.com", centred=True)
line("")
line("EDUCATION", bold=True)
line("Massachusetts Institute of Technology", "Cambridge, MA", bold=True)
line("Sloan School of Management, Master of Business Administration", "May 2019", italic=True)
line("Rensselaer Polytechnic Institute", "Troy, NY", bold=True)
line("Bachelor of Science in Computer Engineering, cum laude", "May 2012", italic=True)
line("")
line("EXPERIENCE", bold=True)
for company, town, jobs in (
    (
        "Wayfair",
        "Boston, MA",
        [
            (
                "Associate Director of Engineering",
                "2021–Present",
                [
                    "Lead 38 engineers in search and recommendations.",
                    "Saved $2.1M a year by retiring an unused cluster.",
                ],
            ),
            ("Senior Product Manager, Search", "2019–2021", ["Query understanding raised conversion by 3.2%."]),
        ],
    ),
    (
        "Raytheon Technologies",
        "Waltham, MA",
        [("Software Engineer II", "2012–2017", ["Signal processing in C++ and Ada.", "Held a Secret clearance."])],
    ),
):
    line(company, town, bold=True)
    for position, when, duties in jobs:
        line(position, when, italic=True)
        for duty in duties:
            doc.add_paragraph(duty, style="List Bullet")
line("")
line("LEADERSHIP AND COMMUNITY", bold=True)
line("Big Brothers Big Sisters of Eastern Massachusetts", "Boston, MA", bold=True)
line("Volunteer mentor", "2015–Present", italic=True)
line("")
line("ADDITIONAL INFORMATION", bold=True)
line("Technical: Python, SQL, Looker, Kubernetes, C++")
line("Languages: Dutch (conversational), German (basic)")
line("Interests: Curling, letterpress printing, sourdough")
doc.save(sys.argv[1])
