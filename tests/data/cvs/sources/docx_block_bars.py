import sys

from docx import Document
from docx.shared import Cm

d = Document()
t = d.add_table(rows=1, cols=2)
left, right = t.rows[0].cells
left.width, right.width = Cm(5.5), Cm(11)


def put(cell, lines):
    for text in lines:
        p = cell.add_paragraph()
        p.add_run(text.lstrip("*")).bold = text.startswith("*")


put(
    left,
    ["*CONTACT", "Warszawa", "+48 512 345 678", "j.wisniewski@skrzynka.example", "gitlab.com/jwisn", "", "*SKILLS"],
)
put(
    left,
    [
        "PHP ██████████",
        "Symfony █████████░",
        "MySQL ████████░░",
        "RabbitMQ ██████░░░░",
        "Vue.js █████░░░░░",
        "AWS ████░░░░░░",
    ],
)
put(
    left,
    [
        "",
        "*LANGUAGES",
        "Polish ██████████",
        "English ████████░░",
        "*CLAUSE",
        "I agree to the processing of my personal data.",
    ],
)
put(
    right,
    [
        "*Jędrzej Wiśniewski-Osei",
        "PHP Developer",
        "",
        "*EXPERIENCE",
        "*Allegro",
        "Senior PHP Developer, 2020.11 – obecnie",
    ],
)
put(right, ["Offers of 130,000 sellers, 9,000 requests a second.", "*CD Projekt", "PHP Developer, 2016.04 – 2020.10"])
put(
    right,
    ["The GOG shop; payments in 14 currencies.", "*Freelance", "Web Developer, 2013 – 2016", "Shops with PrestaShop."],
)
put(
    right,
    [
        "",
        "*EDUCATION",
        "*Politechnika Warszawska",
        "inżynier, Informatyka, 2010 – 2014",
        "*Coding Dojo Bootcamp",
        "2013",
    ],
)
d.save(sys.argv[1])
