"""Questions near to what a CV and a job name come first among equals; beside designs come questions near to designs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest
import yaml

from interviewlab.questions import load_bank, next_question, plan_areas
from interviewlab.questions.kinds import kind_of
from interviewlab.questions.near import bank_skills, is_near, is_trade, skills_of_area
from interviewlab.resume.skills import list_skills
from interviewlab.types import INTERVIEW_TYPES, Difficulty, Question

BANK = load_bank()
FRONTEND = ("React", "TypeScript", "Jest", "GraphQL", "SQL")
PLATFORM = ("Kubernetes", "Linux", "Kafka")


def ask(
    near: frozenset[str] = frozenset(),
    *,
    seed: int,
    wanted: Difficulty = "senior",
    own: Difficulty = "mid",
    count: int = 9,
) -> list[Question]:
    asked: list[Question] = []
    for _ in range(count):
        ids = [question.id for question in asked]
        areas = plan_areas("mixed")
        found = next_question(BANK, areas=areas, difficulty=wanted, asked=ids, seed=seed, near=near, own=own)
        assert found is not None
        asked.append(found)
    return asked


def test_every_skill_of_the_table_is_one_of_the_bank_and_every_name_is_known() -> None:
    table = yaml.safe_load(files("interviewlab.questions").joinpath("near.yaml").read_text(encoding="utf-8"))
    assert set(table) <= {skill for question in BANK.questions for skill in question.skills}
    names = {name.casefold() for name in list_skills()}
    assert [name for some in table.values() for name in some if name.casefold() not in names] == []


def test_skills_are_near_by_their_name_or_by_the_table() -> None:
    assert {"sql", "http", "testing", "api design"} <= bank_skills(FRONTEND)
    assert not {"containers", "operations", "storage engines"} & bank_skills(FRONTEND)
    assert bank_skills(()) == frozenset()


@pytest.mark.parametrize("seed", range(20))
def test_a_frontend_developer_is_not_asked_hard_questions_on_the_inside_of_databases(seed: int) -> None:
    near = bank_skills(FRONTEND)
    special = [q for q in ask(near, seed=seed) if q.area in ("databases", "systems-networks", "design")]
    assert special
    assert [q.id for q in special if q.level == "senior" and not is_near(q, near)] == []


@pytest.mark.parametrize("seed", range(20))
def test_who_works_with_it_and_who_gave_no_cv_still_get_hard_questions(seed: int) -> None:
    plain = ask(seed=seed)
    assert {q.level for q in plain} == {"senior"}
    near = ask(bank_skills(PLATFORM), seed=seed)
    assert any(q.level == "senior" and q.area == "systems-networks" for q in near)
    own = ask(bank_skills(FRONTEND), seed=seed, own="senior")
    assert {q.level for q in own} == {"senior"}


@pytest.mark.parametrize("seed", range(20))
def test_other_areas_and_the_wanted_difficulty_stay_as_they_are(seed: int) -> None:
    near = ask(bank_skills(FRONTEND), seed=seed, wanted="mid")
    assert {q.level for q in near} == {"mid"}
    assert {q.area for q in near[:6]} == set(plan_areas("mixed"))
    hard = ask(bank_skills(FRONTEND), seed=seed)
    assert {q.level for q in hard if q.area in ("behavioural", "algorithms")} == {"senior"}


def test_every_trade_is_an_area_and_its_names_are_known() -> None:
    table = yaml.safe_load(files("interviewlab.questions").joinpath("trades.yaml").read_text(encoding="utf-8"))
    assert set(table) <= set(BANK.areas)
    assert {area for type_ in INTERVIEW_TYPES for area in kind_of(type_).trades} <= set(table)
    assert {name for names in table.values() for name in names} <= set(list_skills())


@pytest.mark.parametrize(
    ("names", "is_frontend"),
    [
        (("HTML", "CSS", "JavaScript", "React", "Git"), True),
        (("MongoDB", "Express.js", "React", "Node.js", "Docker", "CSS"), True),
        (("Python", "Django", "PostgreSQL", "Docker", "React", "AWS"), False),
        (("JavaScript", "TypeScript", "Node.js", "PostgreSQL"), False),
        (("C++", "Rust", "Linux", "Go", "Java", "Kafka", "SQL", "Docker", "HTML", "CSS"), False),
        ((), False),
    ],
)
def test_a_trade_is_told_by_more_than_a_name_in_passing(names: tuple[str, ...], is_frontend: bool) -> None:
    assert is_trade("frontend", names) == is_frontend


@cache
def designs(seed: int, difficulty: Difficulty) -> tuple[Question, ...]:
    areas, beside = kind_of("system-design").areas, skills_of_area(BANK, "design")
    asked: list[Question] = []
    while len(asked) < 9:
        ids = [question.id for question in asked]
        found = next_question(
            BANK, areas=areas, difficulty=difficulty, asked=ids, seed=seed, lead="design", beside=beside
        )
        assert found is not None
        asked.append(found)
    return tuple(asked)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("difficulty", ["junior", "mid", "senior"])
def test_beside_designs_come_questions_near_to_designs(seed: int, difficulty: Difficulty) -> None:
    near = skills_of_area(BANK, "design")
    assert all(is_near(question, near) for question in designs(seed, difficulty))
    asked = {question.id for question in designs(seed, difficulty)}
    assert not asked & {"net-private-addresses", "os-container-vs-vm", "db-acid-transfer", "db-index-cost"}
    assert sum(question.area == "design" for question in designs(seed, difficulty)) >= 5


def test_where_nothing_near_to_designs_is_left_the_rest_is_asked() -> None:
    areas, beside = kind_of("system-design").areas, skills_of_area(BANK, "design")
    asked = [q.id for q in BANK.questions if q.area == "design" or is_near(q, beside)]
    found = next_question(BANK, areas=areas, difficulty="mid", asked=asked, seed=1, lead="design", beside=beside)
    assert found is not None
    assert found.id not in asked


def test_where_only_designs_are_near_what_is_beside_them_still_comes_in_turn() -> None:
    areas, beside = kind_of("system-design").areas, skills_of_area(BANK, "design")
    near = [question.id for question in BANK.questions if question.area in areas and is_near(question, beside)]
    asked = [*(id for id in near if BANK.question(id).area != "design"), "design-rate-limiter"]
    found = next_question(BANK, areas=areas, difficulty="senior", asked=asked, seed=1, lead="design", beside=beside)
    assert found is not None
    assert found.area != "design"
    assert found.level == "senior"
