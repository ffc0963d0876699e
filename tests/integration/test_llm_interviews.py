"""Whole interviews with a language model that is lost again and again, that cannot be asked, or that is wrongly set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from interviewlab.bench.brain import bench_faults
from interviewlab.bootstrap import build_model, open_interview
from interviewlab.brains.llm_brain import Phrasing
from interviewlab.doctor import can_interview, examine_brains
from interviewlab.errors import BadInput, ModelFailed
from interviewlab.llm.local import LocalChat
from interviewlab.llm.scripted_endpoint import STREAM_FAULTS, ScriptedEndpoint, serve_scripted
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.settings import Settings
from interviewlab.types import Chat, NoteEntry, Plan, Report, Transcript
from interviewlab.ui.presenters.transcript import to_transcript
from tests.parts import need

PLAN = Plan(type="fundamentals", exercises=0, questions=2, seed=3)
SAYS = ("Yes.", "It depends on how often the rows are read.", "I don't know.", "Let's stop here.")


@pytest.fixture
def endpoint() -> Iterator[ScriptedEndpoint]:
    with serve_scripted(answer=word_as_told) as scripted:
        yield scripted


def at(folder: Path, url: str = "", **more: Any) -> Settings:
    own = {"llm_url": url, "llm_model": "scripted", "embedder": "scripted", "sandbox": "scripted", "brain": "llm"}
    own |= {"llm_first_s": 60.0, "llm_pause_s": 60.0}
    return Settings(data_dir=folder / "data", **{**own, **more})


async def hold(settings: Settings) -> tuple[Transcript, Report]:
    async with open_interview(settings, plan=PLAN) as interview:
        await interview.start()
        for said in SAYS:
            await interview.reply(said)
        return await interview.transcript(), await interview.finish()


def notes(transcript: Transcript, topic: str) -> list[NoteEntry]:
    return [entry for entry in transcript.entries if isinstance(entry, NoteEntry) and entry.topic == topic]


async def test_every_turn_is_completed_and_each_fault_is_one_fall_back() -> None:
    quick = tuple(fault for fault in STREAM_FAULTS if fault not in ("timeout", "stall"))
    settings = Settings(embedder="scripted", sandbox="scripted")
    figures = await bench_faults(settings, interviews=2, exercises=0, faults=quick)
    assert figures["turns"] > 8
    assert figures["turns_without_words"] == 0
    assert figures["ended"] == 2
    assert figures["faults_total"] == figures["fallbacks_total"] > 3
    assert figures["is_equal"]


async def test_record_screen_and_report_say_which_brain_spoke(tmp_path: Path, endpoint: ScriptedEndpoint) -> None:
    endpoint.fault_of = lambda user: "500" if "<answer" in user and "how often the rows" in user else ""
    transcript, report = await hold(at(tmp_path, endpoint.url, llm_rest_s=0.0))
    brains = {turn: reply.brain for turn, reply in transcript.replies().items()}
    assert brains == {0: "llm:scripted", 1: "llm:scripted", 2: "bank", 3: "llm:scripted", 4: "llm:scripted"}
    assert report.brain == "llm:scripted (turns 0, 1, 3, 4); bank (turn 2)"
    [lost] = [gap for gap in report.gaps if gap.what == "the interviewer in turn 2"]
    assert lost.why.endswith("The embedded brain spoke in this turn.")
    page = to_transcript(transcript, "Alex")
    assert page.count("il-chip") == 5
    assert "embedded brain" in page
    assert lost.why in page
    told = notes(transcript, "model")
    assert [note.data["cause"] for note in told] == ["", "", "500", "", ""]
    assert {part["name"] for part in told[1].data["context"]} >= {"system", "options", "answer"}  # type: ignore[union-attr,call-overload,index]


async def test_a_wrong_key_is_told_once_a_turn_and_asked_once(tmp_path: Path, endpoint: ScriptedEndpoint) -> None:
    endpoint.status = 401
    transcript, _ = await hold(at(tmp_path, endpoint.url, llm_key=SecretStr("sk-wrong")))
    told = notes(transcript, "model")
    assert [note.data["cause"] for note in told] == ["refused"] + ["resting"] * 4
    assert all("refused the key (status 401)" in note.text for note in told)
    assert "INTERVIEWLAB_LLM_KEY" in told[0].text
    assert endpoint.calls == 1
    assert "sk-wrong" not in transcript.to_jsonl()


@pytest.mark.parametrize("case", ["no key", "bad key", "bad address", "bad prompt"])
async def test_what_is_wrongly_set_is_one_sentence_and_the_interview_goes_on(tmp_path: Path, case: str) -> None:
    (tmp_path / "interviewer.md").write_text("version: 1\n\nYou are ${interviewer}, aged ${age}.")
    wrong, said = {
        "no key": ({"llm_url": ""}, "No key for the language model is set."),
        "bad key": ({"llm_key": SecretStr("sk-\u2022\u2022")}, "Set INTERVIEWLAB_LLM_KEY"),
        "bad address": ({"llm_url": "http://\u2026/v1"}, "Check INTERVIEWLAB_LLM_URL"),
        "bad prompt": ({"llm_url": "http://x/v1", "prompts_dir": tmp_path}, "there is no variable '${age}'"),
    }[case]
    transcript, report = await hold(at(tmp_path, **wrong))
    assert {reply.brain for reply in transcript.replies().values()} == {"bank"}
    assert any(said in note.text for note in notes(transcript, "fallback"))
    assert any(said in gap.why for gap in report.gaps)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("llama-of-nobody", "There is no model called"),
        ("/nowhere/a.gguf", "There is no model file"),
        ("minilm", "is no language model"),
    ],
)
def test_a_local_model_that_is_not_there_is_one_sentence(tmp_path: Path, named: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        build_model(at(tmp_path, brain="local", local_model=named))


async def test_a_file_that_is_no_model_leaves_the_interview_to_the_embedded_brain(tmp_path: Path) -> None:
    need("xllamacpp", find_spec("xllamacpp") is not None, "pip install 'interviewlab[local]'")
    (tmp_path / "broken.gguf").write_bytes(b"GGUF and nothing else")
    settings = at(tmp_path, brain="local", local_model=str(tmp_path / "broken.gguf"))
    async with open_interview(settings, plan=PLAN) as interview:
        reply = await interview.start()
        [note] = notes(await interview.transcript(), "model")
    assert reply.brain == "bank"
    assert "could not be loaded" in note.text


async def test_a_local_model_that_is_long_in_loading_is_waited_for_no_longer_and_loaded_on(tmp_path: Path) -> None:
    need("xllamacpp", find_spec("xllamacpp") is not None, "pip install 'interviewlab[local]'")
    os.mkfifo(tmp_path / "slow.gguf")  # who reads it waits for somebody who writes
    model = LocalChat(tmp_path / "slow.gguf", "slow", first_s=0.5)
    processes = []
    for _ in range(2):
        with pytest.raises(ModelFailed, match="still being loaded") as caught:
            async for _growth in model.stream(Chat(system="s", user="u"), Phrasing):
                pass
        assert (caught.value.cause, caught.value.retryable) == ("timeout", True)
        assert "INTERVIEWLAB_LOCAL_FIRST_S" in caught.value.remedy
        processes.append(model._process)
    assert processes[0] is not None
    assert processes[0] is processes[1]
    assert processes[0].returncode is None
    await model.aclose()
    assert processes[0].returncode is not None


async def test_the_doctor_says_which_brain_speaks_and_what_is_wrong(tmp_path: Path, endpoint: ScriptedEndpoint) -> None:
    embedded, llm = (await examine_brains(at(tmp_path, endpoint.url)))[:2]
    assert (embedded.ok, llm.ok) == (True, True)
    assert "speaks here" in llm.detail
    endpoint.serves = ("scripted",)
    wrong = (await examine_brains(at(tmp_path, endpoint.url, llm_model="gpt-unheard-of")))[1]
    assert not wrong.ok
    assert "knows no model 'gpt-unheard-of'" in wrong.detail
    assert wrong.remedy
    assert not can_interview([wrong])
