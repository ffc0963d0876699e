"""CVs in many tools and styles: how much of them is read, and whether the questions could only be for their owner.

``python -m evals.cvs fields --half report`` compares with what a careful reader takes from the page; the parser is
fitted on other parts alone. ``python -m evals.cvs interviews`` holds an interview with each of twenty candidates.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal, cast, get_args

import typer

from evals.resume_fields import FIELDS, FieldCounts, add_counts, count_fields, field_f1, find_cv
from interviewlab.bootstrap import open_interview
from interviewlab.candidates.candidate import Candidate
from interviewlab.errors import BadUpload
from interviewlab.planning import build_plan
from interviewlab.resume import canonical_skill, find_skills
from interviewlab.resume.child import parse
from interviewlab.resume.matching import known_skills
from interviewlab.settings import Settings
from interviewlab.types import Plan, Resume

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "cvs"
FIELDS_BUT_SKILLS = tuple(field for field in FIELDS if field != "skills")
CANDIDATES = 20
LEVELS = ("poor", "middling", "strong")
MINUTES = 30
Tuning = Literal[
    "tune", "second", "third_tune", "fourth_tune", "fifth_tune", "sixth_tune", "seventh_tune", "eighth_tune"
]
Reporting = Literal["report", "third_report", "fourth_report", "fifth_report", "eighth_report"]
Half = Literal[Tuning, Reporting]
app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def names_of(half: Half, folder: Path = FOLDER) -> list[str]:
    """The CVs of one half of the split; raises BadUpload outside of a checkout."""
    if not (folder / "split.json").is_file():
        raise BadUpload(f"There are no CVs in {folder}.", "Run this from a checkout of the project.")
    names: list[str] = json.loads((folder / "split.json").read_text(encoding="utf-8"))[half]
    return names


def load_truth(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """What is right for one CV."""
    truth: dict[str, Any] = json.loads((folder / f"{name}.truth.json").read_text(encoding="utf-8"))
    return truth


def count_half(half: Half, folder: Path = FOLDER, limit: int | None = None) -> dict[str, FieldCounts]:
    """The counts of each CV of a half, or of the first ``limit``, read in this process: these files are ours."""
    return {
        name: count_fields(parse(find_cv(folder, name).read_bytes(), 20)["document"], load_truth(name, folder))
        for name in names_of(half, folder)[:limit]
    }


def summarise_fields(counts: Mapping[str, FieldCounts]) -> dict[str, Any]:
    """F1 of all values together, by field, and by CV."""
    total = add_counts(counts.values())
    return {
        "cvs": len(counts),
        "fields_f1": round(field_f1(total, FIELDS_BUT_SKILLS), 4),
        "skills_f1": round(field_f1(total, ("skills",)), 4),
        "by_field": {field: _rounded(total[field].f1) for field in FIELDS},
        "by_cv": {
            name: {"fields": round(field_f1(each, FIELDS_BUT_SKILLS), 4), "skills": _rounded(each["skills"].f1)}
            for name, each in counts.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@dataclass(frozen=True)
class Asked:
    """What one candidate was asked about the own CV, and what was said before each question."""

    name: str
    resume: Resume
    questions: tuple[str, ...]
    said: tuple[str, ...]
    plan: Plan


def own_names(truth: Mapping[str, Any]) -> set[str]:
    """Employers, projects and skills that stand in a CV, by its truth and not by how it was read."""
    entries = (item.get("name", "") for section in ("work", "projects") for item in truth.get(section, ()))
    skills = [skill["name"] for skill in truth.get("skills", ())]
    letters = {name for name in skills if canonical_skill(name)}
    return {name for name in (*entries, *skills) if len(name) > 1 or name in letters}


async def hold_interviews(settings: Settings, names: Sequence[str], seed: int) -> list[Asked]:
    """One interview about the CV with each; poor, middling and strong candidates in turn."""
    return [await _hold(settings, name, LEVELS[number % len(LEVELS)], seed) for number, name in enumerate(names)]


async def _hold(settings: Settings, name: str, level: str, seed: int) -> Asked:
    resume = Resume.model_validate(parse(find_cv(FOLDER, name).read_bytes(), 20))
    plan = await build_plan(settings, type="resume", seed=seed, minutes=MINUTES, resume=resume)
    talk = await talk_about(settings, plan, level)
    return Asked(name, resume, tuple(talk.questions), tuple(talk.before), plan)


@dataclass
class Talk:
    """The questions about the CV in one interview, what the candidate had said before each, and in all."""

    questions: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    said: str = ""


async def talk_about(settings: Settings, plan: Plan, level: str) -> Talk:
    """Hold the interview of a plan with a simulated candidate of this level."""
    candidate, own = Candidate(level, "python"), {question.id for question in plan.personal}
    talk = Talk()
    async with open_interview(settings, plan=plan) as interview:
        reply = await interview.start()
        while not reply.ended:
            line = candidate.answer(reply, interview.exercise)
            if "say" not in line:
                break
            talk.said += line["say"] + "\n"
            reply = await interview.reply(line["say"])
            if reply.question_id in own and reply.move in ("ask", "follow_up"):
                talk.questions.append(reply.text)
                talk.before.append(talk.said)
    return talk


def judge_questions(asked: Sequence[Asked], folder: Path = FOLDER) -> dict[str, Any]:
    """How many questions name something of the CV, which name what is not in it, and how many sets there are."""
    names = {one.name: own_names(load_truth(one.name, folder)) for one in asked}
    everybody = set().union(*names.values())
    naming = [[_names_any(text, names[one.name]) for text in one.questions] for one in asked]
    foreign = [found for one in asked for found in _foreign(one, everybody - names[one.name])]
    total = sum(len(each) for each in naming)
    return {
        "candidates": len(asked),
        "questions": total,
        "naming": sum(map(sum, naming)),
        "share_naming": round(sum(map(sum, naming)) / total, 4) if total else 0.0,
        "least_share_of_one_candidate": round(min(sum(each) / len(each) for each in naming if each), 4),
        "candidates_without_questions": sum(not each for each in naming),
        "naming_what_is_not_in_it": foreign,
        "different_sets": len({one.questions for one in asked}),
        "different_planned_sets": len({tuple(question.text for question in one.plan.personal) for one in asked}),
    }


def _names_any(text: str, names: Iterable[str]) -> bool:
    found = {skill.casefold() for skill in find_skills(text)}
    plain = text.casefold()
    return any(
        re.search(rf"(?<!\w){name}(?!\w)", text) is not None
        if len(name) == 1
        else name.casefold() in plain or (canonical_skill(name) or name).casefold() in found
        for name in names
    )


def _foreign(one: Asked, others: Iterable[str]) -> Iterator[dict[str, str]]:
    """Skills that neither the CV nor the candidate named, and names out of other people's CVs."""
    for text, said in zip(one.questions, one.said, strict=True):
        there = f"{one.resume.text}\n{said}"
        skills = set(find_skills(text)) - known_skills(one.resume) - set(find_skills(there))
        strangers = {
            name for name in others if len(name) > 3 and name in text and name.casefold() not in there.casefold()
        }
        yield from ({"cv": one.name, "names": name, "question": text} for name in sorted(skills | strangers))


