"""A contractor's CV of six pages: many engagements told at length, header and footer with page numbers on each."""

# ruff: noqa: E501 (the words of a CV stay in one line)
import sys

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

ENGAGEMENTS = [
    (
        "Principal Consultant (contract)",
        "HM Revenue & Customs",
        "Newcastle upon Tyne",
        "Apr 2022",
        "Present",
        "Technical lead for the replacement of a tax credit ledger that had run on a mainframe since 1998.",
        [
            "Planned and led the move in 14 slices; each could be taken back within one hour, and two of them were.",
            "Wrote the reconciliation that compares the old and the new ledger every night, 61 million accounts, and explains each difference to a clerk in plain English.",
            "Persuaded the board to postpone the final slice by six weeks on the strength of a rehearsal that had gone badly; the second rehearsal took 5 h 10 min of the 8 h allowed.",
            "Introduced architecture decision records and a fortnightly clinic where any team may bring a design.",
            "Coached two civil servants who now lead the programme's platform and data teams.",
        ],
        "Java 17, Spring Boot, PostgreSQL, Kafka, AWS, Terraform",
    ),
    (
        "Lead Architect (contract)",
        "Lloyds Banking Group",
        "Bristol",
        "Oct 2019",
        "Mar 2022",
        "Architecture of instant payments for business customers, across seven teams in three cities.",
        [
            "Reduced the time from instruction to acknowledgement from 4.2 s to 0.7 s at the 99th percentile, measured at the customer's side.",
            "Replaced a shared database between four services by events with an outbox; the number of cross-team releases fell from five a month to none.",
            "Defined error budgets with the business and let them be spent: two features were held back in 2021 by agreement.",
            "Represented the bank in the working group for the request-to-pay standard.",
            "Ran the war room of the first month; published a daily page of what had gone wrong and whose turn it was to mend it.",
        ],
        "Kotlin, Kafka, Cassandra, Kubernetes, OpenShift, Gatling",
    ),
    (
        "Senior Developer (contract)",
        "Ocado Technology",
        "Hatfield",
        "Jan 2018",
        "Sep 2019",
        "Traffic control of robots in automated warehouses.",
        [
            "Rewrote the reservation of grid cells without locks; throughput on the same hardware grew by 31 %.",
            "Built a simulator of a day in a warehouse that runs in four minutes and is the first thing any change meets.",
            "Traced a loss of one robot a week to a clock that stepped back; wrote the post-mortem that is still used in training.",
            "Paired with the electronics team to put sequence numbers on the radio protocol, so that a lost message is noticed within 20 ms.",
            "Interviewed 45 candidates and wrote the practical exercise on which they are still judged.",
        ],
        "Java 8, Akka, Aeron, Grafana",
    ),
    (
        "Technical Lead (contract)",
        "Government Digital Service",
        "London",
        "May 2016",
        "Dec 2017",
        "Notifications by letter, text message and e-mail for public bodies.",
        [
            "Grew the service from 4 to 180 client services and from 10 thousand to 11 million messages a month.",
            "Chose queues with visible ages over priorities; a flood of reminders could no longer delay a one-time code.",
            "Wrote the public status page and the habit of telling the truth on it.",
            "Set up the on-call rota, the runbooks and the rule that whoever is woken at night may stop all other work the next day.",
            "Spoke to some thirty councils and agencies to learn why they would not use the service; most of the reasons were forms, and we removed the forms.",
        ],
        "Python, Flask, Celery, PostgreSQL, AWS",
    ),
    (
        "Senior Developer (contract)",
        "British Airways",
        "Harmondsworth",
        "Feb 2014",
        "Apr 2016",
        "Crew rostering and the exchange of shifts.",
        [
            "Led a team of five that replaced 40 spreadsheets by one application in which crew swap flights within the rules of the air.",
            "Expressed 212 working-time rules as data with examples agreed by the union; a change of rule takes a day and no release.",
            "Introduced continuous delivery to a department that had released twice a year.",
            "Sat with crew in the report centre for a week before writing a line, and went back every quarter.",
        ],
        "Scala, Play Framework, Oracle, Jenkins",
    ),
    (
        "Developer (contract)",
        "Guardian News & Media",
        "London",
        "Jun 2012",
        "Jan 2014",
        "Front end and content API of the newspaper's site.",
        [
            "Worked on the responsive front end from its first commit; page weight of an article fell from 2.1 MB to 560 kB.",
            "Built the cache that kept the site up through the coverage of the London Olympics and of a royal birth.",
            "Wrote the dashboards that journalists and developers share; both sides stopped quoting different numbers.",
            "Helped to open the content API to outsiders, with keys, limits and documentation that was tested.",
        ],
        "Scala, JavaScript, Elasticsearch, Varnish",
    ),
    (
        "Developer (contract)",
        "Thames Water",
        "Reading",
        "Sep 2010",
        "May 2012",
        "Telemetry of 6,000 pumping stations.",
        [
            "Gathered readings by radio modems of eleven makes; wrote the drivers and a harness that replays a year of noise.",
            "Found 340 stations whose clocks were an hour out for half of the year.",
            "Drew the map on which the control room sees storms arrive; it replaced a wall of lamps.",
        ],
        "C#, .NET, SQL Server, Modbus",
    ),
    (
        "Senior Software Engineer",
        "Symbian Software Ltd",
        "London",
        "Mar 2006",
        "Aug 2010",
        "Telephony stack of an operating system for telephones.",
        [
            "Owned the state machine of calls on hold; 118 defects open at the start, 3 at the end.",
            "Brought unit tests to a code base that could only be tested on the device.",
            "Trained 60 engineers of licensees in Tokyo, Oulu and Bangalore.",
            "Wrote the chapter on telephony of the developers' guide.",
            "Sat on the change board of the platform, 40 requests a month.",
        ],
        "C++, Symbian OS, Perl",
    ),
    (
        "Software Engineer",
        "Marconi Communications",
        "Coventry",
        "Oct 2001",
        "Feb 2006",
        "Management of optical transmission networks.",
        [
            "Wrote the discovery of rings and the drawing of their topology.",
            "Moved the build from one engineer's workstation to a server that anybody could see.",
            "Supported the first customers on site in Rome and Jakarta.",
        ],
        "C++, CORBA, Solaris, ClearCase",
    ),
    (
        "Graduate Engineer",
        "GEC Plessey Telecommunications",
        "Coventry",
        "Sep 1998",
        "Sep 2001",
        "Rotations through test, hardware and software departments.",
        [
            "Built a rig that tests line cards eight at a time.",
            "Maintained a compiler for a telephony language, in Pascal.",
        ],
        "Pascal, C, VMS",
    ),
]


