"""Short CVs in words and layouts of their own: titles nobody listed, and none that a list of titles would know."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.resume import resume_from_text

FOLDER = Path(__file__).parent / "variants"
WORK = {
    "indented.txt": [
        ("Adyen", "Senior Site Reliability Engineer", "2021", ""),
        ("Coolblue", "Site Reliability Engineer", "2018", "2021"),
        ("TransIP", "Linux System Administrator", "2015", "2018"),
    ],
    "clients.md": [
        ("Stadtwerke Göttingen", "Softwarearchitekt", "2023-01", ""),
        ("Volkswagen Financial Services AG", "Senior Entwickler", "2020-04", "2022-12"),
        ("Deutsche Bahn Systel", "Entwickler", "2017-07", "2020-03"),
        ("Micromata GmbH", "Softwareentwickler", "2010", "2017"),
    ],
    "academic.txt": [
        ("American University in Cairo", "Assistant Professor, Department of Computer Science", "2021-09", ""),
        ("University of Oslo", "Postdoctoral Researcher, Language Technology Group", "2018", "2021"),
        ("Saarland University", "Research Assistant", "2014-10", "2018-08"),
    ],
    "posts.txt": [
        ("FARFETCH", "VP Engineering", "2021-04", "2024-03"),
        ("FARFETCH", "Director of Engineering", "2018-07", "2021-03"),
        ("FARFETCH", "Engineering Manager", "2016-01", "2018-06"),
        ("TALKDESK", "Team Lead, Voice Platform", "2013", "2015"),
        ("TALKDESK", "Software Engineer", "2012", "2013"),
        ("Women in Tech Portugal", "Non-executive director", "2022", ""),
    ],
    "student.md": [
        ("Garmin", "Firmware Intern", "2025-05", "2025-08"),
        ("Caterpillar", "Software Engineering Intern", "2024", "2024"),
        ("Argonne National Laboratory", "Research Assistant (part-time)", "2024-01", ""),
    ],
    "paragraphs.txt": [
        ("Safaricom", "Senior Android Developer", "2020-03", ""),
        ("Cellulant", "Android Developer", "2017-06", "2020-02"),
        ("Andela", "Junior Developer", "2015", "2017"),
    ],
    "bullets.md": [
        ("Stedin", "Platform Engineer", "2023-03", ""),
        ("KPN", "Service technician", "2016", "2023-01"),
        ("Fietskoeriers", "Courier", "2014", "2016"),
    ],
    "french.txt": [
        ("Doctolib", "Développeuse confirmée", "2021-03", ""),
        ("LDLC", "Développeuse", "2018-09", "2021-02"),
    ],
    "sentences.txt": [
        ("Naver", "data engineer", "2022-04", ""),
        ("Kakao Bank", "data engineer", "2019-01", "2022-03"),
        ("Samsung SDS", "junior developer", "2017", "2018"),
    ],
}
EDUCATION = {
    "indented.txt": ("Hogeschool Rotterdam", "BSc"),
    "clients.md": ("Universität Kassel", "Diplom"),
    "academic.txt": ("Saarland University", "PhD"),
    "posts.txt": ("Instituto Superior Técnico", "MSc"),
    "student.md": ("University of Illinois Urbana-Champaign", "B.S."),
    "paragraphs.txt": ("Strathmore University", "BSc"),
    "french.txt": ("Université Lyon 1", "Master 2"),
    "bullets.md": ("Hogeschool Utrecht", "Diploma"),
    "sentences.txt": ("KAIST", "Master's degree"),
}
SKILLS = {
    "indented.txt": {"Kubernetes", "Perl"},
    "clients.md": {"Kafka", "Domänenmodelle"},
    "academic.txt": {"PyTorch", "Slurm"},
    "posts.txt": {"AWS", "Kubernetes"},
    "student.md": {"MPI", "KiCad"},
    "paragraphs.txt": {"Firebase", "Room"},
    "french.txt": {"Symfony", "Redis"},
    "bullets.md": {"HTML", "CSS", "Ansible 2", "Rust"},
    "sentences.txt": {"Scala", "ClickHouse"},
}
PROJECTS = {
    "indented.txt": "muezza",
    "academic.txt": "sarf",
    "student.md": "TrainSpotter",
    "paragraphs.txt": "Matatu Times",
}
PROJECTS |= {"french.txt": "Cartapince", "bullets.md": "kabelboek"}


@pytest.mark.parametrize("name", WORK)
def test_a_cv_in_words_of_its_own_is_understood(name: str) -> None:
    document = resume_from_text((FOLDER / name).read_text(encoding="utf-8")).document
    jobs = [
        (one.get("name"), one.get("position"), one["startDate"], one.get("endDate", "")) for one in document["work"]
    ]
    assert jobs == WORK[name]
    assert EDUCATION[name] in [(one.get("institution"), one.get("studyType")) for one in document["education"]]
    assert {word for group in document["skills"] for word in group["keywords"]} >= SKILLS[name]
    if name in PROJECTS:
        assert PROJECTS[name] in [one["name"] for one in document["projects"]]


def test_clients_with_dates_below_a_title_that_tells_of_work_are_no_projects() -> None:
    stations = (
        "Volksbank Hameln    03/2022 – heute\nHost abgelöst.\n\nStadtwerke Bielefeld    2020 – 02/2022\nZähler.\n"
    )
    document = resume_from_text(f"Uwe Harnisch\nuwe@example.de\n\nStationen\n\n{stations}").document
    assert [job["name"] for job in document["work"]] == ["Volksbank Hameln", "Stadtwerke Bielefeld"]
    assert "projects" not in document
