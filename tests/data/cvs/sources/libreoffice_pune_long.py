"""An Indian architect's CV of many pages, printed to PDF: employers first, then a block of labelled lines for each project."""

# ruff: noqa: E501
import sys

from docx import Document
from docx.shared import Cm, Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "DejaVu Sans", Pt(11)
doc.styles["Normal"].paragraph_format.line_spacing = 1.5
for section in doc.sections:
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = "Curriculum Vitae – Sandeep Kulkarni"
PROJECTS = (
    (
        "Unified Claims Desk",
        "Allianz, Munich",
        "Jan 2022 – Present",
        "Solution Architect",
        "Java, Spring Boot, Kafka, Azure",
        14,
        (
            "Defined the target picture with 22 workshops in Munich and Trivandrum and defended it before the architecture board.",
            "Split the claims monolith along the letter that the customer receives, not along the tables of the old system.",
            "Set up contract tests between nine teams; breaking changes found after release fell from eleven a quarter to one.",
            "Led the move of document storage, 640 million pages, without a weekend of standstill.",
        ),
    ),
    (
        "Broker Portal",
        "Zurich Insurance, Zurich",
        "Apr 2019 – Dec 2021",
        "Technical Architect",
        "Java, Angular, PostgreSQL, OpenShift",
        11,
        (
            "One portal in place of seven; brokers were asked every month what hurts and were shown what became of it.",
            "Introduced single sign-on with the identity provider of the group.",
            "Wrote the guide for developers, 60 pages, kept in the repository and tested by each newcomer.",
            "Response of the quotation page from 8 seconds to 1.4 seconds.",
        ),
    ),
    (
        "Fleet Telematics",
        "Tata Motors, Pune",
        "Jul 2016 – Mar 2019",
        "Technical Lead",
        "Java, Cassandra, Kafka, AWS",
        9,
        (
            "Positions of 85,000 lorries every ten seconds; driver scores, fuel theft alerts and geofences.",
            "Chose Cassandra after a trial of three stores with recorded traffic.",
            "Brought the cost of a vehicle from 41 to 17 rupees a month.",
            "Trained the customer's own team, which runs the system today.",
        ),
    ),
    (
        "Dealer Management System",
        "Mahindra, Mumbai",
        "Aug 2014 – Jun 2016",
        "Technical Lead",
        "Java, Struts, Oracle",
        12,
        (
            "Spare parts, warranty and workshop planning for 1,300 dealers, many of them on slow lines.",
            "Offline mode for the workshop; conflicts are shown to the person who can settle them.",
            "Moved the nightly synchronisation from files to messages.",
            "Acted as scrum master for nine months.",
        ),
    ),
    (
        "Retail Loan Origination",
        "HDFC Bank, Mumbai",
        "Nov 2011 – Jul 2014",
        "Senior Software Engineer",
        "Java, Spring, Hibernate, Oracle",
        10,
        (
            "From 14 paper forms to one screen that asks only what is not known yet.",
            "Rules for credit decisions that the risk department changes by itself.",
            "Interfaces with two credit bureaus, including the retries that they never documented.",
            "Second level support for six months after the start.",
        ),
    ),
    (
        "Cards Migration",
        "Standard Chartered, Chennai",
        "Jun 2010 – Oct 2011",
        "Software Engineer",
        "Java, DB2, MQ",
        16,
        (
            "Conversion of four million cards from an older platform in eleven waves.",
            "Reconciliation reports for each wave, signed by finance before the next one started.",
            "Automated the comparison of statements, which had been done by eye.",
            "Received the team award of the year 2011.",
        ),
    ),
    (
        "Policy Administration",
        "Prudential, London",
        "Sep 2007 – May 2010",
        "Software Engineer",
        "Java, JSP, Oracle",
        20,
        (
            "Maintenance and small enhancements of the annuities module.",
            "Eight months on site in Reading, England, as the coordinator between London and Pune.",
            "Wrote 200 unit tests for code that had none.",
            "Fixed the leap year.",
        ),
    ),
)


def heading(text: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(14)
    run = paragraph.add_run(text)
    run.bold, run.underline, run.font.size = True, True, Pt(13)


def label(name: str, text: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.add_run(f"{name}: ").bold = True
    paragraph.add_run(text)


run = doc.add_paragraph().add_run("SANDEEP VASANT KULKARNI")
run.bold, run.font.size = True, Pt(16)
doc.add_paragraph(
    "Kothrud, Pune 411038, Maharashtra\nMobile: +91 98220 12345\nEmail: sandeep.kulkarni@example.in\nLinkedIn: www.linkedin.com/in/sandeep-kulkarni-demo"
)
heading("Professional Summary")
for text in (
    "19 years in software for insurers, banks and makers of vehicles, eight of them as architect.",
    "Worked on site in Germany, Switzerland and England for 31 months in total.",
    "Known for drawings that fit on one page and for reading logs before forming an opinion.",
):
    doc.add_paragraph(text, style="List Bullet")
heading("Technical Skills")
doc.add_paragraph(
    "Java, Spring Boot, Hibernate, Angular, Kafka, Oracle, PostgreSQL, Cassandra, Azure, AWS, OpenShift, Jenkins"
)
heading("Employment Summary")
for text in (
    "Solution Architect, Persistent Systems, Pune – April 2019 to present",
    "Technical Lead, KPIT Technologies, Pune – August 2014 to March 2019",
    "Senior Software Engineer, Tata Consultancy Services, Mumbai – June 2010 to July 2014",
    "Software Engineer, Syntel, Pune – September 2007 to May 2010",
):
    doc.add_paragraph(text, style="List Bullet")
heading("Academic Qualification")
doc.add_paragraph("B.E. (Computer Engineering), College of Engineering Pune, 2003 – 2007, First Class with Distinction")
doc.add_paragraph("HSC, Fergusson College, Pune, 2003")
heading("Projects Handled")
for number, (title, client, when, role, tools, size, tasks) in enumerate(PROJECTS, 1):
    doc.add_paragraph().add_run(f"Project {number}").underline = True
    label("Project Name", title)
    label("Client", client)
    label("Duration", when)
    label("Role", role)
    label("Team Size", str(size))
    label("Environment", tools)
    label("Responsibilities", "")
    for task in tasks:
        doc.add_paragraph(task, style="List Bullet")
heading("Personal Details")
doc.add_paragraph(
    "Date of birth: 19 August 1985\nPassport: valid until 2031\nLanguages known: Marathi, Hindi, English, German (A2)"
)
doc.save(sys.argv[1])
