"""A French CV with heading styles: the post first, employer and town below, dates at the end of the line."""

import sys

from docx import Document
from docx.shared import Pt, RGBColor

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(10.5)
title = doc.add_heading("Camille ROUSSEAU-BERTIN", 0)
title.runs[0].font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
doc.add_paragraph("Développeuse PHP / Symfony – 9 ans d’expérience")
doc.add_paragraph("27 rue Garibaldi, 69006 Lyon – 06 12 34 56 78 – camille.rousseau@example.fr – permis B")
doc.add_heading("Expérience professionnelle", 1)
for post, employer, when, bullets in (
    (
        "Développeuse senior",
        "LDLC, Limonest",
        "depuis septembre 2020",
        (
            "Refonte du panier : 14 000 commandes par jour, deux pannes en quatre ans.",
            "Passage de PHP 7 à PHP 8 sans gel des livraisons.",
        ),
    ),
    (
        "Développeuse back-end",
        "Esker, Villeurbanne",
        "de mars 2017 à août 2020",
        ("Connecteurs entre factures et ERP, 22 clients raccordés.",),
    ),
    (
        "Développeuse web (alternance)",
        "Agence Kaora, Lyon",
        "2014 – 2017",
        ("Sites vitrines et boutiques PrestaShop.",),
    ),
):
    doc.add_heading(f"{post} – {when}", 2)
    doc.add_paragraph(employer)
    for bullet in bullets:
        doc.add_paragraph(bullet, style="List Bullet")
doc.add_heading("Formation", 1)
doc.add_paragraph("2015 – 2017 : Master Informatique, Université Claude Bernard Lyon 1")
doc.add_paragraph("2014 – 2015 : Licence professionnelle Métiers du web, IUT Lumière Lyon 2")
doc.add_paragraph("2012 – 2014 : DUT Informatique, IUT Lyon 1")
doc.add_heading("Compétences", 1)
doc.add_paragraph("Langages : PHP, JavaScript, SQL")
doc.add_paragraph("Outils : Symfony, API Platform, Doctrine, Vue.js, MySQL, RabbitMQ, Docker, PHPUnit")
doc.add_heading("Langues", 1)
doc.add_paragraph("Anglais professionnel (TOEIC 890), italien scolaire")
doc.add_heading("Centres d’intérêt", 1)
doc.add_paragraph("Escalade, couture, trésorière de l’association AFUP Lyon")
doc.save(sys.argv[1])
