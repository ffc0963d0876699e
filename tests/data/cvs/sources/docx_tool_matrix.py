import sys

from docx import Document

d = Document()
p = d.add_paragraph()
p.add_run("NGUYEN-BAPTISTE, Thérèse").bold = True
d.add_paragraph("Test automation engineer | Montréal | therese@nguyen-baptiste.example | +1 514 555 0123")
d.add_heading("SUMMARY OF QUALIFICATIONS", 2)
d.add_paragraph("Nine years of testing trains, tills and tax forms. ISTQB Advanced.")
d.add_heading("TOOLS", 2)
t = d.add_table(rows=1, cols=4, style="Table Grid")
for cell, text in zip(t.rows[0].cells, ("Area", "Tool", "Years", "Last used"), strict=True):
    cell.text = text
for row in (
    ("Web", "Playwright, Cypress", "4", "2025"),
    ("Mobile", "Appium", "3", "2023"),
    ("API", "Postman, REST Assured", "6", "2025"),
    ("Load", "k6, JMeter", "5", "2024"),
    ("Languages", "TypeScript, Java, Python", "9", "2025"),
    ("CI", "GitHub Actions, Azure DevOps", "5", "2025"),
):
    for cell, text in zip(t.add_row().cells, row, strict=True):
        cell.text = text
d.add_heading("PROFESSIONAL HISTORY", 2)
t = d.add_table(rows=0, cols=2)
for when, what in (
    (
        "Q2 2022 –\npresent",
        "Alstom, Montréal\nTest Automation Lead\nNightly runs on 14 trains' software; 70 % fewer manual checks.",
    ),
    (
        "Q4 2018 –\nQ1 2022",
        "Lightspeed Commerce, Montréal\nQA Engineer\nAppium on real tills; taught five developers to test.",
    ),
    ("2016 – 2018", "Revenu Québec, Québec\nTest Analyst\nTax forms in two languages."),
):
    row = t.add_row().cells
    for cell, text in zip(row, (when, what), strict=True):
        first, *rest = text.split("\n")
        cell.text = first
        for more in rest:
            cell.add_paragraph(more)
d.add_heading("SCHOOLING", 2)
t = d.add_table(rows=0, cols=2)
for when, what in (
    ("2013 – 2016", "École de technologie supérieure\nB.Ing., Software Engineering"),
    ("2010 – 2013", "Cégep du Vieux Montréal\nDEC, Computer Science"),
):
    row = t.add_row().cells
    row[0].text = when
    first, second = what.split("\n")
    row[1].text = first
    row[1].add_paragraph(second)
d.add_heading("CERTIFICATES", 2)
d.add_paragraph("ISTQB Advanced Test Analyst (2021), Certified Scrum Master (2019)")
d.save(sys.argv[1])
