"""Twenty candidates, each asked about their own CV: every question names something of it, and no two get the same."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from evals.cvs import talk_about
from interviewlab.planning import build_plan
from interviewlab.resume import find_skills
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.matching import known_skills
from interviewlab.settings import Settings
from interviewlab.types import Resume

CANDIDATES = 20
EMPLOYERS = [
    "Kestrel Labs",
    "Blue Door",
    "Northwind",
    "Hooli Nordic",
    "Maple Systems",
    "Tern Energy",
    "Ostrich Bank",
    "Fjord Data",
]
TITLES = [
    "Backend Engineer",
    "Data Engineer",
    "Site Reliability Engineer",
    "Frontend Developer",
    "Machine Learning Engineer",
]
PROJECTS = [
    "ledgerdb",
    "tram-times",
    "cuelight",
    "halfbit",
    "kupu-cards",
    "wind-atlas",
    "quiet-ci",
    "seedling",
    "paperplane",
    "lakelite",
]
SKILLS = [
    "Go",
    "Python",
    "Kafka",
    "PostgreSQL",
    "Redis",
    "Kubernetes",
    "Terraform",
    "React",
    "TypeScript",
    "Rust",
    "PyTorch",
    "Grafana",
    "Spark",
]
DEEDS = (
    "Reduced latency by {n} % with {skill}",
    "Moved {n} services to {skill}",
    "Built the ingestion of {n} million events a day in {skill}",
    "Cut the cost of storage by {n}% and wrote the tests in {skill}",
)


def _cv(number: int) -> Resume:
    chance = random.Random(number)

    def deeds(count: int) -> list[str]:
        return [
            chance.choice(DEEDS).format(n=chance.randrange(11, 90), skill=chance.choice(SKILLS)) for _ in range(count)
        ]

    jobs = [
        {"name": name, "position": chance.choice(TITLES), "startDate": f"20{10 + 3 * n}", "highlights": deeds(2)}
        for n, name in enumerate(chance.sample(EMPLOYERS, chance.randrange(1, 4)))
    ]
    names = chance.sample(PROJECTS, chance.randrange(0, 3))
    projects: list[dict[str, Any]] = [{"name": name, "highlights": deeds(1)} for name in names]
    skills = [{"name": "Skills", "keywords": chance.sample(SKILLS, chance.randrange(2, 7))}]
    basics = {"name": f"Candidate {number}", "email": f"c{number}@example.org"}
    return resume_from_json(json.dumps({"basics": basics, "work": jobs, "projects": projects, "skills": skills}))


def _names(resume: Resume) -> set[str]:
    document = resume.document
    entries = [item["name"] for section in ("work", "projects") for item in document.get(section, ())]
    return {*entries, *(word for group in document["skills"] for word in group["keywords"])}


async def test_questions_could_only_be_for_this_candidate(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")
    everybody = {name for number in range(CANDIDATES) for name in _names(_cv(number))}
    sets, naming, total = set(), 0, 0
    for number in range(CANDIDATES):
        resume = _cv(number)
        plan = await build_plan(settings, type="resume", seed=7, minutes=30, resume=resume)
        talk = await talk_about(settings, plan, "middling" if number % 2 else "poor")
        asked, said = talk.questions, talk.said
        mine = _names(resume)
        for text in asked:
            assert {name for name in everybody - mine if name in text and name not in resume.text + said} == set()
            assert set(find_skills(text)) <= known_skills(resume) | set(find_skills(said))
            naming += any(name in text for name in mine)
            total += 1
        assert asked
        sets.add(tuple(question.text for question in plan.personal))
    print(f"{naming} of {total} questions name a project, employer or skill of the CV; {len(sets)} sets")
    assert naming >= 0.6 * total
    assert len(sets) == CANDIDATES
