"""Word's own heading styles, contact data in the page header with links under words, grid-less jobs in three lines."""

import sys

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

doc = Document()


def link(paragraph, text, url):
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    node, run, words = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    node.set(qn("r:id"), target)
    words.text = text
    run.append(words)
    node.append(run)
    paragraph._p.append(node)


head = doc.sections[0].header.paragraphs[0]
head.add_run("Tel: +44 7700 900123   ")
link(head, "Email me", "mailto:siobhan@example.co.uk")
head.add_run("   ")
link(head, "Website", "https://siobhan.example.co.uk")
head.add_run("   ")
link(head, "My code", "https://github.com/siobhan-okane")
doc.add_heading("Siobhán O’Kane-Whitfield", 0)
doc.add_paragraph("Platform lead who writes less code each year and is still glad of each line.", style="Subtitle")
doc.add_heading("Career history", 1)
for position, company, when, duties in (
    (
        "Head of Platform",
        "Octopus Energy",
        "Nov 2021 – Present",
        ["Grew the team from 4 to 19.", "Moved 300 services to one paved road."],
    ),
    ("Lead DevOps Engineer", "Sky Betting & Gaming", "Feb 2017 – Oct 2021", ["Chef to Kubernetes in eighteen months."]),
    ("Unix Administrator", "Leeds City Council", "Jan 2011 – Jan 2017", ["Kept Solaris alive."]),
):
    doc.add_heading(position, 2)
    doc.add_paragraph(company).runs[0].italic = True
    doc.add_paragraph(when)
    for duty in duties:
        doc.add_paragraph(duty, style="List Bullet")
doc.add_heading("Technical skills", 1)
doc.add_paragraph("Kubernetes, Terraform, AWS, Go, Python, Prometheus, Helm, Linux")
doc.add_heading("Education", 1)
doc.add_heading("BSc (Hons) Computer Science", 2)
doc.add_paragraph("University of Leeds").runs[0].italic = True
doc.add_paragraph("2007 – 2010")
doc.add_heading("Open source", 1)
doc.add_heading("chefbreaker", 2)
doc.add_paragraph("Turns Chef recipes into Ansible roles; 900 stars.")
doc.add_heading("Interests", 1)
doc.add_paragraph("Fell running, ceilidhs")
doc.save(sys.argv[1])
