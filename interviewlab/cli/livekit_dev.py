"""``interviewlab livekit-dev``: a LiveKit server on this machine."""

from __future__ import annotations

import signal
from typing import Annotated, NoReturn

import typer

from interviewlab.cli.output import tell
from interviewlab.errors import InterviewLabError
from interviewlab.settings import read_settings


def serve_rooms(
    port: Annotated[
        int, typer.Option(min=1, max=65_533, help="TCP port; the next one and UDP on port + 2 too.")
    ] = 7880,
    is_prepared_only: Annotated[bool, typer.Option("--prepare", help="Only find or build the server.")] = False,
) -> None:
    """Run a LiveKit server on 127.0.0.1 until Ctrl+C; prints the settings for `app` and `worker`."""
    from interviewlab.voice.livekit_dev import find_server, open_dev_server

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    command = find_server(read_settings().cache_dir, tell)
    if is_prepared_only:
        return
    try:
        with open_dev_server(command, port) as server:
            typer.echo(server.to_env())
            tell("Put these lines into .env, start `interviewlab worker` and `interviewlab app`. Ctrl+C stops.")
            status = server.process.wait()
    except KeyboardInterrupt:
        return
    raise InterviewLabError(f"The LiveKit server stopped by itself (exit status {status}).", "See what it says above.")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
