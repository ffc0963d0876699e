"""A batch pays for nothing twice, stays within its bounds, and never turns a failure into a number."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from evals.batch import BatchLimits, BatchRun, ScoringFailed, Usage, content_key, expect_usage, run_batch
from evals.cache import ScoreCache
from evals.dataset import Problem, Sample
from evals.journal import Journal
from evals.scorer import Score
from interviewlab.errors import BadInput
from interviewlab.types import KeyPoint

POINT = KeyPoint(id="p0", text="says something", weight=1, follow_up="")
SAMPLES = [Sample(n, f"q{n % 3}", "What?", f"answer {n}", (POINT,), id=str(n)) for n in range(1, 13)]
QUICK = BatchLimits(concurrency=3, attempts=3, wait_s=0.001, longest_wait_s=0.002)
HEADER = {"run": "test"}


class ScriptedScorer:
    """Fails as told; counts calls for each answer and how many are under way at once. ``most_usd``: a call at most."""

    name = "scripted"
    version = "1"

    def __init__(self, *failures: ScoringFailed, usd: float = 0.01, most_usd: float = 0.0) -> None:
        self.calls: Counter[str] = Counter()
        self.most_at_once = 0
        self._now = 0
        self._failures = list(failures)
        self._usd = usd
        self._most_usd = most_usd or usd

    async def __call__(self, sample: Sample, epoch: int) -> tuple[Score, Usage]:
        self.calls[sample.answer] += 1
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await asyncio.sleep(0)
        self._now -= 1
        if self._failures:
            raise self._failures.pop(0)
        return Score(sample.line / 100, None), Usage(1, 10, 5, self._usd)

    def expect(self, sample: Sample) -> Usage:
        return Usage(1, 10, 5, self._most_usd)


async def run(
    folder: Path,
    scorer: ScriptedScorer,
    limits: BatchLimits = QUICK,
    samples: list[Sample] | None = None,
    cache: ScoreCache | None = None,
) -> BatchRun:
    with Journal(folder / "journal.jsonl", HEADER) as journal:
        return await run_batch(SAMPLES if samples is None else samples, scorer, journal, cache, limits)


async def test_every_sample_is_asked_about_once_and_never_too_many_at_a_time(tmp_path: Path) -> None:
    scorer = ScriptedScorer()
    done = await run(tmp_path, scorer)
    assert set(scorer.calls.values()) == {1}
    assert scorer.most_at_once == QUICK.concurrency
    assert [done.score_of(sample, 0).score for sample in SAMPLES] == [n / 100 for n in range(1, 13)]
    assert done.usage == Usage(12, 120, 60, pytest.approx(0.12))


async def test_a_run_that_goes_on_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:5])
    second = ScriptedScorer()
    done = await run(tmp_path, second)
    assert sum(second.calls.values()) == 7
    assert done.usage.calls == 12


async def test_a_line_that_was_cut_by_a_kill_counts_as_not_finished(tmp_path: Path) -> None:
    await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:3])
    path = tmp_path / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    second = ScriptedScorer()
    await run(tmp_path, second, samples=SAMPLES[:3])
    assert sum(second.calls.values()) == 1
    assert [json.loads(line)["key"] for line in path.read_text().splitlines()[1:]] == ["1:0", "2:0", "3:0"]


@pytest.mark.parametrize(
    "bad", [b"nonsense", b"\xff\xfe", b"[1, 2]", b"", b'{"score": 1}', b'{"key": "3:0", "score": {"sco']
)
async def test_a_bad_line_in_the_middle_is_named_and_its_row_alone_is_done_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: bytes
) -> None:
    await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:6])
    path = tmp_path / "journal.jsonl"
    lines = path.read_bytes().splitlines()
    lines[3] = bad
    path.write_bytes(b"\n".join(lines) + b"\n")
    second = ScriptedScorer()
    done = await run(tmp_path, second, samples=SAMPLES[:6])
    assert second.calls == {"answer 3": 1}
    assert done.usage.calls == 6
    assert f"{path}, line 4: cannot be read, so its row is done again." in capsys.readouterr().err
    assert path.read_bytes().splitlines()[:7] == lines
    third = ScriptedScorer()
    await run(tmp_path, third, samples=SAMPLES[:6])
    assert not third.calls


async def test_a_journal_whose_first_line_is_bad_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:2])
    path = tmp_path / "journal.jsonl"
    path.write_bytes(before := b"x" + path.read_bytes())
    with pytest.raises(BadInput, match=r"journal\.jsonl, line 1: cannot be read"):
        await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:2])
    assert path.read_bytes() == before


async def test_a_folder_with_another_run_is_refused(tmp_path: Path) -> None:
    await run(tmp_path, ScriptedScorer())
    with (
        pytest.raises(BadInput, match="holds another run: its run was 'test'"),
        Journal(tmp_path / "journal.jsonl", {"run": "other"}),
    ):
        pass


async def test_two_runs_cannot_write_into_one_folder(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with Journal(path, HEADER), pytest.raises(BadInput, match="Another run writes"), Journal(path, HEADER):
        pass


async def test_what_the_cache_holds_is_not_paid_for_in_another_folder(tmp_path: Path) -> None:
    cache = ScoreCache(tmp_path / "cache")
    await run(tmp_path / "one", ScriptedScorer(), cache=cache)
    second = ScriptedScorer()
    done = await run(tmp_path / "two", second, cache=cache)
    cache.close()
    assert not second.calls
    assert done.usage == Usage()
    assert done.score_of(SAMPLES[4], 0).score == 0.05


TWINS = [replace(SAMPLES[0], line=n, id=str(n)) for n in range(1, 6)]


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_identical_rows_of_a_batch_are_asked_once_an_epoch(tmp_path: Path, concurrency: int) -> None:
    scorer = ScriptedScorer()
    limits = BatchLimits(concurrency=concurrency, epochs=2)
    assert expect_usage(TWINS, scorer, {}, None, 2).calls == 2
    done = await run(tmp_path, scorer, limits, TWINS)
    assert scorer.calls == {"answer 1": 2}
    assert done.usage.calls == 2
    assert {done.score_of(twin, epoch).score for twin in TWINS for epoch in (0, 1)} == {0.01}


async def test_an_identical_row_costs_nothing_in_a_run_that_goes_on(tmp_path: Path) -> None:
    await run(tmp_path, ScriptedScorer(), samples=TWINS[:1])
    second = ScriptedScorer()
    assert expect_usage(TWINS, second, (await run(tmp_path, second, samples=TWINS[:1])).lines, None, 1) == Usage()
    done = await run(tmp_path, second, samples=TWINS)
    assert not second.calls
    assert done.score_of(TWINS[4], 0).score == 0.01


async def test_identical_rows_share_a_failure_and_are_asked_once_by_the_next_run(tmp_path: Path) -> None:
    dear = ScoringFailed("no", is_retryable=False, usage=Usage(1, 1, 1, 0.5))
    done = await run(tmp_path, ScriptedScorer(dear), samples=TWINS)
    assert [why for _, why in done.failures()] == ["no"] * 5
    second = ScriptedScorer()
    later = await run(tmp_path, second, samples=TWINS)
    assert second.calls == {"answer 1": 1}
    assert later.usage.cost_usd == pytest.approx(0.51)


async def test_a_blank_row_gives_its_score_to_no_row_with_the_same_words(tmp_path: Path) -> None:
    blank = replace(SAMPLES[0], line=99, is_blank=True)
    for _ in range(2):
        done = await run(tmp_path, ScriptedScorer(), samples=[blank, SAMPLES[0]])
        assert [done.score_of(sample, 0).score for sample in (blank, SAMPLES[0])] == [0.0, 0.01]


async def test_failures_are_never_cached(tmp_path: Path) -> None:
    cache = ScoreCache(tmp_path / "cache")
    await run(
        tmp_path / "one", ScriptedScorer(ScoringFailed("no", is_retryable=False)), samples=SAMPLES[:1], cache=cache
    )
    second = ScriptedScorer()
    await run(tmp_path / "two", second, samples=SAMPLES[:1], cache=cache)
    cache.close()
    assert sum(second.calls.values()) == 1


@pytest.mark.parametrize("change", ["version", "answer", "target", "epoch"])
def test_the_key_of_the_cache_changes_with_all_that_decides_a_score(change: str) -> None:
    scorer, other, sample, epoch = ScriptedScorer(), ScriptedScorer(), SAMPLES[0], 0
    changed = sample
    match change:
        case "version":
            other.version = "2"
        case "answer":
            changed = SAMPLES[1]
        case "target":
            changed = Sample(1, "q1", "What?", "answer 1", (POINT, POINT))
        case _:
            epoch = 1
    assert content_key(scorer, sample, 0) == content_key(ScriptedScorer(), sample, 0)
    assert content_key(other, changed, epoch) != content_key(scorer, sample, 0)


async def test_a_failure_that_may_pass_is_tried_again_and_all_attempts_are_paid(tmp_path: Path) -> None:
    garbage = ScoringFailed("garbage", is_retryable=True, usage=Usage(1, 10, 5, 0.01))
    done = await run(tmp_path, ScriptedScorer(garbage, garbage), samples=SAMPLES[:1])
    assert done.score_of(SAMPLES[0], 0).score == 0.01
    assert done.usage == Usage(3, 30, 15, pytest.approx(0.03))


async def test_a_sample_that_fails_for_good_is_listed_and_not_scored(tmp_path: Path) -> None:
    busy = ScoringFailed("the endpoint answered 429", is_retryable=True)
    done = await run(tmp_path, ScriptedScorer(*[busy] * 3), samples=SAMPLES[:1])
    assert list(done.failures()) == [("1:0", "the endpoint answered 429")]
    score = done.score_of(SAMPLES[0], 0)
    assert (score.score, score.why_no_score) == (None, "the endpoint answered 429")


async def test_what_failed_is_asked_again_by_the_next_run_and_its_cost_stays(tmp_path: Path) -> None:
    await run(
        tmp_path,
        ScriptedScorer(ScoringFailed("no", is_retryable=False, usage=Usage(1, 1, 1, 0.5))),
        samples=SAMPLES[:1],
    )
    done = await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:1])
    assert done.score_of(SAMPLES[0], 0).score == 0.01
    assert done.usage.cost_usd == pytest.approx(0.51)


async def test_a_refusal_ends_the_run_with_its_own_sentence(tmp_path: Path) -> None:
    class Refusing(ScriptedScorer):
        async def __call__(self, sample: Sample, epoch: int) -> tuple[Score, Usage]:
            raise BadInput("The endpoint refused with status 401.", "Check OPENAI_API_KEY.")

    with pytest.raises(BadInput, match="status 401"):
        await run(tmp_path, Refusing())


async def test_nothing_is_started_that_could_break_the_cost_cap(tmp_path: Path) -> None:
    limits = BatchLimits(concurrency=3, max_cost_usd=0.055)
    first = await run(tmp_path, ScriptedScorer(), limits)
    assert first.usage.cost_usd == pytest.approx(0.05)
    assert first.not_run == 7
    assert first.score_of(SAMPLES[11], 0).why_no_score == "not asked: the cost cap was reached"
    assert (await run(tmp_path, ScriptedScorer(), limits)).usage.cost_usd == pytest.approx(0.05)
    assert (await run(tmp_path, ScriptedScorer(), QUICK)).not_run == 0


async def test_the_cost_cap_is_reached_by_what_calls_cost_and_not_by_the_most_that_they_may_cost(
    tmp_path: Path,
) -> None:
    limits = BatchLimits(concurrency=3, max_cost_usd=0.125)
    done = await run(tmp_path, ScriptedScorer(usd=0.01, most_usd=0.04), limits)
    assert (done.usage.calls, done.not_run) == (9, 3)


async def test_a_call_is_tried_again_though_those_under_way_might_cost_all_that_is_left(tmp_path: Path) -> None:
    garbage = ScoringFailed("garbage", is_retryable=True, usage=Usage(1, 10, 5, 0.01))
    limits = BatchLimits(concurrency=3, wait_s=0, longest_wait_s=0, max_cost_usd=0.125)
    done = await run(tmp_path, ScriptedScorer(garbage, usd=0.01, most_usd=0.04), limits)
    assert list(done.failures()) == []
    assert (done.usage.calls, done.not_run) == (9, 4)


async def test_calls_that_are_tried_again_count_against_the_cost_cap(tmp_path: Path) -> None:
    garbage = ScoringFailed("garbage", is_retryable=True, usage=Usage(1, 10, 5, 0.01))
    limits = BatchLimits(concurrency=3, attempts=6, wait_s=0.001, longest_wait_s=0.002, max_cost_usd=0.055)
    scorer = ScriptedScorer(*[garbage] * 99)
    done = await run(tmp_path, scorer, limits)
    assert sum(scorer.calls.values()) == 5
    assert done.usage.cost_usd == pytest.approx(0.05)
    assert {why for _, why in done.failures()} == {"garbage; not tried again: the cost cap was reached"}
    assert done.not_run + len(done.lines) == len(SAMPLES)
    later = await run(tmp_path, ScriptedScorer(), QUICK)
    assert not list(later.failures())
    assert later.usage.cost_usd == pytest.approx(0.17)


async def test_what_a_sample_cost_while_it_failed_stays_when_the_cache_has_it(tmp_path: Path) -> None:
    cache = ScoreCache(tmp_path / "cache")
    dear = ScoringFailed("no", is_retryable=False, usage=Usage(1, 1, 1, 0.5))
    await run(tmp_path / "one", ScriptedScorer(dear), samples=SAMPLES[:1])
    await run(tmp_path / "two", ScriptedScorer(), samples=SAMPLES[:1], cache=cache)
    done = await run(tmp_path / "one", ScriptedScorer(), samples=SAMPLES[:1], cache=cache)
    cache.close()
    assert done.usage.cost_usd == 0.5


async def test_blank_answers_are_zero_and_cost_nothing(tmp_path: Path) -> None:
    scorer = ScriptedScorer()
    blank = Sample(1, "q1", "What?", "", (POINT,), is_blank=True)
    done = await run(tmp_path, scorer, samples=[blank])
    assert not scorer.calls
    assert done.score_of(blank, 0) == Score(0.0, (0.0, 0.0), why_no_score="the answer is blank")


async def test_problems_are_kept_and_every_epoch_is_asked(tmp_path: Path) -> None:
    scorer = ScriptedScorer()
    limits = BatchLimits(concurrency=2, epochs=3)
    items: list[Sample | Problem] = [Problem("x", 1, None, "broken"), SAMPLES[0]]
    with Journal(tmp_path / "journal.jsonl", HEADER) as journal:
        done = await run_batch(items, scorer, journal, None, limits)
    assert scorer.calls == {"answer 1": 3}
    assert [str(problem) for problem in done.problems] == ["x, line 1: broken"]


async def test_a_dry_run_counts_only_what_would_be_paid(tmp_path: Path) -> None:
    done = await run(tmp_path, ScriptedScorer(), samples=SAMPLES[:5])
    assert expect_usage(SAMPLES, ScriptedScorer(), done.lines, None, 1) == Usage(7, 70, 35, pytest.approx(0.07))
