"""An executive's CV, saved as RTF: capitals for employers, dates in a tab at the left, achievements as dashes."""

import sys

from docx import Document

doc = Document()
for line in (
    "HENRIK ÅKERLUND-BERG",
    "Stockholm, Sweden | +46 70 123 45 67 | henrik@example.se",
    "",
    "PROFILE",
    "Engineering executive with a weakness for small teams and long lunches with customers.",
    "",
    "PROFESSIONAL EXPERIENCE",
    "",
    "2021–present\tVP Engineering, KLARNA BANK AB, Stockholm",
    "- Brought the time from idea to production from six weeks to four days.",
    "- 140 engineers in three countries.",
    "",
    "2016–2021\tDirector of Engineering, TRUECALLER AB, Stockholm",
    "- 300 million users on 1/5 of the former servers.",
    "",
    "2009–2016\tSoftware Architect, ERICSSON AB, Kista",
    "- Billing for eleven operators in Erlang and Java.",
    "",
    "EDUCATION",
    "",
    "2007–2009\tMBA, Stockholm School of Economics",
    "2002–2007\tMSc in Engineering Physics, Lund University",
    "",
    "TECHNOLOGIES",
    "Erlang, Java, Kotlin, AWS, Kafka",
    "",
    "LANGUAGES",
    "Swedish (native), English (fluent), Finnish (basic)",
):
    doc.add_paragraph(line)
doc.save(sys.argv[1])