def measure_interviews(settings: Settings, candidates: int = CANDIDATES, seed: int = 0) -> dict[str, Any]:
    """Interviews with the first ``candidates`` CVs of the tuning half, judged."""
    names = names_of("tune")[:candidates]

    async def hold() -> list[Asked]:
        return await hold_interviews(settings, names, seed)

    return judge_questions(asyncio.run(hold()))


@app.command()
def fields(
    half: Annotated[
        str,
        typer.Option(help="second and those with tune are for fitting, those with report for the report alone"),
    ] = "tune",
    out: Annotated[Path | None, typer.Option(help="also written as JSON to this file")] = None,
) -> None:
    """Field F1 of the CVs of one half, altogether, by field and by CV."""
    if half not in get_args(Half):
        raise typer.BadParameter(f"The half is {' or '.join(get_args(Half))}.", param_hint="--half")
    tell(summarise_fields(count_half(cast(Half, half))) | {"half": half}, out)


@app.command()
def interviews(
    candidates: Annotated[int, typer.Option(min=1)] = CANDIDATES,
    seed: int = 0,
    out: Annotated[Path | None, typer.Option(help="also written as JSON to this file")] = None,
) -> None:
    """Interviews about twenty different CVs: what the questions name, and whether two candidates get the same."""
    with TemporaryDirectory(prefix="interviewlab-cvs-") as folder:
        settings = Settings(data_dir=Path(folder), sandbox="scripted")
        tell(measure_interviews(settings, candidates, seed), out)


def tell(found: Mapping[str, Any], out: Path | None) -> None:
    """Print the figures, and write them where ``out`` says."""
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    typer.echo(text, nl=False)
    if out is not None:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    app(prog_name="python -m evals.cvs")