def page_number(line):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = line.add_run()
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)


doc = Document()
normal = doc.styles["Normal"]
normal.font.name, normal.font.size = "Liberation Serif", Pt(12)
normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(7), 1.35
for level in (1, 2):
    doc.styles[f"Heading {level}"].font.name = "Liberation Sans"
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin = section.right_margin = Cm(2.8)
section.header.paragraphs[0].text = "Alastair MacGillivray\tCurriculum Vitae\tMarch 2024"
foot = section.footer.paragraphs[0]
foot.add_run("MacGillivray Consulting Ltd, registered in Scotland. Page ")
page_number(foot)

doc.add_heading("Alastair Ruairidh MacGillivray", 0)
doc.add_paragraph("Principal Software Consultant")
doc.add_paragraph(
    "7 Shore Street, Portree, Isle of Skye IV51 9DB, United Kingdom\nTelephone 01478 612345, mobile 07911 123456\n"
    "alastair@example.com, https://macgillivray.example.com, https://www.linkedin.com/in/a-macgillivray-demo"
)
doc.add_heading("Profile", 1)
doc.add_paragraph(
    "Twenty-five years of software for things that must not stop: telephones, water, aircraft crews, payments, taxes. "
    "I lead from inside the team, write code every week, and leave behind people who do not need me."
)
doc.add_heading("Key skills", 1)
for line in (
    "Architecture: event-driven systems, migration of legacy systems, domain-driven design",
    "Languages: Java, Kotlin, Scala, Python, C++, C#, SQL",
    "Platforms: AWS, Kubernetes, OpenShift, Terraform, Kafka",
    "Stores: PostgreSQL, Cassandra, Oracle, Elasticsearch",
):
    doc.add_paragraph(line, style="List Bullet")
doc.add_heading("Career history", 1)
for role, client, place, start, end, summary, deeds, tools in ENGAGEMENTS:
    doc.add_heading(f"{role}, {client}, {place}", 2)
    line = doc.add_paragraph(f"{start} – {end}")
    line.runs[0].italic, line.paragraph_format.keep_with_next = True, True
    doc.add_paragraph(summary)
    for deed in deeds:
        doc.add_paragraph(deed, style="List Bullet")
    doc.add_paragraph(f"Technologies: {tools}")
doc.add_heading("Education", 1)
doc.add_paragraph(
    "University of Glasgow, 1994 – 1998\nBEng (Hons) Electronics and Software Engineering, upper second class"
)
doc.add_paragraph("Open University, 2008 – 2011\nMBA, Technology Management")
doc.add_heading("Professional qualifications", 1)
for line in (
    "AWS Certified Solutions Architect – Professional (2021)",
    "TOGAF 9 Certified (2015)",
    "Chartered Engineer, Institution of Engineering and Technology (2005)",
):
    doc.add_paragraph(line, style="List Bullet")
doc.add_heading("Open source and other projects", 1)
doc.add_paragraph(
    "Nightledger: a library for the reconciliation of two stores, in Kotlin, since 2020. https://github.com/amacg-demo/nightledger"
)
doc.add_paragraph(
    "Ferry Watch: tells the island by text message whether the ferry sails; 2,300 subscribers, since 2015."
)
doc.add_heading("Publications and talks", 1)
for line in (
    "“Taking the mainframe apart in slices”, QCon London, 2023",
    "“Rules as data: two hundred working-time rules”, IEEE Software, 2016",
    "“Testing what you cannot reach”, Overload, 2009",
):
    doc.add_paragraph(line, style="List Bullet")
doc.add_heading("Awards", 1)
doc.add_paragraph("UK IT Industry Awards, Development Team of the Year, 2017", style="List Bullet")
doc.add_heading("Voluntary work", 1)
doc.add_paragraph("Trustee, Skye Community Broadband, 2013 – present")
doc.add_paragraph("Coxswain, Portree Lifeboat Station (RNLI), 2011 – 2020")
doc.add_heading("Languages", 1)
doc.add_paragraph("English (native), Scottish Gaelic (fluent), Japanese (conversational)")
doc.add_heading("Interests", 1)
doc.add_paragraph("Shinty, the small pipes, dry-stone walls")
doc.save(sys.argv[1])
