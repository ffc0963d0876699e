"""A data engineer's CV as a pile of forms: a table of particulars, then one table a job with Employer, Position, Period, Duties and Tools."""

# ruff: noqa: E501

import sys

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

doc = Document()
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin = section.right_margin = Cm(2)
section.header.paragraphs[0].text = "CONFIDENTIAL – Application to the Data Platform team"
section.footer.paragraphs[0].text = "Form HR-07, rev. 3"
style = doc.styles["Normal"]
style.font.name, style.font.size = "Times New Roman", Pt(11)
style.paragraph_format.space_after = Pt(2)


def shade(cell):
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:fill"), "DDE6F0")
    cell._tc.get_or_add_tcPr().append(fill)


def form(title, rows):
    table = doc.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    top = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    top.text = ""
    top.paragraphs[0].add_run(title).bold = True
    shade(top)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(4), Cm(13)
    doc.add_paragraph()


form(
    "1. PARTICULARS",
    (
        ("Surname", "OMARKHANOVA"),
        ("Given name", "Zhuldyz"),
        ("Patronymic", "Serikqyzy"),
        ("Date of birth", "14.02.1991"),
        ("Citizenship", "Kazakhstan"),
        ("Address", "Almaty, Dostyk ave. 00, apt. 5"),
        ("Tel.", "8 (701) 123-45-67; from abroad +7 701 123 45 67"),
        ("E-mail", "zh.omarkhanova@example.kz"),
        ("GitHub", "https://github.com/zh-omar"),
        ("Position applied for", "Senior Data Engineer"),
    ),
)
form(
    "2. EDUCATION",
    (
        ("2013 – 2015", "Nazarbayev University, Astana. Master of Science, Data Science"),
        (
            "2009 – 2013",
            "Kazakh-British Technical University, Almaty. Bachelor, Information Systems. Diploma with honours",
        ),
        ("03.2020", "Yandex Practicum, course “Data Engineer”"),
    ),
)
form(
    "3.1 EMPLOYMENT (latest)",
    (
        ("Employer", "Kolesa Group LLP"),
        ("Position", "Lead Data Engineer"),
        ("Period", "08.2021 – till now"),
        (
            "Duties",
            "Lakehouse of the classifieds (38 TB), 5 engineers. Replaced nightly loads by streams: a price change is on the dashboard after 40 seconds instead of the next morning. Data contracts with 12 teams.",
        ),
        ("Tools", "Apache Flink, Iceberg, Trino, Kafka, Airflow 2, dbt, Kubernetes"),
    ),
)
form(
    "3.2 EMPLOYMENT",
    (
        ("Employer", "Halyk Bank JSC"),
        ("Position", "Data Engineer"),
        ("Period", "02.2018 – 07.2021"),
        (
            "Duties",
            "Anti-fraud features in near real time; moved 1,100 stored procedures from Oracle to Spark and proved for each that the sums agree.",
        ),
        ("Tools", "Spark, Scala, Oracle, Hive, NiFi, Greenplum"),
    ),
)
form(
    "3.3 EMPLOYMENT",
    (
        ("Employer", "Kcell JSC"),
        ("Position", "BI Developer"),
        ("Period", "09.2015 – 01.2018"),
        ("Duties", "Reports on churn for marketing; the cube of calls."),
        ("Tools", "MS SQL Server, SSIS, Power BI"),
    ),
)
form(
    "4. PROJECTS OUTSIDE OF WORK",
    (
        (
            "Aua (2019 – 2022)",
            "Air quality of Almaty from 60 home sensors; open data, daily letter to 3,000 readers. https://aua.example.kz",
        ),
        (
            "dbt-qazaq (2023)",
            "dbt package for calendars, names and addresses in Kazakh. https://github.com/zh-omar/dbt-qazaq",
        ),
    ),
)
form(
    "5. SKILLS",
    (
        ("Programming", "Python (expert), Scala (good), SQL (expert), Bash (good), Java 11 (reading)"),
        ("Processing", "Spark 3, Flink, Kafka, dbt"),
        ("Storage", "Iceberg, ClickHouse, PostgreSQL, Greenplum, S3"),
        ("Orchestration, clouds", "Airflow, Dagster; Yandex Cloud, GCP (BigQuery, Dataproc); Terraform"),
        ("Quality", "Great Expectations, Soda"),
    ),
)
form("6. LANGUAGES", (("Kazakh, Russian", "native"), ("English", "IELTS 7.5 (2022)"), ("Turkish", "B1")))
form(
    "7. OTHER",
    (
        ("Certificates", "Google Professional Data Engineer, 11.2022"),
        ("Driving licence", "B"),
        ("Hobbies", "ski touring, dombra"),
    ),
)
doc.add_paragraph("I confirm that the data above is true.        Date: 12.10.2026        Signature: ____________")
doc.save(sys.argv[1])
