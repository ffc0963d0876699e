"""The voice panel. It is drawn once; voice.js moves its parts."""

from __future__ import annotations

from interviewlab.ui.presenters.markup import Html, joined, tag
from interviewlab.voice.patience import PATIENCES

_WAITS = {
    "brisk": "Brisk: answers quickly",
    "normal": "Normal",
    "patient": "Patient: waits while you think",
}


def to_voice_panel() -> Html:
    """State, level, buttons, captions and, folded away, the choices."""
    return tag(
        "section",
        tag("div", _state(), _buttons(), class_="il-voice-bar"),
        tag("div", id="voice-captions", class_="il-captions", role="log", aria_live="polite", aria_label="Captions"),
        tag("div", id="voice-trouble", class_="il-notice il-error", role="alert", hidden=True),
        tag("details", tag("summary", "Voice settings"), _choices(), class_="il-voice-choices"),
        class_="il-voice",
        aria_label="Voice",
        data_state="off",
    )


def _state() -> Html:
    return joined(
        tag("span", "Voice is off", id="voice-state", role="status"),
        tag("meter", id="voice-level", min="0", max="1", value="0", aria_label="Microphone level"),
    )


def _buttons() -> Html:
    return tag(
        "div",
        tag("button", "Mute", id="voice-mute", type="button", aria_pressed="false"),
        tag("button", "Hold on, I'm thinking", id="voice-hold", type="button", aria_pressed="false"),
        tag("button", "Stop voice", id="voice-stop", type="button"),
        class_="il-voice-buttons",
    )


def _choices() -> Html:
    waits = [tag("option", _WAITS[patience], value=patience, selected=patience == "normal") for patience in PATIENCES]
    volume = tag("input", id="voice-volume", type="range", min="0", max="1", step="0.05", value="1")
    return tag(
        "div",
        tag("label", "Microphone ", tag("select", id="voice-microphone")),
        tag("label", "Patience ", tag("select", *waits, id="voice-patience")),
        tag("label", "Volume ", volume),
        tag("p", "The last reply was not spoken yet.", id="voice-latency", class_="il-soft"),
    )
