"""A data analyst's CV in one table with quarters on the left and a row for each heading; tools in a second table with levels."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

doc = Document()
for section in doc.sections:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin = section.bottom_margin = Cm(1.7)
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Noto Serif", Pt(9.5)
doc.styles["Normal"].paragraph_format.space_after = Pt(2)

top = doc.add_paragraph()
run = top.add_run("NGUYỄN Thị Phương Thảo")
run.bold, run.font.size = True, Pt(17)
doc.add_paragraph("Senior Data Analyst")
doc.add_paragraph(
    "Address: 27 Đường Nguyễn Cư Trinh, Quận 1, TP. Hồ Chí Minh\nMobile: (+84) 903 555 118\nEmail: phuongthao.nguyen@example.vn\nTableau Public: public.tableau.com/app/profile/phuong.thao.n"
)


def shade(cell):
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:fill"), "DDE7F0")
    cell._tc.get_or_add_tcPr().append(fill)


table = doc.add_table(rows=0, cols=2, style="Table Grid")
table.autofit = False
table.columns[0].width, table.columns[1].width = Cm(3.6), Cm(13.6)


def heading(text):
    cells = table.add_row().cells
    cell = cells[0].merge(cells[1])
    cell.paragraphs[0].add_run(text).bold = True
    shade(cell)


def row(when, bold, *lines):
    left, right = table.add_row().cells
    left.width, right.width = Cm(3.6), Cm(13.6)
    left.text = when
    right.paragraphs[0].add_run(bold).bold = True
    for line in lines:
        right.add_paragraph(line)


heading("PROFESSIONAL BACKGROUND")
row(
    "Q3 2022 – now",
    "Senior Data Analyst",
    "Tiki Corporation, Ho Chi Minh City",
    "+ Experiments on the search page: 31 A/B tests, 9 of them shipped, 1 taken back",
    "+ Built the delivery promise dashboard that operations opens before breakfast",
    "+ Train three junior analysts",
)
row(
    "Q1 2020 – Q2 2022",
    "Data Analyst",
    "MoMo (M_Service JSC), Ho Chi Minh City",
    "+ Cohort and churn reports of the e-wallet; churn among new users fell from 38% to 29% in a year",
    "+ Moved 60 Excel reports to BigQuery and Looker Studio",
)
row(
    "Q3 2018 – Q4 2019",
    "Business Intelligence Executive",
    "NielsenIQ Vietnam",
    "+ Retail audit data of 14 categories for two dairy companies",
)
row("Q2 2017 – Q3 2017", "Market Research Intern", "Kantar Worldpanel")
heading("ACADEMIC BACKGROUND")
row("Q4 2023 – now", "Master of Data Science (online, part-time)", "University of Adelaide")
row(
    "2014 – 2018",
    "Bachelor of International Business Economics",
    "Foreign Trade University, Ho Chi Minh City Campus",
    "GPA 3.58/4.00; graduation thesis on price elasticity of instant noodles",
)
row("2011 – 2014", "High school, class specialised in English", "Trường THPT chuyên Lê Hồng Phong")
heading("COURSES")
row("Q4 2021", "Google Advanced Data Analytics", "Coursera")
row("Q2 2019", "Tableau Desktop Specialist", "Tableau")
doc.add_paragraph("")
doc.add_paragraph().add_run("TOOLS AND METHODS").bold = True
tools = doc.add_table(rows=1, cols=3, style="Light Grid Accent 1")
for cell, text in zip(tools.rows[0].cells, ("Tool / method", "Level", "Since"), strict=True):
    cell.text = text
for cells in (
    ("SQL (BigQuery)", "Expert", "2018"),
    ("Python (pandas)", "Advanced", "2020"),
    ("Tableau", "Advanced", "2018"),
    ("Looker Studio", "Advanced", "2020"),
    ("dbt", "Intermediate", "2022"),
    ("Excel", "Expert", "2015"),
    ("A/B testing", "Advanced", "2021"),
    ("R", "Beginner", "2023"),
):
    for cell, text in zip(tools.add_row().cells, cells, strict=True):
        cell.text = text
doc.add_paragraph("")
doc.add_paragraph().add_run("OTHERS").bold = True
doc.add_paragraph("Vietnamese (native), English (IELTS 7.5, 2022), Japanese (N4)")
doc.add_paragraph(
    "Volunteer at Saigon Children’s Charity, every Tết since 2016; badminton; the best bánh xèo in the family"
)
doc.save(sys.argv[1])
