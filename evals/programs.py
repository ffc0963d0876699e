"""Programs of known worth through the sandbox: HumanEvalPack's correct and buggy solutions under its own tests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from evals.shared_data import data_folder
from interviewlab.bootstrap import open_sandbox
from interviewlab.ports import Sandbox
from interviewlab.settings import Settings
from interviewlab.types import Language, ProgramTests, Submission

LANGUAGES: dict[str, Language] = {"python": "python", "js": "javascript"}
STRICT = "console.assert = (holds) => { if (!holds) throw new Error('assertion'); };\n"
"""In JavaScript a failed assertion is only printed."""


async def run_programs(settings: Settings, limit: int) -> dict[str, dict[str, int]]:
    """Of each language how many correct solutions pass, and how many buggy ones fail."""
    counted: dict[str, dict[str, int]] = {}
    async with open_sandbox(settings, settings.sandbox) as sandbox:
        for name, language in LANGUAGES.items():
            path = data_folder() / "code" / f"humanevalpack_{name}_first82.jsonl"
            tasks = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:limit]
            counted[language] = await _count(sandbox, language, tasks)
    return counted


async def _count(sandbox: Sandbox, language: Language, tasks: Sequence[dict[str, Any]]) -> dict[str, int]:
    right = await asyncio.gather(*(_passes(sandbox, language, task, "canonical_solution") for task in tasks))
    wrong = await asyncio.gather(*(_passes(sandbox, language, task, "buggy_solution") for task in tasks))
    return {"n": len(tasks), "correct_pass": sum(right), "buggy_fail": len(tasks) - sum(wrong)}


async def _passes(sandbox: Sandbox, language: Language, task: dict[str, Any], solution: str) -> bool:
    opening = STRICT if language == "javascript" else ""
    program = Submission(code=opening + task["declaration"] + task[solution], language=language)
    result = await sandbox.run(program, ProgramTests(append="\n" + task["test"]))
    return result.outcome == "ok"
