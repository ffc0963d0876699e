"""A senior developer's résumé in Word's own heading styles: employer and dates in a line, the post below, bullets."""

import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Calibri", Pt(11)
doc.add_heading("Gurpreet Singh Dhaliwal", 0)
doc.add_paragraph("Brampton, Ontario | (416) 555-0148 | gurpreet.dhaliwal@example.ca | github.com/gsdhaliwal")
doc.add_heading("Summary", 1)
doc.add_paragraph(
    "Java developer for thirteen years, in banks mostly. Patient with old systems, impatient with meetings about them."
)
doc.add_heading("Professional Experience", 1)
for company, when, post, bullets in (
    (
        "Royal Bank of Canada, Toronto",
        "April 2019 – Present",
        "Lead Software Developer",
        (
            "Lead of six developers for the payments hub; 2.1 million transfers a day.",
            "Took the batch of the night apart into services; the window fell from 5 hours to 40 minutes.",
        ),
    ),
    (
        "Scotiabank, Toronto",
        "January 2015 – March 2019",
        "Senior Java Developer",
        ("Fraud rules as a service, answered in 35 ms at the 99th percentile.", "Code owner of the customer record."),
    ),
    (
        "CGI, Mississauga",
        "June 2012 – December 2014",
        "Programmer Analyst",
        ("Maintenance of a pension system: Java in front, COBOL behind.",),
    ),
):
    doc.add_heading(f"{company} ({when})", 2)
    doc.add_paragraph().add_run(post).italic = True
    for bullet in bullets:
        doc.add_paragraph(bullet, style="List Bullet")
doc.add_heading("Education", 1)
doc.add_paragraph("Honours Bachelor of Computer Science, University of Waterloo, 2007 – 2012 (co-op)")
doc.add_heading("Technical Skills", 1)
doc.add_paragraph("Languages: Java, Kotlin, SQL, COBOL", style="List Bullet")
doc.add_paragraph("Frameworks: Spring Boot, Hibernate, Quarkus", style="List Bullet")
doc.add_paragraph("Platforms: OpenShift, Kafka, Oracle, IBM MQ", style="List Bullet")
doc.add_heading("Certifications", 1)
doc.add_paragraph("Oracle Certified Professional, Java SE 11 Developer (2020)")
doc.add_heading("Volunteering", 1)
doc.add_paragraph("Coach of a youth field hockey team, Brampton, since 2017")
doc.save(sys.argv[1])
