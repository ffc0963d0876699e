import re

from interviewlab.sandbox.comparison import to_printable
from interviewlab.types import Language, RunResult
from interviewlab.ui.presenters.exercise import (
    CELL_CHARACTERS,
    CONSOLE_CHARACTERS,
    CONSOLE_LINES,
    clean_console,
    to_exercise,
    to_result,
)
from tests.unit.ui.samples import exercise, result


def test_exercise_shows_statement_and_visible_cases_in_the_chosen_language() -> None:
    shown = to_exercise(exercise(), "javascript")
    assert "<strong>two</strong>" in shown
    assert "<code>twoSum([2, 7, 11], 9)</code> gives <code>[0, 1]</code>" in shown
    assert "<code>null</code>" in shown


def test_exercise_never_shows_hidden_cases_solution_or_hints() -> None:
    shown = to_exercise(exercise(), "python")
    assert not [secret for secret in ("HIDDEN", "4040", "SOLUTION", "HINT") if secret in shown]


def test_markup_in_title_and_statement_is_shown_as_text() -> None:
    shown = to_exercise(exercise(), "python")
    assert "Two &lt;sum&gt;" in shown
    assert "<script" not in shown


def test_result_table_shows_input_expected_and_got() -> None:
    shown = to_result(result(), "Visible tests", "python")
    assert "1 of 3 passed" in shown
    assert "150 ms · sandlock" in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "<img" not in shown


def test_hidden_test_tells_its_category_and_outcome_only() -> None:
    shown = to_result(result(), "Hidden tests", "python")
    assert "hidden: empty input" in shown
    assert "✗ time limit" in shown


def test_arguments_are_shown_as_in_the_call_and_times_in_the_unit_that_reads_best() -> None:
    test = result().tests[0].model_copy(update={"input": "[[2, 7], 9]", "wall_s": 0.0})
    shown = to_result(RunResult(outcome="wrong_answer", tests=(test,), wall_s=20.358), "Visible tests", "python")
    assert "<code>[2, 7], 9</code>" in shown
    assert "under 1 ms" in shown
    assert "20.4 s" in shown


def test_values_are_shown_as_the_language_of_the_code_writes_them() -> None:
    values = {"input": '[null, "null", [true]]', "expected": "[false", "got": "null", "outcome": "wrong_answer"}
    test = result().tests[0].model_copy(update=values)

    def cells(language: Language, **other: str) -> list[str]:
        run = RunResult(outcome="wrong_answer", tests=(test.model_copy(update=other),))
        return re.findall(r"<code>(.*?)</code>", to_result(run, "Visible tests", language).replace("&quot;", '"'))

    assert cells("python") == ['None, "null", [True]', "[False", "None"]
    assert cells("go") == ['nil, "null", [true]', "[false", "nil"]
    for language in ("javascript", "java", "cpp"):
        assert cells(language) == ['null, "null", [true]', "[false", "null"]
    told = cells("python", outcome="runtime_error", got="name true is not defined")
    assert told[-1] == "name true is not defined"


def test_a_test_that_the_time_did_not_reach_was_not_run() -> None:
    test = result().tests[0].model_copy(update={"passed": False, "outcome": "time_limit", "got": "", "wall_s": 0.0})
    shown = to_result(RunResult(outcome="time_limit", tests=(test,)), "Visible tests", "python")
    assert "– not run" in shown
    assert "✗" not in shown
    assert "<code></code>" not in shown


def test_long_value_is_cut_in_its_cell() -> None:
    test = result().tests[0].model_copy(update={"got": "x" * 5000})
    shown = to_result(RunResult(outcome="wrong_answer", tests=(test,)), "Visible tests", "python")
    assert "x" * CELL_CHARACTERS + " …" in shown
    assert "x" * (CELL_CHARACTERS + 1) not in shown


def test_result_without_tests_says_how_it_ended() -> None:
    shown = to_result(RunResult(outcome="compile_error", stderr="SyntaxError"), "Visible tests", "python")
    assert "Could not be compiled" in shown
    assert "SyntaxError" in shown
    assert "<table" not in shown


def test_console_loses_ansi_sequences() -> None:
    assert clean_console("\x1b[1;31mred\x1b[0m\x1b]0;title\x07 end\r\n") == ("red end\n", 0)


def test_console_loses_sequences_whose_first_sign_the_sandbox_has_replaced() -> None:
    assert clean_console(to_printable("\x1b[1;31mred\x1b[0m and \x07[1] stay")) == ("red and \ufffd[1] stay", 0)


def test_console_is_capped_in_characters_and_lines_and_says_so() -> None:
    kept, left_out = clean_console("x" * (CONSOLE_CHARACTERS + 5))
    assert (len(kept), left_out) == (CONSOLE_CHARACTERS, 5)
    kept, left_out = clean_console("\n" * 5000)
    assert kept.count("\n") == CONSOLE_LINES - 1
    assert left_out == 5000 - (CONSOLE_LINES - 1)
    shown = to_result(RunResult(outcome="ok", stdout="y" * (CONSOLE_CHARACTERS + 5)), "Run", "python")
    assert "5 more characters are not shown" in shown


def test_silent_program_shows_no_console() -> None:
    assert "<pre" not in to_result(RunResult(outcome="ok", stdout=" \n"), "Run", "python")
