"""Talking by plain HTTP on the real halls, with scripted ears and mouth: what is recorded, what is played, who may."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from interviewlab.bootstrap import open_house, open_interview
from interviewlab.errors import SpeechFailed
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, from_wav, to_wav
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth
from interviewlab.types import CorrectedEntry, Plan, Transcription, UtteranceEntry
from interviewlab.ui.handlers.views import Invitation
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.voice.push_to_talk import PASS_S, UPLOAD_MB, Passes, PushToTalk
from interviewlab.voice.tickets import Grant

PLAN = Plan(type="fundamentals", exercises=0, questions=3, seed=3)
ANSWER = "I would look at the access patterns first."
NOISE = to_wav(np.random.default_rng(1).uniform(-0.3, 0.3, EARS_RATE * 2).astype(np.float32), EARS_RATE)
SILENCE = to_wav(np.zeros(EARS_RATE * 2, np.float32), EARS_RATE)


@dataclass
class Parts:
    ears: SpeechToText = field(default_factory=lambda: ScriptedEars([ANSWER]))
    mouth: TextToSpeech = field(default_factory=ScriptedMouth)

    async def get(self) -> tuple[SpeechToText, TextToSpeech]:
        return self.ears, self.mouth


@dataclass
class Line:
    settings: Settings
    parts: Parts = field(default_factory=Parts)


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted", voice_calls=1)
    async with open_house(settings):
        yield Line(settings)


@dataclass
class Doors:
    client: httpx.AsyncClient
    talk: PushToTalk

    def enter(self, interview_id: str, owner: str = "local") -> Visitor:
        return Visitor(self.client, self.talk.passes.mint(Grant(interview_id, owner)))


@dataclass
class Visitor:
    client: httpx.AsyncClient
    leave: str

    async def post(self, door: str, body: bytes | AsyncIterator[bytes] = b"") -> httpx.Response:
        return await self.client.post(f"/voice/{door}", content=body, headers=self.headers)

    async def sentence(self, turn: int, number: int) -> httpx.Response:
        return await self.client.get(f"/voice/sentence/{turn}/{number}", headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.leave}"}


@asynccontextmanager
async def serving(line: Line) -> AsyncIterator[Doors]:
    app, talk = FastAPI(), PushToTalk(line)
    talk.mount(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        yield Doors(client, talk)
    await talk.aclose()


async def said(line: Line, interview_id: str) -> list[UtteranceEntry]:
    async with open_interview(line.settings, interview_id) as interview:
        entries = (await interview.transcript()).entries
    return [entry for entry in entries if isinstance(entry, UtteranceEntry)]


def refused(answer: httpx.Response, status: int, words: str) -> None:
    assert answer.status_code == status
    assert words in answer.json()["trouble"]


async def test_recording_is_a_spoken_utterance_with_its_words_and_is_answered(line: Line) -> None:
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        greeting = await interview.start()
        told = (await doors.enter(interview.id).post("talk", NOISE)).json()
        replies = (await interview.transcript()).replies()
    entries = await said(line, interview.id)
    assert [(entry.turn, entry.text, entry.source) for entry in entries] == [(1, ANSWER, "voice")]
    assert [word.text for word in entries[0].words] == ANSWER.split()
    assert entries[0].words[-1].end_s == pytest.approx(2.0, abs=0.01)
    assert (told["heard"], told["turn"], told["is_ended"], told["trouble"]) == (ANSWER, 1, False, "")
    assert " ".join(told["sentences"]) == " ".join(replies[1].text.split())
    ears = line.parts.ears
    assert isinstance(ears, ScriptedEars)
    assert greeting.text.split()[-1] in ears.prompts[0]


async def test_long_recording_is_heard_passage_by_passage_with_times_from_its_start(line: Line) -> None:
    line.parts.ears = ScriptedEars(["First this.", "Then that."])
    sound = np.random.default_rng(1).uniform(-0.3, 0.3, EARS_RATE * 8).astype(np.float32)
    recording = to_wav(np.concatenate([sound, np.zeros(EARS_RATE, np.float32), sound]), EARS_RATE)
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        assert (await doors.enter(interview.id).post("talk", recording)).json()["heard"] == "First this. Then that."
    words = (await said(line, interview.id))[0].words
    assert [word.text for word in words] == ["First", "this.", "Then", "that."]
    assert 8.0 <= words[2].start_s <= 9.0
    assert words[-1].end_s == pytest.approx(17.0, abs=0.01)


async def test_each_sentence_of_the_last_reply_sounds_and_nothing_else_does(line: Line) -> None:
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        visitor = doors.enter(interview.id)
        told = (await visitor.post("last")).json()
        assert told["turn"] == 0
        sounds = [await visitor.sentence(0, number) for number in range(len(told["sentences"]))]
        for sentence, sound in zip(told["sentences"], sounds, strict=True):
            audio, rate = from_wav(sound.content)
            assert audio.size / rate == pytest.approx(len(sentence) * 0.06, rel=0.01)
        refused(await visitor.sentence(0, len(sounds)), 404, "played any more")
        await visitor.post("talk", NOISE)
        refused(await visitor.sentence(0, 0), 404, "played any more")
        assert (await visitor.sentence(1, 0)).headers["content-type"] == "audio/wav"


async def test_last_reply_is_repeated_without_a_turn(line: Line) -> None:
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        visitor = doors.enter(interview.id)
        first, again = (await visitor.post("last")).json(), (await visitor.post("last")).json()
        assert first == again
        assert sorted((await interview.transcript()).replies()) == [0]


async def test_careful_ears_mend_the_record_afterwards(line: Line) -> None:
    line.parts.ears = ScriptedEars(["I used readies."], careful=ScriptedEars(["I used Redis."]))
    async with open_interview(line.settings, plan=PLAN) as interview:
        async with serving(line) as doors:
            assert (await doors.enter(interview.id).post("talk", NOISE)).json()["heard"] == "I used readies."
        entries = (await interview.transcript()).entries
    mended = [entry for entry in entries if isinstance(entry, CorrectedEntry)]
    assert [(entry.of_turn, entry.text, entry.by) for entry in mended] == [(1, "I used Redis.", "ears")]


async def test_strangers_hear_nothing_and_are_not_heard(line: Line) -> None:
    async with open_interview(line.settings, owner="alice", plan=PLAN) as interview, serving(line) as doors:
        await interview.start()
        before = (await interview.transcript()).entries
        for door in ("hear", "talk", "last"):
            refused(await Visitor(doors.client, "guessed").post(door, NOISE), 403, "leave to speak")
        refused(await Visitor(doors.client, "guessed").sentence(0, 0), 403, "leave to speak")
        mallory = doors.enter(interview.id, "mallory")
        for door in ("talk", "last"):
            assert (await mallory.post(door, NOISE)).status_code == 404
        assert (await mallory.sentence(0, 0)).status_code == 404
        assert (await interview.transcript()).entries == before


async def test_pass_without_an_interview_only_tries_the_microphone(line: Line) -> None:
    async with serving(line) as doors:
        visitor = doors.enter("")
        assert (await visitor.post("hear", NOISE)).json() == {"heard": ANSWER}
        assert (await visitor.post("hear", SILENCE)).json() == {"heard": ""}
        refused(await visitor.post("talk", NOISE), 403, "No interview is open")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (SILENCE, 422, "Nothing was heard"),
        (b"", 422, "is empty"),
        (b"no sound at all", 422, "not a recording"),
        (to_wav(np.zeros(8000 * 121, np.float32), 8000), 422, "longer than 2 minutes"),
    ],
)
async def test_what_cannot_be_heard_is_refused_with_a_sentence_and_no_turn(
    line: Line, body: bytes, status: int, words: str
) -> None:
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        await interview.start()
        visitor = doors.enter(interview.id)
        refused(await visitor.post("talk", body), status, words)
        assert await said(line, interview.id) == []
        assert (await visitor.post("talk", NOISE)).status_code == 200


async def test_upload_is_cut_off_where_it_grows_too_large(line: Line) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield bytes(1_000_000)

    async with serving(line) as doors:
        refused(await doors.enter("").post("hear", endless()), 413, f"larger than {UPLOAD_MB} MB")
    assert sent <= UPLOAD_MB + 2


async def test_full_ears_and_a_second_recording_at_once_are_refused(line: Line) -> None:
    line.parts.ears = ScriptedEars([ANSWER] * 3, delay_s=0.5)
    async with serving(line) as doors:
        first, other = doors.enter("", "alice"), doors.enter("", "bob")
        under_way = asyncio.create_task(first.post("hear", NOISE))
        await asyncio.sleep(0.2)
        refused(await other.post("hear", NOISE), 503, "All voice places are taken")
        refused(await first.post("hear", NOISE), 409, "still being answered")
        assert (await under_way).status_code == 200
        assert (await other.post("hear", NOISE)).status_code == 200


class _BrokenEars(ScriptedEars):
    async def transcribe(self, audio: Floats, *, prompt: str = "") -> Transcription:
        raise SpeechFailed("The ears broke.", "Type instead.")


async def test_broken_ears_are_a_sentence_and_no_turn(line: Line) -> None:
    line.parts.ears = _BrokenEars()
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        await interview.start()
        refused(await doors.enter(interview.id).post("talk", NOISE), 503, "The ears broke. Type instead.")
        assert await said(line, interview.id) == []


async def test_ended_interview_is_not_talked_to(line: Line) -> None:
    async with open_interview(line.settings, plan=PLAN) as interview, serving(line) as doors:
        await interview.finish()
        refused(await doors.enter(interview.id).post("talk", NOISE), 409, "has ended")


def test_pass_lives_as_long_as_it_is_used_and_is_one_for_each_grant() -> None:
    now = [0.0]
    passes = Passes(lambda: now[0])
    mine = passes.mint(Grant("i", "alice"))
    assert passes.mint(Grant("i", "alice")) == mine
    assert len({mine, passes.mint(Grant("i", "bob")), passes.mint(Grant("j", "alice"))}) == 3
    now[0] = PASS_S - 1
    visit = passes.show(mine)
    assert visit is not None
    assert visit.grant == Grant("i", "alice")
    now[0] = 2 * PASS_S - 2
    assert passes.show(mine) is not None
    now[0] = 4 * PASS_S
    assert passes.show(mine) is None
    assert passes.mint(Grant("i", "alice")) != mine


def told_by(invitations: Iterable[object]) -> list[dict[str, Any]]:
    return [json.loads(each.payload) for each in invitations if isinstance(each, Invitation)]


async def test_desk_admits_the_owner_to_the_interview_and_others_to_the_microphone_test(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted", ears="scripted", mouth="scripted")
    desk = VoiceDesk(settings)
    desk.app = app = FastAPI()
    async with open_interview(settings, owner="alice", plan=PLAN) as interview:
        mine, other = [
            told["pass"]
            for told in told_by([await desk.admit("alice", interview.id), await desk.admit("bob", interview.id)])
        ]
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            assert (await Visitor(client, mine).post("last")).json()["turn"] == 0
            refused(await Visitor(client, other).post("last"), 403, "No interview is open")
            assert (await Visitor(client, other).post("hear", SILENCE)).json() == {"heard": ""}
    await desk.aclose()


async def test_consent_reaches_the_call_and_is_told_to_the_page(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted", ears="scripted", mouth="scripted")
    desk = VoiceDesk(settings)
    desk.app = FastAPI()
    async with open_interview(settings, plan=PLAN) as interview:
        plain = told_by([step async for step in desk.invite("local", interview.id)])
        recorded = told_by([step async for step in desk.invite("local", interview.id, is_recorded=True)])
    assert [plain[0]["is_recorded"], recorded[0]["is_recorded"]] == [False, True]
    await desk.aclose()
