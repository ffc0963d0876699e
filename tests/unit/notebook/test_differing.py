"""What two versions of an interview have apart is shown word by word; nothing a candidate wrote is markup."""

from __future__ import annotations

from interviewlab.notebook.differing import compare_runs, difference_to_html, words_to_html
from interviewlab.types import ReplyEntry, Transcript
from tests.unit.notebook.test_display import TRANSCRIPT


def test_words_that_one_text_lacks_are_marked() -> None:
    gone, new = words_to_html("Okay. What is an index?", "Thank you. What is an index?")
    assert gone == "<del>Okay.</del> What is an index?"
    assert new == "<ins>Thank you.</ins> What is an index?"


def test_what_was_written_is_no_markup() -> None:
    assert words_to_html("<b>a</b>", "b") == ("<del>&lt;b&gt;a&lt;/b&gt;</del>", "<ins>b</ins>")


def test_only_turns_that_differ_are_shown() -> None:
    first_turn = min(TRANSCRIPT.replies())
    other = reworded(TRANSCRIPT, first_turn, "Something else.")
    html = difference_to_html(TRANSCRIPT, other)
    assert html.count("<tr>") == 2
    assert "<ins>Something" in html


def test_equal_runs_say_so_and_others_list_the_interviews() -> None:
    other = reworded(TRANSCRIPT, min(TRANSCRIPT.replies()), "Something else.")
    assert "No reply differs" in compare_runs([TRANSCRIPT], [TRANSCRIPT]).value
    chosen, shown = compare_runs([TRANSCRIPT], [other]).children
    assert chosen.options == ((f"{TRANSCRIPT.interview_id}: 1 turns", TRANSCRIPT.interview_id),)
    assert "Something" in shown.value


def reworded(transcript: Transcript, turn: int, text: str) -> Transcript:
    entries = tuple(
        entry.model_copy(update={"text": text}) if isinstance(entry, ReplyEntry) and entry.turn == turn else entry
        for entry in transcript.entries
    )
    return transcript.model_copy(update={"entries": entries})
