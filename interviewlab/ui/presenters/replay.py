"""An interview as it went: words, code, sound and feedback on one line. replay.js moves along it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewlab.types import (
    NoteEntry,
    QuoteEvidence,
    ReplyEntry,
    Report,
    ResultEntry,
    SnapshotEntry,
    SubmissionEntry,
    TestEvidence,
    Transcript,
    UtteranceEntry,
)
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, chip, items, joined, tag
from interviewlab.ui.presenters.timeline import LONGEST_SILENCE_S, Call, Moment, Timeline, lay_on_line

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0, 4.0)
_LONGEST_TITLE = 70


def to_replay(transcript: Transcript, report: Report | None, calls: Sequence[Call], interviewer: str) -> Html:
    """The player; nothing for an interview in which nothing was said."""
    line = lay_on_line(transcript, calls)
    if not any(isinstance(moment.entry, ReplyEntry) for moment in line.moments):
        return Html()
    return tag(
        "section",
        _bar(line, report),
        tag("p", _told(line), class_="il-soft"),
        *(_sound(start_s, call) for start_s, call in line.calls),
        tag("div", _words(line, transcript, interviewer), _side(line, report), class_="il-replay-stage"),
        class_="il-replay",
        aria_label="Replay",
        data_length=f"{line.length_s:.1f}",
    )


def to_clock(seconds: float) -> str:
    """``75`` reads "1:15"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _told(line: Timeline) -> str:
    silence = f"Silences longer than {LONGEST_SILENCE_S:.0f} s are cut short."
    if not line.calls:
        return f"There is no recording of this interview, so it plays without sound. {silence}"
    return f"Your voice is the left channel, the interviewer's the right one. {silence}"


def _bar(line: Timeline, report: Report | None) -> Html:
    speeds = (tag("option", f"{speed:g}×", value=f"{speed:g}", selected=speed == 1.0) for speed in SPEEDS)
    place = tag(
        "input",
        type="range",
        min="0",
        max=f"{line.length_s:.1f}",
        step="0.1",
        value="0",
        data_replay="place",
        aria_label="Place in the interview",
    )
    return tag(
        "div",
        tag("button", "Play", type="button", data_replay="play", aria_pressed="false"),
        place,
        tag("span", f"0:00 of {to_clock(line.length_s)}", data_replay="clock", class_="il-clock"),
        tag("label", "Speed ", tag("select", *speeds, data_replay="speed")),
        tag("label", "Jump to ", tag("select", *_chapters(line, report), data_replay="jump")),
        class_="il-replay-bar",
    )


def _chapters(line: Timeline, report: Report | None) -> Iterator[Html]:
    """The beginning, where each question or exercise came up first, and the end."""
    texts = {question.question_id: question.text for question in report.questions} if report else {}
    yield tag("option", "the beginning", value="0")
    seen = set[str]()
    for moment in line.moments:
        entry = moment.entry
        subject = isinstance(entry, ReplyEntry) and (entry.exercise_id or entry.question_id)
        if subject and subject not in seen:
            seen.add(subject)
            title = _cut(texts.get(subject) or labels.spoken(subject).capitalize())
            yield tag("option", f"{to_clock(moment.at_s)} {title}", value=f"{moment.at_s:.1f}")
    yield tag("option", "the end", value=f"{line.length_s:.1f}")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"


def _sound(start_s: float, call: Call) -> Html:
    place = {"data_start": f"{start_s:.2f}", "data_end": f"{start_s + call.duration_s:.2f}"}
    return tag("audio", preload="none", src=call.url, aria_label="Recording", **place)


