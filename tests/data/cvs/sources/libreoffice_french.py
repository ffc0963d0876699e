"""A French CV: French headings and months, dates before the colon, position before the employer."""

import sys

from docx import Document
from docx.shared import Pt, RGBColor

doc = Document()
doc.styles["Normal"].font.name = "Liberation Sans"
doc.add_paragraph().add_run("Éloïse GAUTHIER-LE GOFF").font.size = Pt(20)
doc.add_paragraph("Ingénieure logiciel – 8 ans d’expérience").runs[0].font.size = Pt(13)
doc.add_paragraph(
    "12 rue des Lices, 35000 Rennes – 06 39 98 12 34 – eloise.legoff@example.fr – www.linkedin.com/in/eloise-legoff"
)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor(0x1F, 0x5C, 0x99)


heading("Expériences professionnelles")
for when, position, company, town, duties in (
    (
        "Depuis janvier 2021",
        "Ingénieure logiciel senior",
        "OVHcloud",
        "Rennes",
        ["Conception du plan de contrôle en Go ; 3 000 requêtes par seconde", "Encadrement de deux alternants"],
    ),
    (
        "Sept. 2017 – déc. 2020",
        "Développeuse full-stack",
        "Ouest-France",
        "Rennes",
        ["Refonte du site en React et Symfony", "Temps d’affichage divisé par trois"],
    ),
    (
        "Févr. 2016 – août 2016",
        "Stage de fin d’études",
        "Orange Labs",
        "Lannion",
        ["Prototype de visioconférence WebRTC"],
    ),
):
    doc.add_paragraph().add_run(f"{when} : {position}, {company}, {town}").bold = True
    for duty in duties:
        doc.add_paragraph(duty, style="List Bullet")
heading("Formation")
doc.add_paragraph("2013 – 2016 : Diplôme d’ingénieur en informatique, IMT Atlantique, Brest")
doc.add_paragraph("2011 – 2013 : Classe préparatoire MPSI/MP, Lycée Chateaubriand, Rennes")
heading("Compétences")
doc.add_paragraph("Langages : Go, PHP, JavaScript, SQL")
doc.add_paragraph("Outils : Docker, Kubernetes, GitLab CI, PostgreSQL")
doc.add_paragraph("Méthodes : Scrum, TDD")
heading("Projets personnels")
doc.add_paragraph("Marée Basse (2019) : application qui indique quand pêcher à pied, en React Native")
heading("Langues")
doc.add_paragraph("Français : langue maternelle – Anglais : courant (TOEIC 945) – Breton : notions")
heading("Centres d’intérêt")
doc.add_paragraph("Voile, gavotte, photographie argentique")
doc.save(sys.argv[1])
