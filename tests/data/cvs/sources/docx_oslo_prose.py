"""A page of prose in Word: no headings, no lists, the life told in five paragraphs under name and address."""

# ruff: noqa: E501
import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Cambria", Pt(11.5)
run = doc.add_paragraph().add_run("Ingvild Solbakken Aasen")
run.bold, run.font.size = True, Pt(16)
for text in (
    "Grünerløkka, Oslo. You reach me at ingvild.aasen@example.no or on +47 912 34 567.",
    "I am a product designer who codes. Since August 2020 I have been Senior Product Designer at Vipps in Oslo, where I am responsible for what four million people see when a payment does not go through. We tested every sentence of it with people over seventy, and calls to the hotline halved.",
    "Before that, from 2016 to 2020, I worked as an Interaction Designer at Finn.no. There I drew and built the search filters, and learned that most people want three of them. My first post, from 2013 to 2016, was Front-end Developer at Bekk, with customers from the railways to the tax administration.",
    "I hold a Master's degree in Interaction Design from the Oslo School of Architecture and Design, which I finished in 2013, and a Bachelor's degree in Informatics from the University of Bergen (2011).",
    "My tools are Figma, HTML, CSS, TypeScript and Svelte; for research I use Hotjar and a notebook. In my own time I made Turkart, a web map of cabins that have a free bed tonight.",
    "I speak Norwegian and English, and enough Spanish to order and apologise. If it snows on a Friday, I am on skis by four.",
):
    doc.add_paragraph(text)
doc.save(sys.argv[1])
