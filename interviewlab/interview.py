"""Hall one: a whole interview behind start, reply, submit_code and finish.

The store is the record and is written first; the checkpoint is the working state and is written once a turn. Opening
an interview, and every turn, reconciles the two: entries the store lacks come from the checkpoint's outbox, and an
utterance without a reply gets its reply.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from interviewlab.analysis.code import code_facts
from interviewlab.brains.foreseen import Foreseen, foreseeable
from interviewlab.brains.policy import MAX_OFFERS
from interviewlab.brains.recorded_brain import RecordedBrain
from interviewlab.errors import AlreadyAnswered, BadInput, BadSubmission, InterviewEnded, NotFound
from interviewlab.judging import Bench, judge_transcript
from interviewlab.measuring import measure_submissions
from interviewlab.orchestrator.context import build_context
from interviewlab.orchestrator.conversation import Conversation
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.state import Incoming
from interviewlab.ownership import Ownership
from interviewlab.ports import InterviewStore, Sandbox
from interviewlab.questions.discussion import find_question
from interviewlab.questions.own_tests import cases_from_lines
from interviewlab.replaying import replay
from interviewlab.replying import Pieces, ReplyStream
from interviewlab.submitting import run_submission, run_visible
from interviewlab.types import (
    Authorship,
    CorrectedEntry,
    Entry,
    Exercise,
    HeardEntry,
    InterviewRecord,
    MeasuredEntry,
    NoteEntry,
    Plan,
    Progress,
    Question,
    ReplyEntry,
    Report,
    ResultEntry,
    RunResult,
    SnapshotEntry,
    Submission,
    SubmissionEntry,
    Transcript,
    TurnContext,
    Utterance,
    UtteranceEntry,
)

STUCK_S = 90.0
"""How long an editor stands still, and nobody speaks, before help is offered."""
RECENT_ENTRIES = 40
"""Entries among which the last snapshot, or the last answer, is looked for."""
BESIDE_S = 15.0
"""So long what is done beside the turns keeps an interview from being closed."""
LONGEST_SNAPSHOT = 20_000
"""Characters; a longer text is no solution and is not kept."""


def utc_now() -> datetime:
    """The clock of an interview, UTC."""
    return datetime.now(UTC)


def leave_unread(question: Question) -> None:
    """For a brain that reads nothing ahead."""


@dataclass(frozen=True)
class Adapters:
    """What an interview is held with; shared by all interviews of a process."""

    store: InterviewStore
    conversation: Conversation
    sandbox: Sandbox
    bench: Bench
    turn_lock_s: float
    turn_wait_s: float
    fallbacks: tuple[str, ...] = ()
    """What runs in place of something better, in one sentence each; noted in every transcript."""
    clock: Callable[[], datetime] = utc_now
    read_ahead: Callable[[Question], None] = leave_unread
    """Called with each question and exercise once it is on the table; it returns at once."""


@dataclass
class _Standing:
    """Where record and checkpoint stand together."""

    progress: Progress
    next_sequence: int
    pending: list[Entry] = field(default_factory=list)
    """Entries of a turn that has no reply yet."""


class Interview:
    """One interview, owned for the length of a turn. Made by ``open_interview``."""

    def __init__(self, record: InterviewRecord, cast: Cast, adapters: Adapters) -> None:
        self._record = record
        self._adapters = adapters
        self._store = adapters.store
        self._ownership = Ownership(adapters.store, record.id, adapters.turn_lock_s, adapters.turn_wait_s)
        self._cast = replace(cast, confirm=self._ownership.confirm)
        self._turns: set[asyncio.Task[None]] = set()
        self._beside: set[asyncio.Task[None]] = set()
        self._progress = Progress()
        self.last_result: RunResult | None = None

    @property
    def id(self) -> str:
        """Unguessable, and the key to everything that is kept of this interview."""
        return self._record.id

    @property
    def plan(self) -> Plan:
        """What was asked for."""
        return self._record.plan

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """What runs here in place of something better, in one sentence each."""
        return self._adapters.fallbacks

    @property
    def progress(self) -> Progress:
        """Where the interview stood after the last turn that this object saw."""
        return self._progress

    @property
    def exercise(self) -> Exercise | None:
        """The exercise on the table, with its hidden tests: show only statement, starter and visible cases."""
        return self._cast.bank.find_exercise(self._progress.exercise_id)

    async def aclose(self) -> None:
        """Wait for turns that are under way, and ``BESIDE_S`` for what is done beside them; called once when it is
        closed."""
        await asyncio.gather(*self._turns, return_exceptions=True)
        if self._beside:
            _, late = await asyncio.wait(self._beside, timeout=BESIDE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def do_beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something for the record that no turn waits for."""
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def refresh(self) -> None:
        """Read where the interview stands; called once when it is opened."""
        self._progress = (await self._adapters.conversation.get_standing(self.id)).progress

    def start(self) -> ReplyStream:
        """Greet; an interview that was started before repeats its last reply, or gives one that was still owed."""
        return ReplyStream(self._start(), self._turns)

    def reply(self, utterance: Utterance | str, answers_turn: int | None = None) -> ReplyStream:
        """Answer an utterance. Raises InterviewEnded, InterviewBusy.

        ``answers_turn``: the turn of the reply that it answers. Where that one has its answer already, the same words
        get the reply that was given, and other words AlreadyAnswered; nothing is recorded.
        """
        said = Utterance(text=utterance) if isinstance(utterance, str) else utterance
        said = said.model_copy(update={"text": _clean(said.text)})
        return ReplyStream(self._reply(said, answers_turn), self._turns)

    async def rehearse(self, utterance: Utterance) -> AsyncIterator[str]:
        """The sentences that ``reply`` would give to this now. Nothing is recorded and no turn is taken.

        The brain remembers them: where the same words are brought as a turn, the reply is there at once.
        """
        context = self._imagine(utterance)
        brain = self._cast.brain
        understanding = await brain.understand(context)
        async for piece in brain.speak(context, understanding, await brain.decide(context, understanding)):
            if not isinstance(piece, Authorship):
                yield piece

    async def warm_up(self) -> tuple[Foreseen, ...]:
        """Let the brain look at the question on the table before it is answered; gives what it may say next.

        Nothing is worded: a language model would be paid for it.
        """
        context = self._imagine(Utterance(text="Well"))
        await self._cast.brain.decide(context, await self._cast.brain.understand(context))
        return foreseeable(self._cast.bank, self._progress, self.plan.personal)

    def _imagine(self, utterance: Utterance) -> TurnContext:
        """The next turn, if this were said in it."""
        said = utterance.model_copy(update={"text": _clean(utterance.text)})
        standing = _Standing(progress=self._progress, next_sequence=self._progress.sequence)
        return build_context(self.plan, self._cast.bank, self._progress, self._incoming(standing, utterance=said))

    def submit_code(
        self, code: str, language: str, own_tests: str = "", answers_turn: int | None = None
    ) -> ReplyStream:
        """Run code against visible and hidden tests and talk about it. ``own_tests`` (a line each) are recorded as
        they are; what they catch is looked at when the interview is over. ``answers_turn``: as of ``reply``.

        Raises BadSubmission, SandboxUnavailable, SandboxFailed; then nothing is recorded and it may be tried again.
        """
        own_tests = _clean(own_tests[:LONGEST_SNAPSHOT])
        return ReplyStream(self._submit(_clean(code), language, own_tests, answers_turn), self._turns)

    async def run_code(self, code: str, language: str, own_tests: str = "") -> RunResult:
        """Run code against the visible tests and ``own_tests`` (a line each, see ``cases_from_lines``), no turn taken;
        the editor is kept as a snapshot. Raises as ``submit_code`` does."""
        own = cases_from_lines(own_tests)
        async with self._ownership.hold():
            standing = await self._settle()
            submission, exercise = self._submission(_clean(code), language)
            if not standing.progress.is_ended:
                tests = _clean(own_tests)
                await self._write(standing, SnapshotEntry, **submission.model_dump(), own_tests=tests, is_run=True)
        return await run_visible(self._adapters.sandbox, exercise, submission, own)

    async def watch_editor(self, code: str, language: str) -> bool:
        """Look at the editor, no turn taken; a change is kept as a snapshot. True where help should be offered:
        an exercise is open, and neither the code nor a word has moved for ``STUCK_S``."""
        async with self._ownership.hold():
            standing = await self._settle()
            progress = standing.progress
            if self.exercise is None or progress.is_ended or progress.is_solved or standing.pending:
                return False
            recent = await self._store.get_entries(self.id, after=progress.sequence - RECENT_ENTRIES)
            last = next((e for e in reversed(recent) if isinstance(e, SnapshotEntry)), None)
            if (last is None or last.code != code) and len(code) <= LONGEST_SNAPSHOT:
                submission, _ = self._submission(_clean(code), language)
                await self._write(standing, SnapshotEntry, **submission.model_dump())
                return False
            still_s = (self._adapters.clock() - max(entry.at for entry in recent)).total_seconds()
            return still_s >= STUCK_S and progress.offers <= MAX_OFFERS

    def offer_help(self) -> ReplyStream:
        """A turn to which the candidate brought nothing: an offer of a hint, or the next hint."""
        return ReplyStream(self._offer(), self._turns)

    async def finish(self) -> Report:
        """Close the interview if it is open, and judge it. Finishing again gives the same report."""
        async with self._ownership.hold():
            standing = await self._ready(await self._settle())
            if not standing.progress.is_ended:
                async for _ in self._take(self._incoming(standing, wants_end=True)):
                    pass
            if report := await self._store.get_report(self.id):
                return report
            await self._measure()
            report = await judge_transcript(self._adapters.bench, await self.transcript(), self.plan.rubric)
            await self._store.end_interview(self.id, report)
            return report

    async def heard(self, of_turn: int, text: str) -> None:
        """Record that of the reply in ``of_turn`` only ``text`` reached the ear. No turn is taken."""
        async with self._ownership.hold():
            await self._write(await self._settle(), HeardEntry, of_turn=of_turn, text=text)

    async def correct(self, of_turn: int, text: str) -> None:
        """Mend a misheard utterance: grading reads ``text`` in its place, what was heard stays in the record.

        Raises NotFound where that turn has no utterance, BadInput for an empty text.
        """
        if not text.strip():
            raise BadInput("The corrected answer is empty.", "Write what you said.")
        await self._correct(of_turn, text=_clean(text.strip()), by="candidate")

    async def hear_again(self, of_turn: int, heard: Utterance) -> None:
        """Record what ears understood that listened a second time; a candidate's own correction stays above it."""
        await self._correct(of_turn, text=_clean(heard.text), words=heard.words, by="ears")

    async def note(self, topic: str, text: str) -> None:
        """Note down what happened beside the turns (``nudge``: the interviewer broke a silence)."""
        async with self._ownership.hold():
            await self._write(await self._settle(), NoteEntry, topic=topic, text=text)

    async def transcript(self) -> Transcript:
        """Everything recorded so far."""
        return Transcript(interview_id=self.id, entries=await self._store.get_entries(self.id))

    # ---- turns

    async def _start(self) -> Pieces:
        async with self._ownership.hold():
            standing = await self._settle()
            if standing.pending:
                async for piece in self._finish_pending(standing):
                    yield piece
            elif standing.progress.last_reply is not None:
                async for piece in self._repeat(standing):
                    yield piece
            else:
                await self._write_plan(standing)
                async for piece in self._take(self._incoming(standing)):
                    yield piece

    async def _reply(self, utterance: Utterance, answers_turn: int | None) -> Pieces:
        async def answer(standing: _Standing) -> Pieces:
            incoming = self._incoming(standing, utterance=utterance)
            await self._write(standing, UtteranceEntry, turn=incoming.turn, **utterance.model_dump())
            async for piece in self._take(incoming.model_copy(update={"sequence": standing.next_sequence})):
                yield piece

        def is_same(entry: Entry) -> bool:
            return isinstance(entry, UtteranceEntry) and entry.text == utterance.text

        async for piece in self._turn(is_same, answer, answers_turn):
            yield piece

    async def _submit(self, code: str, language: str, own_tests: str, answers_turn: int | None) -> Pieces:
        async def run(standing: _Standing) -> Pieces:
            submission, exercise = self._submission(code, language)
            result = await run_submission(self._adapters.sandbox, exercise, submission)
            handed = {**submission.model_dump(), "exercise_id": exercise.id, "own_tests": own_tests}
            await self._write_submission(standing, handed, result)
            async for piece in self._take_submission(standing, submission, result):
                yield piece

        def is_same(entry: Entry) -> bool:
            return isinstance(entry, SubmissionEntry) and (entry.code, entry.language) == (code, language)

        async for piece in self._turn(is_same, run, answers_turn):
            yield piece

    async def _offer(self) -> Pieces:
        async def offer(standing: _Standing) -> Pieces:
            async for piece in self._take(self._incoming(standing, is_stuck=True)):
                yield piece

        async for piece in self._turn(lambda entry: False, offer):
            yield piece

    async def _turn(
        self,
        is_same: Callable[[Entry], bool],
        take: Callable[[_Standing], Pieces],
        answers_turn: int | None = None,
    ) -> Pieces:
        """One turn, owned. What was brought before is not a turn of its own: left open, it gets its reply now."""
        async with self._ownership.hold():
            standing = await self._settle()
            if any(is_same(entry) for entry in standing.pending):
                pieces = self._finish_pending(standing)
            else:
                standing = await self._ready(standing)
                if await self._is_answered(standing, is_same, answers_turn):
                    pieces = self._repeat(standing)
                else:
                    _check_open(standing)
                    pieces = take(standing)
            async for piece in pieces:
                yield piece

    async def _is_answered(
        self, standing: _Standing, is_same: Callable[[Entry], bool], answers_turn: int | None
    ) -> bool:
        """Whether the last reply is one to this very answer. Raises AlreadyAnswered."""
        last = standing.progress.turn
        if answers_turn is None or answers_turn == last:
            return False
        recent = await self._store.get_entries(self.id, after=standing.progress.sequence - RECENT_ENTRIES)
        if answers_turn == last - 1 and any(entry.turn == last and is_same(entry) for entry in recent):
            return True
        if standing.progress.is_ended:
            return False
        raise AlreadyAnswered(
            "The interview has gone on meanwhile, in another window or by voice, so this was not taken.",
            "Read the last reply, and send it again where it still fits.",
        )

    async def _repeat(self, standing: _Standing) -> Pieces:
        """The last reply again."""
        if standing.progress.last_reply is not None:
            yield standing.progress.last_reply.text
            yield standing.progress.last_reply

    async def _write_submission(self, standing: _Standing, handed: dict[str, Any], result: RunResult) -> None:
        """Code and result in one transaction: never one without the other."""
        where = {"turn": standing.progress.turn + 1, "at": self._adapters.clock()}
        sequence = standing.next_sequence
        code = SubmissionEntry(sequence=sequence, **where, **handed)
        await self._append([code, ResultEntry(sequence=sequence + 1, **where, result=result)])
        standing.next_sequence += 2

    async def _take_submission(self, standing: _Standing, submission: Submission, result: RunResult) -> Pieces:
        self.last_result = result
        facts = await asyncio.to_thread(code_facts, submission)
        incoming = self._incoming(standing, submission=submission, result=result, facts=facts)
        async for piece in self._take(incoming):
            yield piece

    async def _take(self, incoming: Incoming) -> Pieces:
        """One run of the graph; the reply's entries are in the store before the whole Reply is given."""
        try:
            async for piece in self._adapters.conversation.take_turn(self.id, self._cast, incoming):
                if isinstance(piece, str):
                    yield piece
                else:
                    await self._append(piece.outbox)
                    self._progress = piece.progress
                    self._read_ahead()
        except Exception:
            await self._forget_if_deleted()
            raise
        if self._progress.last_reply is not None:
            yield self._progress.last_reply

    def _read_ahead(self) -> None:
        """What the last reply put on the table is read before it is answered."""
        last = self._progress.last_reply
        if last is not None and last.move in ("ask", "set_exercise"):
            question = find_question(self._cast.bank, self.plan.personal, last.question_id)
            if question is not None:
                self._adapters.read_ahead(question)

    async def _forget_if_deleted(self) -> None:
        """An interview that was deleted in the middle of a turn leaves no working state behind."""
        try:
            await self._store.get_interview(self.id, self._record.owner)
        except NotFound:
            await self._adapters.conversation.forget(self.id)

    async def _finish_pending(self, standing: _Standing) -> Pieces:
        """The reply to a turn that a dying process left open."""
        utterance = next((e for e in standing.pending if isinstance(e, UtteranceEntry)), None)
        if utterance is not None:
            said = Utterance(text=utterance.text, source=utterance.source, words=utterance.words)
            async for piece in self._take(self._incoming(standing, utterance=said)):
                yield piece
        submitted = next((e for e in standing.pending if isinstance(e, SubmissionEntry)), None)
        if submitted is not None:
            result = next(e.result for e in standing.pending if isinstance(e, ResultEntry))
            submission = Submission(code=submitted.code, language=submitted.language)
            async for piece in self._take_submission(standing, submission, result):
                yield piece

    # ---- the record

    async def _measure(self) -> None:
        """Write down what the sandbox can still show of the code; the caller owns the interview."""
        standing = await self._settle()
        adapters = self._adapters
        for found in await measure_submissions(adapters.sandbox, await self.transcript(), adapters.bench.bank):
            await self._write(standing, MeasuredEntry, turn=found.turn, growth=found.growth, tried=found.tried)

    async def _correct(self, of_turn: int, **mended: Any) -> None:
        async with self._ownership.hold():
            entries = (await self.transcript()).entries
            if not any(isinstance(e, UtteranceEntry) and e.turn == of_turn for e in entries):
                raise NotFound(f"Turn {of_turn} has no answer to correct.", "Choose a turn in which you spoke.")
            own = any(isinstance(e, CorrectedEntry) and e.of_turn == of_turn and e.by == "candidate" for e in entries)
            if mended["by"] == "candidate" or not own:
                await self._write(await self._settle(), CorrectedEntry, of_turn=of_turn, **mended)

    async def _ready(self, standing: _Standing) -> _Standing:
        """Nothing owed: an open turn has its reply, and a visitor who comes with something was greeted first."""
        if standing.pending:
            async for _ in self._finish_pending(standing):
                pass
            standing = await self._settle()
        if standing.progress.turn < 0:
            await self._write_plan(standing)
            async for _ in self._take(self._incoming(standing)):
                pass
            standing = await self._settle()
        return standing

    async def _settle(self) -> _Standing:
        """Reconcile record and checkpoint; the caller owns the interview."""
        saved = await self._adapters.conversation.get_standing(self.id)
        progress, outbox = saved.progress, saved.outbox
        self._progress = progress
        first = outbox[0].sequence if outbox else 0
        recent = await self._store.get_entries(self.id, after=first - 1)
        if any(isinstance(e, ReplyEntry) and e.turn > progress.turn for e in recent):
            return await self._restore()
        have = {entry.sequence for entry in recent}
        if any(entry.sequence not in have for entry in outbox):
            await self._store.append(self.id, outbox)
        kinds = (UtteranceEntry, SubmissionEntry, ResultEntry)
        pending: list[Entry] = [e for e in recent if e.turn == progress.turn + 1 and isinstance(e, kinds)]
        last = max([e.sequence for e in (*recent, *outbox)], default=-1)
        return _Standing(progress=progress, next_sequence=last + 1, pending=pending)

    async def _restore(self) -> _Standing:
        """The record is ahead of the working state, which was lost or is old: replay what was chosen then, whatever
        would be chosen today, to make it anew."""
        transcript = await self.transcript()
        brain = RecordedBrain(transcript, guide=self._cast.quiet or self._cast.brain)
        replayed = [turn async for turn in replay(transcript, brain, self._cast.bank)]
        last, end = replayed[-1], transcript.entries[-1].sequence + 1
        progress = last.after.model_copy(update={"last_reply": last.recorded, "sequence": end})
        await self._adapters.conversation.restore(self.id, progress)
        return await self._settle()

    async def _write(self, standing: _Standing, kind: Callable[..., Entry], **fields: Any) -> None:
        fields.setdefault("turn", max(0, standing.progress.turn))
        entry = kind(sequence=standing.next_sequence, at=self._adapters.clock(), **fields)
        await self._append([entry])
        standing.next_sequence += 1

    async def _append(self, entries: Sequence[Entry]) -> None:
        """Write to the record, if the interview is still ours."""
        await self._ownership.confirm()
        await self._store.append(self.id, entries)

    async def _write_plan(self, standing: _Standing) -> None:
        """The plan and what runs in place of something better, in one transaction."""
        if standing.next_sequence:
            return
        now, plan = self._adapters.clock(), {"plan": self.plan.model_dump(mode="json")}
        notes = [NoteEntry(sequence=0, turn=0, at=now, topic="plan", data=plan)]
        for number, text in enumerate(self._adapters.fallbacks, 1):
            notes.append(NoteEntry(sequence=number, turn=0, at=now, topic="fallback", text=text))
        await self._append(notes)
        standing.next_sequence = len(notes)

    def _incoming(self, standing: _Standing, **brought: Any) -> Incoming:
        return Incoming(
            turn=standing.progress.turn + 1,
            sequence=standing.next_sequence,
            now=self._adapters.clock(),
            **brought,
        )

    def _submission(self, code: str, language: str) -> tuple[Submission, Exercise]:
        exercise = self.exercise
        if exercise is None:
            raise BadSubmission("There is no exercise on the table.", "Ask for a coding exercise first.")
        if language not in exercise.function:
            raise BadSubmission(
                f"This exercise is not set in '{language}'.", f"Choose one of {', '.join(exercise.function)}."
            )
        return Submission.model_validate({"code": code, "language": language}), exercise


def _clean(text: str) -> str:
    """Half of a surrogate pair is no text: it is replaced, so that the record can always be written."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _check_open(standing: _Standing) -> None:
    if standing.progress.is_ended:
        raise InterviewEnded("This interview has ended.", "Open its report, or start a new interview.")
