"""SIGKILL between any two turns, and in the middle of turns: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAYS = (
    "Yes, I'm ready.",
    "First I would look at the query plan, because it shows whether an index is used.",
    "Could you repeat the question?",
    "I don't know.",
    "We kept a queue in front of the workers, so a burst did not reach the database.",
)


class Process:
    """One ``interviewlab interview --json`` over a pipe."""

    def __init__(self, folder: Path, interview_id: str) -> None:
        command = [sys.executable, "-m", "interviewlab", "interview", "--json", "--id", interview_id]
        options = ["--type", "fundamentals", "--seed", "5"]
        environment = os.environ | {
            "INTERVIEWLAB_DATA_DIR": str(folder),
            "INTERVIEWLAB_EMBEDDER": "scripted",
            "INTERVIEWLAB_SANDBOX": "scripted",
        }
        self._popen = subprocess.Popen(
            command + options, stdin=-1, stdout=-1, stderr=subprocess.DEVNULL, text=True, env=environment
        )

    def read(self) -> dict[str, object]:
        assert self._popen.stdout is not None
        line: dict[str, object] = json.loads(self._popen.stdout.readline())
        return line

    def say(self, text: str) -> None:
        assert self._popen.stdin is not None
        self._popen.stdin.write(json.dumps({"say": text}) + "\n")
        self._popen.stdin.flush()

    def kill(self) -> None:
        self._popen.send_signal(signal.SIGKILL)
        self._popen.communicate()


def transcript(folder: Path, interview_id: str) -> str:
    """The recorded transcript without times."""
    code = (
        "import asyncio, sys; from pathlib import Path; from interviewlab import open_library, Settings\n"
        "async def main():\n"
        "    settings = Settings(data_dir=Path(sys.argv[1]), embedder='scripted', sandbox='scripted')\n"
        "    async with open_library(settings) as library:\n"
        "        print((await library.get_transcript(sys.argv[2])).to_jsonl())\n"
        "asyncio.run(main())"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(folder), interview_id], capture_output=True, text=True, check=True
    )
    return re.sub(r'"at":"[^"]*"', "", out.stdout)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("undisturbed")
    process = Process(folder, "same")
    process.read()
    for said in SAYS:
        process.say(said)
        process.read()
    process.kill()
    return transcript(folder, "same")


def test_a_new_process_after_every_turn_loses_and_doubles_nothing(tmp_path: Path, undisturbed: str) -> None:
    last: dict[str, object] | None = None
    for said in SAYS:
        process = Process(tmp_path, "same")
        first = process.read()
        assert last is None or first == last, "the last reply is repeated first"
        process.say(said)
        last = process.read()
        process.kill()
    assert transcript(tmp_path, "same") == undisturbed


@pytest.mark.parametrize("delay_ms", [1, 4, 8, 15, 30])
def test_killed_in_the_middle_of_a_turn_the_turn_is_finished_later(
    tmp_path: Path, undisturbed: str, delay_ms: int
) -> None:
    process = Process(tmp_path, "same")
    process.read()
    for number, said in enumerate(SAYS):
        process.say(said)
        if number == 1:
            time.sleep(delay_ms / 1000)
            process.kill()
            process = Process(tmp_path, "same")
            if process.read()["turn"] == number:  # killed before the utterance was written: say it again
                process.say(said)
                process.read()
        else:
            process.read()
    process.kill()
    assert transcript(tmp_path, "same") == undisturbed
