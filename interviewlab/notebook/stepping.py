"""A widget that goes through an interview turn by turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets

from interviewlab.errors import BadInput
from interviewlab.notebook.tables import to_table
from interviewlab.replaying import ReplayedTurn
from interviewlab.types import RunResult, Submission, SubmissionEntry, Transcript, UtteranceEntry


def step_through(
    transcript: Transcript, turns: Sequence[ReplayedTurn] = (), sounds: Mapping[int, bytes] | None = None
) -> ipywidgets.Widget:
    """Buttons and a slider over the turns: what was brought, how code ran, the reply.

    With the ``turns`` of a replay also what changed in the state; with ``sounds``, the candidate's voice by turn as a
    sound file. Raises BadInput where nobody spoke.
    """
    spoken = sorted(transcript.replies())
    if not spoken:
        raise BadInput("The transcript holds no reply to step to.", "Open one of an interview that began.")
    replayed = {turn.turn: turn for turn in turns}
    place = ipywidgets.SelectionSlider(options=spoken, description="turn", continuous_update=True)
    back, on = ipywidgets.Button(description="Back"), ipywidgets.Button(description="Next")
    shown = ipywidgets.HTML()
    voice = ipywidgets.Audio(autoplay=False, loop=False)

    def show(_: Any = None) -> None:
        turn = place.value
        shown.value = turn_to_html(transcript, turn) + changes_to_html(replayed.get(turn))
        voice.value = (sounds or {}).get(turn, b"")
        voice.layout.display = "" if voice.value else "none"
        back.disabled, on.disabled = turn == spoken[0], turn == spoken[-1]

    def go(by: int) -> None:
        place.value = spoken[min(len(spoken) - 1, max(0, spoken.index(place.value) + by))]

    back.on_click(lambda _: go(-1))
    on.on_click(lambda _: go(1))
    place.observe(show, names="value")
    show()
    box = ipywidgets.VBox([ipywidgets.HBox([back, on, place]), voice, shown])
    box.add_class("il-step")
    return box


def turn_to_html(transcript: Transcript, turn: int) -> str:
    """One turn: words or code that came in, and what was said to them."""
    parts = []
    results = {entry.turn: result for entry, result in transcript.submissions()}
    for entry in transcript.entries:
        if entry.turn == turn and isinstance(entry, SubmissionEntry):
            code = Submission(code=entry.code, language=entry.language)
            parts.append(_code(code, results.get(turn)))
        if entry.turn == turn and isinstance(entry, UtteranceEntry):
            parts.append(f"<p><b>Candidate</b> {escape(transcript.utterances()[turn].text)}</p>")
    reply = transcript.replies()[turn]
    parts.append(f"<p><b>Interviewer</b>, {reply.move}, {reply.phase}: {escape(reply.text)}</p>")
    return "".join(parts)


def changes_to_html(turn: ReplayedTurn | None) -> str:
    """The fields of the state that one turn changed; empty where it was not replayed."""
    if turn is None:
        return ""
    before, after = turn.before.model_dump(mode="json"), turn.after.model_dump(mode="json")
    changed = [name for name in before if before[name] != after[name] and name not in ("last_reply", "last_at")]
    rows = (
        f"<tr><td>{name}</td><td>{escape(str(before[name]))}</td><td>{escape(str(after[name]))}</td></tr>"
        for name in changed
    )
    nodes = " → ".join(escape(step.node) for step in turn.steps)
    return f"<p>{nodes}</p>{to_table(('state', 'before', 'after'), rows)}"


def _code(submission: Submission, result: RunResult | None) -> str:
    ran = f"{result.outcome}, {result.passed} of {len(result.tests)} tests passed" if result else "not run"
    return f"<p><b>Code</b>, {submission.language}: {ran}</p><pre>{escape(submission.code)}</pre>"
