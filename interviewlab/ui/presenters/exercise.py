"""An exercise and how code ran. Solution, hidden cases and hints of an exercise are never read here."""

from __future__ import annotations

import json
import re

from interviewlab.types import Exercise, FunctionCase, Language, RunResult, TestResult
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, bank_text, chip, joined, tag

CONSOLE_CHARACTERS = 20_000
CONSOLE_LINES = 400
CELL_CHARACTERS = 300
_WORDS: dict[Language, dict[str, str]] = {
    "python": {"null": "None", "true": "True", "false": "False"},
    "go": {"null": "nil"},
}
"""What JSON's words are in a language; in the others they are the same, or have no one name."""
_TEXT_OR_WORD = re.compile(r'"(?:\\.|[^"\\])*"?|\b(?:null|true|false)\b')
SHOWN_WAIT_S = 0.5
"""A submission that waited this long for a place in the sandbox says so."""
# The sandbox gives a sign that cannot be printed as U+FFFD, the first of a sequence too.
_ANSI = re.compile(r"\ufffd\[[0-9;?]*[A-Za-z]|\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")


def to_exercise(exercise: Exercise, language: Language) -> Html:
    """Title, statement and the visible cases."""
    name = exercise.function.get(language, "")
    examples = [_example(name, case, language) for case in exercise.visible]
    return tag(
        "section",
        tag("div", tag("h2", exercise.title), chip(labels.LEVEL[exercise.level]), class_="il-title"),
        bank_text(exercise.statement),
        tag("h3", "Visible tests"),
        tag("ul", *examples, class_="il-examples"),
        class_="il-exercise",
        aria_label="Exercise",
    )


def to_result(result: RunResult, what: str, language: Language) -> Html:
    """Summary, table of tests and console of one run; ``what`` names the run ("Visible tests").

    Values are shown as the language writes them.
    """
    kind = "good" if result.outcome == "ok" else "warn"
    facts = labels.elapsed(result.wall_s) + (f" · {result.backend}" if result.backend else "")
    if result.waited_s >= SHOWN_WAIT_S:
        facts += f" · waited {result.waited_s:.1f} s for its turn"
    head = tag("p", tag("strong", what), chip(_summary(result), kind), tag("span", facts), class_="il-run")
    return joined(
        head, _table(result.tests, language), _console("Printed", result.stdout), _console("Errors", result.stderr)
    )


def clean_console(text: str) -> tuple[str, int]:
    """Console text without ANSI sequences, capped; with the number of characters left out."""
    plain = _ANSI.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "\n".join(plain[:CONSOLE_CHARACTERS].split("\n")[:CONSOLE_LINES])
    return kept, len(plain) - len(kept)


def to_own_test(exercise: Exercise, language: Language) -> str:
    """The first visible case as the candidate would write it among their own tests."""
    case = exercise.visible[0]
    written: Language = "python" if language == "python" else "javascript"  # other words are not read there
    line = f"{', '.join(_literal(value, written) for value in case.args)} => {_literal(case.expect, written)}"
    return line if len(line) <= CELL_CHARACTERS else ""


def _example(name: str, case: FunctionCase, language: Language) -> Html:
    call = f"{name}({', '.join(_literal(value, language) for value in case.args)})"
    return tag("li", tag("code", call), " gives ", tag("code", _literal(case.expect, language)))


def _literal(value: object, language: Language) -> str:
    return in_language(json.dumps(value, ensure_ascii=False), language)


def in_language(text: str, language: Language) -> str:
    """JSON, which may have been cut, with the words of a language; what stands in strings stays."""
    known = _WORDS.get(language, {})
    return _TEXT_OR_WORD.sub(lambda match: known.get(match.group(), match.group()), text)


def _summary(result: RunResult) -> str:
    if not result.tests:
        return labels.OUTCOME[result.outcome]
    passed = f"{result.passed} of {len(result.tests)} passed"
    return passed if result.outcome in ("ok", "wrong_answer") else f"{passed}. {labels.OUTCOME[result.outcome]}"


def _table(tests: tuple[TestResult, ...], language: Language) -> Html:
    if not tests:
        return Html()
    heads = ("Test", "Result", "Input", "Expected", "Got", "Time")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    table = tag("table", head, tag("tbody", *(_test_row(test, language) for test in tests)), class_="il-tests")
    return tag("div", table, class_="il-scroll", role="region", tabindex=0, aria_label="Test results")


def _test_row(test: TestResult, language: Language) -> Html:
    if test.hidden:
        shown = [tag("td", f"hidden: {test.category}" if test.category else "hidden", colspan=3, class_="il-soft")]
    else:
        # Where there is no answer, words say why.
        got = in_language(test.got, language) if test.outcome in ("ok", "wrong_answer") else test.got
        shown = [_cell(each) for each in (_arguments(test.input, language), in_language(test.expected, language), got)]
    if _was_not_reached(test):
        verdict, time = chip("– not run", "plain"), "–"
    else:
        verdict = chip("✓ passed", "good") if test.passed else chip(f"✗ {_why(test)}", "bad")
        time = labels.elapsed(test.wall_s)
    return tag("tr", tag("th", test.name, scope="row"), tag("td", verdict), *shown, tag("td", time))


def _was_not_reached(test: TestResult) -> bool:
    """After two tests over the time limit the sandbox tries no further ones."""
    return test.outcome == "time_limit" and not test.wall_s and not test.got


def _arguments(listed: str, language: Language) -> str:
    """The arguments as they stand in the call, not as the list that carries them."""
    try:
        values = json.loads(listed)
    except ValueError:
        return in_language(listed, language)
    written = [_literal(value, language) for value in values] if isinstance(values, list) else [listed]
    return ", ".join(written)


def _cell(text: str) -> Html:
    return tag("td", tag("code", _cut(text)) if text else "–")


def _why(test: TestResult) -> str:
    return "failed" if test.outcome in ("ok", "wrong_answer") else labels.spoken(test.outcome)


def _cut(text: str) -> str:
    return text if len(text) <= CELL_CHARACTERS else text[:CELL_CHARACTERS] + " …"


def _console(title: str, text: str) -> Html:
    kept, left_out = clean_console(text)
    if not kept.strip():
        return Html()
    more = tag("p", f"… {left_out} more characters are not shown.", class_="il-soft") if left_out else Html()
    return tag(
        "div",
        tag("h3", title),
        tag("pre", kept, tabindex=0, role="region", aria_label=title),
        more,
        class_="il-console",
    )
