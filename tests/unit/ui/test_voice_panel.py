"""The voice panel: every control has a name, and the page's scripts find their parts."""

from __future__ import annotations

import re

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
