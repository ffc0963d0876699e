"""A head over the whole width, then a section of two newspaper columns: studies and skills left, work right."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Liberation Sans", Pt(9.5)
doc.styles["Normal"].paragraph_format.space_after = Pt(2)
for side in ("left_margin", "right_margin"):
    setattr(doc.sections[0], side, Cm(1.6))


def say(text, bold=False, size=9.5, before=0):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    return paragraph


say("Bilge Kağan Demirtaş", True, 20)
say(
    "Machine Learning Engineer | Ankara, Türkiye | +90 532 123 45 67 | bilge@example.com.tr | linkedin.com/in/bilge-demirtas"
)
part = doc.add_section(WD_SECTION.CONTINUOUS)
columns = OxmlElement("w:cols")
columns.set(qn("w:num"), "2")
columns.set(qn("w:space"), "500")
for old in part._sectPr.findall(qn("w:cols")):
    part._sectPr.remove(old)
part._sectPr.append(columns)
say("EDUCATION", True, 12, 8)
say("Middle East Technical University", True)
say("MSc in Artificial Intelligence")
say("2017 – 2019")
say("Bilkent University", True, before=6)
say("BSc in Electrical Engineering")
say("2013 – 2017")
say("SKILLS", True, 12, 8)
for skill in ("PyTorch", "TensorFlow", "Python", "CUDA", "OpenCV", "MLflow", "FastAPI"):
    say(f"• {skill}")
say("LANGUAGES", True, 12, 8)
say("Turkish (native), English (C1), German (A2)")
say("CERTIFICATES", True, 12, 8)
say("Deep Learning Specialization, 2019")
last = say("Reads a book a week and fixes old radios.")
last.add_run().add_break(__import__("docx.enum.text", fromlist=["WD_BREAK"]).WD_BREAK.COLUMN)
say("EXPERIENCE", True, 12, 8)
say("Senior ML Engineer, ASELSAN", True)
say("July 2022 – Present")
say("Object detection on an edge device at 30 frames a second; power fell from 15 to 9 watts.")
say("ML Engineer, Peak Games", True, before=6)
say("August 2019 – June 2022")
say("Level difficulty models that kept 4 % more players after a week.")
say("Research Assistant, METU Vision Lab", True, before=6)
say("2017 – 2019")
say("Segmentation of satellite images.")
say("PROJECTS", True, 12, 8)
say("Radyo Kulak", True)
say("An app that names Turkish folk songs by ear.")
doc.save(sys.argv[1])
