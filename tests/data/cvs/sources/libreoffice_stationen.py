"""Freelancer with fifteen clients, in German: a profile of many pages, each project a heading and four labelled lines, seasons and years mixed."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

doc = Document()
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin, section.right_margin = Cm(3), Cm(2.5)
section.top_margin = section.bottom_margin = Cm(2.4)
section.header.paragraphs[0].text = "Profil Leopold Grünwalder · Stand Oktober 2026"
section.footer.paragraphs[0].text = "Tagessatz auf Anfrage · verfügbar ab Jänner 2027 · UID ATU55500011"
section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
style = doc.styles["Normal"]
style.font.name, style.font.size = "Liberation Sans", Pt(12)
style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(6), 1.45
blue = RGBColor(0x1B, 0x3A, 0x6B)


def heading(text):
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(15), blue
    doc.paragraphs[-1].paragraph_format.space_before = Pt(14)
    doc.paragraphs[-1].paragraph_format.keep_with_next = True


def labelled(label, text):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.6)
    paragraph.add_run(label + ": ").italic = True
    paragraph.add_run(text)


def station(when, client, role, task, technique, size):
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(9)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{when}  |  {client}").bold = True
    labelled("Rolle", role)
    labelled("Aufgabe", task)
    labelled("Technik", technique)
    labelled("Umfang", size)


doc.add_paragraph().add_run("DI (FH) Leopold Grünwalder").font.size = Pt(22)
doc.add_paragraph("Freier Softwareentwickler und Architekt, JVM und was daran hängt")
doc.add_paragraph(
    "Linz an der Donau, Österreich · Mobil 0664 / 123 45 67 (+43) · post@gruenwalder.example.at · www.gruenwalder.example.at"
)
doc.add_paragraph("XING: https://www.xing.com/profile/Leopold_Gruenwalder · GitHub: https://github.com/lgruenwalder")
heading("Kurz gesagt")
doc.add_paragraph(
    "Ich komme, wenn etwas Altes weiterlaufen und trotzdem neu werden soll. Seit 2011 selbständig, fünfzehn Auftraggeber, vier davon sind wiedergekommen. Ich schreibe selbst Code, auch wenn „Architekt“ auf dem Vertrag steht."
)
heading("Werkzeugkiste")
for label, text in (
    ("Sprachen", "Java 8 bis 21, Kotlin, Groovy, SQL, TypeScript; früher C und COBOL (lesend)"),
    ("Rahmenwerke", "Spring Boot, Quarkus, Hibernate, Apache Camel, Angular"),
    ("Daten", "PostgreSQL, Oracle, DB2, MongoDB, Kafka, RabbitMQ"),
    ("Betrieb", "Docker, OpenShift, Jenkins, GitLab CI, Keycloak, ELK"),
    ("Vorgehen", "Scrum, Kanban, Domain-Driven Design, arc42, TDD"),
):
    labelled(label, text)
heading("Stationen")
station(
    "seit Frühjahr 2025",
    "Oberbank AG, Linz",
    "Architekt und Entwickler",
    "Ablöse eines Kernsystems für Wertpapierorders; Strangler-Muster, bisher 40 von 112 Vorgängen umgezogen, kein Handelstag ausgefallen. Wöchentliche Werkstatt mit den COBOL-Kolleginnen, damit das Wissen bleibt.",
    "Java 21, Quarkus, Kafka, DB2, OpenShift",
    "Vollzeit, 14 Personen, zur Hälfte vor Ort",
)
station(
    "2024 – Anfang 2025",
    "Energieversorger (Salzburg, Name vertraulich)",
    "Backend-Entwickler",
    "Smart-Meter-Daten im Viertelstundentakt, 900.000 Zähler; Abrechnungslauf von 7 Stunden auf 50 Minuten.",
    "Kotlin, Spring Boot, TimescaleDB, Kafka",
    "vier Tage die Woche, sieben Personen, zwei Länder",
)
station(
    "Sommer 2023 – Winter 2023",
    "Stadt Wien, MA 01",
    "Gutachter und Coach",
    "Prüfung einer Ausschreibung, danach Begleitung zweier Teams beim Umstieg auf automatisierte Tests.",
    "Java 17, JUnit 5, Testcontainers, SonarQube",
    "zwei Tage die Woche",
)
station(
    "2022 – 2023",
    "Österreichische Post AG, Wien",
    "Entwickler",
    "Adressprüfung und Umleitung von Paketen; Antwortzeit p99 unter 80 ms bei 3.000 Anfragen in der Sekunde.",
    "Java 17, Spring Boot, Redis, PostgreSQL",
    "Vollzeit, 22 Personen in drei Teams, SAFe",
)
station(
    "2021",
    "Rosenbauer International AG, Leonding",
    "Architekt",
    "Telemetrie von Löschfahrzeugen, MQTT bis in die Zentrale; Lastenheft, Prototyp, Übergabe.",
    "Quarkus, MQTT, InfluxDB, Grafana",
    "60 %, fünf Personen",
)
station(
    "März 2020 – Dezember 2020",
    "AGES, Wien",
    "Entwickler",
    "Schnittstellen für Laborbefunde unter Zeitdruck: vom leeren Blatt zur Produktion in 23 Tagen.",
    "Java 11, Apache Camel, HL7 FHIR, PostgreSQL",
    "Vollzeit und mehr, vier Personen",
)
station(
    "2019 – Februar 2020",
    "Fabasoft, Linz",
    "Entwickler im Produktteam",
    "Volltextsuche für Akten, Umstieg von Solr auf Elasticsearch.",
    "Java, Elasticsearch, Groovy",
    "Vollzeit, neun Personen",
)
station(
    "Herbst 2018",
    "Versicherung (Wien, Name vertraulich)",
    "Troubleshooter",
    "Speicherleck im Tarifrechner gefunden; drei Wochen, eine Zeile.",
    "Java 8, WebSphere, Eclipse MAT",
    "15 Tage, allein",
)
station(
    "2017 – Sommer 2018",
    "Raiffeisen Software GmbH, Linz",
    "Entwickler",
    "Zahlungsverkehr nach PSD2, starke Kundenauthentifizierung.",
    "Java 8, Spring, Keycloak, Oracle",
    "Vollzeit, elf Personen, fachliche Leitung von drei Entwicklern",
)
station(
    "2016",
    "KTM AG, Mattighofen",
    "Entwickler",
    "Teilekatalog für Händler in 60 Ländern.",
    "Java 8, Hibernate, Angular",
    "drei Tage die Woche, Team in Pune",
)
station(
    "2015 – 2016",
    "Borealis, Linz",
    "Entwickler",
    "Laborinformationssystem, Schnittstellen zu 140 Messgeräten.",
    "Java, JMS, Oracle",
    "Vollzeit, sechs Personen",
)
station(
    "2014",
    "Universität Linz (JKU)",
    "Lehrbeauftragter",
    "Lehrveranstaltung „Alte Systeme“, zwei Semester.",
    "Java, COBOL",
    "vier Wochenstunden, 35 Studierende",
)
station(
    "2013 – 2014",
    "ÖBB-Infrastruktur AG, Wien",
    "Entwickler",
    "Baustellenplanung, Kollisionsprüfung auf Gleisabschnitten.",
    "Java 7, Drools, PostGIS",
    "Vollzeit, acht Personen",
)
station(
    "2012",
    "Landeskrankenhaus Steyr",
    "Entwickler",
    "Dienstplan für 1.200 Pflegekräfte, der das Arbeitszeitgesetz kennt.",
    "Groovy, Grails, OptaPlanner",
    "80 %, zu zweit",
)
station(
    "Sommer 2011 – 2012",
    "voestalpine Stahl GmbH, Linz",
    "Entwickler",
    "Chargenverfolgung im Walzwerk; erste selbständige Arbeit.",
    "Java 6, Swing, Oracle",
    "Vollzeit, drei Personen",
)
heading("Davor, angestellt")
doc.add_paragraph(
    "2006 – 2011  Softwareentwickler, Racon Software, Linz: Kernbank, Batch, COBOL und erste Java-Fassaden."
)
doc.add_paragraph("2005  Praktikant, Siemens VAI, Linz")
heading("Eigenes")
doc.add_paragraph(
    "copybook4j – liest COBOL-Copybooks in Java-Records, seit 2019, 310 Sterne. https://github.com/lgruenwalder/copybook4j"
)
doc.add_paragraph("Zillenplan (2022): Belegung der Boote im Ruderverein. https://zillenplan.example.at")
heading("Gelernt")
doc.add_paragraph("2002 – 2006  FH Oberösterreich, Campus Hagenberg: Dipl.-Ing. (FH), Software Engineering")
doc.add_paragraph("1996 – 2001  HTL Leonding: Matura, EDV und Organisation")
heading("Scheine")
doc.add_paragraph("iSAQB CPSA-F (2015), CPSA-A (2019) · Oracle Certified Professional Java SE 8 (2016)")
heading("Reden und Schreiben")
doc.add_paragraph(
    "Deutsch (Muttersprache), Englisch (verhandlungssicher), Tschechisch (Grundlagen). Artikel in JavaMagazin 2018 und 2021; Vortrag „COBOL ist auch nur eine Sprache“, JUG Linz 2023."
)
doc.save(sys.argv[1])
