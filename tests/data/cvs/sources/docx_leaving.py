"""An Irish CV: the college first and in bold, the award below it, the Leaving Certificate last."""

import sys

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

page = Document()
page.styles["Normal"].font.name, page.styles["Normal"].font.size = "Arial", Pt(10)
page.styles["Normal"].paragraph_format.space_after = Pt(2)


def line(text: str, bold: bool = False, style: str | None = None) -> None:
    paragraph = page.add_paragraph(style=style)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15.5), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(text).bold = bold


line("CONOR Ó BRIAIN", bold=True)
line("Platform Engineer")
line("Phibsborough, Dublin 7 | 085 012 3456 | conor.obriain@example.ie | https://obriain.example.ie")
line("")
line("WORK HISTORY", bold=True)
line("Intercom\tOct 2020 – Present", bold=True)
line("Senior Platform Engineer (from Jan 2023; Platform Engineer before)")
line("Build times of the Rails monolith from 41 to 12 minutes with remote caching", style="List Bullet")
line("Moved 60 services to Graviton and saved 19 % of compute", style="List Bullet")
line("AIB\tSept 2016 – Sept 2020", bold=True)
line("Systems Analyst")
line("Puppet for 1,400 Linux hosts, monthly patching without downtime", style="List Bullet")
line("EDUCATION", bold=True)
line("Trinity College Dublin\t2014 – 2016", bold=True)
line("M.A.I. (Computer Engineering), Distinction")
line("Thesis: Consistency under partition in a key-value store")
line("Trinity College Dublin\t2010 – 2014", bold=True)
line("B.A.I. (Computer Engineering), 2.1 Honours")
line("Erasmus: KTH Stockholm, autumn term of third year")
line("Coláiste Mhuire, Mullingar\t2004 – 2010", bold=True)
line("Leaving Certificate, 540 points (Maths A1, Applied Maths A1, Irish A2)")
line("SKILLS", bold=True)
line("Ruby, Go, Bash, Terraform, AWS, Kubernetes, Puppet, Datadog")
page.save(sys.argv[1])
