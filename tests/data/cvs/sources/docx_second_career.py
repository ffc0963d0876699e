"""From nurse to developer: headings of her own, employers after the role, dates by tab stops on the right, skills in sentences."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor

doc = Document()
for section in doc.sections:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.8)
style = doc.styles["Normal"]
style.font.name, style.font.size = "Calibri", Pt(11)
style.paragraph_format.space_after = Pt(3)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor(0x1F, 0x4E, 0x79)
    doc.paragraphs[-1].paragraph_format.space_before = Pt(10)


def entry(role, employer, when, *texts):
    line = doc.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(role).bold = True
    line.add_run(f", {employer}\t{when}")
    for text in texts:
        doc.add_paragraph(text)


top = doc.add_paragraph()
top.alignment = WD_ALIGN_PARAGRAPH.CENTER
run = top.add_run("Guðrún Ásta Þorvaldsdóttir")
run.font.size = Pt(22)
contact = doc.add_paragraph(
    "Öldugata 11, 101 Reykjavík · gudrun.asta@example.is · +354 845 1273 · gudrunasta.example.is"
)
contact.alignment = WD_ALIGN_PARAGRAPH.CENTER

heading("In short")
doc.add_paragraph(
    "I was a nurse for nine years and wrote my first program to find out who could take my Christmas shift. Since 2020 I write software for a living. I am used to handovers, to checklists and to being woken at night; I am not used to people saying that the user is the problem."
)
heading("Since I write software")
entry(
    "Backend developer",
    "Helix Health",
    "2022–",
    "Medication records for the hospitals of the country. I wrote the interface that checks doses against weight and age, and I am the one who rings the wards when something looks odd. On call every fifth week.",
)
entry(
    "Junior developer",
    "Kvika banki",
    "2020–2022",
    "Internal tools for the back office. Rewrote the import of payment files so that a bad line no longer stops the other 9,999.",
)
heading("When I was a nurse")
entry(
    "Registered nurse, emergency department",
    "Landspítali University Hospital",
    "2014–2020",
    "Triage, and from 2017 super user of the electronic patient record: I taught 160 colleagues and kept a list of everything they cursed at.",
)
entry("Registered nurse, geriatrics", "Akureyri Hospital", "2011–2014")
entry("Nursing assistant", "Hrafnista", "Summers 2008–2010")
heading("Studies and licences")
entry(
    "BSc in Computer Science",
    "Reykjavík University",
    "2017–2020",
    "Evenings and weekends, beside an 80% position. Final project with the blood bank.",
)
entry("BS in Nursing", "University of Iceland", "2007–2011")
entry("Stúdentspróf", "Menntaskólinn á Akureyri", "2006")
doc.add_paragraph("Licensed nurse (Embætti landlæknis), June 2011, still valid")
heading("What I can do")
doc.add_paragraph(
    "Every day I use Kotlin, Spring Boot and PostgreSQL. I am comfortable with TypeScript, React and Docker, and I can find my way in other people’s Terraform. I know HL7 FHIR better than I ever wanted to."
)
heading("Alongside")
doc.add_paragraph(
    "Vaktaskipti: a planner for swapping shifts (Python, Django) that two wards have used since 2019. Source on request, it is not pretty."
)
doc.add_paragraph(
    "I speak Icelandic, English and Danish, the last with an accent. I swim in the sea and sing alto in Kvennakór Reykjavíkur."
)
doc.save(sys.argv[1])
