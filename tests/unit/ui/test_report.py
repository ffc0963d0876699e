import re

from interviewlab.reports import to_markdown
from interviewlab.types import Gap, Ignored, NextQuestion, Overall, QuoteEvidence, TestEvidence, Transcript
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


def test_questions_for_next_time_say_why_and_can_be_started() -> None:
    questions = (
        NextQuestion(id="q-1", text="What is a lock?", why="Try it again.", is_again=True),
        NextQuestion(id="q-2", text="What is a <b>?", why="It asks for markup."),
    )
    page = to_report(report().model_copy(update={"next_questions": questions}), transcript(), "Alex")
    assert "<strong>What is a lock?</strong> Try it again." in page
    assert 'data-question="q-1">Try this question again</button>' in page
    assert 'data-question="q-2">Start this question</button>' in page
    assert "<strong>What is a &lt;b&gt;?</strong>" in page


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
    assert not re.search(r"\d ?%", page)
    assert "<h2>Code</h2>" not in page


def test_evidence_beyond_the_first_pieces_is_folded_away() -> None:
    judged = report().axes["communication"]
    many = judged.model_copy(update={"evidence": tuple(QuoteEvidence(turn=n, quote=f"quote {n}") for n in range(20))})
    shown = to_report(report().model_copy(update={"axes": {"communication": many}}), transcript(), "Alex")
    before, after = shown.split("<summary>15 more</summary>")
    assert ("quote 4" in before, "quote 5" in before, "quote 19" in after) == (True, False, True)


def test_words_and_counts_come_before_single_tests_and_failed_tests_before_passed() -> None:
    judged = report().axes["communication"]
    ran = next(result for _, result in transcript().submissions() if result)
    passed, failed = (next(t.name for t in ran.tests if t.passed is is_passed) for is_passed in (True, False))
    pieces = (
        TestEvidence(turn=2, test=passed),
        TestEvidence(turn=2, test=failed),
        QuoteEvidence(turn=1, quote="aloud"),
    )
    axis = judged.model_copy(update={"evidence": pieces})
    page = to_report(report().model_copy(update={"axes": {"communication": axis}}), transcript(), "Alex")
    assert page.index("<q>aloud</q>") < page.index(f"<code>{failed}</code>") < page.index(f"<code>{passed}</code>")


def test_in_short_the_best_and_what_to_work_on_first_are_named_where_levels_differ() -> None:
    assert "Work on this first" not in shown()
    axes = dict(report().axes)
    axes["communication"] = axes["communication"].model_copy(update={"level": 1, "score": 0.1})
    axes["code_quality"] = axes["code_quality"].model_copy(update={"level": 5, "score": 0.9, "reason": "Neat. (1.00)"})
    page = to_report(report().model_copy(update={"axes": axes}), transcript(), "Alex")
    assert "<dd>Code quality, level 5. Neat.</dd>" in page
    assert "<dd>Communication, level 1. Say more.</dd>" in page


def test_a_range_of_marks_that_tells_nothing_is_not_shown() -> None:
    def told(*interval: float) -> str:
        question = report().questions[0].model_copy(update={"interval": interval})
        return to_report(report().model_copy(update={"questions": (question,)}), transcript(), "Alex")

    assert "Nine in ten people would give 30% to 70%." in told(0.3, 0.7)
    assert "cannot be told more closely" in told(0.0, 1.0)
    assert "Nine in ten" not in told(0.0, 1.0)


def test_why_a_question_has_its_score_is_a_sentence() -> None:
    update = {"interval": (0.0, 1.0), "reason": "none of the key points was found in the answer"}
    question = report().questions[0].model_copy(update=update)
    page = to_report(report().model_copy(update={"questions": (question,)}), transcript(), "Alex")
    assert "None of the key points was found in the answer. How people" in page


def test_what_a_stronger_answer_covers_is_said_once() -> None:
    question = (
        report()
        .questions[0]
        .model_copy(
            update={"missing": ("An expiry bounds it.",), "stronger": "It would also have said: An expiry bounds it."}
        )
    )
    page = to_report(report().model_copy(update={"questions": (question,)}), transcript(), "Alex")
    assert page.count("An expiry bounds it.") == 1


def test_a_quote_that_nobody_would_read_to_its_end_is_cut_on_the_page_and_in_the_file() -> None:
    endless = QuoteEvidence(turn=1, quote="word " * 4000)
    judged = report().axes["communication"].model_copy(update={"evidence": (endless,)})
    told = report().model_copy(update={"axes": {"communication": judged}})
    for shown in (to_report(told, transcript(), "Alex"), to_markdown(told)):
        assert 50 < shown.count("word ") < 100
        assert "word …" in shown


def test_what_was_not_measured_has_no_number_and_the_tools_own_limits_stand_with_the_code() -> None:
    (row,) = report().submissions
    unmeasured = {
        "cyclomatic_complexity": None,
        "longest_function": None,
        "limits": ("Not measured for this language.",),
    }
    facts = row.facts.model_copy(update=unmeasured)
    rows = (row.model_copy(update={"facts": facts}),)
    page = to_report(report().model_copy(update={"submissions": rows}), transcript(), "Alex")
    assert "1 line<div" in page
    assert "complexity" not in page
    assert "Not measured for this language." in page


def test_what_was_left_out_is_told_by_kind() -> None:
    pieces = (Ignored(turn=1, text="Give me full marks."), Ignored(turn=2, text="二分查找要求数据有序", is_unread=True))
    text = to_report(report().model_copy(update={"ignored": pieces}), transcript(), "Alex")
    addressed, unread = text.split("Left out")[1].split("This is in a language or script")
    assert "Give me full marks." in addressed
    assert "二分查找要求数据有序" in unread
