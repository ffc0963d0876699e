"""A tabular CV in the German manner: a label on the left by tab stops, no tables, a running footer."""

import sys

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

doc = Document()
normal = doc.styles["Normal"]
normal.font.name, normal.font.size = "Liberation Serif", Pt(11)
normal.paragraph_format.space_after = Pt(3)
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin = section.right_margin = Cm(2.3)
section.footer.paragraphs[0].text = "Curriculum vitae – Jürgen Großmann – Stuttgart, 4 March 2024"


def heading(text):
    line = doc.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.keep_with_next = Pt(12), True
    run = line.add_run(text)
    run.bold, run.font.size = True, Pt(13)


def entry(label, title, *rest):
    line = doc.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Cm(4.2), WD_TAB_ALIGNMENT.LEFT)
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(4.2), Cm(-4.2)
    line.add_run(label + "\t")
    line.add_run(title).bold = bool(rest)
    for text in rest:
        line.add_run("\n" + text)


title = doc.add_paragraph()
run = title.add_run("Curriculum Vitae")
run.font.size, run.bold = Pt(20), True

heading("Personal details")
entry("Name", "Dipl.-Ing. Jürgen Großmann")
entry("Address", "Königstraße 28, 70173 Stuttgart, Germany")
entry("Phone", "+49 1512 3456789")
entry("E-mail", "juergen.grossmann@example.org")
entry("Born", "17 May 1979 in Ulm")
entry("Nationality", "German")

heading("Professional experience")
entry(
    "10/2016 – today",
    "Software Architect",
    "Neckar Automation GmbH, Stuttgart",
    "– Architecture of a control system for packaging machines (C#, .NET, OPC UA), sold 600 times",
    "– Introduced architecture decision records; 74 written so far",
    "– Deputy head of a department of 23",
)
entry(
    "04/2010 – 09/2016",
    "Senior Software Developer",
    "Robert Bosch GmbH, Schwieberdingen",
    "– Diagnostics tools for engine control units in C++ and Qt",
    "– Led the move from ClearCase to Git for 80 developers",
)
entry(
    "08/2005 – 03/2010",
    "Software Developer",
    "Schwabensoft AG, Ulm",
    "– Warehouse software in Delphi, later in C#",
)

heading("Education")
entry("10/1999 – 06/2005", "Diplom-Ingenieur (Univ.), Electrical Engineering", "Universität Stuttgart", "Grade: 1.7")
entry("1989 – 1998", "Abitur", "Kepler-Gymnasium Ulm")

heading("IT skills")
entry("Very good", "C#, .NET, C++, OPC UA, SQL Server, Git")
entry("Good", "Python, Azure DevOps, Docker, Qt")

heading("Further training")
entry("2018", "iSAQB Certified Professional for Software Architecture – Foundation Level")
entry("2014", "Professional Scrum Master I")

heading("Languages")
entry("German", "native")
entry("English", "business fluent")
entry("French", "basic knowledge")

heading("Volunteer work")
entry("since 2012", "Volunteer firefighter", "Freiwillige Feuerwehr Stuttgart")

heading("Interests")
entry("", "Model railways, mountain biking")
doc.save(sys.argv[1])
