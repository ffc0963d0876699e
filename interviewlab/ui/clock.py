"""Times as the clock of whoever looks at the page shows them."""

from __future__ import annotations

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import gradio as gr

HEADER = "x-time-zone"
"""Set by ``assets/zone.js``: a name of the time zone database."""
HIDDEN = ("", "UTC", "Etc/UTC")
"""What browsers say that will not tell."""


def zone_of(request: gr.Request) -> tzinfo:
    """The time zone of the browser that asks; UTC where it told none that is known here."""
    name = request.headers.get(HEADER, "UTC")
    try:
        return UTC if name in HIDDEN else ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return UTC
