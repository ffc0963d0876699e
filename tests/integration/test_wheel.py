from __future__ import annotations

import fnmatch
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.parts import need

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / "scripts" / "uv.sh"
DATA = {".yaml", ".yml", ".json", ".md", ".css", ".js", ".html", ".mako", ".csv", ".txt", ".svg"}
# What only the extras bring; the wheel alone must do without.
EXTRAS = ("gradio", "plotly", "livekit", "fastrtc", "jupyterlab", "pandas", "sklearn")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel made from it."""
    done = subprocess.run([UV, "--version"], capture_output=True, check=False)
    need("uv", done.returncode == 0, "scripts/uv.sh could neither find nor fetch it")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([UV, "build", "--quiet", "--out-dir", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "interviewlab"
    files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {str(path.relative_to(ROOT)) for path in files if path.suffix in DATA | {".py"}}
    assert wanted - names == set()
    assert {name for name in names if not name.startswith(("interviewlab/", "interviewlab-"))} == set()
    assert any(name.endswith("/licenses/LICENSE") for name in names)


@pytest.mark.parametrize(
    "pattern",
    ["questions/*.yaml", "scoring/*.yaml", "store/*/versions/*.py", "reports/schemas/*.json", "reports/report.css"],
)
def test_the_wheel_holds_what_the_rooms_read(wheel: Path, pattern: str):
    assert fnmatch.filter(zipfile.ZipFile(wheel).namelist(), f"interviewlab/{pattern}")


def test_the_source_archive_can_be_tested_and_built(built: Path):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "app.py", "tests/parts.py"} <= names


def test_the_wheel_alone_scores_and_holds_a_text_interview(wheel: Path, tmp_path: Path):
    """Installed with its own dependencies only, at the versions of the lock."""
    export = [UV, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes"]
    subprocess.run([*export, "--output-file", tmp_path / "locked.txt"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([UV, "venv", "--quiet", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [UV, "pip", "install", "--quiet", "--python", python, "--constraints", tmp_path / "locked.txt", wheel]
    subprocess.run(install, check=True)
    absent = f"assert not any(map(importlib.util.find_spec, {EXTRAS!r}))"
    rooms = "import interviewlab.interview, interviewlab.scoring, interviewlab.sandbox, interviewlab.reports"
    program = f"import importlib.util; {absent}; {rooms}; print(interviewlab.__file__)"
    done = subprocess.run([python, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))
    for command in (["--help"], ["questions", "check"]):
        program_path = tmp_path / "venv" / "bin" / "interviewlab"
        told = subprocess.run([program_path, *command], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr
