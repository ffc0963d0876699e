import re
from datetime import timedelta

from interviewlab.types import AxisName, Overall, Report, RubricName
from interviewlab.ui.presenters.progress import to_comparison, to_insights, to_report_choices, to_trends
from tests.unit.ui.samples import AT, report


def scored(number: int, score: float | None, **more: object) -> Report:
    plain = report()
    axes: dict[AxisName, object] = dict(plain.axes)
    axes["communication"] = plain.axes["communication"].model_copy(
        update={"score": score, "level": None if score is None else 3}
    )
    changed = {"interview_id": f"i{number}", "created_at": AT + timedelta(days=number), "axes": axes, **more}
    return plain.model_copy(update=changed)


def card(page: str, axis: str) -> str:
    return next(part for part in page.split("<section")[1:] if f"<h3>{axis}</h3>" in part)


def test_clear_rise_is_said_with_its_interval_and_drawn_with_a_fan() -> None:
    rising = card(to_trends([scored(n, 0.2 + 0.1 * n) for n in range(5)]), "Communication")
    assert ">rising<" in rising
    assert "+10 points an interview, between +10 and +10 points (95% sure)" in rising
    assert "<strong>60%</strong> last time" in rising
    assert rising.count("<circle") == 5
    assert rising.count("il-fan") == 2


def test_two_scores_are_no_trend_and_an_interview_without_one_leaves_a_gap() -> None:
    gap = card(to_trends([scored(0, 0.4), scored(1, None), scored(2, 0.6)]), "Communication")
    assert "too few for a trend" in gap
    assert "2 interviews with a score; a trend needs 3." in gap
    assert (gap.count("<circle"), gap.count("<polyline"), gap.count("il-fit")) == (2, 2, 0)
    assert "40%, not judged, 60%" in gap


def test_uncertain_slope_never_claims_more_than_a_whole_score() -> None:
    shaky = card(to_trends([scored(0, 0.1), scored(1, 0.9), scored(2, 0.3)]), "Communication")
    assert "no clear change" in shaky
    assert "between −100 and +100 points" in shaky
    ys = [float(y) for y in re.findall(r"y\d?=\"([-\d.]+)\"", shaky)]
    assert all(0 <= y <= 84 for y in ys)


def test_comparison_shows_change_and_warns_of_another_rubric() -> None:
    before, after = scored(0, 0.3), scored(1, 0.5, rubric=RubricName(name="strict", hash="f" * 16))
    page = to_comparison(before, after)
    assert "different rubrics" in page
    assert "+20 points" in page
    assert "not known" in page
    assert page.index(">Overall<") < page.index(">Communication<")
    assert "different rubrics" not in to_comparison(before, scored(1, 0.5))


def test_choices_are_numbered_from_the_first_interview_and_begin_with_the_newest() -> None:
    unjudged = scored(1, None, overall=Overall(score=None, level=None))
    lines = to_report_choices([scored(0, 0.3), unjudged])
    assert [interview_id for _, interview_id in lines] == ["i1", "i0"]
    assert lines[0][0] == "2. 23 Nov 2026, 10:30 UTC · not judged"
    assert lines[1][0].endswith("level 3 of 5")


def test_without_a_report_nothing_is_said() -> None:
    assert to_insights(()) == to_trends(()) == ""


def test_no_score_stands_outside_the_lines_of_its_drawing() -> None:
    drawn = card(to_trends([scored(0, 0.0), scored(1, 1.0)]), "Communication")
    lines = [float(y) for y in re.findall(r"<line[^>]* y1=\"([-\d.]+)\"", drawn)]
    dots = [float(y) for y in re.findall(r"cy=\"([-\d.]+)\"", drawn)]
    assert (min(lines), max(lines)) == (min(dots), max(dots))
