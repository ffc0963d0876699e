"""The form that the candidate corrects, and where the fields came from."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from interviewlab.resume import claims_from_resume, resume_from_text
from interviewlab.resume.correcting import form_from_resume, resume_from_form
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.provenance import UNSURE, unsure_fields

TEXT = """# Ada Byron
ada@example.org · London, UK

## Experience
### Backend Engineer, Kestrel
Apr 2022 - Present
- Reduced the latency of checkout by 40 %
### Thinker, Blue Door
2015 - 2017

## Projects
- ledgerdb: An append-only ledger in Rust

## Education
- University of London, BSc in Mathematics, 2011 - 2014

## Skills
Go, Postgres
"""


def test_every_field_says_where_it_stands() -> None:
    resume = resume_from_text(TEXT)
    fields = resume.document["meta"]["interviewlab"]["fields"]
    for path, value in (("basics.name", "Ada Byron"), ("work.0.name", "Kestrel"), ("projects.0.name", "ledgerdb")):
        place = fields[path]
        assert resume.text[place["start"] : place["end"]] == value
        assert UNSURE <= place["confidence"] <= 1
    start = fields["work.0.startDate"]
    assert resume.text[start["start"] : start["end"]] == "Apr 2022"


def test_doubtful_fields_are_named() -> None:
    unsure = unsure_fields(resume_from_text(TEXT).document)
    assert "work.1.position" in unsure
    assert "work.0.position" not in unsure
    assert "basics.email" not in unsure


def test_a_form_that_is_not_touched_changes_nothing_but_the_marks() -> None:
    resume = resume_from_text(TEXT)
    same = resume_from_form(resume, form_from_resume(resume))
    before, after = dict(resume.document), dict(same.document)
    before.pop("meta")
    assert after.pop("meta")["interviewlab"]["is_corrected"] is True
    assert before == after
    assert same.text == resume.text
    assert form_from_resume(same).unsure == ()


def test_corrections_reach_the_document_the_text_and_the_questions() -> None:
    resume = resume_from_text(TEXT)
    form = form_from_resume(resume)
    work = (form.work[0], ("Blue Door Ltd", "Philosopher", "March 2015", "2017", "Thought; Wrote"))
    mended = resume_from_form(resume, replace(form, name="Ada B. Byron", work=work, projects=(), skills="Go, Zig"))
    document = mended.document
    assert mended.name == "Ada B. Byron"
    assert document["work"][1] == {
        "name": "Blue Door Ltd",
        "position": "Philosopher",
        "startDate": "2015-03",
        "endDate": "2017",
        "highlights": ["Thought", "Wrote"],
    }
    assert "projects" not in document
    assert document["skills"] == [{"name": "Skills", "keywords": ["Go", "Zig"]}]
    names = {claim.name for claim in claims_from_resume(mended)}
    assert {"Blue Door Ltd", "Zig", "Kestrel"} <= names
    assert "ledgerdb" not in names


def test_an_emptied_row_is_gone_and_the_others_keep_what_the_form_does_not_show() -> None:
    resume = resume_from_text(TEXT)
    document = dict(resume.document)
    document["work"] = [dict(job, url=f"https://example.org/{n}") for n, job in enumerate(document["work"])]
    resume = resume.model_copy(update={"document": document})
    form = form_from_resume(resume)
    mended = resume_from_form(resume, replace(form, work=(("", "", "", "", ""), form.work[1])))
    assert [job["url"] for job in mended.document["work"]] == ["https://example.org/1"]


PROJECTS = [
    {"name": "Alpha", "highlights": ["Cut latency by 40% in alpha"]},
    {"name": "Beta", "highlights": ["beta did x"]},
    {"name": "Beta", "description": "The second", "highlights": ["beta did y"]},
]


@pytest.mark.parametrize(
    ("rows", "highlights"),
    [
        (("Beta", "Beta/The second", "Gamma"), ["beta did x", "beta did y", ""]),
        (("Beta/The second", "Beta", "Alpha"), ["beta did y", "beta did x", "Cut latency by 40% in alpha"]),
        (("Alpha II", "Beta", "Beta/The second"), ["Cut latency by 40% in alpha", "beta did x", "beta did y"]),
        (("Alpha", "Beta", "Beta/The third"), ["Cut latency by 40% in alpha", "beta did x", "beta did y"]),
        (("Beta/The second",), ["beta did y"]),
    ],
)
def test_a_row_keeps_its_own_figures_wherever_it_stands(rows: tuple[str, ...], highlights: list[str]) -> None:
    resume = resume_from_json(json.dumps({"projects": PROJECTS}))
    table = tuple((name, what, "", "") for name, _, what in (row.partition("/") for row in rows))
    mended = resume_from_form(resume, replace(form_from_resume(resume), projects=table))
    assert ["".join(each.get("highlights", ())) for each in mended.document["projects"]] == highlights


def test_a_skill_more_leaves_the_others_as_they_are() -> None:
    text = "Ada Byron\n\nSkills\nCloud: AWS (EC2, S3, Lambda), Docker\nRusty: Perl, Java\n"
    resume = resume_from_text(text)
    groups = resume.document["skills"]
    assert [group["name"] for group in groups] == ["Cloud", "Rusty"]
    form = form_from_resume(resume)
    more = resume_from_form(resume, replace(form, skills=f"{form.skills}, Kafka (Streams, Connect)"))
    assert more.document["skills"] == [*groups, {"name": "Skills", "keywords": ["Kafka (Streams, Connect)"]}]
    less = resume_from_form(more, replace(form, skills="Docker, Java; Go"))
    assert less.document["skills"] == [
        {**groups[0], "keywords": ["Docker"]},
        {**groups[1], "keywords": ["Java"]},
        {"name": "Skills", "keywords": ["Go"]},
    ]
    assert "skills" not in resume_from_form(resume, replace(form, skills="")).document
