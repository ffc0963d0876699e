"""The named endpoints by real clients: gradio_client, and MCP by Gradio's own switch."""

from __future__ import annotations

import json
import re
from ast import literal_eval
from collections.abc import Iterator
from typing import Any

import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from interviewlab.ui.api import NAMES
from tests.integration.app_stage import Stage, on_stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with on_stage(tmp_path_factory.mktemp("stage"), mcp=True, identity="accounts", sandbox="auto") as opened:
        yield opened


def token_of(stage: Stage, name: str) -> dict[str, str]:
    page = stage.sign_up(name).post("/account/token").text
    return {"X-InterviewLab-Token": re.search(r"<pre>([\w-]{20,})</pre>", page)[1]}  # type: ignore[index]


def test_a_whole_interview_by_gradio_client(stage: Stage) -> None:
    client = Client(stage.url, headers=token_of(stage, "ada"), verbose=False)
    begun = client.predict(type="fundamentals", minutes=15, seed=1, api_name="/create_interview")
    interview_id = begun["interview_id"]
    assert begun["reply"]["move"] == "greet"
    said = client.predict(interview_id, "Yes, I'm ready.", api_name="/reply")
    assert said["turn"] == 1
    assert said["kind"] == "reply"
    assert {entry["kind"] for entry in begun["transcript"]} <= {"reply"}
    report = client.predict(interview_id, api_name="/complete_interview")
    assert set(report["axes"]) >= {"communication", "technical_knowledge"}
    assert client.predict(interview_id, "markdown", api_name="/report").startswith("#")
    log = [json.loads(line) for line in client.predict(interview_id, False, api_name="/debug_log").splitlines()]
    assert any(line["kind"] == "utterance" and "text" not in line for line in log)
    assert [each["interview_id"] for each in client.predict(api_name="/progress")] == [interview_id]
    assert "default" in client.predict(api_name="/rubrics")
    client.predict(interview_id, api_name="/delete_interview")
    assert client.predict(api_name="/list_interviews") == []
    with pytest.raises(Exception, match="There is no interview"):
        client.predict(interview_id, api_name="/get_interview")


def test_code_and_a_call_by_gradio_client(stage: Stage) -> None:
    client = Client(stage.url, headers=token_of(stage, "cora"), verbose=False)
    begun = client.predict(type="coding", minutes=30, seed=1, api_name="/create_interview")
    interview_id, exercise = begun["interview_id"], None
    for _ in range(4):
        client.predict(interview_id, "Could I have the coding exercise now, please?", api_name="/reply")
        if exercise := client.predict(interview_id, api_name="/get_interview")["exercise"]:
            break
    code = exercise["starter"]["python"]
    ran = client.predict(interview_id, code, "python", api_name="/run")
    assert ran["tests"]
    assert not any(test["hidden"] for test in ran["tests"])
    handed = client.predict(interview_id, code, "python", api_name="/submit")
    assert handed["kind"] == "reply"
    assert any(test["hidden"] for test in handed["result"]["tests"])
    call = client.predict(interview_id, True, api_name="/voice_ticket")
    assert (call["line"], call["is_recorded"]) == ("fastrtc", True)
    assert len(call["ticket"]) >= 24
    client.predict(interview_id, api_name="/complete_interview")
    with pytest.raises(Exception, match="has ended"):
        client.predict(interview_id, False, api_name="/voice_ticket")


async def test_an_mcp_client_holds_an_interview_of_its_own(stage: Stage) -> None:
    url, mine = f"{stage.url}/gradio_api/mcp/", token_of(stage, "mia")
    async with streamablehttp_client(url, headers=mine) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(NAMES) <= set(tools)
        assert "interview" in (tools["reply"].description or "").lower()
        begun = await _call(session, "create_interview", {"type": "fundamentals", "minutes": 15, "seed": 1})
        said = await _call(session, "reply", {"interview_id": begun["interview_id"], "text": "Yes, I'm ready."})
        assert said["turn"] == 1
    other = token_of(stage, "eve")
    async with streamablehttp_client(url, headers=other) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        stolen = await session.call_tool("get_interview", {"interview_id": begun["interview_id"]})
        assert stolen.isError


def test_the_docs_page_names_every_endpoint(stage: Stage) -> None:
    page = stage.sign_up("reader").get("/api-docs").text
    assert all(f"/{name}</code>" in page for name in NAMES)


async def _call(session: ClientSession, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    answer = await session.call_tool(name, arguments)
    text = answer.content[0].text  # type: ignore[union-attr]
    assert not answer.isError, text
    return dict(literal_eval(text))  # Gradio gives a tool's answer as Python writes it
