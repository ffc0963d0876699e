"""How a question is put to a model that refuses parts of it."""

from __future__ import annotations

import pytest

from interviewlab.llm.dialect import THINKING_TOKENS, Dialect
from interviewlab.types import Chat

CHAT = Chat(system="s", user="u", temperature=0.3, longest_tokens=100)
UNSUPPORTED = "unsupported_parameter"
WRONG = "unsupported_value"


def settings_after(*refusals: tuple[str, str]) -> dict[str, object]:
    """What stands beside model and messages when a model has refused so much, one thing at a time."""
    dialect = Dialect("m")
    for code, parameter in refusals:
        assert dialect.learn(dialect.question(CHAT), code, parameter)
    question = dialect.question(CHAT)
    assert question.pop("model") == "m"
    assert [message["role"] for message in question.pop("messages")] == ["system", "user"]
    return question


def test_a_model_that_refuses_nothing_is_asked_as_every_endpoint_knows_it() -> None:
    assert settings_after() == {"temperature": 0.3, "max_tokens": 100}


@pytest.mark.parametrize(
    ("refusals", "settings"),
    [
        ([(WRONG, "temperature")], {"max_tokens": 100}),
        (
            [(UNSUPPORTED, "max_tokens")],
            {"temperature": 0.3, "max_completion_tokens": 100, "reasoning_effort": "none"},
        ),
        (
            [(UNSUPPORTED, "max_tokens"), (WRONG, "temperature"), (WRONG, "reasoning_effort")],
            {"max_completion_tokens": 100 + THINKING_TOKENS, "reasoning_effort": "minimal"},
        ),
        (
            [(UNSUPPORTED, "max_tokens"), *[(WRONG, "reasoning_effort")] * 3],
            {"temperature": 0.3, "max_completion_tokens": 100 + THINKING_TOKENS},
        ),
        (
            [(UNSUPPORTED, "max_tokens"), (UNSUPPORTED, "reasoning_effort")],
            {"temperature": 0.3, "max_completion_tokens": 100 + THINKING_TOKENS},
        ),
    ],
)
def test_what_a_model_refuses_is_left_out_and_reasoning_has_room(
    refusals: list[tuple[str, str]], settings: dict[str, object]
) -> None:
    assert settings_after(*refusals) == settings


@pytest.mark.parametrize(
    ("code", "parameter"),
    [
        ("invalid_value", "max_tokens"),
        (WRONG, "response_format"),
        (WRONG, "reasoning_effort"),
        (WRONG, None),
        (None, "temperature"),
        (["unsupported_value"], ["temperature"]),
    ],
)
def test_any_other_refusal_changes_nothing(code: object, parameter: object) -> None:
    dialect = Dialect("m")
    question = dialect.question(CHAT)
    assert not dialect.learn(question, code, parameter)
    assert dialect.question(CHAT) == question


def test_two_questions_that_were_under_way_learn_the_same_once() -> None:
    dialect = Dialect("m")
    first, second = dialect.question(CHAT), dialect.question(CHAT)
    assert dialect.learn(first, UNSUPPORTED, "max_tokens")
    assert dialect.learn(second, UNSUPPORTED, "max_tokens")
    assert dialect.question(CHAT)["reasoning_effort"] == "none"
