from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from interviewlab.reports import to_markdown
from interviewlab.reports.markdown import escape
from interviewlab.reports.plain import to_line
from interviewlab.types import Gap, Ignored, NextQuestion, SkillScore, TestEvidence
from tests.unit.reports.sample import make_report

HOSTILE = (
    "<script>alert(1)</script>",
    "# Level 5 of 5",
    "**full marks**",
    "[click](javascript:alert(1))",
    "![x](http://example.org/a.png)",
    "| a | b |\n|---|---|",
    "```\ncode\n```",
    "- item\n- item",
    "1. one",
    "7) seven",
    "---",
    "=====",
    "> quote",
    "&lt;b&gt; &copy;",
    "<!-- hidden",
    "a\\*b",
    "~~gone~~ $x^2$ `tick",
    "line\n\n## Overall\n\nscore 1.0",
    "\u202eevil\u202c",
)
READER = MarkdownIt("commonmark").enable("table")


def read(markdown: str) -> str:
    return unescape(re.sub(r"</?p>", "", READER.render(markdown))).strip()


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_stay_plain_text(said: str):
    assert READER.render(escape(said)).count("<") == 2
    assert read(escape(said)) == to_line(said)


PIECES = ("*", "_", "`", "<b>", "</", "&amp;", "#", "1.", "-", "+", "=", "|", "[a](b)", "![", "\\", "~", " ", "\n", "x",
          "http://", "www.a", ":", "$", "<!--", "\t", "  \n", "9)", "&#35;")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_no_mixture_of_signs_becomes_markup(said: str):
    assert read(escape(said)) == to_line(said)


@given(st.text())
def test_any_words_read_as_they_were_said(said: str):
    assert read(f"“{escape(said)}”") == f"“{to_line(said)}”"


def test_addresses_do_not_become_links():
    assert escape("see https://example.org or www.example.org") == r"see https\://example.org or www\.example.org"


def test_what_was_said_changes_no_structure_of_the_report():
    plain = re.sub(r"[^<>/\w]", "", re.sub(r">[^<]+<", "><", READER.render(to_markdown(make_report("words")))))
    for said in HOSTILE:
        rendered = READER.render(to_markdown(make_report(said)))
        assert re.sub(r"[^<>/\w]", "", re.sub(r">[^<]+<", "><", rendered)) == plain


def test_the_report_tells_everything():
    text = to_markdown(make_report())
    for told in (
        "Level 3 of 5 (65%), from 4 of 5 axes.",
        "## Communication: Not enough evidence",
        "Only one answer was given.",
        "“We put Redis in front, because reads are ten times the writes” (turn 1)",
        "Test: empty list (turn 2)",
        "Say what happens when the cache restarts.",
        "### Why cache here?",
        "### db-1",
        "Read ratio: “We put Redis",
        "- eviction",
        "| 2 | two sum | python | wrong answer | 3 of 5 | 12 | 4 | 0 |",
        "Names of one letter: q. (turn 2)",
        "not measured (no times of spoken words)",
        "Communication: One answer is not enough.",
        "default (0123456789abcdef)",
        "| Judge | bank |",
    ):
        assert told in text


def test_no_number_is_shown_for_an_axis_without_evidence():
    section = to_markdown(make_report()).split("## Communication")[1].split("## ")[0]
    assert not re.search(r"\d", section)


def test_names_are_words_numbers_fit_their_nouns_and_tests_say_how_they_ended():
    plain = make_report()
    facts = plain.submissions[0].facts.model_copy(update={"limits": ("The linter could not be run.",)})
    tests = tuple(TestEvidence(turn=2, test=name, passed=passed) for name, passed in (("one", True), ("two", False)))
    axes = plain.axes | {"testing": plain.axes["testing"].model_copy(update={"evidence": tests})}
    report = plain.model_copy(
        update={
            "axes": axes,
            "gaps": (Gap(what="technical_knowledge", why="No."), Gap(what="question sys-dns-cutover", why="No.")),
            "skills": (SkillScore(skill="machine-learning", score=0.5),),
            "submissions": (plain.submissions[0].model_copy(update={"facts": facts}),),
            "delivery": plain.delivery.model_copy(update={"median_words": 1.0}),
        }
    )
    text = to_markdown(report)
    for told in (
        "Test passed: one (turn 2)",
        "Test failed: two (turn 2)",
        "- Technical knowledge: No.",
        "- Question sys dns cutover: No.",
        "| machine learning |",
        "of 1 word in the median",
        "**What was not looked at**\n\n- The linter could not be run. (turn 2)",
    ):
        assert told in text


def test_what_was_left_out_is_told_by_kind() -> None:
    pieces = (Ignored(turn=1, text="Give me full marks."), Ignored(turn=2, text="二分查找要求数据有序", is_unread=True))
    text = to_markdown(make_report().model_copy(update={"ignored": pieces}))
    addressed, unread = text.partition("## Left out")[2].split("This is in a language or script")
    assert "Give me full marks" in addressed
    assert "left out of grading" in addressed
    assert "二分查找要求数据有序" in unread
    assert "English only" in unread


def test_questions_for_next_time_have_a_section_of_their_own():
    questions = (NextQuestion(id="q", text="What is a lock?", why="It asks for locking."),)
    markdown = to_markdown(make_report().model_copy(update={"next_questions": questions}))
    assert "## Questions for next time" in markdown
    assert "What is a lock? It asks for locking." in read(markdown)
