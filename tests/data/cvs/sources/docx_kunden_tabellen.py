import sys

from docx import Document
from docx.shared import Pt

d = Document()


def table(rows, head=None):
    t = d.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in ([head] if head else []) + rows:
        cells = t.add_row().cells
        for c, x in zip(cells, row, strict=True):
            lines = x.split("\n")
            c.text = lines[0]
            if lines[0].startswith("*"):
                c.paragraphs[0].clear()
                c.paragraphs[0].add_run(lines[0][1:]).bold = True
            for more in lines[1:]:
                c.add_paragraph(more)
    return t


p = d.add_paragraph()
r = p.add_run("Friederike Osterkamp")
r.bold = True
r.font.size = Pt(18)
d.add_paragraph("Freiberufliche Softwarearchitektin")
d.add_paragraph("Bremen · f.osterkamp@architektur.example · +49 421 123456")
d.add_heading("Kompetenzen", 1)
table(
    [
        ["Sprachen", "Java, Kotlin, TypeScript"],
        ["Plattformen", "Spring Boot, Kubernetes, AWS"],
        ["Datenhaltung", "PostgreSQL, Elasticsearch, Kafka"],
        ["Methoden", "Domain-Driven Design, Scrum"],
    ]
)
d.add_heading("Projekte", 1)
for z, k, r_, a, t_ in [
    (
        "01/2023 – heute",
        "Hapag-Lloyd AG",
        "Softwarearchitektin",
        "Buchungsportal, Ablösung eines Großrechners",
        "Kotlin, Spring Boot, Kafka, AWS",
    ),
    (
        "04/2020 – 12/2022",
        "Swiss Life Deutschland",
        "Lead-Entwicklerin",
        "Antragsstrecke für Makler",
        "Java, Angular, PostgreSQL",
    ),
    (
        "09/2017 – 03/2020",
        "Öffentlicher Auftraggeber",
        "Backend-Entwicklerin",
        "Fachverfahren Wohngeld",
        "Java, Oracle, Jenkins",
    ),
]:
    table([["Zeitraum", z], ["Kunde", k], ["Rolle", r_], ["Aufgaben", a], ["Technik", t_]])
    d.add_paragraph("")
d.add_heading("Ausbildung", 1)
d.add_paragraph("10/2008 – 09/2013\tDiplom-Informatik, Universität Bremen")
d.add_heading("Sprachen", 1)
d.add_paragraph("Deutsch (Muttersprache), Englisch (verhandlungssicher)")
d.save(sys.argv[1])
