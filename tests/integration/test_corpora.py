"""A fixed sample of published programs: correct ones pass and buggy ones fail. ``bench sandbox`` judges all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewlab.bench.corpora import judge, read_corpora, read_exceptions
from interviewlab.ports import Sandbox
from tests.walls import BACKENDS, opened

EACH = {"humanevalpack-python": 6, "humanevalpack-js": 6, "humanevalpack-java": 4, "mbpp": 4}
"""How many programs of each corpus, spread evenly over it."""


@pytest.fixture(scope="module", params=BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with opened(request.param) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", sorted(EACH))
async def test_verdicts_of_published_programs_are_right(sandbox: Sandbox, name: str, data_dir: Path) -> None:
    corpus = next(one for one in read_corpora(data_dir) if one.name == name)
    if corpus.language not in sandbox.health().languages:
        pytest.skip(f"there is no toolchain for {corpus.language} on {sandbox.name} here")
    usable = [one for one in corpus.verdicts if one.name not in read_exceptions(sandbox.name)]
    # An odd step meets correct and buggy programs in turn.
    chosen = usable[:: len(usable) // EACH[name] | 1][: EACH[name]]
    outcomes = await asyncio.gather(*(judge(sandbox, corpus.language, one) for one in chosen))
    wrong = [(one.name, got) for one, got in zip(chosen, outcomes, strict=True) if (got == "ok") is not one.passes]
    assert wrong == []
    assert len(chosen) == EACH[name]
