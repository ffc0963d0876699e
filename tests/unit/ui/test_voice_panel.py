"""The voice panel: every control has a name, and the page's script finds its parts."""

from __future__ import annotations

import re

from interviewlab.ui.presenters.voice import to_voice_panel
from interviewlab.ui.theme import read_asset
from interviewlab.voice.patience import PATIENCES


def test_script_finds_every_part_of_the_panel() -> None:
    panel = str(to_voice_panel())
    used = set(re.findall(r'part\("(\w+)"\)', read_asset("voice.js")))
    assert used
    assert all(f'id="voice-{name}"' in panel for name in used)


def test_every_control_has_a_name_and_captions_are_a_live_region() -> None:
    panel = str(to_voice_panel())
    assert all(words for words in re.findall(r"<button[^>]*>([^<]*)</button>", panel))
    assert len(re.findall(r"<label>\w+ <(?:select|input)", panel)) == len(re.findall(r"<(?:select|input)", panel))
    assert re.search(r'id="voice-captions"[^>]*aria-live="polite"', panel)
    assert re.findall(r'<option value="(\w+)"', panel) == list(PATIENCES)
