"""Chromium before the real app: says what it is given and notes, on the page's one clock, what it hears and is told."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewlab.bench.voice.sounds import voiced_s
from interviewlab.bench.voice.timing import Line, Sound, to_wall
from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.speech.audio import EARS_RATE, Floats, to_wav

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
LOOK_S = 0.1
QUIET_S = 0.7
"""So much quiet, and the interviewer has said it all."""


@dataclass
class Notes:
    """What a page noted, in seconds since 1970."""

    sounds: list[Sound] = field(default_factory=list)
    """Of the interviewer's voice."""
    events: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    connections: list[tuple[float, str]] = field(default_factory=list)
    clock: list[tuple[float, float]] = field(default_factory=list)
    """Audio time and wall clock of the page as it was last opened."""
    now: float = 0.0

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Rows of the page's log, in order."""
        self.clock += [(row["audio"], row["wall"] / 1000) for row in rows if row["kind"] == "clock"]
        for row in rows:
            at = self.now = row["at"] / 1000
            if row["kind"] == "event":
                self.events.append((at, row["event"]))
            elif row["kind"] == "connection":
                self.connections.append((at, row["state"]))
            elif row["kind"] == "sound" and "on" in row:
                self.sounds.append(Sound(to_wall(row["on"], self.clock)))
            elif row["kind"] == "sound" and self.sounds:
                self.sounds[-1] = Sound(self.sounds[-1].start_s, to_wall(row["off"], self.clock))

    def lines(self, who: str = "interviewer") -> list[Line]:
        """Final captions."""
        return [
            Line(at, event["text"])
            for at, event in self.events
            if event.get("kind") == "caption" and event["who"] == who and event["is_final"]
        ]

    def of_kind(self, kind: str, since: float = 0.0) -> list[dict[str, Any]]:
        """Events of one kind from a time on."""
        return [event for at, event in self.events if event.get("kind") == kind and at >= since]

    def account(self, since: float) -> str:
        """What happened from a time on, for somebody who looks for the cause."""
        told = [(at, " ".join(str(value) for value in event.values())) for at, event in self.events if at >= since]
        told += [(sound.start_s, "a sound") for sound in self.sounds if sound.start_s >= since]
        told += [(at, f"connection {state}") for at, state in self.connections if at >= since]
        return "; ".join(f"+{at - since:.1f} s {what}" for at, what in sorted(told))

    @property
    def state(self) -> str:
        """What the voice said last that it does."""
        states = self.of_kind("state")
        return str(states[-1]["state"]) if states else "off"

    @property
    def is_quiet(self) -> bool:
        """Whether the interviewer listens and has been silent for ``QUIET_S``."""
        last = self.sounds[-1] if self.sounds else Sound(0.0, 0.0)
        return self.state in ("listening", "held") and last.end_s is not None and self.now - last.end_s > QUIET_S


@dataclass(frozen=True)
class Said:
    """From the first to the last voiced sample, on the page's clock."""

    start_s: float
    end_s: float


class Caller:
    """One page in an interview."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.notes = Notes()
        self._url = url
        self._taken = 0

    async def arrive(self) -> None:
        """Open the app, or open it again."""
        await self.look()
        self._taken, self.notes.clock = 0, []
        await self.page.goto(self._url)
        await self.page.wait_for_selector("#places", timeout=60_000)
        await self.page.wait_for_selector("#parts .il-parts", state="attached", timeout=60_000)

    async def open_newest(self) -> None:
        """Go on with the newest interview of the shelf; a page that finds an earlier one by itself may turn to it."""
        from playwright.async_api import TimeoutError as TooLate

        for patience_ms in (10_000, 30_000):
            try:
                await self.page.locator("#place-progress-button").click()
                await self.page.locator("#past-list input").first.check(timeout=patience_ms)
                await self.page.locator("#open-past").click()
                await self.page.wait_for_selector("#transcript [data-reply]", timeout=patience_ms)
                return
            except TooLate:
                continue
        raise InterviewLabError("The newest interview did not open.", "Look at the page.")

    async def call(self) -> float:
        """Start the voice and hear the interviewer out; gives the seconds from connected to the first sound."""
        before = self.notes.now
        await self.page.locator("#voice-start").click()
        await self.until(lambda: any(s == "connected" for at, s in self.notes.connections if at > before), 90)
        connected = next(at for at, state in self.notes.connections if at > before and state == "connected")
        await self.until(lambda: any(s.start_s > before for s in self.notes.sounds), 30)
        return max(0.0, next(s.start_s for s in self.notes.sounds if s.start_s > before) - connected)

    async def hang_up(self) -> None:
        """Stop the voice; the interview goes on."""
        await self.page.evaluate("window.interviewlab.voice.stop()")
        await self.page.wait_for_timeout(500)

    async def look(self) -> Notes:
        """Take what the page has noted since the last time."""
        rows = await self.page.evaluate("from => window.bench?.take(from) ?? []", self._taken)
        self._taken += len(rows)
        self.notes.add(rows)
        return self.notes

    async def until(self, is_so: Callable[[], bool], within_s: float = 30.0) -> None:
        """Wait for something in the notes; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while not is_so():
                await asyncio.sleep(LOOK_S)
                await self.look()

    async def rest(self, seconds: float) -> None:
        """Let time go by, noting."""
        for _ in range(round(seconds / LOOK_S)):
            await asyncio.sleep(LOOK_S)
            await self.look()

    async def begin(self, audio: Floats) -> tuple[float, float]:
        """Begin to say something, mono at 16 kHz; gives the audio times of its first and last sample."""
        wav = base64.b64encode(to_wav(audio, EARS_RATE)).decode()
        await self.page.evaluate("wav => window.bench.load(wav)", wav)
        start, end = await self.page.evaluate("window.bench.play()")
        return float(start), float(end)

    async def say(self, audio: Floats) -> Said:
        """Say something to its end."""
        start, end = await self.begin(audio)
        await self.until(lambda: bool(self.notes.clock) and self.notes.clock[-1][0] > end + 0.1, 60 + end - start)
        return self.said(start, audio)

    def said(self, start: float, audio: Floats) -> Said:
        """When ``audio``, begun at an audio time, is voiced."""
        first, last = voiced_s(audio, EARS_RATE)
        return Said(to_wall(start + first, self.notes.clock), to_wall(start + last, self.notes.clock))


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A Chromium that reaches nothing but this machine. Raises BadInput where it cannot be driven."""
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        raise BadInput("Driving a browser needs Playwright.", "Run `pip install playwright`.") from error
    _check_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


def _check_chromium() -> None:
    if not CHROMIUM.exists():
        raise BadInput(f"There is no browser at {CHROMIUM}.", "Run `apt-get install chromium`.")


async def visit(browser: Browser, url: str) -> Caller:
    """A new visitor's page, the app open in it. Raises InterviewLabError."""
    from playwright.async_api import Error

    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(30_000)
    await page.add_init_script(files("interviewlab.bench.voice").joinpath("page.js").read_text("utf-8"))
    caller = Caller(page, url)
    try:
        await caller.arrive()
    except Error as error:
        raise InterviewLabError(f"The app at {url} did not show: {error}", "Look at what it printed.") from error
    return caller
