"""An engineering manager's two pages: several positions under one company, earlier jobs in a line each, running head and foot."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor

doc = Document()
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin = section.right_margin = Cm(2.3)
section.top_margin = section.bottom_margin = Cm(2)
section.different_first_page_header_footer = True
section.header.paragraphs[0].text = "Katalin Szőke-Barabás – page 2"
section.footer.paragraphs[0].text = "References are available from former managers and from people I have managed."
normal = doc.styles["Normal"]
normal.font.name, normal.font.size = "Liberation Serif", Pt(11)
normal.paragraph_format.space_after = Pt(3)
ink = RGBColor(0x7A, 0x1F, 0x2B)


def line(left, right="", bold=False, italic=False, before=0.0):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = bool(right)
    run = paragraph.add_run(left)
    run.bold, run.italic = bold, italic
    if right:
        paragraph.add_run(f"\t{right}")


def heading(text):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(12), True
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.font.small_caps, run.bold = Pt(13), ink, True, True


def bullets(*texts):
    for text in texts:
        doc.add_paragraph(text, style="List Bullet")


name = doc.add_paragraph()
name.alignment = WD_ALIGN_PARAGRAPH.CENTER
run = name.add_run("Katalin Szőke-Barabás")
run.font.size, run.font.color.rgb = Pt(24), ink
for text in (
    "Engineering Manager",
    "Budapest XI. · +36 30 555 0192 · katalin@szoke.example.hu · linkedin.com/in/katalinszoke",
):
    doc.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER

heading("Executive profile")
doc.add_paragraph(
    "Manager of engineers and, for the last three years, of their managers. I took a department of 34 through an acquisition with four resignations, all of them friendly. I was a back-end developer for eight years and can still be trusted with a code review, though no longer with a deployment."
)
heading("Leadership record")
line("Prezi, Budapest", "March 2016 – present", bold=True, before=4)
line("Director of Engineering, Platform", "January 2022 – present", italic=True)
bullets(
    "Four teams, 34 people, three of them managers whom I hired or promoted",
    "Reduced the cloud bill by 41% in eighteen months while traffic grew by a third",
    "Career ladder with written examples; time to promotion is now the same for women and men",
)
line("Senior Engineering Manager", "July 2019 – December 2021", italic=True, before=4)
bullets(
    "Two teams, 16 people; split of the presentation store into services",
    "Introduced quarterly planning on one page and abolished estimates in hours",
)
line("Engineering Manager", "March 2016 – June 2019", italic=True, before=4)
bullets(
    "First manager of the export team: from 6 engineers and 3 outages a month to 9 and none since autumn 2018",
    "Ran the graduate programme: 22 hires, 17 still in the company",
)
line("Ustream (an IBM company), Budapest", "February 2012 – February 2016", bold=True, before=8)
line("Team Lead, Live Video", "May 2014 – February 2016", italic=True)
bullets("Seven engineers; ingest and transcoding for 80 million viewers a month")
line("Senior Software Engineer", "February 2012 – April 2014", italic=True, before=4)
bullets("Chat and presence in Scala and Redis")
heading("Earlier engineering roles")
line("Software Engineer, Graphisoft, Budapest", "2008 – 2012")
line("Junior Java Developer, Sun Microsystems, Prague", "2006 – 2008")
heading("Academic record")
line("Executive MBA, CEU Business School", "2017 – 2018")
line("MSc in Technical Informatics (okleveles mérnök-informatikus)", "2001 – 2006")
line("Budapest University of Technology and Economics (BME)", italic=True)
heading("Boards and community")
line("Board member, Skool (programming for girls)", "since 2018")
line("Programme committee, Craft Conference", "2019 – 2023")
heading("Core strengths")
doc.add_paragraph("People: hiring, coaching, performance reviews, organisational design")
doc.add_paragraph("Delivery: roadmaps, incident management, budgeting, vendor negotiation")
doc.add_paragraph("Technology (hands-on until 2016): Java, Scala, Redis, AWS, distributed systems")
heading("Languages")
doc.add_paragraph("Hungarian (mother tongue), English (C2), German (B2), Czech (two years of tram conversations)")
doc.save(sys.argv[1])
