"""An Italian's CV in English with Italian degrees, exchange and thesis below each; right tab stops for the dates."""

import sys

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

page = Document()
page.styles["Normal"].font.name, page.styles["Normal"].font.size = "Liberation Serif", Pt(11)
page.styles["Normal"].paragraph_format.space_after = Pt(1)


def line(text: str, bold: bool = False, italic: bool = False) -> None:
    paragraph = page.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic


page.add_heading("Ludovica Scaramuzza", 0)
line("Robotics software engineer")
line("Via Padova 88, 20131 Milano, Italy – ludovica.scaramuzza@example.it – +39 347 555 0162")
page.add_heading("Education", 1)
line("Politecnico di Milano\tSep 2016 – Apr 2019", bold=True)
line("Laurea Magistrale in Ingegneria dell'Automazione, 110/110 e lode", italic=True)
line("Thesis: Visual servoing of a six-axis arm with event cameras (supervisor: Prof. Elena Riva)")
line("Erasmus+ at TU Delft, Sep 2017 – Feb 2018: Robot Dynamics, Machine Learning, Dutch A1")
line("Università degli Studi di Brescia\tSep 2013 – Jul 2016", bold=True)
line("Laurea Triennale in Ingegneria Informatica, 104/110", italic=True)
line("Liceo Scientifico Calini, Brescia\t2008 – 2013", bold=True)
line("Diploma di maturità scientifica, 96/100", italic=True)
page.add_heading("Work experience", 1)
line("Comau S.p.A., Turin\tMay 2019 – Mar 2022", bold=True)
line("Motion Control Engineer", italic=True)
line("Trajectory planner in C++ for palletising cells; cycle time down 8 %.")
line("Intuitive Robots srl, Milan\tApr 2022 – ongoing", bold=True)
line("Senior Robotics Engineer", italic=True)
line("ROS 2 navigation of hospital carts in four hospitals, 900 km without a collision.")
page.add_heading("Publications", 1)
line("L. Scaramuzza, E. Riva. Event-based servoing at 2 kHz. IEEE ICRA 2020.")
page.add_heading("Skills", 1)
line("C++, Python, ROS, MATLAB, Simulink, Git, Docker")
page.save(sys.argv[1])
