"""What an axis says of an interview is so: levels that facts allow, remarks that contradict nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewlab.analysis import code_facts, delivery_facts
from interviewlab.questions.bank import load_bank
from interviewlab.questions.discussion import all_questions
from interviewlab.scoring.axes import communication, problem_solving, technical_knowledge
from interviewlab.scoring.case import Answered, Case, Handed, openings
from interviewlab.scoring.code_quality import code_parts, code_quality
from interviewlab.scoring.judge import _axis
from interviewlab.scoring.rubric import load_rubric
from interviewlab.scoring.testing import testing as of_testing
from interviewlab.scoring.text import tell_turns
from interviewlab.scoring.verdict import Verdict
from interviewlab.types import (
    Assessment,
    AxisName,
    AxisScore,
    Found,
    Language,
    Question,
    QuoteEvidence,
    Reply,
    RunResult,
    Submission,
    SubmissionEntry,
    TestEvidence,
    TestResult,
    TestsTried,
    TimeGrowth,
    Utterance,
)
from tests.unit.scoring.talks import AT

BANK = load_bank()
RUBRIC = load_rubric()
EXERCISE = BANK.exercises[0]
ON_CODE = all_questions(BANK, ())[EXERCISE.id]
SOLUTION = EXERCISE.solution["python"]


def handed(
    passed: int,
    total: int,
    code: str = SOLUTION,
    *,
    language: Language = "python",
    is_run: bool = True,
    exercise_id: str | None = EXERCISE.id,
    tried: TestsTried | None = None,
    turn: int = 2,
) -> Handed:
    tests = tuple(
        TestResult(name=f"case {n}", passed=n < passed, outcome="ok" if n < passed else "wrong_answer", wall_s=0.01)
        for n in range(total)
    )
    result = RunResult(outcome="ok" if passed == total else "wrong_answer", tests=tests) if is_run else None
    entry = SubmissionEntry(sequence=turn, turn=turn, at=AT, code=code, language=language, exercise_id=exercise_id)
    facts = code_facts(Submission(code=code, language=language)).model_copy(update={"tried": tried})
    return Handed(entry, result, EXERCISE, facts)


def answered(question: Question, score: float, turn: int = 1, wrong: tuple[str, ...] = ()) -> Answered:
    one = Assessment(question_id=question.id, turn=turn, score=score, misconceptions=wrong)
    return Answered(question, (turn,), (one,), one)


def case(
    *submissions: Handed,
    answers: tuple[Answered, ...] = (),
    said: dict[int, str] | None = None,
    exercise_id: str | None = EXERCISE.id,
) -> Case:
    said = {1: "It is linear in time."} if said is None else said
    reply = Reply(turn=0, text="Go on.", move="ask", phase="technical", brain="bank", exercise_id=exercise_id)
    return Case(
        said={turn: Utterance(text=text) for turn, text in said.items()},
        replies={turn - 1: reply.model_copy(update={"turn": turn - 1}) for turn in said},
        answered=answers,
        handed=submissions,
        delivery=None,
        code_parts=RUBRIC.code_parts,
    )


def scored(verdict: Verdict, name: AxisName) -> AxisScore:
    return _axis(verdict, name, RUBRIC, None)


@pytest.mark.parametrize(("passed", "total", "level"), [(10, 10, 5), (8, 10, 4), (6, 11, 3), (0, 10, 1)])
def test_the_level_of_code_is_one_that_the_tests_allow(passed: int, total: int, level: int) -> None:
    axis = scored(code_quality(case(handed(passed, total))), "code_quality")
    assert axis.level == level
    assert axis.reason.startswith("Typical of this level: ")
    assert axis.score is not None
    assert RUBRIC.level_for(axis.score) == level


def test_silence_is_worth_no_more_than_talk_and_never_the_highest_level() -> None:
    silent = scored(problem_solving(case(handed(3, 3))), "problem_solving")
    talked = [
        scored(problem_solving(case(handed(3, 3), answers=(answered(ON_CODE, score),))), "problem_solving")
        for score in (0.0, 0.1, 0.4, 0.9)
    ]
    scores = [axis.score for axis in (silent, *talked)]
    assert scores == sorted(scores)
    assert silent.level == 4
    assert [axis.level for axis in talked] == [4, 4, 5, 5]


def test_unsolved_code_is_at_no_level_that_says_solved() -> None:
    talk = (answered(ON_CODE, 1.0),)
    assert scored(problem_solving(case(handed(8, 10), answers=talk)), "problem_solving").level == 4
    assert scored(problem_solving(case(handed(6, 10), answers=talk)), "problem_solving").level == 3


def test_one_remark_on_tests_is_at_a_level_whose_words_allow_it() -> None:
    axis = scored(of_testing(case(said={1: "I would start with the empty list."})), "testing")
    assert axis.level == 1
    assert "at most a case" in axis.reason


def test_a_submission_that_was_not_run_is_not_judged_and_not_called_failed() -> None:
    only = case(handed(0, 0, is_run=False), answers=(answered(ON_CODE, 0.5),))
    for verdict in (problem_solving(only), code_quality(only)):
        assert (verdict.score, verdict.basis) == (None, "the code could not be run")
    both = problem_solving(case(handed(3, 3), handed(0, 0, is_run=False, turn=3)))
    assert both.score == pytest.approx(0.7)
    assert problem_solving(case(handed(0, 0))).basis == "no test was run on the code"
    assert problem_solving(case()).basis == "no code was handed in"
    nowhere = case(exercise_id=None)
    reasons = {each(nowhere).basis for each in (problem_solving, code_quality, of_testing)}
    assert reasons == {"there was no exercise in the editor"}


def test_earlier_submissions_count_a_fifth_for_their_own_exercise_alone() -> None:
    right, wrong = handed(3, 3, turn=2), handed(0, 3, turn=4)
    right_mark, wrong_mark = (code_quality(case(each)).score or 0.0 for each in (right, wrong))
    mended = code_quality(case(wrong, handed(3, 3, turn=6))).score
    assert mended == pytest.approx(0.8 * right_mark + 0.2 * wrong_mark)
    other = BANK.exercises[1].id
    tries = [handed(0, 3, exercise_id=other, turn=turn) for turn in range(4, 20, 2)]
    both = code_quality(case(right, *tries, handed(3, 3, exercise_id=other, turn=20))).score
    assert both == pytest.approx((right_mark + 0.8 * right_mark + 0.2 * wrong_mark) / 2)


def test_code_for_no_exercise_is_judged_too() -> None:
    assert problem_solving(case(handed(2, 2, exercise_id=None))).score == pytest.approx(0.7)


def test_a_skill_is_covered_or_not_and_never_both() -> None:
    skill = BANK.questions[0].skills[0]
    one, other = BANK.questions[0], BANK.questions[0].model_copy(update={"id": "another"})
    verdict = technical_knowledge(
        case(answers=(answered(one, 0.9), answered(other, 0.1, turn=3)), said={1: "A.", 3: "B."})
    )
    assert not any(skill.replace("-", " ") in each for each in (*verdict.strengths, *verdict.weaknesses))


def test_what_was_wrong_is_a_weakness_and_no_advice() -> None:
    verdict = technical_knowledge(case(answers=(answered(BANK.questions[0], 0.4, wrong=("It is not so.",)),)))
    assert "It is not so." in verdict.weaknesses
    assert "It is not so." not in verdict.advice


@pytest.mark.parametrize("language", ["sql", "java"])
def test_what_is_not_measured_counts_neither_for_nor_against(language: Language) -> None:
    parts = code_parts(handed(2, 2, code="SELECT 1;", language=language))
    assert "practice" not in parts
    assert ("readability" in parts) == (language == "java")
    assert scored(code_quality(case(handed(2, 2, code="SELECT 1;", language="sql"))), "code_quality").score == 1.0


def test_the_limits_of_the_tools_are_no_weakness() -> None:
    verdict = code_quality(case(handed(2, 2, code="SELECT 1;", language="sql")))
    assert verdict.weaknesses == ()
    assert "The code is simple and short." not in verdict.strengths
    assert not any("complexity" in getattr(piece, "fact", "") for piece in verdict.evidence)


def test_tests_in_the_evidence_say_how_they_ended() -> None:
    pieces = [e for e in code_quality(case(handed(1, 2))).evidence if isinstance(e, TestEvidence)]
    assert [(e.test, e.passed) for e in pieces] == [("case 1", False), ("case 0", True)]


def test_four_words_without_a_filler_are_neither_weak_nor_strong_on_fluency() -> None:
    verdict = communication(case(answers=(answered(BANK.questions[0], 0.5),), said={1: "Keys need a hash."}))
    assert not any("fillers" in each.lower() for each in (*verdict.strengths, *verdict.weaknesses))


def test_a_word_of_testing_counts_only_while_there_is_something_to_test() -> None:
    said = {1: "We had a lot of negative feedback from users."}
    assert of_testing(case(said=said, exercise_id=None)).score is None
    assert of_testing(case(said=said)).score is not None
    question = BANK.questions[0].model_copy(update={"skills": ("testing",)})
    assert of_testing(case(said=said, exercise_id=None, answers=(answered(question, 0.2),))).score is not None


def test_the_same_word_many_times_is_one_case() -> None:
    one = "I would start with the empty list."
    many = " ".join(f"The {word} list may be empty." for word in ("first", "second"))
    assert (
        of_testing(case(said={1: one})).score == of_testing(case(said={1: many, 3: many.replace("list", "tree")})).score
    )


def test_remarks_on_own_tests_fit_what_was_written() -> None:
    remark = {1: "I would start with the empty list."}
    assert of_testing(case(said=remark)).weaknesses == ()
    assert of_testing(case(handed(2, 2), said=remark)).weaknesses == ("No test of your own was written.",)
    wrong = TestsTried(right=0, wrong=("Line 1 is wrong.",))
    assert of_testing(case(handed(2, 2, tried=wrong), said=remark)).strengths == ()
    right = TestsTried(right=1, missed=("ties",))
    verdict = of_testing(case(handed(2, 2, tried=right), said=remark))
    assert verdict.strengths == ("Wrote tests of your own.",)
    assert "Your tests would not notice a fault in: ties." in verdict.weaknesses


def test_repeated_examples_are_no_own_tests_and_the_remark_says_so() -> None:
    remark = {1: "I would start with the empty list."}
    copied = of_testing(case(handed(2, 2, tried=TestsTried(copied=2)), said=remark))
    assert copied.weaknesses == ("Your tests repeat the examples of the statement; add cases of your own.",)
    assert copied.strengths == ()
    assert copied.score == of_testing(case(handed(2, 2), said=remark)).score, "no credit, and nothing against it"
    tried = TestsTried(right=2, copied=1, by_copies=("the edge", "a tie"))
    own = of_testing(case(handed(2, 2, tried=tried), said=remark))
    assert own.strengths == ("Wrote tests of your own.",)
    assert own.weaknesses == ()
    blunt = of_testing(case(handed(2, 2, tried=TestsTried(right=2, missed=("the edge", "a tie"))), said=remark))
    assert own.score is not None
    assert blunt.score is not None
    assert own.score > blunt.score
    code = f"{SOLUTION}\nfor n in range(9):\n    assert f(n) == slow(n)"
    loop = of_testing(case(handed(2, 2, code, tried=TestsTried(copied=2)), said=remark))
    assert loop.strengths == ("Wrote tests of your own.",)
    assert loop.weaknesses == ()


def test_the_reason_of_a_question_is_that_of_all_its_answers() -> None:
    key = BANK.questions[0].key_points[0].id
    found = Found(key_point=key, turn=1, quote="It is so.", strength=0.9)
    said = Assessment(question_id="q", turn=1, score=0.4, found=(found,))
    idle = Assessment(question_id="q", turn=3, score=0.0, reason="you said that you do not know")
    gone = said.model_copy(update={"score": 0.0, "found": (), "reason": "the answer was taken back"})
    row = Answered(BANK.questions[0], (1, 3), (said, gone), gone).to_score()
    assert (row.found, row.reason) == ((), "the answer was taken back")
    row = Answered(BANK.questions[0], (3, 1), (idle, said), said).to_score()
    assert (row.found, row.reason) == ((found,), "")


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ([3], "turn 3"),
        ([1, 2, 4], "turns 1, 2, 4"),
        ([1, 2, 3, 4, 9], "turns 1-4, 9"),
        (range(0, 2000, 2), f"turns {', '.join(map(str, range(0, 40, 2)))} and 980 more"),
    ],
)
def test_turns_are_told_as_ranges(turns: list[int], told: str) -> None:
    assert tell_turns(turns) == told


def test_cases_count_where_they_were_asked_for_and_words_of_testing_in_a_question_do_not() -> None:
    asked = "Which sizes of buffer are the hardest to get right?"
    said = "One and two cells, since then the middle is the same as the left end. And zero of course."

    def talk(text: str, before: str) -> Case:
        whole = case(said={1: text})
        return replace(whole, replies={0: whole.replies[0].model_copy(update={"text": before})})

    assert len(of_testing(talk(said, asked)).evidence) == 2
    assert (
        of_testing(talk("Question one: how would you fix flaky tests?", "How would you fix flaky tests?")).score is None
    )
    assert of_testing(talk("I would fix the flaky tests.", "How would you fix flaky tests?")).score is None
    assert of_testing(talk("It just moves it to a real stack overflow.", "Go on.")).score is None
    listed = "By hand: no talks, one talk, all overlapping, and one huge one for the time."
    assert len(of_testing(talk(listed, "Go on.")).evidence) == 1
    plan = "I start with one pointer at the front and one at the back, two variables, nothing else, the same array."
    assert of_testing(talk(plan, "Go on.")).score is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("All 15 tests pass. The user wants the steps; what do you keep?", "I walk back to zero, zero and turn it."),
        ("Your code passes all 13 tests. Does it survive circles?", "With a single circle I could cut it and go on."),
        ("All 12 tests pass. Imagine five machines; what changes?", "Check and add go in one script at the same time."),
        ("All tests pass, so what would you do for ten users?", "I would look for the longest of them every time."),
        ("What are time and memory in terms of the size of the map?", "In the worst case its largest side squared."),
        ("What happens in the worst case, and can you break it down?", "The single loop goes over the longest row."),
        ("Which of the two would you use on a test set?", "The one with the smallest error of both."),
        ("Go on.", "I pop from the heap until it is empty."),
        ("Go on.", "While the queue isn't empty, I take one out."),
        ("Go on.", "The filter may give false negatives or not at all."),
        ("Go on.", "The same two ends, where one is the largest and one the smallest, move."),
    ],
)  # fmt: skip
def test_chance_words_are_no_cases(asked: str, said: str) -> None:
    whole = case(said={1: said})
    assert of_testing(replace(whole, replies={0: whole.replies[0].model_copy(update={"text": asked})})).score is None, (
        said
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Which sizes of buffer are the hardest to get right?", "Zero cells, and then the single cell in the middle."),
        ("Which parcels would you test?", "I would take the longest one and the smallest one."),
        ("All 12 tests pass. Which cases would you test?", "A single request and two at the same second."),
        ("How would you try to break it within an hour?", "With the largest map that the statement allows."),
        ("Which further inputs matter?", "The shortest text and the longest text."),
        ("Go on.", "If the list is empty, I return nothing at all."),
        ("Go on.", "While I walk I must not forget the empty list."),
        ("Go on.", "I would also try negative numbers and duplicates."),
        ("Go on.", "By hand: no talks, one talk, all overlapping, and one huge one for the time."),
        ("Go on.", "Then I compare it with a brute force on random input."),
    ],
)
def test_cases_are_heard_where_they_are_asked_for_or_plainly_named(asked: str, said: str) -> None:
    whole = case(said={1: said})
    verdict = of_testing(replace(whole, replies={0: whole.replies[0].model_copy(update={"text": asked})}))
    assert len(verdict.evidence) == 1, said


@pytest.mark.parametrize(
    ("said", "code", "left"),
    [
        ("I loop over it.", "", "the smallest, the empty, the repeated and the largest"),
        ("I would test the empty list.", "", "the smallest, the repeated and the largest"),
        ("I loop over it. Can the same number come twice?", "", "the smallest, the empty and the largest"),
        ("I loop over it.", 'assert f("", "abc") == 3\nassert f("", "") == 0', "the smallest and the largest"),
        ("I loop over it.", "assert f([[], [3]]) == [[3, 1]]\nassert f([]) == []", "the repeated and the largest"),
        ("I loop over it.", "self.assertEqual(f([4, 4]), [])", "the smallest, the empty and the largest"),
        ("I loop over it.", "assert f([1, 2, 3], 3) == []", "the smallest, the empty, the repeated and the largest"),
        ("I loop over it.", "empty = []\nlast = [0]", "the smallest, the empty, the repeated and the largest"),
        ("I loop over it.", "assert f([1] * 100_000) == 1", "the empty and the repeated"),
    ],
)
def test_advice_names_the_inputs_that_nobody_has_thought_of(said: str, code: str, left: str) -> None:
    verdict = of_testing(case(handed(1, 2, code), said={1: said}))
    assert verdict.advice == (f"Before you submit, name {left} input.",)


def test_who_has_thought_of_all_kinds_gets_no_advice_to_name_them() -> None:
    said = "I would test the empty list, a single value, equal values and the largest list."
    assert of_testing(case(handed(1, 2), said={1: said})).advice == ()


def test_no_advice_on_tests_without_an_exercise() -> None:
    assert of_testing(case(said={1: "We shard by user."}, exercise_id=None)).advice == ()
    assert of_testing(case(said={1: "We loop over it."})).advice != ()


def test_evidence_is_the_sentence_that_tells_something() -> None:
    quotes = communication(
        case(
            answers=(answered(BANK.questions[0], 0.5, turn=1), answered(BANK.questions[1], 0.5, turn=3)),
            said={1: "Yeah. Two things. The array lies in one block of memory.", 3: "Okay."},
        )
    ).evidence
    assert QuoteEvidence(turn=1, quote="The array lies in one block of memory.") in quotes
    assert openings(case(said={3: "Right. Sure."}), answered(BANK.questions[1], 0.5, turn=3))


def test_length_earns_no_substance_where_nothing_was_answered() -> None:
    long = "I really do not know what one would have to say about this. " * 5
    gone = answered(BANK.questions[0], 0.0)
    idle = Assessment(question_id="q", turn=1, score=0.0, is_on_topic=False, reason="you said that you do not know")
    nothing = communication(case(answers=(replace(gone, assessments=(idle,), whole=idle),), said={1: long}))
    something = communication(case(answers=(gone,), said={1: long}))
    assert "substance 0%" in nothing.basis
    assert "substance 50%" in something.basis
    told = tuple(Found(key_point=p.id, turn=1, quote="know", strength=0.9) for p in gone.question.key_points)
    made = replace(gone, assessments=(gone.whole.model_copy(update={"found": told}),))
    assert "substance 100%" in communication(case(answers=(made,), said={1: long})).basis, "points make it whole"


PLAIN = (
    "First we hash the key, because the lookup has to be quick. Then each bucket holds a short list, so that "
    "collisions do no harm. For example two keys may share one, and after that only the list is longer."
)
RAMBLING = (
    "Um, so, you know, I guess first we hash the key, maybe because it's quick. Anyway, where was I, um, then I think "
    "each bucket is sort of a list or whatever. I'm rambling, you know, um, but maybe collisions, I suppose, are fine."
)


def _speech(text: str, score: float = 0.9) -> Verdict:
    one = answered(BANK.questions[0], score)
    found = tuple(Found(key_point=p.id, turn=1, quote="key", strength=0.9) for p in one.question.key_points)
    whole = one.whole.model_copy(update={"found": found})
    spoken = case(answers=(replace(one, assessments=(whole,), whole=whole),), said={1: text})
    return communication(replace(spoken, delivery=delivery_facts([Utterance(text=text)], [])))


def test_rambling_is_never_the_highest_level_and_gets_advice_with_ones_own_words() -> None:
    plain, rambling = _speech(PLAIN), _speech(RAMBLING)
    assert scored(plain, "communication").level == 5
    axis = scored(rambling, "communication")
    assert axis.level is not None
    assert axis.level <= 4
    advice = axis.advice[0]
    assert advice.startswith("Pause in silence")
    quote = advice.partition("You said “")[2].partition("”")[0]
    assert quote
    assert quote in RAMBLING


def test_the_weakest_part_of_good_speech_gets_advice_where_it_is_not_good() -> None:
    bare = (
        "We hash the key. Each bucket holds a list. Collisions do no harm. The table doubles when it is full of keys."
    )
    verdict = _speech(f"{bare} {bare}")
    assert [advice.partition(":")[0] for advice in verdict.advice] == ["Signpost"]
    assert verdict.highest == 4
    assert _speech(PLAIN).advice == ()


def test_strengths_of_speech_are_sentences_with_an_example() -> None:
    told = _speech(PLAIN).strengths
    assert not any(each.startswith("Strong on") for each in told)
    quotes = [each.partition("“")[2].partition("”")[0] for each in told if "“" in each]
    assert quotes
    assert len(set(quotes)) == len(quotes)
    assert all(quote in PLAIN for quote in quotes)


PAIRS = "def f(a):\n    for x in a:\n        for y in a:\n            print(x, y)\n"


@pytest.mark.parametrize(
    ("verdict", "efficiency"), [(None, 0.9), ("not told", 0.9), ("expected", 1.0), ("slower", 0.5)]
)
def test_measured_growth_binds_and_nested_loops_are_a_hint(verdict: str | None, efficiency: float) -> None:
    told = {"verdict": verdict, "expected": "n", "sizes": (10, 100), "times_ms": (1.0, 9.0)}
    growth = TimeGrowth.model_validate(told) if verdict else None
    one = handed(2, 2, PAIRS)
    assert one.facts is not None
    linear = EXERCISE.model_copy(update={"complexity": "O(n)"})
    measured = replace(one, exercise=linear, facts=one.facts.model_copy(update={"growth": growth}))
    assert code_parts(measured)["efficiency"] == pytest.approx(efficiency)


def test_what_was_not_asked_is_said_to_the_candidate() -> None:
    assert "their own" not in technical_knowledge(case()).basis
