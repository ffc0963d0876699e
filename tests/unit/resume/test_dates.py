"""Dates of CVs to YYYY-MM or YYYY."""

from __future__ import annotations

import pytest

from interviewlab.resume.dates import Span, is_duration, normalise_date, span_at_end, take_span


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Sept 2018 – May 2023", "2018-09", "2023-05"),
        ("June 2023 – present", "2023-06", ""),
        ("03/2019 - 04/2021", "2019-03", "2021-04"),
        ("2020-01 to 2021-05", "2020-01", "2021-05"),
        ("2019 — 2020", "2019", "2020"),
        ("May '20 - Jun '21", "2020-05", "2021-06"),
        ("März 2019 – Mai 2020", "2019-03", "2020-05"),
        ("Haziran 2019 – günümüz", "2019-06", ""),
        ("Since 2020", "2020", ""),
        ("Mars – août 2021", "2021-03", "2021-08"),
        ("(2022—)", "2022", ""),
        ("Summer 2020 - Fall 2020", "2020", "2020"),
        ("[ 01/09/2020 – Current ]", "2020-09", ""),
        ("15.02.2016 bis 31.08.2020", "2016-02", "2020-08"),
        ("sept. 2017 – déc. 2020", "2017-09", "2020-12"),
        ("Depuis janvier 2021", "2021-01", ""),
        ("Jun'14 – Till date", "2014-06", ""),
        ("Q3 2022 – now", "2022-07", ""),
        ("Q1 2019 – Q4 2021", "2019-01", "2021-12"),
        ("’17–’19", "2017", "2019"),
        ("03/17 - 05/19", "2017-03", "2019-05"),
        ("2015–18", "2015", "2018"),
        ("WS 2019/20", "2019", "2020"),
        ("2019 onwards", "2019", ""),
        ("2022–", "2022", ""),
        ("Apr 2019 – gegenwärtig", "2019-04", ""),
        ("sept 2020 – présent", "2020-09", ""),
        ("enero de 2022 – actualidad", "2022-01", ""),
        ("Septiembre 2011 to Diciembre 2014", "2011-09", "2014-12"),
        ("5 de abril de 2019 - 3 mayo 2020", "2019-04", "2020-05"),
        ("1. März 2020 – 30. Juni 2021", "2020-03", "2021-06"),
        ("2019. április – 2020. május", "2019-04", "2020-05"),
        ("2019年4月 – 現在", "2019-04", ""),
        ("4月 2020 – 5月 2021", "2020-04", "2021-05"),
        ("Mai 2019 – 2020", "2019-05", "2020"),
        ("abr '19 – dic '20", "2019-04", "2020-12"),
        ("Wrz 2019 - obecnie", "2019-09", ""),
        ("Eki 2019 – halen", "2019-10", ""),
    ],
)
def test_a_span_is_read_and_taken_out(text: str, start: str, end: str) -> None:
    assert take_span(text) == (Span(start, end), "")


def test_what_stands_around_the_span_stays() -> None:
    assert take_span("Acme (2019 - 2020), Berlin") == (Span("2019", "2020"), "Acme, Berlin")
    assert take_span("Acme 2019 – 2020")[1] == "Acme"


def test_one_date_alone_ends_studies_and_bounds_a_project() -> None:
    span, _ = take_span("Jan 2021")
    assert span is not None
    assert span.fields(single_is_end=True) == {"endDate": "2021-01"}
    assert span.fields() == {"startDate": "2021-01", "endDate": "2021-01"}


def test_present_leaves_no_end_date() -> None:
    span, _ = take_span("Jan 2021 - now")
    assert span is not None
    assert span.fields() == {"startDate": "2021-01"}


@pytest.mark.parametrize("text", ["reduced by 2000%", "price 13.2000", "no date", "192.168.2000.1"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert take_span(text)[0] is None


def test_lengths_of_time_are_told_from_text() -> None:
    assert is_duration("2 years 10 months")
    assert not is_duration("Fund")
    assert normalise_date("no month 2020") == ""


@pytest.mark.parametrize(
    ("text", "month"), [("Abr 2019", "2019-04"), ("marzo, 2018", "2018-03"), ("2020 lipiec", "2020-07")]
)
def test_one_month_by_its_name_is_read_in_any_language(text: str, month: str) -> None:
    assert take_span(text) == (Span(month, is_single=True), "")


def test_a_word_before_a_year_that_is_no_month_stays() -> None:
    assert take_span("Curso 2019") == (Span("2019", is_single=True), "Curso")
    assert take_span("Engineer 2019 – 2020") == (Span("2019", "2020"), "Engineer")


def test_a_length_of_time_beside_the_span_goes_in_any_language() -> None:
    assert is_duration("2 años 3 meses")
    assert is_duration("3 Jahre 1 Monat")
    assert take_span("Jan 2019 – now, 3 years 6 months: Acme")[1] == "Acme"


def test_a_span_at_the_end_of_a_line_is_found_where_it_begins() -> None:
    assert span_at_end("Backend in C# Mär 2023 – gegenwärtig") == 14
    assert span_at_end("2019 – 2020, Berlin") == 0