def _words(line: Timeline, transcript: Transcript, interviewer: str) -> Html:
    said = transcript.utterances()
    rows = []
    for moment in line.moments:
        match moment.entry:
            case ReplyEntry(text=text):
                rows.append(_said(moment, interviewer, text))
            case UtteranceEntry(turn=turn):
                rows.append(_said(moment, "You", said[turn].text))
            case SubmissionEntry(language=language):
                rows.append(_said(moment, "You", f"Handed in {labels.LANGUAGE[language]} code."))
            case SnapshotEntry(language=language, is_run=True):
                rows.append(_said(moment, "You", f"Ran {labels.LANGUAGE[language]} code.", "il-aside"))
            case NoteEntry(topic=topic, text=text) if topic != "plan" and text:
                rows.append(_said(moment, "Note", text, "il-aside"))
    return tag("ol", *rows, class_="il-moments", tabindex=0, aria_label="What was said")


def _said(moment: Moment, who: str, text: str, more: str = "") -> Html:
    clock = to_clock(moment.at_s)
    seek = tag("button", clock, type="button", class_="il-seek", aria_label=f"Play from {clock}")
    return tag(
        "li",
        seek,
        tag("div", tag("span", who, class_="il-who"), tag("span", text, class_="il-words")),
        class_=f"il-moment {more}".strip(),
        data_at=f"{moment.at_s:.2f}",
        data_turn=moment.entry.turn,
    )


def _side(line: Timeline, report: Report | None) -> Html:
    codes, remarks = list(_codes(line)), list(_remarks(report)) if report else []
    none_yet = tag("p", "No code at this moment.", class_="il-soft", data_empty="code")
    nothing = tag("p", "Nothing rests on this moment." if report else "There is no feedback yet.", class_="il-soft")
    code = tag("section", tag("h3", "Code at this moment"), none_yet, *codes, aria_label="Code at this moment")
    feedback = tag(
        "section",
        tag("h3", "Feedback on this moment"),
        tag("div", nothing, data_empty="remark"),
        *remarks,
        aria_label="Feedback on this moment",
    )
    return tag("div", code if codes else Html(), feedback, class_="il-replay-side")


def _codes(line: Timeline) -> Iterator[Html]:
    """The editor as it stood each time it had changed, or code was run or handed in."""
    results = {m.entry.turn: m.entry.result for m in line.moments if isinstance(m.entry, ResultEntry)}
    for moment in line.moments:
        entry = moment.entry
        if not isinstance(entry, SnapshotEntry | SubmissionEntry):
            continue
        what = f"{labels.LANGUAGE[entry.language]}, {_happened(entry, to_clock(moment.at_s))}"
        result = results.get(entry.turn) if isinstance(entry, SubmissionEntry) else None
        passed = chip(f"{result.passed} of {labels.count(len(result.tests), 'test')} passed") if result else Html()
        head = tag("p", tag("span", what), passed, class_="il-run")
        code = tag("pre", entry.code, tabindex=0, role="region", aria_label=what)
        yield tag("div", head, code, data_code=f"{moment.at_s:.2f}", hidden=True)


def _happened(entry: SnapshotEntry | SubmissionEntry, clock: str) -> str:
    if isinstance(entry, SubmissionEntry):
        return "handed in"
    return f"run at {clock}" if entry.is_run else f"as it stood at {clock}"


def _remarks(report: Report) -> Iterator[Html]:
    """What the report says about each turn."""
    by_turn: dict[int, list[Html]] = {}
    for question in report.questions:
        for found in question.found:
            text = joined(tag("strong", labels.spoken(found.key_point)), ": ", tag("q", found.quote))
            by_turn.setdefault(found.turn, []).append(text)
    for name, axis in report.axes.items():
        for piece in axis.evidence:
            level = f"{labels.AXIS[name]}, level {axis.level}: "
            if isinstance(piece, QuoteEvidence):
                rests_on: str = tag("q", piece.quote)
            else:
                rests_on = f"test {piece.test}" if isinstance(piece, TestEvidence) else piece.fact
            by_turn.setdefault(piece.turn, []).append(joined(level, rests_on))
    for turn, lines in by_turn.items():
        yield tag("div", items(*dict.fromkeys(lines)), data_remark=turn, hidden=True)
