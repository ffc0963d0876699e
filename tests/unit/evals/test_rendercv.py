"""The truth of a CV that RenderCV typesets is what RenderCV was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.rendercv import FOLDER, layouts_of, load_truth, summarise_part
from interviewlab.errors import BadUpload


def test_entries_of_named_sections_become_work_studies_projects_and_skills() -> None:
    truth = load_truth("student_in")
    assert truth["basics"]["name"] == "Priya Raghunathan"
    assert [job["name"] for job in truth["work"]][:2] == ["Texas Instruments", "Agnikul Cosmos"]
    assert truth["education"][1]["endDate"] == "2022"
    assert truth["accept"] == {"education.1.startDate": ["2022-01"], "education.1.endDate": ["2022-01"]}
    assert [project["name"] for project in truth["projects"]] == ["Lane detection on a budget", "Bus arrival board"]
    assert len(truth["skills"]) == 12


def test_no_layout_and_no_person_but_the_sample_is_in_both_parts() -> None:
    tune, report = layouts_of("tune"), layouts_of("report")
    assert set(tune) & set(report) == {"classic", "harvard", "sb2nov"}
    assert {*tune["classic"]} & {*report["classic"]} == {"sample"}
    assert all((FOLDER / "people" / f"{name}.yaml").is_file() for name in (*tune["classic"], *report["classic"]))


def test_where_nothing_is_rendered_there_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "layouts.yaml").write_bytes((FOLDER / "layouts.yaml").read_bytes())
    with pytest.raises(BadUpload, match=r"render\.py"):
        summarise_part("report", tmp_path)
