"""Candidates of ``interviewlab bench rooms``, several to a process, each from the ticket to the goodbye.

They have no page: their microphone is on and silent, so that every room carries sound both ways and every worker
listens, and their answers are typed into the call. A process tells what they measured and saw as lines of JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.served import env_from
from interviewlab.bootstrap import open_library
from interviewlab.errors import InterviewLabError
from interviewlab.library import Library
from interviewlab.settings import Settings
from interviewlab.types import Transcript, UtteranceEntry
from interviewlab.voice.livekit_call import PICK_UP
from interviewlab.voice.livekit_candidate import CommandFailed, EntryFailed, HeadlessCandidate, until
from interviewlab.voice.livekit_commands import REFUSED
from interviewlab.voice.livekit_line import LiveKitLine

SAYS = (
    "Yes, I'm ready.",
    "First I would look at the query plan, because it shows whether an index is used.",
    "We kept a queue in front of the workers, so a burst did not reach the database.",
    "I don't know.",
    "Each worker takes one job, writes the result and only then acknowledges it.",
)
TURN_S = 120.0
"""A turn that takes longer counts as lost on the way, and the candidate looks what became of it."""
SETTLE_S = 0.5
LOOK_S = 0.1
"""Between two looks whether something has come; when a voice sounded first is known more precisely."""
ARRIVE_S = 1.5
"""Between the arrival of one candidate and the next. When the last is there the first gives an answer, and so on."""
COME_AGAIN_S = 5.0
WHOLE_S = 3600.0
SILENT_S = 300.0
"""A candidate who waits longer for anything gives up."""
READY_S = 120.0
_READY, _TURN, _SEEN = "ready", "turn", "seen"


@dataclass
class Seen:
    """What candidates measured and saw."""

    turns_s: list[float] = field(default_factory=list)
    picked_up_at: list[float] = field(default_factory=list)
    """When a worker that took over was heard, by the clock that all processes of a machine share."""
    turns: int = 0
    interrupted: int = 0
    lost: int = 0
    said_twice: int = 0
    gave_up: int = 0
    turned_away: int = 0
    """How often no worker could be had and a candidate had to try again."""

    def add(self, other: Seen) -> None:
        """What others saw, too."""
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)


def id_of(number: int) -> str:
    """The interview of a candidate."""
    return f"room-{number}"


class Guests:
    """A process of candidates: ``start`` it, wait until it is ``ready``, then ``hold``."""

    def __init__(self, settings: Settings, numbers: Sequence[int], rooms: int, hears_out: bool) -> None:
        self.turns = 0
        """That they were answered so far."""
        self._settings, self._numbers, self._rooms, self._hears_out = settings, numbers, rooms, hears_out
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """0 before the start."""
        return self._process.pid if self._process else 0

    async def start(self) -> None:
        """Returns at once."""
        told = {**env_from(self._settings), "DATA_DIR": str(self._settings.data_dir), "IS_OFFLINE": "true"}
        told |= {"DATABASE_URL": self._settings.database_url}
        told |= {"EMBEDDER": self._settings.embedder, "SANDBOX": self._settings.sandbox}
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "interviewlab.bench.guests", "hear out" if self._hears_out else "cut in"),
            *map(str, (self._rooms, *self._numbers)),
            env={**os.environ, **{f"INTERVIEWLAB_{name}": value for name, value in told.items()}},
            stdin=pipe,
            stdout=pipe,
        )

    async def ready(self) -> None:
        """Until they could come. Raises InterviewLabError where their process ended instead."""
        async with asyncio.timeout(READY_S):
            if await self._next() is None:
                raise InterviewLabError("The candidates of the bench did not come.", "What they said is above.")

    async def hold(self) -> Seen:
        """Let them come, and speak to the end. Raises InterviewLabError where their process died."""
        if self._process and self._process.stdin:
            self._process.stdin.write(b"come\n")
        while told := await self._next():
            if told["kind"] == _SEEN:
                return Seen(**told["seen"])
            self.turns += 1
        raise InterviewLabError("Candidates of the bench died.", "What they said is above.")

    async def aclose(self) -> None:
        """Be rid of them."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def _next(self) -> dict[str, Any] | None:
        line = await self._process.stdout.readline() if self._process and self._process.stdout else b""
        return json.loads(line) if line else None


