"""What a candidate's page may ask of the agent in a room: the commands of ``events``, checked, and not too many."""

from __future__ import annotations

import time
from collections.abc import Callable

from pydantic import ValidationError

from interviewlab.errors import BadInput
from interviewlab.voice.events import COMMANDS, CatchUp, Command, Say

METHOD = "interviewlab.command"
REFUSED = 400
"""The code of an answer that says why a command is not obeyed."""
LONGEST_BYTES = 64 * 1024
BURST = 20.0
A_SECOND = 4.0
"""Commands that one page may send, and how many more each second; a turn costs ``TURN_COST``."""
TURN_COST = 4.0


class CommandGate:
    """Lets one page's commands in."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left, self._at = BURST, clock()

    def admit(self, payload: str) -> Command:
        """The command in ``payload``, JSON. Raises BadInput for what is none, is too long or comes too often."""
        self._spend(1.0)
        if len(payload.encode("utf-8", "replace")) > LONGEST_BYTES:
            raise BadInput("This is too long.", "Send less.")
        try:
            command = COMMANDS.validate_json(payload)
        except ValidationError:
            raise BadInput("This is no command.", "See interviewlab.voice.events for those there are.") from None
        if isinstance(command, Say | CatchUp):
            self._spend(TURN_COST - 1.0)
        return command

    def _spend(self, cost: float) -> None:
        now = self._clock()
        self._left = min(BURST, self._left + (now - self._at) * A_SECOND)
        self._at = now
        if self._left < cost:
            raise BadInput("Too many commands came at once.", "Wait a moment and try again.")
        self._left -= cost
