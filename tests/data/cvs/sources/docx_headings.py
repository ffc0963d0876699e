"""A CV with heading styles, list bullets, a page header and hyperlinks, as a careful writer of documents would make it."""

# ruff: noqa: E501 (the words of a CV stay in one line)
import sys

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt


def link(line, text, target):
    relation = line.part.relate_to(
        target, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    run = line.add_run(text)
    run.font.underline = True
    element.append(run._r)
    line._p.append(element)


def entry(title, when, place, bullets):
    line = doc.add_heading(level=3)
    line.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{title}\t{when}")
    doc.add_paragraph(place).runs[0].italic = True
    for bullet in bullets:
        doc.add_paragraph(bullet, style="List Bullet")


doc = Document()
doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = "Cambria", Pt(11)
section = doc.sections[0]
section.page_width, section.page_height = Cm(21), Cm(29.7)
section.left_margin = section.right_margin = Cm(2.2)
section.header.paragraphs[0].text = "Chen Wei-Ling · Curriculum Vitae"

doc.add_heading("Chen Wei-Ling (陳薇玲)", 0)
contact = doc.add_paragraph("Taipei, Taiwan | +886 912 345 678 | ")
link(contact, "weiling.chen@example.com", "mailto:weiling.chen@example.com")
contact.add_run(" | ")
link(contact, "LinkedIn", "https://www.linkedin.com/in/weiling-chen-demo")
contact.add_run(" | ")
link(contact, "github.com/wlchen-tw", "https://github.com/wlchen-tw")

doc.add_heading("Profile", 1)
doc.add_paragraph(
    "Computer vision engineer with six years between research and the factory floor. "
    "I make models that fit into eight megabytes and cameras that admit when they are dirty."
)
doc.add_heading("Employment", 1)
entry(
    "Senior Computer Vision Engineer",
    "April 2021 to present",
    "MediaTek, Hsinchu",
    [
        "Detection of defects on wafers at 0.3 ms a frame on an NPU; escapes fell from 120 to 31 per million.",
        "Quantised a segmentation model to 8 bits with a loss of 0.4 points of mIoU.",
        "Coordinate with the yield team in Penang; four engineers report to me.",
    ],
)
entry(
    "Computer Vision Engineer",
    "August 2018 to March 2021",
    "Formosa Robotics Co., Ltd., Taichung",
    ["Bin picking with stereo cameras (ROS, OpenCV).", "Wrote the calibration tool that fitters use without training."],
)
entry(
    "Research Assistant",
    "February 2018 to July 2018",
    "Academia Sinica, Taipei",
    ["Annotated and cleaned a set of 40,000 street images."],
)
doc.add_heading("Education", 1)
entry(
    "M.S. in Electrical Engineering",
    "2015 to 2017",
    "National Taiwan University",
    ["Thesis on monocular depth, GPA 4.12/4.3"],
)
entry("B.S. in Physics", "2011 to 2015", "National Tsing Hua University", [])
doc.add_heading("Skills", 1)
doc.add_paragraph("Programming: Python, C++, CUDA", style="List Bullet")
doc.add_paragraph("Vision: PyTorch, OpenCV, ONNX, TensorRT, ROS", style="List Bullet")
doc.add_paragraph("Other: Docker, CMake, Jenkins", style="List Bullet")
doc.add_heading("Publications", 1)
doc.add_paragraph("W.-L. Chen and H.-C. Lin, “Depth from a Single Dirty Lens”, ICIP 2019.", style="List Number")
doc.add_paragraph("W.-L. Chen, “Eight-bit Segmentation for Wafer Maps”, IEEE Access, 2022.", style="List Number")
doc.add_heading("Projects", 1)
entry("lens-honesty", "2020", "Library that estimates how dirty a camera's lens is; 700 stars", [])
doc.add_heading("Awards", 1)
doc.add_paragraph("MediaTek Innovation Award, 2022", style="List Bullet")
doc.add_paragraph("Phi Tau Phi Scholastic Honor Society, 2017", style="List Bullet")
doc.add_heading("Languages", 1)
doc.add_paragraph("Mandarin (native), Taiwanese Hokkien (native), English (TOEFL 108), Japanese (N2)")
doc.add_heading("Interests", 1)
doc.add_paragraph("Film cameras, mountain huts, tea")
doc.save(sys.argv[1])
