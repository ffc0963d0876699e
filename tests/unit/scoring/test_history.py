"""Progress over interviews: nothing is claimed that the numbers do not show."""

from __future__ import annotations

from datetime import timedelta

from interviewlab.scoring.history import compare, insights, trends
from interviewlab.types import Overall, Report
from tests.unit.reports.sample import AT, make_report


def _reports(*scores: float | None) -> list[Report]:
    whole = make_report()
    return [
        whole.model_copy(
            update={
                "created_at": AT + timedelta(days=n),
                "overall": Overall(score=score, level=None if score is None else 3),
            }
        )
        for n, score in enumerate(scores)
    ]


def test_a_steady_rise_is_clear_and_quoted_with_its_numbers() -> None:
    reports = _reports(0.3, 0.41, 0.5, 0.61)
    overall = trends(reports)[-1]
    assert overall.is_clear
    assert overall.change is not None
    assert abs(overall.change - 0.102) < 1e-6
    assert any("Overall rises by 10 points an interview over 4 interviews" in line for line in insights(reports))


def test_two_interviews_make_no_trend_and_noise_is_not_clear() -> None:
    assert trends(_reports(0.3, 0.6))[-1].change is None
    assert not trends(_reports(0.3, 0.8, 0.2, 0.7))[-1].is_clear


def test_the_order_is_that_of_time() -> None:
    reports = _reports(0.3, 0.4, 0.5)
    assert trends(reports[::-1]) == trends(reports)


def test_an_axis_without_a_score_has_no_change() -> None:
    before, after = _reports(0.3, 0.6)
    changes = {row.axis: row.change for row in compare(before, after)}
    assert changes["overall"] == 0.3
    assert changes["communication"] is None


def test_one_interview_says_that_two_are_needed() -> None:
    assert insights(_reports(0.5)) == ("There is one interview with a report; two are needed to compare.",)
    assert insights([]) == ("There is no interview with a report; two are needed to compare.",)
