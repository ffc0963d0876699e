"""A web developer's CV by reportlab in two frames: a narrow one with contact and skills, a wide one with the rest."""

import sys

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph

FONTS = "/usr/share/fonts/truetype/dejavu/"
pdfmetrics.registerFont(TTFont("Sans", FONTS + "DejaVuSans.ttf"))
pdfmetrics.registerFont(TTFont("Bold", FONTS + "DejaVuSans-Bold.ttf"))
text = ParagraphStyle("text", fontName="Sans", fontSize=9, leading=12.5)
bold = ParagraphStyle("bold", parent=text, fontName="Bold", spaceBefore=5)
grey = ParagraphStyle("grey", parent=text, textColor=HexColor("#777777"))
head = ParagraphStyle("head", parent=bold, fontSize=11.5, textColor=HexColor("#c0392b"), spaceBefore=11, spaceAfter=3)
name = ParagraphStyle("name", parent=bold, fontSize=21, leading=25)

side = [Paragraph("CONTACT", head)]
side += [
    Paragraph(one, text)
    for one in ("Zagreb, Croatia", "+385 91 234 5678", "luka.horvatic@example.hr", "github.com/lhorvatic")
]
side += [Paragraph("SKILLS", head)]
side += [
    Paragraph(one, text)
    for one in ("Ruby", "Ruby on Rails", "JavaScript", "Hotwire", "PostgreSQL", "Redis", "RSpec", "Heroku")
]
side += [Paragraph("LANGUAGES", head)]
side += [Paragraph(one, text) for one in ("Croatian", "English", "Italian (some)")]
main = [Paragraph("Luka Horvatić", name), Paragraph("Full-stack web developer", grey), Paragraph("EXPERIENCE", head)]
for post, employer, when, what in (
    (
        "Full-stack Developer",
        "Infinum",
        "2021 – present",
        "Booking for dentists in four countries; appointments that nobody turned up for fell by a fifth.",
    ),
    (
        "Rails Developer",
        "Rentlio",
        "2017 – 2021",
        "Channel manager for small hotels. Calendar without double bookings since summer 2018.",
    ),
    ("Student Developer", "FER Student Union", "2015 – 2016", "The canteen's menu, read by more people than the news."),
):
    main += [Paragraph(post, bold), Paragraph(f"{employer} | {when}", grey), Paragraph(what, text)]
main += [
    Paragraph("EDUCATION", head),
    Paragraph("Master of Computing", bold),
    Paragraph("University of Zagreb, Faculty of Electrical Engineering and Computing | 2012 – 2017", grey),
]
main += [
    Paragraph("PROJECTS", head),
    Paragraph("Bura", bold),
    Paragraph("Tells sailors by text message when the bura is coming; 600 subscribers.", text),
]
main += [Paragraph("Slovoslagalica", bold), Paragraph("A word game in Croatian with all its digraphs.", text)]

doc = BaseDocTemplate(sys.argv[1], pagesize=A4, title="Luka Horvatić", invariant=1)
frames = [Frame(12 * mm, 15 * mm, 52 * mm, 262 * mm), Frame(70 * mm, 15 * mm, 126 * mm, 262 * mm)]
doc.addPageTemplates([PageTemplate("page", frames)])
doc.build([*side, FrameBreak(), *main])
