import sys

from docx import Document

d = Document()
d.add_heading("Beraterprofil", 0)
t = d.add_table(rows=0, cols=2, style="Table Grid")
for a, b in (
    ("Name", "Mindaugas Petrauskas-Klein"),
    ("Wohnort", "Augsburg"),
    ("Telefon", "+49 171 1234567"),
    ("E-Mail", "mp@petrauskas-klein.example"),
    ("Ausbildung", "Dipl.-Inf. (FH), Hochschule Augsburg, 2004"),
    ("Verfügbar ab", "sofort"),
):
    row = t.add_row().cells
    row[0].text, row[1].text = a, b
d.add_heading("Kenntnisse", 1)
t = d.add_table(rows=0, cols=2, style="Table Grid")
for a, b in (
    ("Programmiersprachen", "Java (seit 2004), Kotlin (seit 2018), TypeScript"),
    ("Frameworks", "Spring Boot, Quarkus, Angular"),
    ("Datenbanken", "Oracle, PostgreSQL, MongoDB"),
    ("Werkzeuge", "Jenkins, Maven, Docker, Jira"),
    ("Sprachen", "Deutsch, Litauisch, Englisch"),
):
    row = t.add_row().cells
    row[0].text, row[1].text = a, b
d.add_heading("Projekte", 1)
for when, role, client, branch, what, tech in (
    (
        "seit 05/2023",
        "Softwarearchitekt",
        "Stadtwerke München",
        "Energie",
        "Umbau der Abrechnung in Dienste",
        "Kotlin, Quarkus, Kafka",
    ),
    (
        "01/2021 – 04/2023",
        "Senior-Entwickler",
        "Ein großer Versicherer",
        "Versicherung",
        "Schadenmeldung über das Netz",
        "Java 11, Spring Boot, Angular",
    ),
    ("07/2018 – 12/2020", "Entwickler", "KUKA AG", "Maschinenbau", "Leitstand für Roboter", "Java, JavaFX, PostgreSQL"),
    (
        "02/2016 – 06/2018",
        "Testmanager",
        "MAN Truck & Bus",
        "Fahrzeuge",
        "Abnahmetests der Telematik",
        "JUnit, Jenkins",
    ),
):
    t = d.add_table(rows=0, cols=2, style="Table Grid")
    for a, b in (
        ("Zeitraum", when),
        ("Rolle", role),
        ("Kunde", client),
        ("Branche", branch),
        ("Aufgaben", what),
        ("Technologien", tech),
    ):
        row = t.add_row().cells
        row[0].text, row[1].text = a, b
    d.add_paragraph()
d.save(sys.argv[1])
