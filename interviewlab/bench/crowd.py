"""Many interviews at once from several processes on one Postgres, one of which is killed in the middle.

Every interview says the same to one of a few plans, so that each transcript must equal, but for its times, the one that
was held undisturbed on SQLite: an entry that was lost or doubled shows.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from interviewlab.bench.figures import percentiles
from interviewlab.bootstrap import open_interview, open_library
from interviewlab.errors import InterviewLabError, StoreUnavailable
from interviewlab.settings import Settings
from interviewlab.types import Plan

PLANS = 4
"""Interviews take turns with this many seeds."""
SAYS = (
    "Yes, I'm ready.",
    "First I would look at the query plan, because it shows whether an index is used.",
    "Could you repeat the question?",
    "I don't know.",
    "We kept a queue in front of the workers, so a burst did not reach the database.",
    "Each worker takes one job, writes the result and only then acknowledges it.",
)
KILL_AFTER = 0.4
"""The share of its turns after which the first process is killed."""
TURN_LOCK_S = 3.0


async def bench_crowd(url: str, interviews: int = 100, processes: int = 4) -> dict[str, Any]:
    """``interviews`` held at once by ``processes``; the first is killed and its interviews are taken over by another.

    ``lost`` counts turns whose reply had been given and that are not in the record, ``different`` the interviews that
    do not equal the undisturbed one; ``turn_ms`` is measured by those who hold the interviews, all at once.
    """
    ids = [f"crowd-{number}" for number in range(interviews)]
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder), url)
        begun = time.monotonic()
        crews = [_Crew(settings, ids[first::processes]) for first in range(processes)]
        victim, others = crews[0], crews[1:]
        try:
            await asyncio.gather(*(crew.start() for crew in crews))
            await victim.run(until=round(KILL_AFTER * len(victim.ids) * len(SAYS)))
            victim.kill()
            await victim.run()
            lost = await _count_lost(settings, victim)
            heirs = _Crew(settings, victim.ids)
            crews.append(heirs)
            await heirs.start()
            await asyncio.gather(*(crew.run() for crew in [*others, heirs]))
        finally:
            for crew in crews:
                crew.kill()
        seconds = time.monotonic() - begun
        kept = [await _read(settings, one) for one in ids]
        expected = await _undisturbed(_settings(Path(folder) / "undisturbed", ""))
    different = [one for one, found in zip(ids, kept, strict=True) if found != expected[_seed(one)]]
    times = [spent for crew in crews for spent in crew.times_ms]
    return {
        "interviews": interviews,
        "processes": processes,
        "killed_with": len(victim.ids),
        "lost": lost,
        "different": len(different),
        "entries": sum(len(each) for each in kept),
        "turn_ms": percentiles(times),
        "wall_s": round(seconds, 1),
    }


class _Crew:
    """One process that holds interviews all at once, and what it has told so far."""

    def __init__(self, settings: Settings, ids: Sequence[str]) -> None:
        self.ids = ids
        self.answered = dict.fromkeys(ids, -1)
        self.times_ms: list[float] = []
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Returns at once; the interviews begin when the process is up."""
        own = {"DATA_DIR": self._settings.data_dir, "DATABASE_URL": self._settings.database_url}
        own |= {"EMBEDDER": "scripted", "SANDBOX": "scripted", "TURN_LOCK_S": TURN_LOCK_S}
        environment = os.environ | {f"INTERVIEWLAB_{name}": str(value) for name, value in own.items()}
        command = [sys.executable, "-m", "interviewlab.bench.crowd", *self.ids]
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*command, stdout=pipe, env=environment)

    async def run(self, until: int | None = None) -> None:
        """Listen until the process ends, or has told of so many turns. Raises StoreUnavailable if it failed."""
        assert self._process is not None
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            if not line.endswith(b"\n"):
                break
            told = json.loads(line)
            self.answered[told["id"]] = told["turn"]
            if told["spent_ms"] is not None:
                self.times_ms.append(told["spent_ms"])
            if until is not None and len(self.times_ms) >= until:
                return
        if await self._process.wait() not in (0, -signal.SIGKILL):
            raise StoreUnavailable("A process of the bench failed.", "What it said is above.")

    def kill(self) -> None:
        """SIGKILL, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()


async def hold(ids: Iterable[str]) -> None:
    """Hold interviews at once with the settings of the environment, each from where it stands; tell of each turn."""
    await asyncio.gather(*(_hold(Settings(), one) for one in ids))


async def _hold(settings: Settings, one: str) -> None:
    async with open_interview(settings, one, plan=_plan(_seed(one))) as interview:
        reply = await interview.start()
        _tell(one, reply.turn, None)
        for said in SAYS[reply.turn :]:
            begun = time.perf_counter()
            reply = await interview.reply(said)
            _tell(one, reply.turn, (time.perf_counter() - begun) * 1000)


def _tell(one: str, turn: int, spent_ms: float | None) -> None:
    sys.stdout.write(json.dumps({"id": one, "turn": turn, "spent_ms": spent_ms}) + "\n")
    sys.stdout.flush()


def _seed(one: str) -> int:
    return int(one.rsplit("-", 1)[1]) % PLANS


def _plan(seed: int) -> Plan:
    return Plan(type="fundamentals", seed=seed, minutes=100_000)


def _settings(folder: Path, url: str) -> Settings:
    return Settings(data_dir=folder, database_url=url, embedder="scripted", sandbox="scripted")


async def _count_lost(settings: Settings, victim: _Crew) -> int:
    """Turns whose reply the victim had given and that the record does not have."""
    lost = 0
    for one, turn in victim.answered.items():
        if turn >= 0:
            kept = {entry["turn"] for entry in await _read(settings, one) if entry["kind"] == "reply"}
            lost += len(set(range(turn + 1)) - kept)
    return lost


async def _read(settings: Settings, one: str) -> list[dict[str, Any]]:
    """The entries of an interview without their times; empty for one that never began."""
    try:
        async with open_library(settings) as library:
            entries = (await library.get_transcript(one)).entries
    except InterviewLabError:
        return []
    return [entry.model_dump(mode="json", exclude={"at"}) for entry in entries]


async def _undisturbed(settings: Settings) -> list[list[dict[str, Any]]]:
    found = []
    for seed in range(PLANS):
        async with open_interview(settings, f"alone-{seed}", plan=_plan(seed)) as interview:
            await interview.start()
            for said in SAYS:
                await interview.reply(said)
        found.append(await _read(settings, f"alone-{seed}"))
    return found


if __name__ == "__main__":
    asyncio.run(hold(sys.argv[1:]))
