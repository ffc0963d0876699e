"""A CV told in five paragraphs, in the third person, with the address above."""

# ruff: noqa: E501

import sys

from docx import Document

doc = Document()
for text in (
    "Marguerite Delacroix-Nwosu",
    "Brussels | marguerite@example.be | +32 470 12 34 56 | www.example.be/marguerite",
    "Marguerite is a software architect at Euroclear in Brussels, where she has worked since April 2018. She leads the move of the settlement engine from the mainframe to Java and Kubernetes, and she introduced architecture decision records.",
    "From 2012 to 2018 she worked as a senior developer for Proximus, where she built the number porting service in Spring and Oracle. Earlier, between September 2008 and June 2012, she was a Java developer at NRB in Liège.",
    "She holds a master's degree in Computer Science from KU Leuven (2008) and a bachelor's degree in Mathematics from Université de Namur (2006).",
    "Her tools are Java, Spring Boot, Kubernetes, Oracle and Kafka. She speaks French, Dutch and English.",
    "She maintains Sluis, a small open-source library for rate limits.",
):
    doc.add_paragraph(text)
doc.save(sys.argv[1])
