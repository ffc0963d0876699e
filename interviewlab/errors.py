"""What can go wrong, each with what to do next.

    InterviewLabError                 retryable says whether the same call may work later
    ├── BadInput                      something the visitor gave is not usable
    │   ├── BadUpload                 a CV or job file that cannot be read
    │   ├── BadBank                   a question, exercise or rubric file that breaks its schema
    │   ├── BadTranscript             a transcript line that breaks its schema
    │   └── BadSubmission             code or tests that cannot be run as they are
    ├── NotFound                      no such interview, CV, question or model for this owner
    ├── InterviewEnded                the interview is closed; open a new one
    ├── InterviewBusy                 another process holds the turn (retryable)
    ├── AlreadyAnswered               what was answered is not the last reply any more
    ├── NotSignedIn                   nobody is known to have sent this, or the password is wrong
    ├── LimitReached                  more than one person may have at once or in an hour (retryable)
    ├── StoreUnavailable              the data folder or database cannot be used
    │   └── DataTooNew                it was written by a newer version
    ├── WeightsMissing                a model file is neither cached nor fetchable
    ├── SandboxUnavailable            no isolation passes its self-test here: code is refused
    ├── SandboxFailed                 the sandbox broke; never the candidate's fault (retryable)
    ├── SpeechFailed                  ears or mouth broke; says itself whether it is retryable
    └── ModelFailed                   a language model did not answer as asked; says itself whether it is retryable

The message of each says what happened and to what; ``remedy`` says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class InterviewLabError(Exception):
    """Base of all our errors: ``str(error)`` is one clear sentence followed by the remedy."""

    retryable = False

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}".strip())


class BadInput(InterviewLabError):
    """Something the visitor gave is not usable."""


class BadUpload(BadInput):
    """A CV or job file that cannot be read."""


class BadBank(BadInput):
    """A question, exercise or rubric file that breaks its schema."""


class BadTranscript(BadInput):
    """A transcript line that breaks its schema."""


class BadSubmission(BadInput):
    """Code or tests that cannot be run as they are."""


class NotFound(InterviewLabError):
    """No such thing for this owner."""


class InterviewEnded(InterviewLabError):
    """The interview is closed."""


class InterviewBusy(InterviewLabError):
    """Another process holds the turn."""

    retryable = True


class AlreadyAnswered(InterviewLabError):
    """The reply that was answered is not the last one any more."""


class NotSignedIn(InterviewLabError):
    """Nobody is known to have sent this."""


class LimitReached(InterviewLabError):
    """More than one person may have at once or in a while."""

    retryable = True


class StoreUnavailable(InterviewLabError):
    """The data folder or database cannot be used."""


class DataTooNew(StoreUnavailable):
    """The data was written by a newer version."""


class WeightsMissing(InterviewLabError):
    """A model file is neither cached nor fetchable."""


class SandboxUnavailable(InterviewLabError):
    """No isolation passes its self-test on this machine."""


class SandboxFailed(InterviewLabError):
    """The sandbox broke; the candidate's code is not to blame."""

    retryable = True


class SpeechFailed(InterviewLabError):
    """Ears or mouth could not do their work; typing always works."""

    def __init__(self, what: str, remedy: str = "", *, retryable: bool = False) -> None:
        super().__init__(what, remedy)
        self.retryable = retryable


class ModelFailed(InterviewLabError):
    """A language model did not answer as asked; interviews go on with the embedded brain.

    ``cause`` is a word or two for counting: refused, unknown model, unreachable, timeout, broken off, garbage, no form,
    resting. ``lost`` is how many answers of earlier tries may have been paid.
    """

    def __init__(self, what: str, remedy: str = "", *, cause: str, retryable: bool = False) -> None:
        super().__init__(what, remedy)
        self.cause = cause
        self.retryable = retryable
        self.lost = 0

    @property
    def may_be_paid(self) -> bool:
        """Whether tokens may have been given all the same."""
        return self.cause in ("garbage", "broken off", "timeout")


def say_invalid(fault: Mapping[str, Any]) -> str:
    """One of the ``errors()`` of a pydantic ValidationError in the words of someone who writes a file: no full stop."""
    kind, known = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a field of this kind of file"
    if kind == "union_tag_not_found":
        return f"the field {known['discriminator']} is missing"
    if kind == "union_tag_invalid":
        return f"the field {known['discriminator']} is '{known['tag']}' and should be one of {known['expected_tags']}"
    message: str = fault["msg"].removeprefix("Value error, ")
    return message[0].lower() + message[1:] if kind != "value_error" else message


def say_broken_yaml(name: str, error: Exception) -> str:
    """What a YAMLError says of the text called ``name``, with the line where the parser knows it."""
    mark = getattr(error, "problem_mark", None)
    line = f", line {mark.line + 1}" if mark else ""
    return f"{name}{line} is not valid YAML: {getattr(error, 'problem', None) or error}."


def to_install(*extras: str) -> str:
    """The command that brings what only ``extras`` have. The package is on no index, so it stands in a checkout."""
    return f"pip install --constraint requirements.txt '.[{','.join(extras)}]' (in a checkout of InterviewLab)"
