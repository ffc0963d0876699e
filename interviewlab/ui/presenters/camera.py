"""A mirror for the candidate; camera.js moves its parts."""

from __future__ import annotations

from interviewlab.ui.presenters.markup import Html, tag


def to_mirror() -> Html:
    """A button, the picture and a place for what is in the way."""
    picture = tag(
        "video",
        data_camera="picture",
        autoplay=True,
        muted=True,
        playsinline=True,
        hidden=True,
        aria_label="Your camera, seen by you alone",
    )
    return tag(
        "div",
        tag("button", "Show my camera", type="button", data_camera="button", aria_pressed="false"),
        tag("span", "Seen by you alone: the picture never leaves this browser.", class_="il-soft"),
        picture,
        tag("span", data_camera="said", role="status", class_="il-soft"),
        class_="il-mirror",
    )
