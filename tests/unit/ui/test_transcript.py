import re
from typing import Literal

import pytest

from interviewlab.questions.bank import load_bank
from interviewlab.types import CorrectedEntry, Entry, Plan, Progress, Transcript, UtteranceEntry
from interviewlab.ui.presenters.transcript import to_live, to_status, to_transcript
from tests.unit.ui.samples import AT, EVIL, transcript


def test_conversation_is_shown_in_order_with_an_anchor_for_each_turn() -> None:
    shown = to_transcript(transcript(), "Alex")
    places = [shown.index(words) for words in ("Words alone.", "Hello!", "onerror", "You said", "Handed in", "Why?")]
    assert places == sorted(places)
    assert [shown.count(f'id="said-{turn}"') for turn in (0, 1, 2)] == [1, 1, 1]


def test_markup_in_an_answer_is_shown_as_text() -> None:
    shown = to_transcript(transcript(), "Alex")
    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** `tick` &amp;" in shown


def test_notes_of_the_house_are_shown_but_not_the_plan() -> None:
    shown = to_transcript(transcript(), "Alex")
    assert "Words alone." in shown
    assert "the plan" not in shown


def spoken(*more: Entry) -> Transcript:
    first = UtteranceEntry(sequence=0, turn=1, at=AT, text="I used readies.", source="voice")
    typed = UtteranceEntry(sequence=1, turn=2, at=AT, text="I type this.")
    return Transcript(interview_id="i1", entries=(first, typed, *more))


def mend(by: Literal["candidate", "ears"], text: str, sequence: int = 2) -> CorrectedEntry:
    return CorrectedEntry(sequence=sequence, turn=2, at=AT, of_turn=1, text=text, by=by)


def test_corrected_utterance_is_shown_as_corrected_and_what_was_heard_first_is_folded() -> None:
    shown = to_transcript(spoken(mend("candidate", "I used Redis.")), "Alex")
    mended, _, first = shown.partition("<details")
    assert "I used Redis." in mended
    assert "readies" not in mended
    assert "Corrected by you. Heard first" in first
    assert "I used readies." in first.partition("</details>")[0]


def test_ears_that_heard_the_same_again_fold_nothing_and_better_ears_are_named() -> None:
    assert "<details" not in to_transcript(spoken(mend("ears", "I used readies.")), "Alex")
    assert "better the second time" in to_transcript(spoken(mend("ears", "I used Redis.")), "Alex")
    both = to_transcript(spoken(mend("ears", "I used ready."), mend("candidate", "I used Redis.", 3)), "Alex")
    assert "Corrected by you" in both
    assert "I used ready." not in both


def test_only_spoken_answers_can_be_corrected_and_only_where_it_is_allowed() -> None:
    shown = to_transcript(spoken(), "Alex", allow_correction=True)
    assert re.findall(r'class="il-correct" data-turn="(\d+)"', shown) == ["1"]
    assert "il-correct" not in to_transcript(spoken(), "Alex")


def test_submission_shows_its_code_folded_and_how_many_tests_passed() -> None:
    shown = to_transcript(transcript(), "Alex")
    assert "print(&#x27;&lt;b&gt;&#x27;)" in shown
    assert "1 of 3 tests passed" in shown
    assert "code, 1 line<" in shown


def test_live_turn_waits_until_the_first_sentence_is_there() -> None:
    assert "Alex is thinking" in to_live("x", "", "Alex")
    assert "Alex is thinking" not in to_live("x", "First.", "Alex")
    assert "<img" not in to_live(EVIL, EVIL, EVIL)


def test_technical_questions_of_an_interview_without_code_are_not_called_coding() -> None:
    shown = to_status(Plan(type="fundamentals"), Progress.model_validate({"phase": "technical"}))
    assert 'aria-current="step">Technical<' in shown
    assert "Coding" not in shown


def test_phases_are_those_that_come_and_stories_are_called_so() -> None:
    progress = Progress.model_validate({"phase": "technical"})
    assert "Your work" not in to_status(Plan(type="mixed"), progress)
    assert "Your work" not in to_status(Plan(type="coding", personal=PERSONAL), progress)
    assert "Your work" in to_status(Plan(type="mixed", personal=PERSONAL), progress)
    stories = to_status(Plan(type="behavioural"), progress)
    assert 'aria-current="step">Stories<' in stories
    assert "Technical" not in stories


PERSONAL = load_bank(()).questions[:1]


@pytest.mark.parametrize(("phase", "done"), [("intro", 0), ("technical", 2), ("closing", 3)])
def test_phases_before_the_current_one_are_done(phase: str, done: int) -> None:
    shown = to_status(Plan(personal=PERSONAL), Progress.model_validate({"phase": phase}))
    assert shown.count("il-done") == done
    assert shown.count('aria-current="step"') == 1


def test_clock_carries_what_was_spent_and_since_when_it_runs() -> None:
    shown = to_status(Plan(minutes=45), Progress(spent_s=61.4, last_at=AT), 7.5)
    assert 'data-spent="61"' in shown
    assert 'data-quiet="7.5"' in shown
    assert 'data-minutes="45"' in shown


def test_clock_of_an_ended_interview_stands_still() -> None:
    shown = to_status(Plan(), Progress(is_ended=True, last_at=AT))
    assert "data-quiet" not in shown
    assert "Ended" in shown
