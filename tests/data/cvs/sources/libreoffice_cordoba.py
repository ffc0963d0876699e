"""An Argentinian CV in Spanish, printed to PDF: dates in front of a colon, post and employer joined by "en"."""

import sys

from docx import Document
from docx.shared import Pt, RGBColor

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "DejaVu Sans", Pt(9.5)
doc.styles["Normal"].paragraph_format.space_after = Pt(3)


def heading(text: str) -> None:
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RGBColor(0x1A, 0x5C, 0x8A)


def job(when: str, post: str, employer: str, *texts: str) -> None:
    paragraph = doc.add_paragraph(f"{when}: ")
    paragraph.add_run(post).bold = True
    paragraph.add_run(f" en {employer}")
    for text in texts:
        doc.add_paragraph(text, style="List Bullet")


run = doc.add_paragraph().add_run("Lic. Martín Ezequiel Ferreyra")
run.bold, run.font.size = True, Pt(17)
doc.add_paragraph("Ingeniero DevOps")
doc.add_paragraph("Barrio Nueva Córdoba, Córdoba, Argentina")
doc.add_paragraph("Cel.: +54 9 351 234-5678 / martin.ferreyra@example.com.ar / gitlab.com/mferreyra-demo")
heading("Experiencia laboral")
job(
    "11/2021 – Actualidad",
    "Ingeniero DevOps senior",
    "Mercado Libre, Córdoba",
    "Plataforma interna de despliegue: 3.400 aplicaciones, 18.000 despliegues por semana.",
    "Guardia una semana de cada seis.",
)
job(
    "02/2018 – 10/2021",
    "Ingeniero DevOps",
    "Globant, Córdoba",
    "Infraestructura como código para un banco de Chile.",
    "De 9 horas a 25 minutos entre el commit y la prueba.",
)
job(
    "06/2014 – 01/2018",
    "Administrador de sistemas",
    "Universidad Siglo 21, Córdoba",
    "Correo y campus virtual de 40.000 alumnos.",
)
heading("Estudios")
doc.add_paragraph("2008 – 2014: Licenciatura en Ciencias de la Computación, FAMAF, Universidad Nacional de Córdoba")
doc.add_paragraph("2002 – 2007: Técnico en Electrónica, IPET 66")
heading("Conocimientos")
doc.add_paragraph("Kubernetes, Terraform, AWS, Google Cloud, Helm, Argo CD, Prometheus, Go, Python, Bash, Linux")
heading("Proyectos")
doc.add_paragraph("Parrillero: operador de Kubernetes que apaga lo que nadie usa de noche (2022).")
heading("Idiomas")
doc.add_paragraph("Español nativo; inglés avanzado (FCE); portugués intermedio.")
doc.save(sys.argv[1])
