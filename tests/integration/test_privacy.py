"""Contact data stays where it was read, and what is deleted is gone from store, files and caches."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.planning import build_plan
from interviewlab.resume import resume_from_text
from interviewlab.settings import Settings
from interviewlab.types import Entry, Plan

SECRETS = (
    "quillfeather@example.org",
    "612345678",
    "612 345 678",
    "quillfeather.example",
    "github.com/quillf",
    "Yew Lane",
)
MARK = "Zanzibar-Ledger"
CV = f"""Ada Quillfeather
quillfeather@example.org | +34 612 345 678 | https://quillfeather.example | github.com/quillf
4 Yew Lane, Madrid, Spain

EXPERIENCE
Backend Engineer, Kestrel
Apr 2022 - Present
- Reduced latency by 40 %, see https://quillfeather.example/latency or write to quillfeather@example.org
- Call +34 612 345 678 for the code at github.com/quillf

PROJECTS
- {MARK}: an append-only ledger in Rust, github.com/quillf/ledger

SKILLS
Go, PostgreSQL, Kafka
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache", embedder="scripted", sandbox="scripted")


async def _hold(settings: Settings, owner: str, resume_id: str) -> tuple[Plan, tuple[Entry, ...]]:
    async with open_library(settings, owner=owner) as library:
        resume = (await library.get_resume(resume_id)).resume
    plan = await build_plan(
        settings,
        type="resume",
        seed=4,
        resume=resume,
        resume_id=resume_id,
        job="Engineer\nMust\n- Go, Kafka, Terraform",
    )
    async with open_interview(settings, owner=owner, plan=plan) as interview:
        await interview.start()
        for said in ("Yes, I'm ready.", f"I built {MARK} myself and measured it.", "I don't know.", "Yes."):
            await interview.reply(said)
        await interview.finish()
        return plan, (await interview.transcript()).entries


async def test_contact_data_reaches_no_plan_no_entry_and_no_log(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(CV, encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        async with open_library(settings, owner="ada") as library:
            record = await library.add_resume(path)
        assert record.resume.document["basics"]["email"] == SECRETS[0]
        plan, entries = await _hold(settings, "ada", record.id)
    printed = capfd.readouterr()
    spoken = plan.model_dump_json() + "".join(entry.model_dump_json() for entry in entries)
    logged = caplog.text
    assert MARK in spoken
    for secret in SECRETS:
        assert secret not in spoken
        assert secret not in logged
        assert secret not in printed.out + printed.err


async def test_deleting_everything_leaves_no_word_in_store_files_and_caches(settings: Settings, tmp_path: Path) -> None:
    async with open_library(settings, owner="ada") as library:
        record = await library.keep_resume(resume_from_text(CV))
    async with open_library(settings, owner="bob") as library:
        await library.keep_resume(resume_from_text("Bob Neighbour\nbob@example.org\n"))
    await _hold(settings, "ada", record.id)
    assert _files_with(tmp_path, MARK)
    async with open_library(settings, owner="ada") as library:
        await library.delete_everything()
        assert await library.list_resumes() == await library.list_jobs() == await library.list_interviews() == ()
    for word in (MARK, "Quillfeather", *SECRETS):
        assert _files_with(tmp_path, word) == []
    async with open_library(settings, owner="bob") as library:
        assert len(await library.list_resumes()) == 1


async def test_deleting_a_cv_takes_the_interviews_that_were_made_from_it(settings: Settings) -> None:
    async with open_library(settings, owner="ada") as library:
        first = await library.keep_resume(resume_from_text(CV))
        second = await library.keep_resume(resume_from_text(CV), "another")
        assert [record.is_default for record in await library.list_resumes()] == [False, True]
    await _hold(settings, "ada", first.id)
    await _hold(settings, "ada", second.id)
    async with open_library(settings, owner="ada") as library:
        assert len(await library.made_from(first.id)) == 1
        await library.delete_resume(first.id)
        assert [record.plan.resume_id for record in await library.list_interviews()] == [second.id]
        assert [record.id for record in await library.list_resumes()] == [second.id]


async def test_the_agenda_is_told_only_when_the_interview_is_over(settings: Settings) -> None:
    plan = await build_plan(settings, type="resume", seed=4, resume=resume_from_text(CV))
    async with open_interview(settings, owner="ada", plan=plan) as interview:
        await interview.start()
        async with open_library(settings, owner="ada") as library:
            assert await library.get_agenda(interview.id) == ((), None)
        await interview.finish()
        async with open_library(settings, owner="ada") as library:
            agenda, _ = await library.get_agenda(interview.id)
    assert agenda[0].about == MARK


def _files_with(folder: Path, word: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_what_reads_meaning_tells_nobody_that_it_runs(tmp_path: Path) -> None:
    """ONNX Runtime keeps what it means to send, and whose machine this is, below the home folder."""
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")}
    program = "import interviewlab, onnxruntime; onnxruntime.SessionOptions()"
    home = environment | {"HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], check=True, env=home, timeout=60)
    assert list(tmp_path.rglob("*")) == []
