"""``interviewlab app``: the page."""

from __future__ import annotations

from typing import Annotated

import typer

from interviewlab.settings import read_settings


def open_app(
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
) -> None:
    """Open the page in a browser."""
    from interviewlab.ui import launch

    settings = read_settings() if port is None else read_settings(port=port)
    launch(settings, open_browser=not no_browser)
