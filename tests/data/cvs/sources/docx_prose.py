"""A CV that is one page of prose, like a letter, in the first person."""

# ruff: noqa: E501 (the words of a CV stay in one line)
import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Georgia", Pt(10.5)
doc.styles["Normal"].paragraph_format.space_after = Pt(8)
section = doc.sections[0]
section.left_margin = section.right_margin = Cm(3)

head = doc.add_paragraph()
head.add_run("Thandeka Nomvula Mkhize").bold = True
head.add_run("\nCape Town, South Africa\nthandeka@example.net\n+27 82 123 4567\nthandeka.example.net")
head.alignment = WD_ALIGN_PARAGRAPH.RIGHT

for text in (
    "I am an iOS developer, and I build applications for people whose battery is at four per cent and whose data costs more than their bread.",
    "For the past five years, since February 2019, I have been a Senior iOS Developer at Ubuntu Mobile Money in Cape Town. Our application has 1.4 million users; I rewrote its transfer flow in Swift and SwiftUI, brought crashes from 2.1 % of sessions to 0.2 %, and made the download a third of its former size. I also started the release train, one every second Tuesday, which has left the station late only twice.",
    "Earlier, between March 2015 and January 2019, I was a Mobile Developer with Takealot, first on Objective-C and later on Swift, where I owned the search screen and learned to love instruments and snapshot tests. My first post was as a Graduate Developer at Standard Bank in Johannesburg (2013 to 2015), where I wrote batch programs in Java and discovered that I prefer programs that somebody touches.",
    "I hold a BSc Honours in Computer Science from the University of Cape Town, which I finished in 2012, after a BSc in Applied Mathematics at the University of KwaZulu-Natal (2008 to 2011).",
    "I am at home in Swift, SwiftUI, Objective-C, Core Data, XCTest and Fastlane, and I can find my way in Kotlin and Figma. I wrote an open-source library, Khumbula, that keeps an application usable when the network goes away, and an application for the isiZulu clicks, Ngqo, which teachers use in some forty schools.",
    "isiZulu is the language I grew up with; English and Xhosa I speak fluently. In 2021 I was given the Women in Tech Africa award for financial inclusion. On Saturdays I teach with GirlCode as a volunteer instructor, something I have done since 2017, and on Sundays I run on the mountain or read detective stories.",
):
    doc.add_paragraph(text)
doc.save(sys.argv[1])
