import re
from datetime import timedelta

from interviewlab.types import ReplyEntry, SnapshotEntry, Transcript, UtteranceEntry
from interviewlab.ui.presenters.replay import to_replay
from interviewlab.ui.presenters.timeline import LONGEST_SILENCE_S, Call, lay_on_line
from tests.unit.ui.samples import AT, EVIL, report, transcript


def talk(*seconds: float) -> Transcript:
    entries = [
        UtteranceEntry(sequence=n, turn=n, at=AT + timedelta(seconds=at), text=f"words {n}")
        for n, at in enumerate(seconds)
    ]
    return Transcript(interview_id="i1", entries=tuple(entries))


def test_long_silence_is_cut_and_short_ones_are_kept() -> None:
    line = lay_on_line(talk(0, 5, 4000, 4002), ())
    assert [moment.at_s for moment in line.moments] == [0, 5, 5 + LONGEST_SILENCE_S, 7 + LONGEST_SILENCE_S]
    assert line.length_s == 7 + LONGEST_SILENCE_S


def test_recorded_silence_is_played_as_it_was() -> None:
    call = Call("recordings/x", AT + timedelta(seconds=10), 90.0)
    line = lay_on_line(talk(0, 12, 98, 5000), (call,))
    assert line.calls == ((10.0, call),)
    assert [moment.at_s for moment in line.moments] == [0, 12, 98, 100 + LONGEST_SILENCE_S]


def test_clock_that_was_set_back_never_moves_the_line_back() -> None:
    line = lay_on_line(talk(0, 10, 4, 12), ())
    assert [moment.at_s for moment in line.moments] == [0, 10, 10, 12]


def test_replay_shows_words_code_and_feedback_and_nothing_of_it_as_markup() -> None:
    page = to_replay(transcript(), report(), (), "Alex")
    assert "<img" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 3
    assert "print(&#x27;&lt;b&gt;&#x27;)" in page
    assert "1 of 3 tests passed" in page
    assert {"1", "2"} <= set(re.findall(r'data-remark="(\d+)"', page))
    assert "plays without sound" in page


def test_chapters_lead_to_where_each_question_came_up_first() -> None:
    turns = [
        ReplyEntry(
            sequence=n, turn=n, at=AT + timedelta(seconds=n), text="?", move="ask", phase="technical",
            question_id=question, brain="bank",
        )
        for n, question in enumerate((None, "q1", "q1", "two-sum"))
    ]  # fmt: skip
    page = to_replay(Transcript(interview_id="i1", entries=tuple(turns)), report(), (), "Alex")
    chapters = re.findall(r'<option value="([\d.]+)">([^<]+)</option>', page)
    assert chapters[-4:] == [
        ("0", "the beginning"),
        ("1.0", "0:01 What is &lt;a cache&gt;?"),
        ("3.0", "0:03 Two sum"),
        ("3.0", "the end"),
    ]


def test_only_code_that_was_run_is_said_to_have_been_run() -> None:
    run, watched = (
        SnapshotEntry(sequence=n, turn=2, at=AT, code="x = 1", language="python", is_run=is_run)
        for n, is_run in ((8, True), (9, False))
    )
    page = to_replay(Transcript(interview_id="i1", entries=(*transcript().entries, run, watched)), None, (), "Alex")
    assert page.count("Ran Python code.") == 1
    assert len(re.findall(r"<span>Python, run at \d+:\d\d</span>", page)) == 1
    assert len(re.findall(r"<span>Python, as it stood at \d+:\d\d</span>", page)) == 1


def test_unfinished_interview_is_replayed_without_feedback() -> None:
    snapshot = SnapshotEntry(sequence=9, turn=2, at=AT, code=EVIL, language="python")
    going_on = Transcript(interview_id="i1", entries=(*transcript().entries, snapshot))
    page = to_replay(going_on, None, (), "Alex")
    assert "There is no feedback yet." in page
    assert page.count("data-code=") == 2
    assert to_replay(Transcript(interview_id="i1"), None, (), "Alex") == ""
