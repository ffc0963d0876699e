"""Looking back: a trend for each axis, two interviews side by side, and what there is to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo

from interviewlab.scoring.history import FEWEST, NOTABLE, Difference, Trend, compare, insights, trends
from interviewlab.types import Report
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, chip, items, joined, notice, tag
from interviewlab.ui.presenters.trend_chart import draw_trend

_AXIS: dict[str, str] = {"overall": "Overall"} | {str(axis): name for axis, name in labels.AXIS.items()}


def to_insights(reports: Sequence[Report]) -> Html:
    """What there is to say, each sentence with its numbers; nothing before the first report."""
    return items(*insights(reports), class_="il-insights") if reports else Html()


def to_trends(reports: Sequence[Report]) -> Html:
    """A card for the whole and for each axis, over interviews from the oldest on."""
    found = trends(reports)
    cards = (_trend(trend) for trend in sorted(found, key=lambda each: each.axis != "overall"))
    return tag("div", *cards, class_="il-trends") if reports else Html()


def to_report_choices(reports: Sequence[Report], zone: tzinfo = UTC) -> list[tuple[str, str]]:
    """One line for each report, newest first, numbered from the first interview on."""
    numbered = list(enumerate(reports, 1))
    return [
        (f"{n}. {labels.moment(report.created_at, zone)} · {_level(report)}", report.interview_id)
        for n, report in reversed(numbered)
    ]


def to_comparison(before: Report, after: Report, zone: tzinfo = UTC) -> Html:
    """Two interviews axis by axis, then what was said and written; ``before`` is the earlier one."""
    heads = ("", *(labels.moment(each.created_at, zone) for each in (before, after)), "Change")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") if name else tag("td") for name in heads)))
    rows = sorted(compare(before, after), key=lambda each: each.axis != "overall")
    body = tag("tbody", *map(_difference, rows), *_facts(before, after))
    table = tag("table", head, body, class_="il-tests")
    region = tag("div", table, class_="il-scroll", role="region", tabindex=0, aria_label="Two interviews side by side")
    return joined(_caution(before, after), region)


def _trend(trend: Trend) -> Html:
    told = _told(trend)
    scores = ", ".join(labels.percent(score) for score in trend.scores)
    kind = "plain"
    if trend.is_clear and trend.change is not None:
        kind = "good" if trend.change > 0 else "warn"
    return tag(
        "section",
        tag("h3", _AXIS[trend.axis]),
        tag("p", tag("strong", labels.percent(trend.scores[-1])), " last time"),
        draw_trend(trend, f"{_AXIS[trend.axis]}, oldest first: {scores}. {told}"),
        tag("p", chip(_verdict(trend), kind), class_="il-verdict"),
        tag("p", told, class_="il-soft"),
        class_="il-card",
    )


def _verdict(trend: Trend) -> str:
    if trend.change is None:
        return "too few for a trend"
    if not trend.is_clear:
        return "no clear change"
    return "rising" if trend.change > 0 else "falling"


def _told(trend: Trend) -> str:
    scored = sum(score is not None for score in trend.scores)
    if trend.change is None or trend.interval is None:
        return f"{labels.count(scored, 'interview')} with a score; a trend needs {FEWEST}."
    low, high = trend.interval
    return f"{_gained(trend.change)} an interview, between {_signed(low)} and {_gained(high)} (95% sure)."


def _difference(row: Difference) -> Html:
    change = tag("span", "not known", class_="il-soft")
    if row.change is not None:
        kind = "plain" if abs(row.change) < NOTABLE else "good" if row.change > 0 else "warn"
        change = chip(_gained(row.change), kind)
    cells = (tag("td", labels.percent(row.before)), tag("td", labels.percent(row.after)), tag("td", change))
    return tag("tr", tag("th", _AXIS[row.axis], scope="row"), *cells)


def _facts(before: Report, after: Report) -> list[Html]:
    rows: tuple[tuple[str, Callable[[Report], str]], ...] = (
        ("Questions judged", lambda report: str(sum(question.score is not None for question in report.questions))),
        ("Tests passed, last code", _tests),
        (
            "Words in a typical answer",
            lambda report: f"{report.delivery.median_words:g}" if report.delivery else "none",
        ),
        ("Fillers in 100 words", lambda r: f"{r.delivery.fillers_per_100_words:.1f}" if r.delivery else "none"),
        ("Rubric", lambda report: report.rubric.name),
    )
    return [
        tag("tr", tag("th", name, scope="row"), tag("td", tell(before)), tag("td", tell(after)), tag("td"))
        for name, tell in rows
    ]


def _tests(report: Report) -> str:
    last = report.submissions[-1] if report.submissions else None
    return f"{last.passed} of {last.total}" if last else "no code"


def _caution(before: Report, after: Report) -> Html:
    if before.rubric.hash == after.rubric.hash:
        return Html()
    name = after.rubric.name
    how = f"two versions of the rubric {name}" if before.rubric.name == name else "different rubrics"
    return notice(f"These two were judged by {how}, so their scores do not measure the same.", "hint")


def _level(report: Report) -> str:
    return f"level {report.overall.level} of 5" if report.overall.level else "not judged"


def _gained(change: float) -> str:
    """A difference of scores in points of a hundred, with its sign."""
    return f"{_signed(change)} {'point' if abs(_hundredths(change)) == 1 else 'points'}"


def _signed(change: float) -> str:
    points = _hundredths(change)
    return f"{'+' if points > 0 else '−' if points < 0 else '±'}{abs(points)}"


def _hundredths(change: float) -> int:
    """No score can move by more than all of it, whatever a line through three points says."""
    return round(min(1.0, max(-1.0, change)) * 100)
