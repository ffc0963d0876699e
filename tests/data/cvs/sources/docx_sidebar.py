"""A DOCX of one table with two cells: a shaded side bar on the left and the career on the right."""

import sys

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

doc = Document()
section = doc.sections[0]
section.left_margin = section.right_margin = Cm(1.2)
left, right = doc.add_table(rows=1, cols=2).rows[0].cells
left.width, right.width = Cm(6), Cm(12.5)
fill = OxmlElement("w:shd")
fill.set(qn("w:val"), "clear")
fill.set(qn("w:fill"), "DDE7E3")
left._tc.get_or_add_tcPr().append(fill)


def say(cell, text, bold=False, size=10, italic=False):
    run = cell.add_paragraph().add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


say(left, "Fatou Diop-Martinez", True, 18)
say(left, "Mobile Developer", size=12)
for head, lines in (
    ("CONTACT", ["fatou@example.fr", "07 66 12 34 56 (+33)", "Lyon, France", "github.com/fatoudm"]),
    (
        "SKILLS",
        [
            "Swift – expert",
            "SwiftUI – expert",
            "Kotlin – advanced",
            "Firebase – advanced",
            "Fastlane – basic",
            "GraphQL – basic",
        ],
    ),
    ("LANGUAGES", ["French – native", "Wolof – native", "English – C1", "Spanish – B2"]),
    ("HOBBIES", ["Basketball", "Baking bread"]),
):
    say(left, head, True, 11)
    for line in lines:
        say(left, line)
say(right, "PROFILE", True, 12)
say(right, "I make apps that survive tunnels: offline first, small, and quick to open.")
say(right, "EMPLOYMENT HISTORY", True, 12)
for title, when, text in (
    (
        "Lead iOS Developer at BlaBlaCar, Paris (remote)",
        "06.2021 – present",
        "Rewrote the booking flow in SwiftUI; crash-free sessions rose from 99.2 % to 99.9 %.",
    ),
    ("iOS Developer at Deezer, Paris", "09.2017 – 05.2021", "Offline playback and CarPlay."),
    (
        "Android Developer at Orange Sénégal, Dakar",
        "10.2014 – 07.2017",
        "Mobile money for phones with 512 MB of memory.",
    ),
):
    say(right, title, True)
    say(right, when, italic=True, size=9)
    say(right, text)
say(right, "EDUCATION", True, 12)
for title, when in (
    ("Diplôme d'ingénieur, Computer Science, INSA Lyon", "2011 – 2014"),
    ("DUT, Informatique, Université Cheikh Anta Diop", "2009 – 2011"),
):
    say(right, title, True)
    say(right, when, italic=True, size=9)
say(right, "COURSES", True, 12)
say(right, "Designing for accessibility, Apple, 2020")
say(right, "PROJECTS", True, 12)
say(right, "Teranga Maps", True)
say(right, "Offline maps of West African cities, 40,000 installs. Kotlin and MapLibre.")
doc.save(sys.argv[1])
