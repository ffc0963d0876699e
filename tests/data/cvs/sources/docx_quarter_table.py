import sys

from docx import Document
from docx.shared import Pt

d = Document()


def table(rows, head=None):
    t = d.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in ([head] if head else []) + rows:
        cells = t.add_row().cells
        for c, x in zip(cells, row, strict=True):
            lines = x.split("\n")
            c.text = lines[0]
            if lines[0].startswith("*"):
                c.paragraphs[0].clear()
                c.paragraphs[0].add_run(lines[0][1:]).bold = True
            for more in lines[1:]:
                c.add_paragraph(more)
    return t


d.sections[0].footer.paragraphs[0].text = "Nguyễn Thị Minh Châu · CV · 2026"
p = d.add_paragraph()
r = p.add_run("Nguyễn Thị Minh Châu")
r.bold = True
r.font.size = Pt(20)
d.add_paragraph("Business intelligence analyst, Đà Nẵng, Vietnam")
d.add_paragraph("minhchau@phan-tich.example, +84 236 3123 456")
d.add_heading("Career", 1)
table(
    [
        ["Q2 2021 – now", "*Senior BI Analyst\nAxon Active Vietnam\nReports for a Swiss insurer"],
        ["Q1 2018 – Q1 2021", "*Data Analyst\nFPT Software\nChurn of a telecom operator"],
        ["Q3 2016 – Q4 2017", "*Junior Analyst\nVinamilk\nSales by region"],
    ]
)
d.add_heading("Studies", 1)
table([["2012 – 2016", "*Bachelor of Economics, Statistics\nUniversity of Danang"]])
d.add_heading("Tools", 1)
table(
    [
        ["Power BI", "Dashboards for 300 users", "every day"],
        ["SQL Server", "Warehouse, stored procedures", "every day"],
        ["Python", "Cleaning, forecasts", "every week"],
        ["Excel", "Ad hoc questions", "every day"],
        ["dbt", "Models of the warehouse", "since 2022"],
        ["Tableau", "At FPT", "until 2021"],
    ],
    ["Tool", "What I use it for", "How often"],
)
d.save(sys.argv[1])
