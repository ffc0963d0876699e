"""CVs whose exact source is known: how much of each field is read from their PDF."""

from __future__ import annotations

import asyncio
from typing import Any

import yaml

from evals.shared_data import data_folder
from interviewlab.planning import read_cv
from interviewlab.settings import Settings

LAYOUTS = ("classic", "harvard", "sb2nov")
PATIENCE_S = 120.0
"""For reading one CV: how much is read is measured here, not how soon."""
Facts = set[str]


def measure_resume(settings: Settings, layout: str) -> dict[str, dict[str, float]]:
    """By field: the share of true facts that were read, and how many there are."""
    folder = data_folder() / "resumes"
    truth = _truth(yaml.safe_load((folder / f"rendercv_{layout}.yaml").read_text(encoding="utf-8"))["cv"])
    patient = settings.model_copy(update={"upload_s": PATIENCE_S})
    read = _read(asyncio.run(read_cv(patient, folder / f"rendercv_{layout}.pdf")).document)
    return {
        field: {"recall": round(len(facts & read[field]) / len(facts), 4), "n": len(facts)}
        for field, facts in truth.items()
    }


def _truth(cv: dict[str, Any]) -> dict[str, Facts]:
    sections = cv["sections"]
    return {
        "basics": {cv["name"], cv["email"]},
        "companies": {job["company"] for job in sections["experience"]},
        "positions": {job["position"] for job in sections["experience"]},
        "institutions": {item["institution"] for item in sections["education"]},
        "skills": {skill.strip() for item in sections["skills"] for skill in item["details"].split(",")},
    }


def _read(document: dict[str, Any]) -> dict[str, Facts]:
    basics = document.get("basics", {})
    work, education = document.get("work", []), document.get("education", [])
    return {
        "basics": {basics.get("name", ""), basics.get("email", "")},
        "companies": {job.get("name", "") for job in work},
        "positions": {job.get("position", "") for job in work},
        "institutions": {item.get("institution", "") for item in education},
        "skills": {word for group in document.get("skills", []) for word in group.get("keywords", [])},
    }
