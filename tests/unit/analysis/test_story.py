"""Pauses, repeated starts, the parts of a story."""

from __future__ import annotations

from interviewlab.analysis.code import code_facts
from interviewlab.analysis.delivery import delivery_facts, story_parts
from interviewlab.types import Submission, Utterance, Word


def spoken(*times: tuple[float, float]) -> Utterance:
    words = tuple(Word(text="word", start_s=start, end_s=end) for start, end in times)
    return Utterance(text=" ".join(word.text for word in words), source="voice", words=words)


def test_silences_of_a_second_are_pauses_and_the_longest_is_told() -> None:
    facts = delivery_facts([spoken((0.0, 0.5), (2.5, 3.0), (3.1, 10.0))], [])
    assert facts.pauses_per_minute == 6.0
    assert facts.longest_pause_s == 2.0


def test_typed_words_have_no_pauses() -> None:
    facts = delivery_facts([Utterance(text="We used a queue.")], [])
    assert facts.pauses_per_minute is None
    assert facts.longest_pause_s is None


def test_words_said_twice_are_counted_where_that_has_no_meaning() -> None:
    said = "I I think we, we used the the cache that that team had had, very very fast"
    facts = delivery_facts([Utterance(text=said)], [])
    assert facts.repeated_starts_per_100_words == round(100 * 3 / 17, 2)


def test_a_whole_story_has_four_parts_and_a_bare_claim_none() -> None:
    told = (
        "At my last company our checkout was slow. I was asked to make it fast. I profiled it and added a cache."
        " As a result the median fell from 900 to 200 milliseconds."
    )
    assert story_parts(told) == ("situation", "task", "action", "result")
    assert story_parts("Teamwork matters to me.") == ()


def test_only_answers_to_behavioural_questions_are_stories() -> None:
    said = [Utterance(text="As a result the index is used.")]
    assert delivery_facts(said, []).story_parts == ()
    assert delivery_facts(said, [], stories=[said[0].text]).story_parts == ("result",)


def test_loops_inside_loops_are_counted_and_functions_begin_anew() -> None:
    code = "def f(a):\n    for x in a:\n        def g(b):\n            return [y for y in b for z in b]\n        g(a)\n"
    assert code_facts(Submission(code=code, language="python")).loop_depth == 2
    assert code_facts(Submission(code="x = 1", language="python")).loop_depth == 0
    assert code_facts(Submission(code="let x = 1;", language="javascript")).loop_depth is None
