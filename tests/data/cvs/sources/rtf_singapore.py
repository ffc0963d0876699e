"""A solutions engineer's CV, saved as RTF: bold capitals for headings, posts with dates in brackets, bullets."""

import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "DejaVu Sans", Pt(10)
for line in (
    "#TAN WEI LING, RACHEL",
    "Solutions Engineer",
    "Blk 214 Toa Payoh Lorong 8, Singapore",
    "Handphone: +65 9123 4567",
    "Email: rachel.tan@example.sg",
    "#WORK EXPERIENCE",
    "*Senior Solutions Engineer, Grab (Apr 2021 – Present)",
    "-Integrations of 60 merchants a quarter; sandbox that answers like the real thing",
    "-Wrote the checklist by which merchants go live in five days",
    "*Solutions Engineer, Stripe (Jul 2018 – Mar 2021)",
    "-Pre-sales and onboarding for South-East Asia",
    "*Software Engineer, GovTech Singapore (Aug 2015 – Jun 2018)",
    "-Forms for small businesses, in three languages of the page and four of the users",
    "#EDUCATION",
    "*National University of Singapore (2011 – 2015)",
    "Bachelor of Engineering in Computer Engineering, Second Class Honours (Upper)",
    "*Singapore Polytechnic (2008 – 2011)",
    "Diploma in Information Technology",
    "#TECHNICAL SKILLS",
    "Node.js, TypeScript, Python, REST, Webhooks, OAuth, Postman, MongoDB, Docker",
    "#LANGUAGES",
    "English, Mandarin, Hokkien",
    "#NOTICE PERIOD",
    "Two months",
):
    if line[0] == "-":
        doc.add_paragraph(line[1:], style="List Bullet")
    else:
        doc.add_paragraph().add_run(line.lstrip("#*")).bold = line[0] in "#*"
doc.save(sys.argv[1])
