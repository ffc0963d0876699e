"""A run that is killed in the middle goes on; what is in the cache costs no call; a faulty endpoint spoils nothing."""

from __future__ import annotations

from pathlib import Path

from evals.survival import CONCURRENCY, build_stage, measure_cache, measure_faults, measure_kills


def test_killed_runs_pay_for_no_finished_sample_twice_and_end_as_if_undisturbed(tmp_path: Path) -> None:
    found = measure_kills(build_stage(tmp_path, 40), samples=40, kills=2, delay_s=0.3)
    assert found["kills"] == 2
    assert 0 < found["finished_at_kill"][-1] < 40
    assert found["repeated"] <= 2 * CONCURRENCY
    assert found["journal_lines_twice"] == 0
    assert found["same_rows"]
    assert found["same_agreement"]


def test_a_rerun_makes_no_call(tmp_path: Path) -> None:
    assert measure_cache(build_stage(tmp_path, 20)) == {"first_calls": 20, "rerun_calls": 0}


def test_a_faulty_endpoint_still_completes_and_failures_are_listed_and_not_scored(tmp_path: Path) -> None:
    found = measure_faults(build_stage(tmp_path, 60), fault_share=0.4)
    assert found["rows"] == 60
    assert found["failures"] > 0
    assert found["failures_are_the_unscored"]
    assert found["coverage"] == round(1 - found["failures"] / 60, 4)
