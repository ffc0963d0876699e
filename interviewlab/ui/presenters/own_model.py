"""What the page says of a model that somebody brings: who speaks, and what leaves this machine."""

from __future__ import annotations

from interviewlab.ui.presenters.markup import Html, joined, notice, tag

LEAVES = (
    "With each turn the endpoint is sent your answer, code that you hand in with the result of its tests, the "
    "interviewer's last questions and words, which may name you and what stands in your CV, and role and company of "
    "the job. Recordings, CV files and contact data are not sent to it, and it gives no score."
)
KEPT = (
    "The key stays in the memory of this server until you stop using it or take no turn for four hours; closing the "
    "browser ends its use. It is written to no file and no log, and nobody else's interview is spoken through it."
)


def to_own_model(name: str, host: str) -> Html:
    """Whose model speaks; nothing of one's own for an empty name."""
    who = f"{name} at {host} speaks in this browser session." if name else "No model of yours is in use."
    return joined(notice(who, "hint"), tag("p", LEAVES, class_="il-soft"), tag("p", KEPT, class_="il-soft"))
