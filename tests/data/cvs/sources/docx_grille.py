"""A French CV in Word: a table for the head, a grid of skills, a table of jobs with the dates on the left."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Calibri", Pt(10.5)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size = True, Pt(13)


def dated(rows):
    table = doc.add_table(rows=0, cols=2)
    for dates, title, who, text in rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(4), Cm(12.5)
        cells[0].text = dates
        cells[1].text = ""
        cells[1].paragraphs[0].add_run(title).bold = True
        cells[1].add_paragraph(who)
        if text:
            cells[1].add_paragraph(text, style="List Bullet")


top = doc.add_table(rows=1, cols=2).rows[0].cells
top[0].text = ""
run = top[0].paragraphs[0].add_run("Éloïse MARCHETTI")
run.bold, run.font.size = True, Pt(20)
top[0].add_paragraph("Ingénieure DevOps – 7 ans d'expérience")
top[
    1
].text = "12 rue des Tanneurs 00\n38000 Grenoble\n04 76 12 34 56\neloise.marchetti@courriel.example\nlinkedin.com/in/eloise-marchetti"
heading("Compétences techniques")
grid = (
    ("Ansible", "Terraform", "Kubernetes", "GitLab CI"),
    ("AWS", "Azure", "Prometheus", "Grafana"),
    ("Python", "Bash", "PostgreSQL", "Vault"),
)
table = doc.add_table(rows=0, cols=4)
table.style = "Table Grid"
for row in grid:
    for cell, text in zip(table.add_row().cells, row, strict=True):
        cell.text = text
heading("Parcours professionnel")
dated(
    (
        (
            "Depuis mars 2021",
            "Ingénieure DevOps senior",
            "Schneider Electric, Grenoble",
            "Plateforme commune à 40 équipes, déploiements de 3 semaines à 1 jour",
        ),
        ("Oct. 2017 – févr. 2021", "Ingénieure systèmes", "Orange Business, Lyon", "Supervision de 2 000 serveurs"),
        ("Mars – août 2017", "Stage de fin d'études", "STMicroelectronics, Crolles", ""),
    )
)
heading("Formation")
dated(
    (
        ("2014 – 2017", "Diplôme d'ingénieur en informatique", "Grenoble INP – Ensimag", ""),
        ("2012 – 2014", "Classes préparatoires MPSI/MP", "Lycée Champollion, Grenoble", ""),
    )
)
heading("Langues")
doc.add_paragraph("Français : langue maternelle. Anglais : courant. Italien : notions.")
heading("Loisirs")
doc.add_paragraph("Escalade, ski de randonnée, orgue")
doc.save(sys.argv[1])
