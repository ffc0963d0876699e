"""Programs of known worth through the sandbox: HumanEvalPack's correct and buggy solutions under its own tests."""

from __future__ import annotations

import asyncio
from collections import Counter

from evals.shared_data import data_folder
from interviewlab.bench.corpora import Corpus, judge, read_corpora
from interviewlab.bootstrap import open_sandbox
from interviewlab.ports import Sandbox
from interviewlab.sandbox.toolbox import REMEDIES
from interviewlab.settings import Settings


async def run_programs(settings: Settings, limit: int) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Of each language how many correct solutions pass and buggy ones fail, and which languages cannot run here.

    ``limit`` tasks of each are taken, with both of their solutions. Raises BadInput without the shared data.
    """
    counted: dict[str, dict[str, int]] = {}
    missing: list[str] = []
    packs = [corpus for corpus in read_corpora(data_folder()) if corpus.name.startswith("humanevalpack-")]
    async with open_sandbox(settings, settings.sandbox) as sandbox:
        await sandbox.check()
        known = sandbox.health().languages
        for pack in packs:
            if pack.language in known:
                counted[pack.language] = await _count(sandbox, pack, limit)
            else:
                missing.append(_why_not(pack, sandbox.name))
    return counted, missing


def _why_not(pack: Corpus, backend: str) -> str:
    other = "Choose another sandbox by INTERVIEWLAB_SANDBOX."
    remedy = REMEDIES.get(pack.language, other) if backend == "sandlock" else other
    return f"HumanEvalPack, {pack.language}: there is no toolchain for {pack.language} on {backend} here. {remedy}"


async def _count(sandbox: Sandbox, pack: Corpus, limit: int) -> dict[str, int]:
    chosen = pack.verdicts[: 2 * limit]  # a correct and a buggy one of each task
    outcomes = await asyncio.gather(*(judge(sandbox, pack.language, one) for one in chosen))
    right = Counter(one.passes for one, got in zip(chosen, outcomes, strict=True) if (got == "ok") is one.passes)
    n = sum(one.passes for one in chosen)
    return {"n": n, "correct_pass": right[True], "buggy_fail": right[False]}
