"""Functional CV of a tester with one name: competences first, each with a sentence, employers as single lines at the end."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Cm, Pt, RGBColor

doc = Document()
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin = section.right_margin = Cm(2.5)
style = doc.styles["Normal"]
style.font.name, style.font.size = "Cambria", Pt(11)
style.paragraph_format.space_after = Pt(4)
green = RGBColor(0x2E, 0x6B, 0x3E)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb, run.font.small_caps, run.bold = Pt(14), green, True, True


def claim(title, text):
    paragraph = doc.add_paragraph()
    paragraph.add_run(title + ". ").bold = True
    paragraph.add_run(text)


def bullets(*texts):
    for text in texts:
        doc.add_paragraph(text, style="List Bullet")


name = doc.add_paragraph().add_run("Sulistyawati")
name.font.size, name.bold, name.font.color.rgb = Pt(26), True, green
doc.add_paragraph("(one name only; please repeat it where a form wants two)").runs[0].italic = True
doc.add_paragraph(
    "Test automation engineer · Yogyakarta, Indonesia · WhatsApp +62 812-3456-7890 · sulis@example.co.id · linkedin.com/in/sulistyawati-qa"
)
heading("Why you might want me")
doc.add_paragraph(
    "Because in twelve years of breaking software I have learned to say what broke in one line, and whom it hurts in another."
)
heading("What I can do for you")
claim(
    "Make the release boring",
    "I built the regression suite of a lending app from nothing to 1,900 checks with Playwright and TypeScript; the release train went from three weeks to two days, and the rollback button has dust on it.",
)
claim(
    "Test what has no screen",
    "Contract tests with Pact between 27 services, REST Assured where the team speaks Java, and k6 for load: we knew the limit of the payroll run (14,000 an hour) before payday did.",
)
claim(
    "Test what fits in a pocket",
    "Appium on a shelf of 22 real phones, the cheapest of them bought at the market, because that is what our borrowers own.",
)
claim(
    "Teach",
    "I trained 16 manual testers to write their own checks; eleven now do it for a living elsewhere, which I count as success.",
)
heading("In numbers and names")
bullets(
    "Playwright (5 yrs), Selenium (8 yrs), Appium (6 yrs), Cypress (1 yr)",
    "TypeScript (5 yrs), Java (6 yrs), SQL (12 yrs), Python (beginner)",
    "Pact, REST Assured, Postman, k6, JMeter",
    "Jenkins, GitLab CI, Docker, Allure, TestRail, Jira",
)
heading("Two things I am proud of")
bullets(
    "Kebun Bug (2021): a garden of wrong web shops for learners of testing, 120 planted faults, used in four courses. https://kebunbug.example.id",
    "pact-warung (Feb 2023 – Nov 2023): a small Pact broker for teams with bad internet. github.com/sulisqa/pact-warung",
)
heading("Where it happened")
for line in (
    "2020 – today: QA Lead, Pinjam Terang (fintech), Jakarta and remote",
    "2016 – 2020: Test Automation Engineer, Bukalapak, Jakarta",
    "2014 – 2016: Software Tester, PT Gajian Nusantara, Surabaya",
    "break of one year (2013–2014) to look after my father",
    "2012 – 2013: Customer support, PT Gajian Nusantara, Surabaya",
):
    doc.add_paragraph(line)
heading("Paper")
for line in (
    "Sarjana Komputer (S.Kom.), Sistem Informasi – Institut Teknologi Sepuluh Nopember, Surabaya, 2008 – 2012, IPK 3.41",
    "ISTQB Certified Tester Foundation Level, 2014",
    "ISTQB Advanced Level Test Automation Engineer, 2019",
):
    doc.add_paragraph(line)
heading("Words")
doc.add_paragraph("Javanese and Indonesian at home, English at work, Japanese for songs.")
doc.save(sys.argv[1])
