"""An engineering manager's letter-like CV: duties in paragraphs, three posts under one employer, dates in brackets after the post, head and foot."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor

doc = Document()
section = doc.sections[0]
section.page_width, section.page_height = Inches(8.5), Inches(11)
section.left_margin = section.right_margin = Inches(1)
section.top_margin = section.bottom_margin = Inches(0.9)
section.header.paragraphs[0].text = "K. Osei-Bonsrah — Curriculum Vitae"
section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
section.footer.paragraphs[0].text = "k.osei-bonsrah@example.com.gh      +233 24 412 3456"
style = doc.styles["Normal"]
style.font.name, style.font.size = "Liberation Serif", Pt(11.5)
style.paragraph_format.space_after = Pt(5)
brown = RGBColor(0x6B, 0x45, 0x1B)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.bold, run.italic, run.font.size, run.font.color.rgb = True, True, Pt(15), brown
    doc.paragraphs[-1].paragraph_format.keep_with_next = True


def employer(text):
    run = doc.add_paragraph().add_run(text.upper())
    run.bold = True
    doc.paragraphs[-1].paragraph_format.keep_with_next = True


def post(title, when, text=""):
    paragraph = doc.add_paragraph()
    paragraph.add_run(title).italic = True
    paragraph.add_run(f" ({when})")
    if text:
        doc.add_paragraph(text).paragraph_format.left_indent = Inches(0.25)


title = doc.add_paragraph()
title.alignment = WD_ALIGN_PARAGRAPH.CENTER
title.add_run("Kwabena Osei-Bonsrah").font.size = Pt(24)
line = doc.add_paragraph("Accra, Ghana | open to Nairobi, Kigali or remote | linkedin.com/in/kosei-bonsrah")
line.alignment = WD_ALIGN_PARAGRAPH.CENTER
heading("The short version")
doc.add_paragraph(
    "Director of engineering who grew from writing USSD menus to answering for 84 people in three countries. I hire slowly, promote in the open and keep a production key, which I have used twice."
)
heading("What I have led")
employer("Sankofa Mobile Money, Accra")
post(
    "Director of Engineering",
    "January 2022 to date",
    "Eleven teams, 84 engineers, a budget of 6.1 million dollars. Took availability of transfers from 99.2 to 99.95 per cent while the number of transfers tripled. Attrition of 7 per cent in a market where 25 is usual. Closed one product and found every one of its nine people a place.",
)
post(
    "Engineering Manager, Payments",
    "June 2019 – December 2021",
    "Four teams. Split the monolith along the ledger, not along the org chart. Opened the Kumasi office with eight graduates, of whom seven are still here.",
)
post(
    "Senior Software Engineer",
    "Aug. 2016 – May 2019",
    "Java and Spring behind a USSD gateway that took 1,400 sessions a second on salary day.",
)
employer("Andela, Lagos")
post(
    "Technical Team Lead",
    "2014 – 2016",
    "Led twelve fellows placed with a client in New York; code reviews across six time zones.",
)
employer("Rancard Solutions, Accra")
post("Software Developer", "Sept. 2010 – 2014", "PHP, MySQL and text messages by the million.")
heading("Before that")
doc.add_paragraph(
    "National service as teaching assistant at KNUST (2009/2010). Cyber café attendant, Kumasi, during studies."
)
heading("What I bring to the table")
for text in (
    "People: hiring, career ladders, performance reviews, coaching, budgeting",
    "Delivery: OKRs, roadmapping, incident reviews, vendor negotiation, DORA metrics",
    "Still warm: Java, Spring, Kotlin, PostgreSQL, Kafka, AWS, system design",
    "Gone cold: PHP, jQuery",
):
    doc.add_paragraph(text, style="List Bullet")
heading("Schooling")
doc.add_paragraph("Executive MBA, University of Ghana Business School, 2017–2019 (weekends)")
doc.add_paragraph(
    "BSc Computer Engineering, Kwame Nkrumah University of Science and Technology (KNUST), 2005–2009, First Class"
)
doc.add_paragraph("WASSCE, Opoku Ware School, Kumasi, 2004")
heading("Given back")
doc.add_paragraph(
    "Board member, Kumasi Code Library, since 2018: a room with 40 machines and a generator. Mentor at Ghana Code Club, 2015–2017."
)
heading("Also built")
doc.add_paragraph(
    "Trotro Times (2012–2013): arrival times of minibuses by text message, 20,000 users before the money ran out."
)
doc.add_paragraph(
    "ladder.md (2020), an open career ladder that eleven companies have copied: https://github.com/kosei-b/ladder.md"
)
heading("Languages and the rest")
doc.add_paragraph("Twi, English, Hausa, working French. Highlife guitar. Referees on request.")
doc.save(sys.argv[1])
