import sys

from docx import Document

d = Document()
d.add_heading("Callum Wreford", 0)
d.add_paragraph("Leeds · callum.wreford@inbox.example · 07700 900 456")
d.add_heading("Career objective", 1)
d.add_paragraph(
    "A junior developer post in a team that tests its code. Ten years as a "
    "rowing coach taught me to give feedback that is used."
)
d.add_heading("Key competencies", 1)
d.add_paragraph("Programming").runs[0].bold = True
d.add_paragraph("Wrote a training-log application in Python and Flask that 200 rowers use", style="List Bullet")
d.add_paragraph("Comfortable with SQL, Git and pytest; some JavaScript", style="List Bullet")
d.add_paragraph("Leadership").runs[0].bold = True
d.add_paragraph("Led a staff of nine coaches and a budget of £180,000", style="List Bullet")
d.add_paragraph("Communication").runs[0].bold = True
d.add_paragraph("Explained lactate thresholds to teenagers and their parents", style="List Bullet")
d.add_heading("Employment history", 1)
for text in (
    "Head Coach, City of Leeds Rowing Club, 2017–2023",
    "Assistant Coach, Durham University, 2014–2017",
    "Lifeguard, Leeds City Council, 2012–2014",
):
    d.add_paragraph(text)
d.add_heading("Training", 1)
for text in (
    "Skills Bootcamp in Software Development, Northcoders, 2024",
    "BSc Sport Science, Loughborough University, 2009–2012",
):
    d.add_paragraph(text)
d.add_heading("Licences", 1)
d.add_paragraph("British Rowing Level 3 coach; full UK driving licence")
d.save(sys.argv[1])
