"""CVs that RenderCV typesets, in layouts beyond the shared ones: how much of each is read, by layout.

``python tests/data/rendercv/render.py`` renders them, ``python -m evals.rendercv --part report`` measures. Rules are
fitted on the layouts and the people of ``tune`` alone; the truth is what RenderCV was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from evals.cvs import summarise_fields, tell
from evals.resume_fields import FieldCounts, count_fields
from interviewlab.errors import BadUpload
from interviewlab.resume.child import parse

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "rendercv"
PARTS = ("tune", "report")
FIGURES = ("cvs", "fields_f1", "skills_f1")
HOSTS = {"LinkedIn": "linkedin.com/in/", "GitHub": "github.com/", "GitLab": "gitlab.com/"}
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
app = typer.Typer(help=__doc__, add_completion=False, pretty_exceptions_enable=False)
Fields = dict[str, Any]


def layouts_of(part: str, folder: Path = FOLDER) -> dict[str, list[str]]:
    """By layout of a part: the people whose CV may be rendered in it."""
    plan = yaml.safe_load((folder / "layouts.yaml").read_text(encoding="utf-8"))
    people = [*plan["people"]["both"], *plan["people"][part]]
    return dict.fromkeys((*plan["themes"]["shared"], *plan["parts"][part]), people)


def load_truth(person: str, folder: Path = FOLDER) -> Fields:
    """The JSON Resume of what RenderCV was given for one person."""
    source = yaml.safe_load((folder / "people" / f"{person}.yaml").read_text(encoding="utf-8"))
    return to_json_resume(source["cv"], source["truth"])


def to_json_resume(cv: Mapping[str, Any], sections: Mapping[str, list[str]]) -> Fields:
    """Fields that are measured; ``sections`` tells which of its own hold projects and skills."""
    told = [(title, entry) for title, entries in cv["sections"].items() for entry in entries]
    entries = [(title, entry) for title, entry in told if isinstance(entry, Mapping)]
    work = [entry for _, entry in entries if "company" in entry]
    education = [entry for _, entry in entries if "institution" in entry]
    projects = [entry for title, entry in entries if title in sections["projects"]]
    skills = [skill for title, entry in told if title in sections["skills"] for skill in _skills(entry)]
    return {
        "basics": _basics(cv),
        "work": [{"name": job["company"], "position": job["position"]} | _dates(job) for job in work],
        "education": [_school(school) for school in education],
        "projects": [{"name": LINK.sub(r"\1", item["name"])} | _dates(item) for item in projects],
        "skills": [{"name": skill} for skill in skills],
        "accept": _accepted("projects", projects) | _accepted("education", education),
    }


def _basics(cv: Mapping[str, Any]) -> Fields:
    profiles = [
        {"network": one["network"], "url": f"https://{HOSTS[one['network']]}{one['username']}"}
        for one in cv.get("social_networks") or ()
    ]
    basics = {"name": cv["name"], "email": cv["email"], "phone": cv.get("phone"), "url": cv.get("website")}
    return {key: value for key, value in basics.items() if value} | {"profiles": profiles}


def _school(entry: Mapping[str, Any]) -> Fields:
    named = {"institution": entry["institution"], "area": entry["area"], "studyType": entry.get("degree") or ""}
    return named | ({"endDate": str(entry["date"])} if entry.get("date") else _dates(entry))


def _dates(entry: Mapping[str, Any]) -> Fields:
    if entry.get("date"):
        return {"startDate": str(entry["date"]), "endDate": str(entry["date"])}
    end = str(entry["end_date"])
    return {"startDate": str(entry["start_date"])} | ({} if end == "present" else {"endDate": end})


def _accepted(section: str, entries: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """A year alone is printed as January of it."""
    years = [(number, str(item["date"])) for number, item in enumerate(entries) if item.get("date")]
    return {f"{section}.{number}.{key}": [f"{year}-01"] for number, year in years for key in ("startDate", "endDate")}


def _skills(entry: str | Mapping[str, str]) -> list[str]:
    text = entry if isinstance(entry, str) else entry.get("details") or entry["bullet"]
    return [skill.strip() for skill in text.split(",")]


def count_part(part: str, folder: Path = FOLDER) -> Iterator[tuple[str, str, FieldCounts]]:
    """Layout, person and counts of each CV that was rendered; raises BadUpload where none was."""
    for layout, people in layouts_of(part, folder).items():
        for person in people:
            path = folder / "pdf" / f"{layout}-{person}.pdf"
            if path.is_file():
                read = parse(path.read_bytes(), 20)["document"]
                yield layout, person, count_fields(read, load_truth(person, folder))


def summarise_part(part: str, folder: Path = FOLDER) -> Fields:
    """F1 of fields and skills of all CVs of a part, by field, by layout, and by person."""
    found = {(layout, person): counts for layout, person, counts in count_part(part, folder)}
    if not found:
        raise BadUpload(f"No CV is rendered in {folder / 'pdf'}.", "Run tests/data/rendercv/render.py; it says how.")
    whole = summarise_fields({"-".join(names): counts for names, counts in found.items()})
    return {
        "part": part,
        **{name: whole[name] for name in (*FIGURES, "by_field")},
        "by_layout": _by(found, 0),
        "by_person": _by(found, 1),
    }


def _by(found: Mapping[tuple[str, str], FieldCounts], place: int) -> dict[str, Fields]:
    """The figures for each name that stands at a place of the keys."""
    return {
        name: {figure: value for figure, value in summarise_fields(some).items() if figure in FIGURES}
        for name in dict.fromkeys(names[place] for names in found)
        if (some := {"-".join(names): counts for names, counts in found.items() if names[place] == name})
    }


@app.command()
def fields(
    part: Annotated[str, typer.Option(help="tune is for fitting, report for the report alone")] = "tune",
    out: Annotated[Path | None, typer.Option(help="also written as JSON to this file")] = None,
) -> None:
    """Field F1 of the rendered CVs of one part, by layout."""
    if part not in PARTS:
        raise typer.BadParameter(f"The part is {' or '.join(PARTS)}.", param_hint="--part")
    tell(summarise_part(part), out)


if __name__ == "__main__":
    app(prog_name="python -m evals.rendercv")
