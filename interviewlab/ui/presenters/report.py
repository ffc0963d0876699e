"""A report as cards: each score beside what it rests on, each quote a link to its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import starmap

from interviewlab.reports.radar_svg import radar_svg
from interviewlab.reports.story import is_telling, left_out, to_sentence, to_shown_quote
from interviewlab.types import (
    AXES,
    AxisName,
    AxisScore,
    CodeFacts,
    DeliveryFacts,
    Evidence,
    Found,
    Gap,
    Ignored,
    QuestionScore,
    QuoteEvidence,
    Report,
    SkillScore,
    SubmissionScore,
    TestEvidence,
    Transcript,
)
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, chip, drawn, items, joined, tag
from interviewlab.ui.presenters.transcript import to_transcript

ANCHOR = "turn"
SHOWN_EVIDENCE = 5
"""Of an axis; the rest is folded away."""


WORDS = (
    "Hedges are words such as maybe or I guess, fillers are um and you know: both count against the fluency of your "
    "answers, and so do lost threads (where was I). Linking words, such as first, because or so that, count for their "
    "order."
)


def to_report(report: Report, transcript: Transcript, interviewer: str) -> Html:
    """The whole Feedback page; links go to the turns of the transcript at its end."""
    verdict = _verdicts(transcript)
    cards = (_axis(name, report.axes[name], verdict) for name in AXES if name in report.axes)
    return tag(
        "article",
        tag("div", _overall(report), _radar(report), class_="il-verdicts"),
        _section("Your scores", tag("div", *cards, class_="il-cards")),
        _section("Question by question", *(_question(score) for score in report.questions)),
        _section("Code", _submissions(report.submissions)),
        _section("Skills", _skills(report.skills)),
        _section("How you put it", *_delivery(report.delivery)),
        _section("Next time", _next_time(report)),
        _section("Left out", *starmap(_ignored, left_out(report.ignored))),
        _section("What could not be judged", _gaps(report.gaps)),
        _record(transcript, interviewer),
        _origin(report),
        class_="il-report",
    )


def _verdicts(transcript: Transcript) -> Callable[[TestEvidence], str]:
    """How a named test of a turn ended, for the reader."""
    ran = {(e.turn, t.name): t.passed for e, result in transcript.submissions() if result for t in result.tests}
    words = {True: "passed", False: "failed", None: ""}
    return lambda piece: words[ran.get((piece.turn, piece.test))]


def _section(title: str, *content: str) -> Html:
    return tag("section", tag("h2", title), *content) if any(content) else Html()


def _overall(report: Report) -> Html:
    judged = sum(axis.score is not None for axis in report.axes.values())
    note = f"The weighted mean of {judged} of {len(report.axes)} scores; for the others there was too little to judge."
    if judged == len(report.axes):
        note = "The weighted mean of the scores below."
    if report.overall.level is None:
        note = "There was too little in this interview to judge. Nothing is guessed."
    return tag(
        "section",
        tag("h2", "Overall"),
        _level(report.overall.level, report.overall.score, "il-big"),
        tag("p", note, class_="il-soft"),
        _in_short(report),
        class_="il-card il-overall",
    )


def _in_short(report: Report) -> Html:
    """The best axis and the one to work on first; nothing where none stands out."""
    judged = {name: axis for name, axis in report.axes.items() if axis.score is not None}
    if len({axis.level for axis in judged.values()}) < 2:
        return Html()
    ranked = sorted(judged, key=lambda name: judged[name].score or 0.0)
    weakest, strongest = judged[ranked[0]], judged[ranked[-1]]
    next_step = next(iter((*weakest.advice, *weakest.weaknesses)), "")
    return tag(
        "dl",
        tag("dt", "Strongest"),
        tag("dd", f"{labels.AXIS[ranked[-1]]}, level {strongest.level}. {_plain(strongest.reason)}"),
        tag("dt", "Work on this first"),
        tag("dd", f"{labels.AXIS[ranked[0]]}, level {weakest.level}. {next_step or _plain(weakest.reason)}"),
        class_="il-short",
    )


def _plain(reason: str) -> str:
    """What a level means, without the figures behind it in brackets."""
    return reason.partition(" (")[0]


def _radar(report: Report) -> Html:
    """The shape of the scores; without any there is none to show."""
    if all(axis.score is None for axis in report.axes.values()):
        return Html()
    return tag("div", drawn(radar_svg(report)), class_="il-card il-radar")


def _level(level: int | None, score: float | None, size: str = "") -> Html:
    if level is None or score is None:
        return tag("p", tag("strong", "Not judged"), class_=f"il-level il-none {size}")
    pips = (tag("i", class_="il-on" if n <= level else None) for n in range(1, 6))
    return tag(
        "p",
        tag("strong", f"Level {level} of 5"),
        tag("span", *pips, class_="il-pips", aria_hidden="true"),
        tag("span", labels.percent(score), class_="il-soft"),
        class_=f"il-level {size}",
    )


def _axis(name: AxisName, axis: AxisScore, verdict: Callable[[TestEvidence], str]) -> Html:
    return tag(
        "section",
        tag("h3", labels.AXIS[name]),
        _level(axis.level, axis.score),
        tag("p", axis.reason),
        _evidence(axis.evidence, verdict),
        _remarks("What went well", axis.strengths),
        _remarks("What was missing", axis.weaknesses),
        _remarks("Try next", axis.advice),
        class_="il-card" if axis.score is not None else "il-card il-unjudged",
    )


def _remarks(title: str, remarks: tuple[str, ...]) -> Html:
    return joined(tag("h4", title), items(*remarks)) if remarks else Html()


def _evidence(evidence: tuple[Evidence, ...], verdict: Callable[[TestEvidence], str]) -> Html:
    if not evidence:
        return Html()
    words_first = sorted(evidence, key=lambda piece: _weight(piece, verdict))
    pieces = [_piece(piece, verdict) for piece in words_first]
    first, more = pieces[:SHOWN_EVIDENCE], pieces[SHOWN_EVIDENCE:]
    folded = tag("summary", f"{len(more)} more"), items(*more, class_="il-evidence")
    rest = tag("details", *folded, class_="il-more") if more else Html()
    return joined(tag("h4", "Rests on"), items(*first, class_="il-evidence"), rest)


def _weight(piece: Evidence, verdict: Callable[[TestEvidence], str]) -> int:
    """Words and counts come before single tests, and of these the failed ones before the passed."""
    return 0 if not isinstance(piece, TestEvidence) else 1 if verdict(piece) == "failed" else 2


def _piece(piece: Evidence, verdict: Callable[[TestEvidence], str]) -> Html:
    if isinstance(piece, QuoteEvidence):
        return joined(tag("q", to_shown_quote(piece.quote)), " ", _to_turn(piece.turn))
    if isinstance(piece, TestEvidence):
        return joined("test ", tag("code", piece.test), f" {verdict(piece)} ", _to_turn(piece.turn))
    return joined(piece.fact, " ", _to_turn(piece.turn))


def _to_turn(turn: int) -> Html:
    return tag("a", f"turn {turn}", href=f"#{ANCHOR}-{turn}", class_="il-jump", data_turn=turn)


def _question(score: QuestionScore) -> Html:
    kind = "plain" if score.score is None else "good" if score.score >= 0.6 else "warn"
    summary = tag("summary", tag("span", score.text), chip(labels.percent(score.score), kind))
    found = joined(tag("h4", "Said"), items(*map(_found, score.found), class_="il-evidence")) if score.found else Html()
    body = tag(
        "div",
        tag("p", f"{to_sentence(score.reason)} {_likely(score)}".strip(), class_="il-soft"),
        found,
        _remarks("Not right", score.not_right),
        _remarks("A stronger answer also covers", score.missing),
        tag("p", score.stronger) if score.stronger and not score.missing else Html(),
        _again(score.question_id, "Try this again"),
    )
    return tag("details", summary, body, class_="il-question")


def _likely(score: QuestionScore) -> str:
    if score.interval is None:
        return ""
    low, high = score.interval
    if not is_telling(score.interval):
        return "How people would mark this answer cannot be told more closely."
    return f"Nine in ten people would give {labels.percent(low)} to {labels.percent(high)}."


def _again(question_id: str, words: str) -> Html:
    """A button that starts an interview about this alone; app.js presses the one that Gradio knows."""
    return tag("button", words, type="button", class_="il-again", data_question=question_id)


def _next_time(report: Report) -> Html:
    exercises = ((each.title, ": ", each.why, each.id, "Start this exercise") for each in report.next_time)
    questions = (
        (each.text, " ", each.why, each.id, "Try this question again" if each.is_again else "Start this question")
        for each in report.next_questions
    )
    return items(
        *(
            joined(tag("strong", name), gap, why, " ", _again(id, words))
            for name, gap, why, id, words in (*exercises, *questions)
        )
    )


def _ignored(told: str, pieces: tuple[Ignored, ...]) -> Html:
    return joined(
        tag("p", told),
        items(*(joined(tag("q", to_shown_quote(each.text)), " ", _to_turn(each.turn)) for each in pieces)),
    )


def _found(found: Found) -> Html:
    quote = tag("q", to_shown_quote(found.quote))
    return joined(tag("strong", labels.spoken(found.key_point)), ": ", quote, " ", _to_turn(found.turn))


def _submissions(scores: tuple[SubmissionScore, ...]) -> Html:
    if not scores:
        return Html()
    heads = ("Exercise", "Language", "Tests passed", "How it ended", "Code", "Measured", "Turn")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    table = tag("table", head, tag("tbody", *map(_submission, scores)), class_="il-tests")
    return tag("div", table, class_="il-scroll", role="region", tabindex=0, aria_label="Submissions")


def _submission(score: SubmissionScore) -> Html:
    facts = score.facts
    return tag(
        "tr",
        tag("th", labels.spoken(score.exercise_id or "own code"), scope="row"),
        tag("td", labels.LANGUAGE[score.language]),
        tag("td", f"{score.passed} of {score.total}" if score.total else "–"),
        tag("td", labels.OUTCOME[score.outcome]),
        tag("td", _shape(facts), *(tag("div", limit, class_="il-soft") for limit in (facts.limits if facts else ()))),
        tag("td", *_measured(facts)),
        tag("td", _to_turn(score.turn)),
    )


def _shape(facts: CodeFacts | None) -> str:
    if facts is None:
        return "not looked at"
    size = labels.count(facts.lines, "line")
    return size if facts.cyclomatic_complexity is None else f"{size}, complexity {facts.cyclomatic_complexity}"


def _measured(facts: CodeFacts | None) -> Iterator[Html]:
    """What the sandbox measured when the interview was over."""
    if facts and facts.growth:
        yield tag("div", f"{facts.growth.told}.")
    if facts and facts.tried:
        yield tag("div", f"{facts.tried.told}.")
        told = (*facts.tried.wrong, *(f"Not noticed: {kind}." for kind in facts.tried.missed))
        yield tag("ul", *(tag("li", each) for each in told)) if told else Html()


def _skills(skills: tuple[SkillScore, ...]) -> Html:
    chips = (tag("li", tag("span", labels.spoken(s.skill)), tag("span", labels.percent(s.score))) for s in skills)
    return tag("ul", *chips, class_="il-skills") if skills else Html()


def _delivery(facts: DeliveryFacts | None) -> Iterator[Html]:
    if facts is None or not facts.answers:
        return
    rows = [
        ("Answers", str(facts.answers)),
        ("Words in a typical answer", f"{facts.median_words:g}"),
        ("Your share of the talk", labels.percent(facts.talk_share)),
        ("Hedges in 100 words", f"{facts.hedges_per_100_words:.1f}"),
        ("Fillers in 100 words", f"{facts.fillers_per_100_words:.1f}"),
        ("Linking words in 100 words", f"{facts.connectives_per_100_words:.1f}"),
    ]
    if facts.words_per_minute is not None:
        rows.append(("Words a minute", f"{facts.words_per_minute:.0f}"))
    if facts.pauses_per_minute is not None:
        rows.append(("Pauses a minute, of a second or more", f"{facts.pauses_per_minute:.1f}"))
    if facts.longest_pause_s is not None:
        rows.append(("Longest pause", f"{facts.longest_pause_s:.1f} s"))
    if facts.story_parts:
        rows.append(("Parts of your stories", ", ".join(facts.story_parts)))
    yield tag("p", WORDS, class_="il-soft")
    yield tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows), class_="il-numbers")


def _gaps(gaps: tuple[Gap, ...]) -> Html:
    axes = {str(axis): label for axis, label in labels.AXIS.items()}
    return items(*(joined(tag("strong", axes.get(gap.what, gap.what)), ": ", gap.why) for gap in gaps))


def _record(transcript: Transcript, interviewer: str) -> Html:
    words = to_transcript(transcript, interviewer, anchor=ANCHOR)
    return tag("details", tag("summary", "The interview, word for word"), words, class_="il-record")


def _origin(report: Report) -> Html:
    who = f"Questions: {labels.brain(report.brain)}. Scores: {labels.judge(report.judge)}."
    rubric = f"Rubric: {labels.spoken(report.rubric.name)}, version {report.rubric.hash}."
    return tag("p", f"{who} {rubric}", class_="il-soft")
