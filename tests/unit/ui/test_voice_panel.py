"""The voice panel: every control has a name, and the page's scripts find their parts."""

from __future__ import annotations

import re
from typing import Any

import gradio as gr

from interviewlab.ui.pages import interview, voice_wiring
from interviewlab.ui.presenters.voice import to_microphone_test, to_voice_panel
from interviewlab.ui.theme import SCRIPTS, look, read_asset
from interviewlab.voice.patience import PATIENCES


def test_scripts_find_every_part_of_the_panel() -> None:
    panel = str(to_voice_panel())
    used = {name for script in SCRIPTS for name in re.findall(r'part\("(\w+)"\)', read_asset(script))}
    assert len(used) > 8
    assert not {name for name in used if f'id="voice-{name}"' not in panel}


def test_microphone_test_has_all_that_its_script_moves() -> None:
    drawn = str(to_microphone_test())
    used = set(re.findall(r'find\("(\w+)"\)', read_asset("microphone_test.js")))
    assert used == set(re.findall(r'data-mic="(\w+)"', drawn))


def test_every_script_is_on_the_page_in_order() -> None:
    page = look()["js"]
    places = [page.index(read_asset(name)) for name in SCRIPTS]
    assert places == sorted(places)


def test_every_control_has_a_name_and_captions_are_a_live_region() -> None:
    panel = str(to_voice_panel())
    assert all(words for words in re.findall(r"<button[^>]*>([^<]*)</button>", panel))
    assert len(re.findall(r"<label>\w+ <(?:select|input)", panel)) == len(re.findall(r"<(?:select|input)", panel))
    assert all("aria-label" in meter for meter in re.findall(r"<(?:meter|audio)[^>]*>", panel))
    assert re.search(r'id="voice-captions"[^>]*aria-live="polite"', panel)
    assert re.findall(r'<option value="(\w+)"', panel) == list(PATIENCES)
    assert not re.findall(r"<select[^>]*></select>", panel)


def test_recording_mark_is_hidden_until_a_call_is_recorded() -> None:
    assert re.search(r'<span id="voice-recording"[^>]* hidden>Recording</span>', str(to_voice_panel()))


def test_a_call_begins_only_where_its_invitation_came_and_scripts_find_both_buttons_that_ask_for_one() -> None:
    with gr.Blocks() as app:
        page, admission = interview.lay_out(), voice_wiring.lay_out_admission()
        shell: Any = type("Stub", (), {"kept": gr.State({}), "drafts": gr.State({})})
        voice_wiring.wire(page, shell, shell, admission)
    config = app.get_config_file()
    calls = [event for event in config["dependencies"] if event["js"] == voice_wiring.CALL]
    assert [event["trigger_only_on_success"] for event in calls] == [True, True]
    shown = {part["props"].get("elem_id"): part["props"].get("visible") for part in config["components"]}
    assert (shown["voice-start"], shown["voice-direct"]) == (True, interview.HIDDEN)
