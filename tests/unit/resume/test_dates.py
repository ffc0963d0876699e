"""Dates of CVs to YYYY-MM or YYYY."""

from __future__ import annotations

import pytest

from interviewlab.resume.dates import Span, is_duration, normalise_date, take_span


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
