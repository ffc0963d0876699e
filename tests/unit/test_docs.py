"""The documentation names only what exists: commands, options, make targets, files and settings."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from evals.__main__ import app as evals_app
from interviewlab.cli.commands import app
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from tests.parts import need

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
CODE = re.compile(r"`([^`\n]+)`|^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def said(page: Path) -> list[str]:
    """Every line of code on a page, comments left out."""
    found = [inline or block for inline, block in CODE.findall(page.read_text(encoding="utf-8"))]
    return [line.split("#")[0].strip() for each in found for line in each.splitlines()]


def check(root: object, words: list[str]) -> None:
    """Follow a command's words through the table of commands, and its options to those it has."""
    while words and words[0] in getattr(root, "commands", {}):
        root = root.commands[words.pop(0)]  # type: ignore[attr-defined]
    assert not getattr(root, "commands", {}), f"no such command: {words}"
    known = {option for each in root.params for option in (*each.opts, *each.secondary_opts)}  # type: ignore[attr-defined]
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_options_and_settings_on_a_page_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for line in said(page):
        for start, root in (("interviewlab ", app), ("python -m evals ", evals_app)):
            if line.startswith(start):
                check(get_command(root), line.removeprefix(start).split())
        if inside := re.match(r"docker compose run .*?\bapp (.+)", line):
            check(get_command(app), inside[1].split())
        if line.startswith("make "):
            assert line.split()[1] in targets, line
        for name in re.findall(r"INTERVIEWLAB_([A-Z_]*[A-Z])\b", line):
            assert name.lower() in Settings.model_fields or name == "REQUIRE", name


def test_what_an_operator_is_told_to_type_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWLAB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    row = {"question": "What is a lock?", "answer": "It keeps others out.", "reference": "One at a time may enter."}
    Path("answers.jsonl").write_text(json.dumps(row) + "\n")
    ran = []
    for line in said(ROOT / "docs" / "operating.md"):
        if line.startswith("interviewlab restore"):
            shutil.rmtree("data")
        if line.startswith(("interviewlab backup ", "interviewlab restore ")):
            result = CliRunner().invoke(app, line.split()[1:])
        elif line.startswith("python -m evals "):
            result = CliRunner().invoke(evals_app, [*line.split()[3:], "--dry-run"])
        else:
            continue
        assert result.exit_code == 0, f"{line}: {result.output}"
        ran.append(line.split()[1])
    assert ran == ["backup", "restore", "-m"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_what_the_evals_page_shows_of_other_tools_transcripts_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWLAB_EMBEDDER", "scripted")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evals").symlink_to(ROOT / "evals")
    page = (ROOT / "evals" / "README.md").read_text(encoding="utf-8")
    shown = page.split("## Interviews of other tools")[1].split("\n## ")[0]
    lines = [line.split()[3:] for line in shown.splitlines() if line.startswith("python -m evals ")]
    assert [line[0] for line in lines] == ["judge", "judge", "judge", "replay"]
    for line in lines:
        result = CliRunner().invoke(evals_app, line)
        assert result.exit_code == 0, f"{line}: {result.output}"


def test_compose_names_services_whose_settings_exist() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert set(services) == {"app", "worker", "livekit", "postgres"}
    for name in services["app"]["environment"]:
        assert name.removeprefix("INTERVIEWLAB_").lower() in Settings.model_fields, name


def test_the_readme_counts_the_questions_of_the_bank() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"a bank of {len(load_bank().questions)}\n  in fifteen areas" in page
    assert len({question.area for question in load_bank().questions}) == 15


def test_the_map_of_the_evals_names_every_file_of_them() -> None:
    page = (ROOT / "evals" / "README.md").read_text(encoding="utf-8")
    told = page.split("## Which file does what")[1].split("\n## ")[0]
    assert {path.stem for path in (ROOT / "evals").glob("*.py")} - {"__init__"} == set(re.findall(r"`(\w+)`", told))


def test_compose_takes_the_example_when_its_secrets_are_filled_in(tmp_path: Path) -> None:
    tools = (["docker-compose"], ["docker", "compose"])
    tool = next((each for each in tools if shutil.which(each[0]) and run([*each, "version"], tmp_path)), None)
    need("compose", tool is not None, "install the compose plugin of Docker, or docker-compose")
    assert tool is not None
    shutil.copy(ROOT / "compose.yaml", tmp_path)
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(example)
    assert run([*tool, "config"], tmp_path) == ""
    filled = example.replace("_PASSWORD=", "_PASSWORD=p0").replace("_SECRET=", "_SECRET=s0")
    (tmp_path / ".env").write_text(filled + "INTERVIEWLAB_WORKER_ROOMS=2\n")
    services = yaml.safe_load(run([*tool, "config"], tmp_path))["services"]
    for name in ("app", "worker"):
        told = services[name]["environment"]
        assert told["INTERVIEWLAB_DATABASE_URL"] == "postgresql://interviewlab:p0@postgres/interviewlab"
        assert (told["INTERVIEWLAB_IDENTITY"], told["INTERVIEWLAB_LIVEKIT_SECRET"]) == ("accounts", "s0")
        assert str(told["INTERVIEWLAB_WORKER_ROOMS"]) == "2"


def run(command: list[str], folder: Path) -> str:
    """What it says; nothing where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""
