"""A candidate who speaks into one page through a whole interview, and what their words are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from interviewlab import weights
from interviewlab.bench.speech import word_errors
from interviewlab.bench.voice.browser import CHROMIUM, Caller, Said
from interviewlab.bench.voice.candidate import Speaker
from interviewlab.bench.voice.served import Shelf
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats
from interviewlab.types import HeardEntry, Transcript, UtteranceEntry
from tests.parts import need

REPEAT = "Sorry, could you repeat the question?"
REPLY_S = 30.0
ONCE_MORE = pytest.mark.flaky(reruns=1)
"""Speech in real time on a machine that others use too: an interview that failed is held once more, and pytest's
summary names it."""
TRIES = 3
"""A short reply may be over before the candidate has drawn breath."""


def need_voice(settings: Settings) -> None:
    """A browser and the weights of ears and mouth."""
    need("chromium", CHROMIUM.exists(), "apt-get install chromium")
    for name in (settings.ears, settings.mouth):
        found = weights.find(name, settings.cache_dir, settings.weights_mirror)
        need("weights", found is not None, f"interviewlab weights fetch {name}")


@dataclass
class Candidate:
    """Speaks into one page and remembers what was said."""

    caller: Caller
    speaker: Speaker
    said: list[str] = field(default_factory=list)

    @property
    def turns(self) -> int:
        """Turns taken, as the page was told."""
        return len(self.caller.notes.of_kind("turn"))

    async def listen(self) -> None:
        """Hear the interviewer out."""
        await self.caller.until(lambda: self.caller.notes.is_quiet, 60)

    async def speak(self, audio: Floats, text: str) -> Said:
        """Say something that is an answer by itself, and hear the reply begin."""
        before = self.turns
        said = await self.caller.say(audio)
        await self.caller.until(lambda: self.turns > before and self.is_answered(said.end_s), REPLY_S)
        self.said.append(text)
        return said

    async def say(self, text: str) -> Said:
        """The same by the candidate's own voice."""
        return await self.speak(await self.speaker.say(text), text)

    def is_answered(self, since_s: float) -> bool:
        """Whether the interviewer's voice began after that."""
        return any(sound.start_s > since_s for sound in self.caller.notes.sounds)


async def begin(candidate: Candidate, type_: str = "Fundamentals") -> None:
    """Prepare an interview of a type, call, and hear the greeting out."""
    page = candidate.caller.page
    await page.locator("#type input").fill(type_)
    await page.keyboard.press("Enter")
    await page.locator("#start").click()
    await page.wait_for_selector("#transcript [data-reply]", timeout=60_000)
    await candidate.caller.call()
    await candidate.listen()


async def interrupt(candidate: Candidate) -> None:
    """Cut in while a reply sounds: it falls silent, and what was asked for comes."""
    caller, audio = candidate.caller, await candidate.speaker.say(REPEAT)
    for _ in range(TRIES):
        await caller.until(lambda: caller.notes.state == "speaking", REPLY_S)
        said = await candidate.speak(audio, REPEAT)
        during = [s for s in caller.notes.sounds if s.start_s < said.start_s and (s.end_s or said.end_s) > said.start_s]
        assert all(sound.end_s is not None and sound.end_s < said.end_s for sound in during)
        if during:
            return
    raise AssertionError("every reply was over before it could be interrupted")


async def end(candidate: Candidate) -> None:
    """End the interview; its report comes."""
    page = candidate.caller.page
    await page.locator("#end").click()
    await page.locator("#end-now").click()
    await page.wait_for_selector("#report .il-report", timeout=60_000)
    assert await page.locator("#report .il-cards > .il-card").count() == 5


async def whole(shelf: Shelf) -> Transcript:
    """The record of the newest interview."""
    newest = (await shelf.store.list_interviews("local"))[0]
    return await shelf.transcript(newest.id)


async def compare(candidate: Candidate, transcript: Transcript, typed_ones: Sequence[str] = ()) -> None:
    """What was spoken is what is written."""
    entries = transcript.entries
    heard = [e.text for e in entries if isinstance(e, UtteranceEntry) and e.source == "voice"]
    typed = [e.text for e in entries if isinstance(e, UtteranceEntry) and e.source == "typed"]
    assert typed == list(typed_ones)
    # One answer may be taken for two, and a word for another: the benches of the voice measure how often. An answer
    # that was lost or heard twice is more than that.
    assert len(candidate.said) <= len(heard) <= len(candidate.said) + 1, heard
    errors, words = word_errors(" ".join(candidate.said), " ".join(heard))
    assert errors <= 0.15 * words, (candidate.said, heard)
    assert any(isinstance(entry, HeardEntry) for entry in entries)
    assert len(transcript.replies()) >= len(heard) + len(typed) + 1
