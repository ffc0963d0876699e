"""What the page asks of a voice during a call, whatever carries it."""

from __future__ import annotations

from interviewlab.voice.events import CatchUp, Command, Hold, Say, SetPatience, Typing
from interviewlab.voice.session import VoiceSession


async def obey(session: VoiceSession, command: Command) -> None:
    """Do what the page asks."""
    match command:
        case Hold():
            session.hold(command.is_on)
        case SetPatience():
            session.set_patience(command.patience)
        case Typing():
            session.typing()
        case CatchUp():
            await session.catch_up()
        case Say():
            await session.say(command.text)
