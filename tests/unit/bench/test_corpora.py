"""Published programs for the sandbox: how they are read, and what a wrong verdict looks like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewlab.bench.corpora import Corpus, Verdict, judge_corpus, read_corpora, read_exceptions
from interviewlab.bench.sandbox import BACKENDS
from interviewlab.errors import BadInput
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import RunResult

PACK = {"task_id": "X/0", "prompt": "p\n", "canonical_solution": "c", "buggy_solution": "b", "test": "t"}
MBPP = {"task_id": 7, "code": "def f(): pass", "test_imports": ["import math"], "test_list": ["assert f() is None"]}


def test_correct_and_buggy_programs_are_read_with_their_tests(tmp_path: Path) -> None:
    folder = tmp_path / "code"
    folder.mkdir()
    for name in ("python", "js", "java"):
        (folder / f"humanevalpack_{name}_first82.jsonl").write_text(json.dumps(PACK))
    (folder / "mbpp_sanitized.json").write_text(json.dumps([MBPP]))
    corpora = read_corpora(tmp_path)
    assert [(one.language, len(one.verdicts)) for one in corpora] == [
        ("python", 2),
        ("javascript", 2),
        ("java", 2),
        ("python", 1),
    ]
    assert corpora[0].verdicts == (
        Verdict("X/0 correct", "p\nc", "t", True),
        Verdict("X/0 buggy", "p\nb", "t", False),
    )
    assert corpora[3].verdicts[0].tests == "import math\nassert f() is None"


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="INTERVIEWLAB_DATA"):
        read_corpora(tmp_path)


async def test_wrong_verdicts_are_named() -> None:
    sandbox = ScriptedSandbox([RunResult(outcome=outcome) for outcome in ("ok", "ok", "runtime_error")])
    verdicts = tuple(Verdict(name, "code", "tests", name != "buggy") for name in ("right", "buggy", "slow"))
    judged = await judge_corpus(sandbox, Corpus("some", "python", verdicts))
    assert (judged["right"], judged["wrong"]) == (1, {"buggy": "ok", "slow": "runtime_error"})


def test_every_exception_has_a_reason() -> None:
    known = {backend: read_exceptions(backend) for backend in BACKENDS}
    assert [reason for reasons in known.values() for reason in reasons.values() if len(reason) < 20] == []
    assert known["wasm"].keys() - known["docker"].keys()
