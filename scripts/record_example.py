"""Record tests/data/transcripts/example.jsonl anew: a real interview from its script, in the real sandbox.

Run it after a change that is meant to change what the interviewer says, and read the difference before you keep it:
``python scripts/record_example.py``.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from interviewlab import open_interview
from interviewlab.settings import Settings
from interviewlab.types import Plan, Transcript

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "transcripts"
PLAN = Plan(type="fundamentals", level="mid", questions=3, exercises=1, seed=341401, candidate="Maya Lindqvist")


async def record(script: list[str], data_dir: Path) -> Transcript:
    """Hold the interview of a script; lines are ``{"say": …}`` and ``{"submit": …}``."""
    async with open_interview(Settings(data_dir=data_dir), "example", plan=PLAN) as interview:
        await interview.start()
        for line in script:
            brought = json.loads(line)
            if "say" in brought:
                await interview.reply(brought["say"])
            else:
                await interview.submit_code(brought["submit"], PLAN.language)
        return await interview.transcript()


def main() -> None:
    """Write the transcript beside its script."""
    script = (FOLDER / "example.script.jsonl").read_text(encoding="utf-8").splitlines()
    with TemporaryDirectory() as folder:
        transcript = asyncio.run(record(script, Path(folder)))
    (FOLDER / "example.jsonl").write_text(transcript.to_jsonl(), encoding="utf-8")


if __name__ == "__main__":
    main()
