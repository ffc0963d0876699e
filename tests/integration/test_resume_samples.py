"""The shared CVs against their truth: three RenderCV layouts field by field, JSON Resume samples without loss."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from interviewlab.errors import BadUpload
from interviewlab.planning import build_plan
from interviewlab.resume import claims_from_resume, personal_questions, read_resume
from interviewlab.settings import Settings
from interviewlab.types import Resume
from tests.parts import need

LAYOUTS = ("classic", "harvard", "sb2nov")
Facts = set[tuple[str, ...]]


def _sample(name: str) -> Path:
    folder = os.environ.get("INTERVIEWLAB_DATA", "")
    path = Path(folder or ".") / "resumes" / name
    need("data", bool(folder) and path.exists(), f"INTERVIEWLAB_DATA does not hold resumes/{name}")
    return path


def _plain(text: str) -> str:
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def _dates(item: dict[str, Any]) -> tuple[str, str]:
    """Start and end as the CV shows them: a lone year is printed as January of it at both ends."""
    if item.get("date"):
        return (f"{item['date']}-01", f"{item['date']}-01")
    end = item.get("end_date") or ""
    return (str(item["start_date"]), "" if end == "present" else str(end))


def _truth(cv: dict[str, Any]) -> dict[str, Facts]:
    sections = cv["sections"]
    dated = [*sections["experience"], *sections["education"], *sections["projects"]]
    skills = (item["details"] for item in sections["skills"])
    return {
        "basics": {("name", cv["name"]), ("email", cv["email"]), ("url", cv["website"])}
        | {(account["network"], account["username"]) for account in cv["social_networks"]},
        "work": {(job["company"], job["position"]) for job in sections["experience"]},
        "places": {(item["location"],) for item in (*sections["experience"], *sections["education"])},
        "dates": {(_plain(_title(item)), *_dates(item)) for item in dated},
        "education": {(item["institution"], item["area"], item["degree"]) for item in sections["education"]},
        "projects": {(_plain(item["name"]),) for item in sections["projects"]},
        "skills": {(skill.strip(),) for line in skills for skill in line.split(",")},
        "publications": {(paper["title"], paper["date"]) for paper in sections["publications"]},
    }


def _title(item: dict[str, Any]) -> str:
    return str(item.get("company") or item.get("institution") or item["name"])


def _read(document: dict[str, Any]) -> dict[str, Facts]:
    basics, work, education = document["basics"], document["work"], document["education"]
    dated: Iterable[dict[str, Any]] = (*work, *education, *document["projects"])
    return {
        "basics": {(key, basics.get(key, "")) for key in ("name", "email", "url")}
        | {(profile["network"], profile["username"]) for profile in basics.get("profiles", [])},
        "work": {(job.get("name", ""), job.get("position", "")) for job in work},
        "places": {(item.get("location", ""),) for item in (*work, *education)},
        "dates": {
            (i.get("name") or i.get("institution", ""), i.get("startDate", ""), i.get("endDate", "")) for i in dated
        },
        "education": {(e.get("institution", ""), e.get("area", ""), e.get("studyType", "")) for e in education},
        "projects": {(project["name"],) for project in document["projects"]},
        "skills": {(word,) for group in document["skills"] for word in group["keywords"]},
        "publications": {(p.get("name", ""), p.get("releaseDate", "")) for p in document["publications"]},
    }


def _f1(found: Facts, truth: Facts) -> float:
    return 2 * len(found & truth) / (len(found) + len(truth))


@pytest.fixture(scope="module")
def read() -> dict[str, Resume]:
    """The CVs that were read, by layout: two tests look at each."""
    return {}


async def _resume(layout: str, read: dict[str, Resume]) -> Resume:
    if layout not in read:
        read[layout] = await read_resume(_sample(f"rendercv_{layout}.pdf"))
    return read[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_fields_of_a_rendercv_layout_reach_their_f1(layout: str, read: dict[str, Resume]) -> None:
    truth = _truth(yaml.safe_load(_sample(f"rendercv_{layout}.yaml").read_text(encoding="utf-8"))["cv"])
    resume = await _resume(layout, read)
    found = _read(resume.document)
    scores = {field: round(_f1(found[field], truth[field]), 3) for field in truth}
    print(layout, scores)
    assert min(score for field, score in scores.items() if field != "skills") >= 0.95, {
        field: found[field] ^ truth[field] for field in truth if scores[field] < 1
    }
    assert scores["skills"] >= 0.85


@pytest.mark.parametrize("name", ["jsonresume_richard_hendriks.json", "jsonresume_jane_fullstacker.json"])
async def test_a_json_resume_comes_back_without_loss(name: str) -> None:
    path = _sample(name)
    resume = await read_resume(path)
    document = dict(resume.document)
    document.pop("meta")
    assert document == json.loads(path.read_text(encoding="utf-8"))
    claims = claims_from_resume(resume)
    assert all(claim.name in resume.text for claim in claims)
    assert {claim.kind for claim in claims} >= {"work", "skill"}


async def test_the_broken_sample_gets_a_sentence() -> None:
    with pytest.raises(BadUpload, match=r"JSON is broken at line \d+"):
        await read_resume(_sample("fresh_broken.json"))


async def test_the_empty_sample_gives_an_empty_resume_and_no_questions() -> None:
    resume = await read_resume(_sample("jsonresume_empty.json"))
    assert (resume.name, resume.text) == ("", "")
    assert resume.gaps == ("All fields are empty.",)
    assert claims_from_resume(resume) == ()
    assert personal_questions(()) == ()
    plan = await build_plan(Settings(), resume=resume, type="mixed", seed=1)
    general = await build_plan(Settings(), type="mixed", seed=1)
    assert (plan.personal, plan.candidate, plan.questions) == ((), "", general.questions)


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_the_first_two_questions_name_a_project_and_a_skill_of_the_cv(
    layout: str, read: dict[str, Resume]
) -> None:
    resume = await _resume(layout, read)
    claims = claims_from_resume(resume)
    first, second, *_ = personal_questions(claims)
    assert "FlashInfer" in first.text
    assert any(claim.name in second.text for claim in claims if claim.kind == "skill")
    everything = json.dumps([claim.model_dump() for claim in claims])
    assert "john.doe@" not in everything
    assert "rendercv" not in everything
