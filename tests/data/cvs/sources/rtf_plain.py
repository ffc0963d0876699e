"""A plain CV of an operator who became a developer; LibreOffice turns it into RTF."""

# ruff: noqa: E501 (the words of a CV stay in one line)
import sys

from docx import Document
from docx.shared import Pt

doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Arial", Pt(11)
doc.styles["Normal"].paragraph_format.space_after = Pt(3)


def bold(text, size=11):
    run = doc.add_paragraph().add_run(text)
    run.bold, run.font.size = True, Pt(size)


def plain(*lines):
    for text in lines:
        doc.add_paragraph(text)


bold("Oluwaseun Adébáyọ̀ Ògúnlẹ́sì", 16)
plain(
    "14 Bourdillon Close, Ikoyi, Lagos, Nigeria",
    "Mobile: 0803 123 4567",
    "E-mail: seun.ogunlesi@example.com",
    "GitHub: https://github.com/seun-og",
)
bold("CAREER OBJECTIVE", 12)
plain("To keep payment systems up in a country where the power is not.")
bold("WORK HISTORY", 12)
bold("Flutterwave, Lagos")
plain("Platform Reliability Engineer, 1 June 2020 to date")
plain(
    "- Lead of the on-call rota of nine; mean time to repair fell from 52 to 17 minutes",
    "- Two data centres and AWS, kept in step with PostgreSQL logical replication",
    "- Game days every quarter, the last one with the generators really off",
)
bold("MainOne Data Centre, Lekki")
plain("Data Centre Operator, 15 January 2016 to 31 May 2020")
plain("- Shift leader from 2018", "- Wrote the monitoring of the cooling in Python after a fire alarm that was none")
bold("National Youth Service Corps, Enugu")
plain("ICT Teacher (service year), November 2014 to October 2015")
bold("EDUCATION", 12)
plain(
    "Obafemi Awolowo University, Ile-Ife",
    "B.Sc. (Hons) Electronic and Electrical Engineering, Second Class Upper, 2009 to 2014",
    "Federal Government College, Ogbomoso",
    "West African Senior School Certificate, 2003 to 2009",
)
bold("TECHNICAL SKILLS", 12)
plain(
    "Linux, PostgreSQL, HAProxy, AWS, Terraform, Ansible, Python, Go, Zabbix, Prometheus; I also read Java well enough to find the bug.",
)
bold("PROFESSIONAL CERTIFICATES", 12)
plain(
    "AWS Certified SysOps Administrator - Associate (March 2022)",
    "Linux Foundation Certified System Administrator (2019)",
)
bold("PROJECTS", 12)
plain("Nepawatch: a bot that maps power cuts from messages of its 5,000 users (2019 to present)")
bold("LANGUAGES", 12)
plain("English (fluent), Yorùbá (native), Igbo (basic)")
bold("HOBBIES", 12)
plain("Football refereeing, highlife guitar")
bold("REFERENCES", 12)
plain("Available on request.")
doc.save(sys.argv[1])
