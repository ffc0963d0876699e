import re

from interviewlab.reports import to_markdown
from interviewlab.types import Gap, Overall, QuoteEvidence, Transcript
from interviewlab.ui.presenters.report import to_report
from tests.unit.ui.samples import report, transcript


def shown() -> str:
    return to_report(report(), transcript(), "Alex")


def test_every_axis_has_a_card_with_level_and_reason() -> None:
    for axis in ("Communication", "Technical knowledge", "Problem solving", "Code quality", "Testing"):
        assert f"<h3>{axis}</h3>" in shown()
    assert shown().count("Level 3 of 5") == 5
    assert "Says why." in shown()


def test_axis_without_evidence_is_not_judged_and_says_why() -> None:
    assert "Not judged" in shown()
    assert "Nothing was said about testing." in shown()


def test_every_evidence_links_to_a_turn_of_the_transcript_on_the_page() -> None:
    targets = set(re.findall(r'href="#(turn-\d+)"', shown()))
    assert targets == {"turn-1", "turn-2"}
    assert all(f'id="{target}"' in shown() for target in targets)


def test_quotes_tests_and_facts_are_shown_as_text() -> None:
    assert "<q>&lt;img src=x onerror=alert(1)&gt;" in shown()
    assert "<code>case 1</code> passed" in shown()
    assert "1 of 3 tests passed" in shown()
    assert "<img" not in shown()


def test_axis_in_a_gap_is_called_by_its_label() -> None:
    gap = Gap(what="technical_knowledge", why="not asked")
    page = to_report(report().model_copy(update={"gaps": (gap,)}), transcript(), "Alex")
    assert "<strong>Technical knowledge</strong>: not asked" in page


def test_question_shows_what_was_said_and_what_was_not() -> None:
    assert "What is &lt;a cache&gt;?" in shown()
    assert "stale reads" in shown()
    assert "An expiry bounds it." in shown()


def test_submissions_skills_delivery_and_gaps_have_their_place() -> None:
    for words in ("1 of 3", "hash tables", "Your share of the talk", "no test was written", "0123456789abcdef"):
        assert words in shown()


def test_report_of_silence_gives_no_number_at_all() -> None:
    silent = {name: axis.model_copy(update={"score": None, "level": None}) for name, axis in report().axes.items()}
    empty = {"overall": Overall(score=None, level=None), "questions": (), "submissions": (), "skills": (), "gaps": ()}
    page = to_report(
        report().model_copy(update={"axes": silent, "delivery": None, **empty}), Transcript(interview_id="i1"), "Alex"
    )
    assert "too little in this interview to judge" in page
    assert "Level" not in page
    assert " %" not in page
    assert "<h2>Code</h2>" not in page


def test_evidence_beyond_the_first_pieces_is_folded_away() -> None:
    judged = report().axes["communication"]
    many = judged.model_copy(update={"evidence": tuple(QuoteEvidence(turn=n, quote=f"quote {n}") for n in range(20))})
    shown = to_report(report().model_copy(update={"axes": {"communication": many}}), transcript(), "Alex")
    before, after = shown.split("<summary>12 more</summary>")
    assert ("quote 7" in before, "quote 8" in before, "quote 19" in after) == (True, False, True)


def test_a_quote_that_nobody_would_read_to_its_end_is_cut_on_the_page_and_in_the_file() -> None:
    endless = QuoteEvidence(turn=1, quote="word " * 4000)
    judged = report().axes["communication"].model_copy(update={"evidence": (endless,)})
    told = report().model_copy(update={"axes": {"communication": judged}})
    for shown in (to_report(told, transcript(), "Alex"), to_markdown(told)):
        assert 50 < shown.count("word ") < 100
        assert "word …" in shown
