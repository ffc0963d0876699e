"""Every hostile file ends in a Resume or in one clear sentence: no crash, no hang, no more memory than allowed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.integration.hostile_files import HOSTILE

ROOT = Path(__file__).parents[2]
LONGEST_S = 10.0
MOST_MB = 300.0


def test_no_hostile_file_crashes_hangs_or_grows(tmp_path: Path) -> None:
    assert len(HOSTILE) >= 40
    for name, make in HOSTILE.items():
        (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-m", "tests.integration.hostile_reading", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    results, memory_mb = found["results"], found["memory_mb"]
    for name, (took, told) in results.items():
        print(f"{name:28} {took:5.2f} s  {told[:110]}")
    print(
        f"{len(results)} files, longest {max(took for took, _ in results.values()):.1f} s, {memory_mb:.0f} MB at most"
    )
    assert set(results) == set(HOSTILE)
    assert {name for name, (took, _) in results.items() if took > LONGEST_S} == set()
    assert memory_mb <= MOST_MB
    assert all(told == "read" or ("\n" not in told and told.count(". ") <= 3) for _, told in results.values())
    assert not Path("/tmp/interviewlab-slip").exists()