class _Guest:
    """One candidate."""

    def __init__(
        self, number: int, rooms: int, line: LiveKitLine, library: Library, seen: Seen, hears_out: bool
    ) -> None:
        self._id, self._after_s, self._wait_s = id_of(number), number * ARRIVE_S, rooms * ARRIVE_S
        self._line, self._library, self._seen, self._hears_out = line, library, seen, hears_out
        self._page = HeadlessCandidate(is_silent=True)

    async def hold(self) -> None:
        """To the goodbye, or until no worker can be had or the one there falls silent for good."""
        await asyncio.sleep(self._after_s)
        all_there = asyncio.create_task(asyncio.sleep(self._wait_s))
        try:
            await self._talk(all_there)
        except (InterviewLabError, TimeoutError) as error:
            seen = f"agent {self._page.agent or None}, states {self._page.states[-3:]}, turns {self._page.turns()}"
            tell(f"{self._id} gave up: {error or type(error).__name__} ({seen})")
            self._seen.gave_up += 1
        self._count(await self._library.get_transcript(self._id))

    async def _talk(self, all_there: asyncio.Task[None]) -> None:
        await self._come()
        watching = asyncio.create_task(self._note_pick_up())
        try:
            await until(lambda: self._page.is_sounding, SILENT_S, LOOK_S)
            await all_there
            while not is_ended(kept := await self._settled()):
                await self._answer(_last_turn(kept) + 1)
        finally:
            watching.cancel()
            await self._page.leave()
            await self._line.close(self._id)

    async def _come(self) -> None:
        """Into the room; who is turned away tries again, as at a page."""
        async with asyncio.timeout(SILENT_S):
            while True:
                try:
                    return await self._page.enter(await self._line.invite("local", self._id))
                except (InterviewLabError, EntryFailed) as error:
                    tell(f"{self._id} was turned away: {error}")
                    self._seen.turned_away += 1
                    await asyncio.sleep(COME_AGAIN_S)

    async def _settled(self) -> Transcript:
        """The record, once every answer in it has its reply and whoever hears out has heard it."""
        async with asyncio.timeout(SILENT_S):
            while True:
                await asyncio.sleep(SETTLE_S)
                is_over = any(event["kind"] == "turn" and event["is_ended"] for event in self._page.events)
                is_quiet = self._page.states[-1:] == ["listening"] and not self._page.is_sounding
                if self._hears_out and not (is_quiet or is_over):
                    continue
                kept = await self._library.get_transcript(self._id)
                if _is_answered(kept):
                    return kept

    async def _answer(self, turn: int) -> None:
        """Say what belongs to a turn. Where a worker's death came between, the record tells what became of it; that
        nobody confirmed the command in time says nothing, and the turn is waited for all the same."""
        agent, asked = self._page.agent, time.monotonic()
        saying = asyncio.create_task(self._page.command(kind="say", text=SAYS[(turn - 1) % len(SAYS)]))

        def is_in_vain() -> bool:
            return self._page.agent not in ("", agent) or was_refused(saying)

        try:
            # The last reply may end the call before it says that the command was heard.
            await until(lambda: turn in self._page.turns() or is_in_vain(), TURN_S, LOOK_S)
            since = asked if self._hears_out else time.monotonic()
            await until(
                lambda: self._page.first_sound_after(since), TURN_S if turn in self._page.turns() else 0, LOOK_S
            )
        except TimeoutError:
            tell(f"{self._id}, turn {turn}: {saying.exception() if saying.done() else 'no reply'}")
            self._seen.interrupted += 1
        else:
            self._seen.turns_s.append((self._page.first_sound_after(since) or since) - asked)
        finally:
            saying.cancel()
            await asyncio.wait([saying])
        self._seen.turns += 1
        _write(kind=_TURN)

    async def _note_pick_up(self) -> None:
        await until(lambda: PICK_UP in self._page.said("interviewer"), WHOLE_S, LOOK_S)
        self._seen.picked_up_at.append(time.monotonic())

    def _count(self, kept: Transcript) -> None:
        self._seen.lost += len(set(self._page.turns()) - set(kept.replies()))
        texts = {turn: reply.text for turn, reply in kept.replies().items()}
        twice = find_said_twice(self._page.said("interviewer"), texts)
        self._seen.said_twice += len(twice)
        for sentence in twice:
            tell(f"{self._id} heard twice: {sentence}")


def find_said_twice(said: Sequence[str], replies: Mapping[int, str]) -> list[str]:
    """Sentences that sounded more often than the replies have them, but for the one reply that follows ``PICK_UP``."""
    heard: Counter[str] = Counter()
    since: Counter[str] = Counter()
    repeated: set[int] = set()
    twice: list[str] = []
    for sentence in said:
        if sentence == PICK_UP:
            repeated, since = set(replies), Counter()
            continue
        since[sentence] += 1
        times = {turn: text.count(sentence) for turn, text in replies.items() if sentence in text}
        repeated = {turn for turn in repeated if since[sentence] <= times.get(turn, 0)}
        if repeated:  # what a later reply has in common with this one may still be said then
            heard[sentence] = max(heard[sentence], sum(n for turn, n in times.items() if turn <= min(repeated)))
        elif heard[sentence] < sum(times.values()):
            heard[sentence] += 1
        elif times:
            twice.append(sentence)
    return twice


def was_refused(saying: asyncio.Task[str]) -> bool:
    """Whether the agent said no to a command; one that was not confirmed in time may have been heard."""
    error = saying.exception() if saying.done() and not saying.cancelled() else None
    return isinstance(error, CommandFailed) and error.code == REFUSED


def is_ended(kept: Transcript) -> bool:
    """Whether the interviewer said goodbye."""
    return bool(kept.replies()) and kept.replies()[_last_turn(kept)].ended


def _last_turn(kept: Transcript) -> int:
    return max(kept.replies(), default=-1)


def _is_answered(kept: Transcript) -> bool:
    return len(kept.replies()) > sum(isinstance(entry, UtteranceEntry) for entry in kept.entries)


async def _hold_all(settings: Settings, rooms: int, numbers: Sequence[int], hears_out: bool) -> Seen:
    """Every candidate of this process, of so many in all, once it is told that they may come."""
    line, seen = LiveKitLine(settings), Seen()
    async with open_library(settings) as library:
        guests = [_Guest(number, rooms, line, library, seen, hears_out) for number in numbers]
        _write(kind=_READY)
        await asyncio.to_thread(sys.stdin.readline)
        try:
            await asyncio.gather(*(guest.hold() for guest in guests))
        finally:
            await line.aclose()
    return seen


def _write(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _how, _of, *_who = sys.argv[1:]
    _all = _hold_all(Settings(), int(_of), [int(number) for number in _who], _how == "hear out")
    _write(kind=_SEEN, seen=asdict(asyncio.run(_all)))
