"""A story answers a follow-up where it holds what that asks for; what it asks for hangs on its wording."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interviewlab.questions.bank import load_bank
from interviewlab.resume.words import load_words
from interviewlab.scoring.follow_ups import tells_of, wanted_by
from interviewlab.scoring.stories import STORIES

HELPED = (
    "Our new colleague's tickets took three weeks each. I asked whether he'd like to pair in the mornings, just "
    "us two, and it came out that he had never worked without tests. So we wrote tests around his piece, and he typed "
    "instead of me. By the end of the quarter he closed twelve tickets a month, up from two."
)
ARGUED = (
    "There was one lead who was dead against it, since his scripts did something odd with migrations. He was right, so "
    "I sat with him and built what was missing. After that I always asked the sceptics first."
)


@pytest.mark.parametrize(
    ("said", "follow_up"),
    [
        (HELPED, "How did you notice that something was wrong?"),
        (HELPED, "How did you bring it up with them?"),
        (HELPED, "What was different afterwards?"),
        (ARGUED, "Who was against it, and what did you do about that?"),
        (ARGUED, "What did you do differently from then on?"),
    ],
)
def test_a_story_holds_what_is_asked_for(said: str, follow_up: str) -> None:
    assert tells_of(said, follow_up)


@pytest.mark.parametrize(
    ("said", "follow_up"),
    [
        (HELPED, "What did you learn from that about helping people?"),
        (HELPED, "Who was against it, and what did you do about that?"),
        (ARGUED, "What was the effect, in figures if you have them?"),
        (ARGUED, "How did you decide what they should try next?"),
        ("It was hard.", "What exactly did you change, and who felt the effect?"),
    ],
)
def test_a_story_does_not_hold_what_was_not_told(said: str, follow_up: str) -> None:
    assert not tells_of(said, follow_up)


DROPPED = (
    "I dropped an index on the orders table because I thought nothing used it, and the nightly invoicing job timed "
    "out. I noticed from the alert at six in the morning, recreated the index and reran the invoices by hand. Finance "
    "were four hours late that day."
)
WEEK = (
    "I keyed the rota page by local date, and when the clocks went back a whole ward saw their shifts moved by a day. "
    "I told my lead immediately, we rolled back within twenty minutes, and I rang the two wards."
)
WHO_FELT = "What exactly did you change, and who felt the effect?"


@pytest.mark.parametrize(
    "said",
    [
        DROPPED,
        WEEK,
        "I changed the rounding of a price and I merged it without a second look, since it was late that day. "
        "From noon on every customer with a voucher was charged twice, and I wrote to all of them myself that evening.",
        "I swapped two flags in the configuration and I deployed it on a Friday, against our rule. Half of our drivers "
        "couldn't log in until I noticed it on the train, and we reverted it from there within an hour.",
    ],
)
def test_a_brief_story_tells_whom_it_met(said: str) -> None:
    assert tells_of(said, WHO_FELT)


@pytest.mark.parametrize(
    "said",
    [
        "I dropped an index.",
        "I dropped an index on the orders table, and I recreated it by hand as soon as I had read the alert, which was "
        "at six in the morning, so that it all ran again before eight, and then I wrote a check for the next time.",
        "Mistakes happen to everybody, and it is important that a team has a culture where one can speak about them "
        "openly and without blame, since only then does anybody learn from what went wrong that day.",
        "My users were late.",
    ],
)
def test_whom_it_met_is_asked_where_that_is_open(said: str) -> None:
    assert not tells_of(said, WHO_FELT)


def test_both_parts_of_a_follow_up_have_to_be_told() -> None:
    asked = "What did you do in the week-to-week work, and what did you refrain from?"
    assert not tells_of("I met her every Thursday and I wrote down what she tried.", asked)
    assert tells_of("I met her every Thursday, and I asked questions instead of solving it.", asked)


def personal() -> Iterator[tuple[str, str]]:
    """Each wording of a follow-up about one's own CV, with where it stands."""
    for kind, wording in load_words("personal").items():
        for point in wording["points"]:
            for key in (key for key in point if key.endswith("follow_ups")):
                for text in point[key]:
                    yield f"{kind}/{point['id']}", text.format(name="Orbit", figure="by 40 %")


def test_what_is_known_of_follow_ups_about_the_cv_is_known_in_these_wordings() -> None:
    # Whoever words one anew sees here whether an answer to it can still be told by the words of a story.
    known = {(place, wanted) for place, text in personal() if (wanted := next(wanted_by(text)))}
    assert known == {
        ("project/own-part", "own-part"),
        ("work/own-part", "own-part"),
        ("work/trade-off", "options"),
        ("work/numbers", "result"),
        ("work/outcome", "result"),
        ("work/outcome", "lesson"),
        ("skill/own-part", "own-part"),
        ("skill/own-part", "built"),
        ("skill/outcome", "result"),
        ("skill/outcome", "lesson"),
    }


def test_most_follow_ups_of_the_bank_ask_for_something_known() -> None:
    asked = [point.follow_up for q in load_bank().questions if q.area in STORIES for point in q.key_points]
    assert sum(next(wanted_by(each)) is not None for each in asked) >= 2 / 3 * len(asked)
