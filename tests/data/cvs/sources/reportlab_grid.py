"""A one-page CV laid out with reportlab: a coloured band, a body in a grid, skills in a matrix with levels in words."""

# ruff: noqa: E501 (the words of a CV stay in one line)
import sys

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

BLUE = HexColor("#22577a")
text = ParagraphStyle("text", fontName="Helvetica", fontSize=9.5, leading=13)
bold = ParagraphStyle("bold", parent=text, fontName="Helvetica-Bold")
dates = ParagraphStyle("dates", parent=text, textColor=HexColor("#666666"))
section = ParagraphStyle("section", parent=bold, fontSize=12, textColor=BLUE, spaceBefore=10, spaceAfter=4)
name = ParagraphStyle("name", fontName="Helvetica-Bold", fontSize=22, leading=26, textColor=white)
band = ParagraphStyle("band", parent=text, textColor=white)


def entry(when, title, place, what=""):
    right = [Paragraph(title, bold), Paragraph(place, text)] + ([Paragraph(what, text)] if what else [])
    return [Paragraph(when, dates), right]


def grid(rows, widths):
    return Table(
        rows, colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    )


top = Table(
    [
        [Paragraph("Lucas Henrique Albuquerque", name), ""],
        [
            Paragraph("Machine Learning Engineer", band),
            Paragraph(
                "Recife, Brazil<br/>+55 81 99123-4567<br/>lucas.ha@example.com<br/>github.com/lhalbuquerque", band
            ),
        ],
    ],
    colWidths=[110 * mm, 60 * mm],
    style=[
        ("BACKGROUND", (0, 0), (-1, -1), BLUE),
        ("SPAN", (0, 0), (1, 0)),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ],
)
work = grid(
    [
        entry(
            "2021-11 / current",
            "Machine Learning Engineer",
            "Maré Fintech S.A.",
            "Fraud scoring at 1,900 requests a second, p99 of 28 ms. Moved features from a nightly job to a store that is "
            "the same in training and serving; false declines fell by 23 %.",
        ),
        entry(
            "2019-02 / 2021-10",
            "Data Scientist",
            "iFood",
            "Delivery time estimates for 38 cities; gradient boosting with quantiles.",
        ),
        entry("2018-01 / 2018-12", "Data Science Trainee", "CESAR", "Chat bot for a bank, in Portuguese."),
    ],
    [34 * mm, 136 * mm],
)
study = grid(
    [
        entry("2016 / 2018", "Mestrado (M.Sc.), Ciência da Computação", "Universidade Federal de Pernambuco"),
        entry("2011 / 2015", "Bacharelado (B.Sc.), Engenharia da Computação", "Universidade Federal de Pernambuco"),
    ],
    [34 * mm, 136 * mm],
)
skills = Table(
    [
        ["Python", "expert", "PyTorch", "advanced", "Kubernetes", "working"],
        ["XGBoost", "expert", "Feast", "advanced", "Spark", "working"],
        ["SQL", "expert", "MLflow", "advanced", "Rust", "beginner"],
    ],
    colWidths=[28 * mm] * 6,
    style=[("GRID", (0, 0), (-1, -1), 0.4, HexColor("#bbbbbb")), ("FONTSIZE", (0, 0), (-1, -1), 9)],
)
SimpleDocTemplate(
    sys.argv[1], pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=15 * mm, bottomMargin=15 * mm
).build(
    [
        top,
        Paragraph("Experience", section),
        work,
        Paragraph("Education", section),
        study,
        Paragraph("Skills", section),
        skills,
        Paragraph("Projects", section),
        Paragraph("<b>caju-nlp</b>: models for named entities in Brazilian court decisions; 12,000 downloads.", text),
        Paragraph("<b>Mapa das Chuvas</b>: crowd-sourced map of floods in Recife (2022).", text),
        Paragraph("Awards", section),
        Paragraph("2nd place, Kaggle Days São Paulo, 2019", text),
        Paragraph("Languages", section),
        Paragraph("Portuguese: native. English: C1. Spanish: B1.", text),
        Spacer(1, 4),
    ]
)
