"""A freelancer's profile in German over several pages, printed to PDF: period, customer and trade in bold, role, tasks, tools."""

# ruff: noqa: E501
import sys

from docx import Document
from docx.shared import Cm, Pt, RGBColor

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "DejaVu Sans", Pt(10)
for section in doc.sections:
    section.left_margin = section.right_margin = Cm(2.3)
    section.footer.paragraphs[0].text = "Beraterprofil Mag. Judith Hollerer · verfügbar ab 1. Februar 2027"
JOBS = (
    (
        "03/2024 – heute",
        "Wiener Stadtwerke",
        "Product Owner Kundenportal",
        "Zählerstände, Rechnungen und Umzüge für 1,1 Millionen Haushalte",
        (
            "Rückstand von 340 Wünschen auf 60 gekürzt, jeden einzelnen begründet",
            "Monatliche Runde mit zwölf Kundinnen und Kunden",
            "Einführung von Messungen, die das Portal auch einmal schlecht aussehen lassen",
        ),
        "Jira, Miro, Matomo",
    ),
    (
        "09/2022 – 02/2024",
        "Erste Group",
        "Business Analystin",
        "Anbindung von vier Ländern an eine gemeinsame Kreditprüfung",
        (
            "Anforderungen mit Fachbereichen in Prag, Bukarest und Zagreb",
            "Entscheidungstabellen statt 90 Seiten Prosa",
            "Abnahmetests gemeinsam mit der Revision",
        ),
        "Confluence, BPMN, SQL",
    ),
    (
        "01/2021 – 08/2022",
        "A1 Telekom Austria",
        "Scrum Masterin",
        "Zwei Teams für die Bestellstrecke",
        ("Aus zwei Warteschlangen wurde eine", "Retrospektiven, deren Beschlüsse am Monatsende gezählt wurden"),
        "Jira, Confluence",
    ),
    (
        "04/2019 – 12/2020",
        "ÖBB Ticketshop",
        "Business Analystin",
        "Verbundtarife im Verkauf am Telefon und am Automaten",
        ("Tarifregeln mit sieben Verkehrsverbünden abgestimmt", "Prüfkatalog mit 1.200 Fahrten, der jede Nacht läuft"),
        "Enterprise Architect, SQL",
    ),
    (
        "06/2017 – 03/2019",
        "Österreichische Post",
        "Projektleiterin",
        "Sendungsverfolgung in Echtzeit",
        (
            "Sieben Personen, 1,4 Millionen Euro, im Rahmen geblieben",
            "Zusteller im Probebetrieb zwei Wochen lang begleitet",
        ),
        "MS Project, Jira",
    ),
)


def heading(text: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(12), True
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor(0x2E, 0x6B, 0x3E)


run = doc.add_paragraph().add_run("Mag. Judith Hollerer")
run.bold, run.font.size = True, Pt(20)
doc.add_paragraph("Business Analystin und Product Ownerin, freiberuflich seit 2017")
doc.add_paragraph("Lindengasse 9, 1070 Wien\nTel. +43 676 1234567\njudith@example.at\nwww.hollerer.example.at")
heading("Kurzprofil")
doc.add_paragraph(
    "Ich schreibe auf, was gewollt ist, bevor es jemand baut, und sage es, wenn es niemand will. Zwanzig Jahre zwischen Fachbereich und Entwicklung, davon neun auf eigene Rechnung. Ich arbeite vor Ort in Wien oder aus der Ferne, in Deutsch und Englisch, und bringe Kuchen zur Abnahme mit."
)
heading("Methoden und Werkzeuge")
doc.add_paragraph("Anforderungsanalyse, BPMN, UML, Scrum, Kanban, SQL, Jira, Confluence, Enterprise Architect, Miro")
heading("Projekte")
for when, client, role, topic, tasks, tools in JOBS:
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(10), True
    paragraph.add_run(f"{when}   {client}").bold = True
    doc.add_paragraph(f"Rolle: {role}")
    doc.add_paragraph(f"Thema: {topic}")
    for task in tasks:
        doc.add_paragraph(task, style="List Bullet")
    doc.add_paragraph(f"Werkzeuge: {tools}")
heading("Festanstellungen")
doc.add_paragraph("02/2011 – 05/2017   Raiffeisen Informatik, Wien: IT-Projektleiterin")
doc.add_paragraph("10/2006 – 01/2011   Siemens Österreich, Wien: Softwaretesterin")
heading("Ausbildung")
doc.add_paragraph(
    "10/2000 – 06/2006   Wirtschaftsuniversität Wien, Magisterstudium Wirtschaftsinformatik (Mag. rer. soc. oec.)"
)
doc.add_paragraph("09/1992 – 06/2000   BRG Wels, Matura")
heading("Zertifizierungen")
doc.add_paragraph("Certified Scrum Product Owner (2019), IREB CPRE Foundation Level (2013)")
doc.save(sys.argv[1])
