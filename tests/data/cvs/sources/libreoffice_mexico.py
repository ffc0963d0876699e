"""A Mexican CV in Spanish, headings as coloured bars, an unfinished master's degree."""

import sys

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

page = Document()
page.styles["Normal"].font.name, page.styles["Normal"].font.size = "Liberation Sans", Pt(10)
page.styles["Normal"].paragraph_format.space_after = Pt(3)


def bar(text: str) -> None:
    paragraph = page.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "1F4E79")
    paragraph._p.get_or_add_pPr().append(shade)


def line(*parts: str, style: str | None = None) -> None:
    paragraph = page.add_paragraph(style=style)
    for number, part in enumerate(parts):
        paragraph.add_run(part).bold = number == 0 and len(parts) > 1


line("Ximena Guadalupe Ortega Villaseñor", " ")
line("Ingeniera de software · Guadalajara, Jalisco · Tel. +52 33 1234 5678 · ximena.ortega@example.mx")
bar("Perfil profesional")
line("Ocho años en comercio electrónico y pagos. Busco un equipo pequeño con producto propio.")
bar("Experiencia laboral")
line("Desarrolladora backend senior", " — Clip, Ciudad de México (remoto)")
line("Febrero 2021 – Actualidad")
line("Conciliación de pagos en Java y Spring; errores manuales de 3 % a 0.2 %.", style="List Bullet")
line("Desarrolladora full stack", " — Wizeline, Guadalajara")
line("Agosto 2017 – Enero 2021")
line("Portal de reservas en Django y React para una aerolínea.", style="List Bullet")
bar("Formación académica")
line(
    "Ingeniería en Sistemas Computacionales", ", Instituto Tecnológico de Morelia, 2012 – 2016. Titulada, promedio 9.3"
)
line("Maestría en Ciencias de la Computación (trunca)", ", CINVESTAV Guadalajara, 2018 – 2019")
line("Diplomado en Seguridad Informática", ", UNAM, 2020")
bar("Habilidades técnicas")
line("Java, Spring, Python, Django, React, MySQL, AWS, Docker")
bar("Idiomas")
line("Español nativo, inglés C1, purépecha básico")
page.save(sys.argv[1])
