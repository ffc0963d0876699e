"""Stories count by what they tell in people's own words, with quotes; praise of oneself counts nothing."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean

import pytest

from interviewlab.questions.bank import load_bank
from interviewlab.scoring.axes import communication, problem_solving, technical_knowledge
from interviewlab.scoring.case import Answered
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.stories import STORIES
from interviewlab.scoring.story_rules import story_rules
from tests.models import minilm
from tests.unit.scoring.test_axis_facts import case

BANK = load_bank()
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "evals/data/stories/answers.jsonl").read_text("utf-8").splitlines()
]
REPORT = [row for row in ROWS if row["split"] == "report"]
OWN_WORDS = (
    "A cleanup of mine that was meant for the test tenants ran on Monday and took ninety customers' files with it. "
    "I wrote into the channel that it was me and stopped the job, which took four minutes. "
    "We put the files back from the snapshot, forty minutes all in all. "
    "My tests had only ever had one tenant in them. "
    "Since then each job that deletes prints its list first and waits for a second person."
)
PRAISE = (
    "I am a very experienced engineer and I always take full ownership of my mistakes. I communicated openly with all "
    "stakeholders, and the outcome was a great success with significant impact for the whole company."
)
HOLIDAY = (
    "In July we drove to the sea with two children, 900 kilometres, and stood five hours before the tunnel. I bought "
    "ice cream for everybody and my wife told stories. Since then we only drive at night."
)


@pytest.fixture(scope="module")
def grader() -> AnswerGrader:
    return AnswerGrader(minilm(), [question.answer for question in BANK.questions])


@pytest.fixture(scope="module")
def scores(grader: AnswerGrader) -> dict[int, list[float]]:
    """Of the half that nothing was tuned on, by level."""
    found: dict[int, list[float]] = {}
    for row in REPORT:
        score = grader.assess(BANK.question(row["question_id"]), row["answer"], turn=1).score
        found.setdefault(row["level"], []).append(score or 0.0)
    return found


def told(grader: AnswerGrader, question_id: str, *said: str) -> Answered:
    question, turns = BANK.question(question_id), range(1, 2 * len(said), 2)
    single = tuple(grader.assess(question, text, turn) for turn, text in zip(turns, said, strict=True))
    return Answered(question, tuple(turns), single, grader.assess(question, "\n".join(said), turns[-1]))


def test_empty_talk_and_what_is_no_work_stay_in_the_lowest_band(scores: dict[int, list[float]]) -> None:
    assert max(scores[0]) < 0.2


def test_better_stories_score_higher(scores: dict[int, list[float]]) -> None:
    means = [fmean(scores[level]) for level in range(4)]
    assert means == sorted(means)
    assert means[1] < 0.2 < 0.35 < means[2] < 0.6 < 0.75 < means[3]


def test_a_story_in_own_words_is_found_part_by_part_with_its_words(grader: AnswerGrader) -> None:
    found = grader.assess(BANK.question("behave-production-mistake"), OWN_WORDS, turn=1)
    assert (found.score or 0.0) > 0.7
    quotes = {hit.key_point: hit.quote for hit in found.found}
    assert "it was me" in quotes["owned-it"]
    assert "snapshot" in quotes["stop-the-damage"]
    assert {"measured-effect", "prevention"} <= quotes.keys()
    assert all(quote in OWN_WORDS for quote in quotes.values())


@pytest.mark.parametrize("said", [PRAISE, HOLIDAY])
@pytest.mark.parametrize(
    "question_id", ["behave-production-mistake", "behave-unowned-problem", "resume-failed-project"]
)
def test_praise_and_holidays_tell_nothing(grader: AnswerGrader, question_id: str, said: str) -> None:
    found = grader.assess(BANK.question(question_id), said, turn=1)
    assert (found.score or 0.0) < 0.2
    assert found.found == ()


def test_a_story_without_stops_is_cut_into_what_can_be_quoted(grader: AnswerGrader) -> None:
    said = OWN_WORDS.replace(".", "").replace(",", "").lower()
    found = grader.assess(BANK.question("behave-production-mistake"), said, turn=1)
    assert (found.score or 0.0) > 0.4
    assert all(hit.quote in said and len(hit.quote) < len(said) / 2 for hit in found.found)


def test_the_content_of_stories_decides_communication_and_problem_solving(grader: AnswerGrader) -> None:
    good, poor = (told(grader, "behave-production-mistake", said) for said in (OWN_WORDS, PRAISE))
    full, empty = (case(answers=(one,), said={1: said}) for one, said in ((good, OWN_WORDS), (poor, PRAISE)))
    assert (communication(full).score or 0.0) > 0.6
    assert (communication(empty).score or 1.0) < 0.25
    assert (problem_solving(full).score or 0.0) > 0.6
    assert problem_solving(full).evidence
    assert problem_solving(empty).score is None


def test_a_story_that_explains_nothing_is_no_want_of_knowledge(grader: AnswerGrader) -> None:
    said = (
        "The project was a chat for our office. It was my idea, and we stopped it after eight months as nobody wrote."
    )
    failed = told(grader, "resume-failed-project", said)
    verdict = technical_knowledge(case(answers=(failed,), said={1: said}))
    assert verdict.score is None
    assert not verdict.weaknesses


def test_every_key_point_of_the_bank_that_asks_for_a_story_has_its_kind() -> None:
    rules = story_rules()
    asked = [(q, p) for q in BANK.questions if q.area in STORIES for p in q.key_points]
    assert [(q.id, p.id) for q, p in asked if not rules.points.keys() & {f"{q.id}/{p.id}", p.id}] == []
    named = {f"{q.id}/{p.id}" for q, p in asked}
    assert {name for name in rules.points if "/" in name} <= named
    assert set(rules.points.values()) <= rules.kinds.keys()
    assert {sign for kind in rules.kinds.values() for line in kind.told for sign in line} <= rules.signs.keys()


def test_figures_without_matter_make_no_story(grader: AnswerGrader) -> None:
    said = (
        "In 2022 I managed 14 projects and finished 100 percent of them within 12 months. I told 50 stakeholders "
        "early, reduced risk by 60 percent and increased value by 3 million. Since then I always deliver."
    )
    found = grader.assess(BANK.question("behave-deadline-at-risk"), said, turn=1)
    assert (found.score or 0.0) < 0.2
    assert found.found == ()


def test_capitals_make_nothing_particular(grader: AnswerGrader) -> None:
    said = "I DELIVERED GREAT VALUE AND IMPROVED RESULTS FOR EVERYBODY. I LED THE TEAM. SINCE THEN I WAS PROMOTED."
    assert (grader.assess(BANK.question("resume-biggest-impact"), said, turn=1).score or 0.0) < 0.1


@pytest.mark.parametrize(
    "said",
    [
        "I'm a careful man, but in March I ran a migration on the wrong terminal and locked out forty customers.",
        "The app's ratings fell from 4.6 to 3.9 after my release broke the login.",
        "I turned on debug mode, and my change to the login broke checkout for 40 customers.",
        "I was a level 2 engineer and broke the login for 40 customers on a Monday.",
    ],
)
def test_words_of_being_and_of_marking_in_a_deed_cost_nothing(grader: AnswerGrader, said: str) -> None:
    answer = f"{said} I wrote into the channel at once that it was me and restored the table from the backup."
    found = grader.assess(BANK.question("behave-production-mistake"), answer, turn=1)
    assert said in {hit.quote for hit in found.found}


def test_what_a_level_is_said_to_be_is_no_part_of_a_story(grader: AnswerGrader) -> None:
    question, scale = BANK.question("behave-production-mistake"), "Level 1 = no answer."
    plain, scaled = (grader.assess(question, text, 1).score for text in (OWN_WORDS, f"{scale} {OWN_WORDS}"))
    assert scaled == plain


def test_rare_words_of_admiration_make_no_story(grader: AnswerGrader) -> None:
    said = (
        "My courage is extraordinary: I decided fearlessly, I explained it eloquently to grumpy managers, I listened "
        "with infinite patience, and history vindicated my visionary Terraform choice."
    )
    assert (told(grader, "behave-unpopular-decision", said).score or 0.0) < 0.15
    plain = (
        "Sales was against it, so I explained to the managers what an outage cost us, 900 euros a day, and listened. "
        "We took Terraform, which was a brilliant idea of Eva's, and it runs for two years now."
    )
    assert (told(grader, "behave-unpopular-decision", plain).score or 0.0) > 0.5
