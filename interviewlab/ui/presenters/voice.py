"""The voice panel. It is drawn once; voice.js and its neighbours move its parts."""

from __future__ import annotations

from interviewlab.ui.presenters.markup import Html, joined, tag
from interviewlab.voice.patience import PATIENCES

CONSENT = "Keep a recording of this call (both voices), deleted with the interview"
_WAITS = {
    "brisk": "Brisk: answers quickly",
    "normal": "Normal",
    "patient": "Patient: waits while you think",
}


def to_voice_panel() -> Html:
    """State, level, buttons, captions and, folded away, the choices and the times of the last reply."""
    return tag(
        "section",
        tag("div", _state(), _buttons(), class_="il-voice-bar"),
        _talk(),
        tag("div", id="voice-captions", class_="il-captions", role="log", aria_live="polite", aria_label="Captions"),
        tag("div", id="voice-trouble", class_="il-notice il-error", role="alert", hidden=True),
        tag("details", tag("summary", "Voice settings and microphone test"), _choices(), class_="il-voice-choices"),
        tag("details", tag("summary", "How fast the last reply came"), _latency(), class_="il-voice-choices"),
        class_="il-voice",
        aria_label="Voice",
        data_state="off",
        data_mode="call",
    )


def to_patience() -> Html:
    """How long the interviewer waits in a call, chosen before there is one; app.js hands it to the panel."""
    words = "How long a voice call waits while you think."
    return tag(
        "label",
        tag("span", "Patience", class_="il-label"),
        tag("span", words, class_="il-soft"),
        tag("select", *_waits(), data_patience="prepare"),
        class_="il-choice",
    )


def to_microphone_test() -> Html:
    """Records some seconds, plays them back and shows what was understood; may be drawn more than once."""
    return tag(
        "div",
        tag("p", "Records a few seconds, plays them back and shows what was understood.", class_="il-soft"),
        tag("button", "Test the microphone", type="button", data_mic="test"),
        tag("meter", data_mic="level", min="0", max="1", value="0", aria_label="Level of the test"),
        tag("audio", data_mic="replay", controls=True, hidden=True, aria_label="What was recorded"),
        tag("p", data_mic="said", role="status"),
        class_="il-mic-test",
    )


def _state() -> Html:
    return joined(
        tag("span", "Voice is off", id="voice-state", role="status"),
        tag("span", id="voice-carrier", class_="il-soft"),
        tag("span", id="voice-quality", class_="il-soft", role="status"),
        tag("span", "Recording", id="voice-recording", class_="il-recording", role="status", hidden=True),
        tag("meter", id="voice-level", min="0", max="1", value="0", aria_label="Microphone level"),
    )


def _buttons() -> Html:
    return tag(
        "div",
        tag("button", "Mute", id="voice-mute", type="button", aria_pressed="false", class_="il-in-call"),
        tag(
            "button", "Hold on, I'm thinking", id="voice-hold", type="button", aria_pressed="false", class_="il-in-call"
        ),
        tag("button", "Reconnect", id="voice-reconnect", type="button", class_="il-in-call"),
        tag("button", "Stop voice", id="voice-stop", type="button"),
        class_="il-voice-buttons",
    )


def _talk() -> Html:
    return tag(
        "div",
        tag("button", "Hold to talk", id="voice-talk", type="button", aria_pressed="false"),
        tag("span", "or press once to start and once to send. Space works too.", class_="il-soft"),
        class_="il-talk",
    )


def _choices() -> Html:
    browsers_own = tag("option", "The browser's choice", value="")  # until the browser tells their names
    volume = tag("input", id="voice-volume", type="range", min="0", max="1", step="0.05", value="1")
    return tag(
        "div",
        tag("label", "Microphone ", tag("select", browsers_own, id="voice-microphone")),
        tag("label", "Patience ", tag("select", *_waits(), id="voice-patience")),
        tag("label", "Volume ", volume),
        to_microphone_test(),
    )


def _waits() -> list[Html]:
    return [tag("option", _WAITS[patience], value=patience, selected=patience == "normal") for patience in PATIENCES]


def _latency() -> Html:
    return tag("div", tag("p", "No reply was spoken in a call yet.", class_="il-soft"), id="voice-latency")
