"""What a narrow column at the side of a page broke into rows is one again: dates, places, degrees, heads."""

from __future__ import annotations

from interviewlab.resume.pdf_sides import with_whole_degrees, with_whole_sides
from interviewlab.resume.segments import Row, Segment

EDGE = 556.0
SIZE = 12.0


def cell(text: str, row: int, x0: float = 56.0, *, is_bold: bool = False) -> Segment:
    """A cell at the left of a page, about as wide as its text is."""
    return Segment(text, x0, x0 + 6.0 * len(text), 16.0 * row, 16.0 * row + SIZE, SIZE, is_bold, 1)


def side(text: str, row: int) -> Segment:
    """A cell that ends at the right edge of the text."""
    return Segment(text, EDGE - 6.0 * len(text), EDGE, 16.0 * row, 16.0 * row + SIZE, SIZE, False, 1)


def texts(rows: list[Row]) -> list[list[str]]:
    return [[part.text for part in row] for row in rows]


def test_a_date_that_breaks_within_a_word_or_between_two_is_whole() -> None:
    rows = [
        [cell("Inditex, Directora", 0), side("Arteixo, España", 0)],
        [cell("• Cuarenta personas", 1), side("May 2020 – presen-", 1)],
        [cell("• Kubernetes en catorce meses", 2), side("te", 2)],
        [cell("Indra, Jefa de equipo", 4), side("Sep 2011 – Dic", 4)],
        [side("2014", 5)],
    ]
    assert [row[1:] for row in texts(with_whole_sides(rows))] == [
        ["Arteixo, España"],
        ["May 2020 – presente"],
        [],
        ["Sep 2011 – Dic 2014"],
    ]


def test_two_whole_dates_in_two_rows_stay_two() -> None:
    rows = [[cell("Acme", 0), side("2019 – 2020", 0)], [cell("Initech", 1), side("2017 – 2019", 1)]]
    assert texts(with_whole_sides(rows)) == texts(rows)


def test_a_date_in_the_margin_at_the_left_is_whole() -> None:
    rows = [[cell("Dez 2020 –", 0), cell("Lawinenwarner", 0, 121)], [cell("Mai 2022", 1), cell("Eine App", 1, 121)]]
    assert texts(with_whole_sides(rows)) == [["Dez 2020 – Mai 2022", "Lawinenwarner"], ["Eine App"]]


def test_a_place_that_breaks_is_whole_and_is_parted_from_the_head_that_touches_it() -> None:
    touching = "Sage Group, Engineer Newcastle upon Tyne,"
    rows = [
        [Segment(touching, 56, EDGE, 0, SIZE, SIZE, True, 1)],
        [cell("Deployments", 1), side("United Kingdom", 1)],
    ]
    assert texts(with_whole_sides(rows)) == [
        ["Sage Group, Engineer", "Newcastle upon Tyne, United Kingdom"],
        ["Deployments"],
    ]


def test_a_head_in_bold_goes_on_below_where_the_cell_at_its_right_leaves_no_room() -> None:
    first = Segment("Department for Work and Pensions", 56, 420, 0, SIZE, SIZE, True, 1)
    rest = Segment("Digital, Engineer", 56, 150, 16, 16 + SIZE, SIZE, True, 1)
    rows = [[first, side("Leeds, United Kingdom", 0)], [rest, side("Nov 2021 – present", 1)]]
    assert texts(with_whole_sides(rows)) == [
        ["Department for Work and Pensions Digital, Engineer", "Leeds, United Kingdom", "Nov 2021 – present"]
    ]
    short = [[cell("Clerk", 0, is_bold=True), side("Leeds", 0)], [cell("Acme", 1, is_bold=True), side("2019", 1)]]
    assert texts(with_whole_sides(short)) == texts(short)


def test_a_degree_in_a_narrow_column_is_whole() -> None:
    rows = [
        [cell("Más-IESE Business School, Dirección de empresas", 0)],
        [cell("ter", 1), side("Sep 2016 – Jun 2018", 1)],
        [cell("Inge-", 3), cell("Universidad de Zaragoza", 3, 87)],
        [cell("nie-", 4)],
        [cell("ría", 5)],
        [cell("Laurea", 7), cell("Politecnico di Torino", 7, 87)],
        [cell("triennale", 8)],
    ]
    assert texts(with_whole_degrees(rows)) == [
        ["Máster", "IESE Business School, Dirección de empresas"],
        ["Sep 2016 – Jun 2018"],
        ["Ingeniería", "Universidad de Zaragoza"],
        ["Laurea triennale", "Politecnico di Torino"],
    ]
