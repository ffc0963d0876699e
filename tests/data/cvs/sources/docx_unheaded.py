"""A CV with no headings and no styles at all: bold type and blank lines are all there is."""

# ruff: noqa: E501 (the words of a CV stay in one line)
import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Times New Roman", Pt(12)
doc.styles["Normal"].paragraph_format.space_after = Pt(0)

for text in (
    "*Bjarne Kristoffersen",
    "Storgata 14, 7013 Trondheim, Norway",
    "Tel: 412 34 567 (Norway, +47)",
    "bjarne.k@example.org, www.linkedin.com/in/bjarne-k-demo",
    "",
    "Embedded Linux and network engineer with a long sea behind him: four years as a ship's electrician, then eleven in software.",
    "",
    "*Fjordlink AS, Trondheim. Principal Engineer, August 2019 until today",
    "Routers for fishing boats that change between satellite, 4G and 5G. I designed the switching so that a call survives it; 3,000 boats carry it. I also run the lab and its 60 boards.",
    "",
    "*Kongsberg Maritime, Trondheim. Software Engineer, January 2013 until July 2019",
    "Dynamic positioning: drivers in C for an industrial bus, and the move of the build from hand-written makefiles to Yocto. A build takes 25 minutes where it took half a day.",
    "",
    "*Hurtigruten, at sea. Ship's Electrician, 2006 until 2010",
    "Maintenance of the generators and the network of MS Nordlys.",
    "",
    "*NTNU, Trondheim. Master's degree in Cybernetics, 2010 until 2012",
    "*Sør-Trøndelag University College. Bachelor's degree in Electrical Engineering, 2003 until 2006",
    "",
    "Works daily with C, Yocto, Linux, Go, WireGuard, BGP and Wireshark, now and then with Python and Rust.",
    "",
    "Norwegian is his first language; he is fluent in English and reads German.",
    "",
    "Holds the CCNP Enterprise (2021) and the Offshore Safety certificate GWO BST (2023).",
    "",
    "Volunteers with the sea rescue society (Redningsselskapet) as a crew member since 2015. Builds wooden boats, plays the Hardanger fiddle.",
):
    line = doc.add_paragraph()
    run = line.add_run(text.removeprefix("*"))
    run.bold = text.startswith("*")
doc.save(sys.argv[1])
