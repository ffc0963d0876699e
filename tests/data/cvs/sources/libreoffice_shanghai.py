"""A Chinese engineer's CV in a Google Docs style: coloured headings, company in bold and position in italics, years and months with dots."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Cm, Pt, RGBColor

doc = Document()
section = doc.sections[0]
section.left_margin = section.right_margin = Cm(2.2)
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Liberation Sans", Pt(10.5)
CORAL = RGBColor(0xF2, 0x51, 0x1B)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(13), CORAL, True


def job(company, place, position, dates, *items):
    line = doc.add_paragraph()
    line.paragraph_format.space_after = Pt(0)
    line.add_run(company).bold = True
    line.add_run(f", {place} — ")
    line.add_run(position).italic = True
    small = doc.add_paragraph().add_run(dates)
    small.font.size, small.font.color.rgb = Pt(9), RGBColor(0x66, 0x66, 0x66)
    for item in items:
        doc.add_paragraph(item, style="List Bullet")


doc.add_paragraph().add_run("ZHANG Xiaoming (Simon)").font.size = Pt(24)
doc.add_paragraph("Backend engineer")
doc.add_paragraph("Pudong, Shanghai, China\n+86 21 5888 1234\nxiaoming.zhang@youxiang.example")
heading("EXPERIENCE")
job(
    "Ctrip",
    "Shanghai",
    "Senior Software Engineer",
    "2021.07 - PRESENT",
    "Hotel inventory service, 40,000 requests a second in Java",
    "Sharded the order table while it was in use",
)
job("Meituan", "Beijing", "Software Engineer", "2018.07 - 2021.06", "Dispatch of riders in C++, 200 ms to 70 ms")
job("Baidu", "Beijing", "Intern", "2017.06 - 2017.09", "Log parsing")
heading("EDUCATION")
job("Shanghai Jiao Tong University", "Shanghai", "M.E. in Software Engineering", "2015.09 - 2018.03")
job("Wuhan University", "Wuhan", "B.E. in Computer Science and Technology", "2011.09 - 2015.06")
heading("SKILLS")
doc.add_paragraph("Java, C++, Python, Go", style="List Bullet")
doc.add_paragraph("MySQL, Redis, RocketMQ, Elasticsearch", style="List Bullet")
doc.add_paragraph("Spring Boot, Netty, gRPC", style="List Bullet")
heading("LANGUAGES")
doc.add_paragraph("Mandarin, English (CET-6)")
doc.save(sys.argv[1])
