from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--config",
        str(ROOT / ".importlinter"),
    ]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_every_import_goes_down():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :] + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("types.py", "from interviewlab.settings import Settings", "Storeys"),
        ("scoring/extra.py", "from interviewlab.resume import claims", "Storeys"),
        ("utils.py", "import os", "Storeys"),
        ("scoring/extra.py", "from interviewlab import __version__", "The door is for visitors"),
        ("scoring/extra.py", "from interviewlab.store import sql", "The thinking rooms name ports"),
        ("reports/extra.py", "import gradio", "Gradio lives in ui"),
        ("ui/extra.py", "from livekit import agents", "LiveKit and FastRTC live in voice"),
        ("interview.py", "from langgraph.graph import StateGraph", "LangGraph lives in orchestrator"),
        ("scoring/extra.py", "import openai", "openai and instructor live in llm and speech"),
        ("doctor.py", "import docker", "Docker, sandlock and wasmtime live in sandbox"),
        ("library.py", "import sqlalchemy", "SQLAlchemy and Alembic live in store"),
    ],
)
def test_an_import_that_goes_astray_is_caught(tmp_path: Path, file: str, line: str, broken: str):
    skip = shutil.ignore_patterns("__pycache__", "data", "assets", "*.yaml")
    shutil.copytree(ROOT / "interviewlab", tmp_path / "interviewlab", ignore=skip)
    astray = tmp_path / "interviewlab" / file
    text = astray.read_text(encoding="utf-8") if astray.exists() else ""
    astray.write_text(f"{text}\n{line}\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert re.search(rf"^{broken}.* BROKEN", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize(
    ("house", "known"),
    [("interviewlab", set()), ("evals", {("evals.bulk", "evals.__main__")})],  # bulk runs the others as their users do
)
def test_no_files_stand_in_a_circle(house: str, known: set[tuple[str, str]]):
    graph = grimp.build_graph(house, cache_dir=None)
    rooms = [name for name in graph.modules if graph.find_children(name)]
    assert set().union(*(graph.nominate_cycle_breakers(room) for room in rooms)) == known
