"""A model's proposal fills gaps with what the text bears out, and with nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interviewlab.resume import resume_from_text
from interviewlab.resume.filling import fill_gaps, fill_with_model, text_for_model

TEXT = """Ada Byron
ada@example.org, +34 612 345 678

Experience
Kestrel
Since March 2022, thinking about engines

Odds and ends
Played the harp at Vienna Opera
"""
CV = resume_from_text(TEXT)


def test_no_contact_data_is_in_the_text_for_a_model() -> None:
    text = text_for_model(CV)
    assert "Kestrel" in text
    assert "ada@example.org" not in text
    assert "612" not in text


def test_addresses_and_numbers_as_they_are_written_at_home_are_not_sent() -> None:
    text = """Ada Byron
Backend Engineer
Engineer with 10+ years of work in Go
12 Analytical Street, 0150 Oslo, Norway | Tel. 912 34 567 | ada@example.org

Experience
Kestrel, Engineer, call 91 23 45 67
2015 - 2019
Moved 12 services in 2016

Contact
Rue des Ponts 5
1000 Brussels
"""
    resume = resume_from_text(text)
    assert resume.document["basics"]["phone"] == "+47 91 23 45 67"
    sent = text_for_model(resume)
    assert [word for word in ("Analytical", "0150", "567", "45 67", "Ponts", "Brussels") if word in sent] == []
    assert "Engineer with 10+ years of work in Go" in sent
    assert "2015 - 2019\nMoved 12 services in 2016" in sent


def test_what_stands_in_the_text_is_taken() -> None:
    filled = fill_gaps(CV, {"volunteer": [{"organization": "Vienna Opera", "summary": "Played the harp"}]})
    assert filled.document["volunteer"] == [{"organization": "Vienna Opera", "summary": "Played the harp"}]
    assert filled.document["meta"]["interviewlab"]["filled_by_model"] == ["volunteer"]


def test_what_is_invented_is_left_out() -> None:
    proposal = {
        "volunteer": [{"organization": "Vienna Opera", "position": "Director"}, {"organization": "Red Cross"}],
        "basics": {"label": "Astronaut", "email": "other@example.org"},
        "skills": [{"name": "Skills", "keywords": ["COBOL"]}],
    }
    document = fill_gaps(CV, proposal).document
    assert document["volunteer"] == [{"organization": "Vienna Opera"}]
    assert "skills" not in document
    assert document["basics"] == CV.document["basics"]


def test_what_was_read_already_is_never_overwritten() -> None:
    work = CV.document["work"]
    proposal = {"work": [{"name": work[0]["name"], "startDate": "1999-01", "summary": "Played the harp"}]}
    after = fill_gaps(CV, proposal).document["work"]
    assert all(after[0][key] == value for key, value in work[0].items())


def test_a_date_counts_by_what_it_means() -> None:
    proposal = {"projects": [{"name": "engines", "startDate": "2022-03", "endDate": "2023-04"}]}
    assert fill_gaps(CV, proposal).document["projects"] == [{"name": "engines", "startDate": "2022-03"}]


def test_nonsense_changes_nothing() -> None:
    for proposal in ({}, {"work": 7}, {"work": [None, "x"]}, {"basics": []}, {"volunteer": [{"organization": ""}]}):
        assert fill_gaps(CV, proposal) == CV


async def test_a_model_is_asked_once_without_contact_data() -> None:
    asked: list[str] = []

    async def ask(text: str) -> Mapping[str, Any]:
        asked.append(text)
        return {"interests": [{"name": "harp"}]}

    filled = await fill_with_model(CV, ask)
    assert asked == [text_for_model(CV)]
    assert filled.document["interests"] == [{"name": "harp"}]
