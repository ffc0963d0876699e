"""A career changer's CV as Google Docs exports it: skills first, all headings in capitals, tabs for dates."""

import sys

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor

doc = Document()
section = doc.sections[0]
section.left_margin = section.right_margin = Cm(2.5)
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Liberation Serif", Pt(11)


def heading(text):
    run = doc.add_paragraph().add_run(text.upper())
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RGBColor(0x66, 0x66, 0x66)


def dated(left, right, *, bold=True):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(left).bold = bold
    paragraph.add_run(f"\t{right}")


def bullets(*items):
    for item in items:
        doc.add_paragraph(item, style="List Bullet")


name = doc.add_paragraph().add_run("Rosalind Achterberg")
name.font.size = Pt(26)
doc.add_paragraph("Utrecht, Netherlands · +31 30 123 4567 · rosalind@achterberg.example · github.com/rachterberg")
heading("Technical skills")
doc.add_paragraph("Confident: Ruby, Rails, JavaScript, PostgreSQL, HTML, CSS")
doc.add_paragraph("Learning: Elixir, Docker")
heading("What I bring from teaching")
bullets("Explaining one thing five ways until it lands", "Calm in a room of thirty teenagers")
heading("Software projects")
dated("Roostermaker", "2024")
bullets("Timetables for a school of 900, in Rails; in use since September")
dated("Woordenschat", "2023 – 2024")
bullets("Flashcards that know what you forget, JavaScript")
heading("Employment history")
dated("Junior Developer, Nedap Education", "Sept 2024 – now")
bullets("Two features a sprint in the pupil tracking system")
dated("Teacher of Physics, Gerrit Rietveld College", "Aug 2013 – July 2023")
bullets("Head of department from 2018")
heading("Education and courses")
dated("Web Development Bootcamp, Le Wagon Amsterdam", "2023")
dated("MSc Science Education, Utrecht University", "2011 – 2013")
dated("BSc Physics, Utrecht University", "2008 – 2011")
heading("Languages")
doc.add_paragraph("Dutch, English, German")
doc.save(sys.argv[1])
