"""A recorded transcript through the graph again, node by node: the same words in, and what comes out this time.

What the candidate brought, when, and how their code ran are taken from the record; nothing is run and nothing kept.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from interviewlab.analysis.code import code_facts
from interviewlab.errors import BadTranscript
from interviewlab.orchestrator.graph import build_graph
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.state import Incoming
from interviewlab.ports import Brain
from interviewlab.questions.bank import Bank
from interviewlab.types import (
    DEBUG_NOTE,
    ENTRY,
    MODEL_NOTE,
    AssessmentEntry,
    Entry,
    NoteEntry,
    Plan,
    Progress,
    Reply,
    ReplyEntry,
    ResultEntry,
    Submission,
    SubmissionEntry,
    Transcript,
    Utterance,
    UtteranceEntry,
)

COMPARED = ("move", "phase", "question_id", "exercise_id", "text", "ended")
"""The fields of a reply in which a replay may differ from its record."""


@dataclass(frozen=True)
class NodeStep:
    """One node of the graph and the part of the state it wrote."""

    node: str
    update: dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One field of a reply that came out differently."""

    turn: int
    field: str
    recorded: Any
    replayed: Any


@dataclass(frozen=True)
class ReplayedTurn:
    """One turn: what was brought, the state before and after, each node's part, and both replies."""

    incoming: Incoming
    before: Progress
    steps: tuple[NodeStep, ...]
    after: Progress
    entries: tuple[Entry, ...]
    """What the graph would have recorded this time."""
    recorded: Reply
    replayed: Reply

    @property
    def turn(self) -> int:
        """The number of the turn."""
        return self.incoming.turn

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every field of the reply that is not as recorded; empty for an identical one."""
        pairs = [(name, getattr(self.recorded, name), getattr(self.replayed, name)) for name in COMPARED]
        return tuple(Difference(self.turn, name, was, now) for name, was, now in pairs if was != now)

    def to_rows(self) -> list[dict[str, Any]]:
        """A line for each field of the state that a node changed: its value before that node, and after it."""
        state: dict[str, Any] = {"progress": self.before.model_dump(mode="json")}
        rows = []
        for step in self.steps:
            was, now = _fields(state), _fields(state | step.update)
            rows += [
                {"node": step.node, "field": name, "before": was.get(name), "after": value}
                for name, value in now.items()
                if was.get(name) != value
            ]
            state = state | step.update
        return rows


def _fields(state: dict[str, Any]) -> dict[str, Any]:
    """The fields of each part of the state as ``part.field``; what is no object stands by its part's name."""
    fields: dict[str, Any] = {}
    for part, value in state.items():
        fields |= {f"{part}.{name}": each for name, each in value.items()} if isinstance(value, dict) else {part: value}
    return fields


async def replay(
    transcript: Transcript, brain: Brain, bank: Bank, until: int | None = None
) -> AsyncIterator[ReplayedTurn]:
    """Replay the turns that have a reply, in order, up to and with turn ``until``.

    The state goes on from turn to turn as replayed, not as recorded, so one difference may bring others. Raises
    BadTranscript where the plan note is missing.
    """
    graph = build_graph()
    cast = Cast(brain, bank, get_plan(transcript))
    progress = Progress()
    for incoming, recorded in _turns(transcript):
        if until is not None and incoming.turn > until:
            return
        state = {"incoming": incoming.model_dump(mode="json"), "progress": progress.model_dump(mode="json")}
        steps = [
            NodeStep(node, update or {})
            async for chunk in graph.astream(state, context=cast, stream_mode="updates")
            for node, update in chunk.items()
        ]
        turn = _replayed(incoming, progress, steps, recorded)
        progress = turn.after
        yield turn


def get_plan(transcript: Transcript) -> Plan:
    """The recorded plan. Raises BadTranscript where there is none or it breaks its schema."""
    plan = transcript.plan
    if plan is None:
        raise BadTranscript(
            f"Transcript {transcript.interview_id} has no plan note, so nobody knows what was asked for.",
            "Replay a transcript that begins with its plan.",
        )
    return plan


def transcript_of_replay(transcript: Transcript, turns: Sequence[ReplayedTurn]) -> Transcript:
    """What would have been recorded: what the candidate brought as it was, what the graph wrote as replayed.

    What the graph writes stands where it stood in the record: not all entries of a turn were written in that turn, for
    code is measured when the interview is over.
    """
    last = max((turn.turn for turn in turns), default=-1)
    has_log = any(_is_log(entry) for entry in transcript.entries)  # earlier releases kept none
    fresh = {turn.turn: [entry for entry in turn.entries if has_log or not _is_log(entry)] for turn in turns}
    entries: list[Entry] = []
    for entry in transcript.entries:
        if entry.turn <= last:
            entries += fresh.pop(entry.turn, []) if _is_ours(entry) else [entry]
    return transcript.model_copy(
        update={"entries": tuple(entry.model_copy(update={"sequence": n}) for n, entry in enumerate(entries))}
    )


def _is_log(entry: Entry) -> bool:
    return isinstance(entry, NoteEntry) and entry.topic == DEBUG_NOTE


def _is_ours(entry: Entry) -> bool:
    """Whether the graph wrote it."""
    is_note = isinstance(entry, NoteEntry) and entry.topic in (MODEL_NOTE, DEBUG_NOTE)
    return is_note or isinstance(entry, ReplyEntry | AssessmentEntry)


def _turns(transcript: Transcript) -> Iterator[tuple[Incoming, Reply]]:
    """Each turn that was replied to: what came in, with the clock and the numbering of the record."""
    by_turn: dict[int, list[Entry]] = {}
    for entry in transcript.entries:
        by_turn.setdefault(entry.turn, []).append(entry)
    for turn in sorted(by_turn):
        spoken = next((e for e in by_turn[turn] if isinstance(e, ReplyEntry)), None)
        if spoken is not None:
            yield _incoming(turn, by_turn[turn], spoken), spoken.to_reply()


def _incoming(turn: int, entries: list[Entry], spoken: ReplyEntry) -> Incoming:
    said = next((e for e in entries if isinstance(e, UtteranceEntry)), None)
    handed = next((e for e in entries if isinstance(e, SubmissionEntry)), None)
    submission = Submission(code=handed.code, language=handed.language) if handed else None
    # A turn after the greeting to which the candidate brought nothing is the end button, or the editor stood still.
    brought_nothing = turn > 0 and said is None and submission is None
    return Incoming(
        turn=turn,
        sequence=min(e.sequence for e in entries if _is_ours(e)),
        now=spoken.at,
        utterance=Utterance(text=said.text, source=said.source, words=said.words) if said else None,
        submission=submission,
        result=next((e.result for e in entries if isinstance(e, ResultEntry)), None),
        facts=code_facts(submission) if submission else None,
        wants_end=brought_nothing and spoken.move == "close",
        is_stuck=brought_nothing and spoken.move != "close",
    )


def _replayed(incoming: Incoming, before: Progress, steps: list[NodeStep], recorded: Reply) -> ReplayedTurn:
    written = steps[-1].update
    after = Progress.model_validate(written["progress"])
    if after.last_reply is None:
        raise RuntimeError("record writes the reply into progress")
    return ReplayedTurn(
        incoming=incoming,
        before=before,
        steps=tuple(steps),
        after=after,
        entries=tuple(ENTRY.validate_python(entry) for entry in written["outbox"]),
        recorded=recorded,
        replayed=after.last_reply,
    )
