"""Progress over interviews: nothing is claimed that the numbers do not show."""

from __future__ import annotations

from datetime import timedelta

from interviewlab.scoring.history import compare, insights, trends
from interviewlab.types import DeliveryFacts, Overall, Report
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


def test_a_rise_of_less_than_a_point_is_not_clear_and_not_told() -> None:
    reports = _reports(*(0.5 + 0.003 * n for n in range(8)))
    overall = trends(reports)[-1]
    assert overall.interval is not None
    assert overall.interval[0] > 0
    assert not overall.is_clear
    assert insights(reports) == ("Nothing has clearly changed over 8 interviews.",)


def _spoken(words: int, fillers: float, *, is_typed: bool = False) -> DeliveryFacts:
    return DeliveryFacts(
        answers=1, words=words, median_words=words, fillers_per_100_words=fillers, hedges_per_100_words=0.0,
        connectives_per_100_words=0.0, words_per_minute=None if is_typed else 120.0, talk_share=0.5,
    )  # fmt: skip


def _told_fillers(*delivery: DeliveryFacts | None) -> tuple[str, ...]:
    reports = [
        report.model_copy(update={"delivery": each})
        for report, each in zip(_reports(*[0.5] * len(delivery)), delivery, strict=True)
    ]
    return tuple(line for line in insights(reports) if "filler" in line)


def test_filler_words_are_compared_where_enough_was_said_in_the_same_way() -> None:
    told = "You use fewer filler words: 2.0 in 100 words now, 4.2 in interview {} of {}."
    assert _told_fillers(_spoken(900, 4.2), _spoken(100, 2.0)) == (told.format(1, 2),)
    typed, brief = _spoken(900, 0.0, is_typed=True), _spoken(99, 9.0)
    assert _told_fillers(typed, brief, None, _spoken(900, 4.2), typed, _spoken(900, 2.0)) == (told.format(4, 6),)
    for last in (_spoken(1, 0.0), _spoken(0, 0.0), typed, None):
        assert _told_fillers(_spoken(900, 4.2), last) == ()


def test_one_interview_says_that_two_are_needed() -> None:
    assert insights(_reports(0.5)) == ("There is one interview with a report; two are needed to compare.",)
    assert insights([]) == ("There is no interview with a report; two are needed to compare.",)
