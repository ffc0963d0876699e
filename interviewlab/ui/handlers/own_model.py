"""A language model that somebody brings for this browser session."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from interviewlab.bootstrap import build_own_model
from interviewlab.errors import InterviewLabError
from interviewlab.ui.door.doorkeeper import Door
from interviewlab.ui.handlers.views import Trouble

NOT_HERE = "This server lets nobody bring a model. Go on with its own interviewer."
NO_VISIT = (
    "This browser keeps no cookie for this page, so a model of your own could not be told from that of others. "
    "Allow cookies for it and load it again."
)
NOT_SIGNED_IN = (
    "You are not signed in with Hugging Face, or no longer. Sign in at the top of the page (sign out first where it "
    "says Logout), then try again."
)


@dataclass(frozen=True)
class OwnModelView:
    """Which model speaks in this browser session, and where it is."""

    name: str
    host: str


def find_own_model(door: Door, owner: str, visit: str) -> OwnModelView | None:
    """The one in use; None where there is none."""
    found = door.own_models.find(owner, visit)
    return OwnModelView(found.name, found.host) if found else None


async def bring_own_model(
    door: Door, owner: str, visit: str, *, url: str, key: str, name: str
) -> OwnModelView | Trouble:
    """Ask the endpoint whether it knows key and model; if so, they speak from now on."""
    if door.settings.own_models == "none":
        return Trouble(NOT_HERE)
    if not visit:
        return Trouble(NO_VISIT)
    url, name = url.strip(), name.strip()
    try:
        model = build_own_model(door.settings, url, key.strip(), name)
    except InterviewLabError as error:
        return Trouble(str(error))
    try:
        await model.check()
    except InterviewLabError as error:
        await model.aclose()
        return Trouble(str(error))
    host = urlsplit(url).hostname or url
    await door.own_models.keep(owner, visit, model, name, host)
    return OwnModelView(name, host)


async def bring_hub_token(door: Door, owner: str, visit: str, token: str, name: str) -> OwnModelView | Trouble:
    """The same with the token of somebody who signed in with Hugging Face."""
    if not token:
        return Trouble(NOT_SIGNED_IN)
    return await bring_own_model(door, owner, visit, url=door.settings.inference_url, key=token, name=name)


async def drop_own_model(door: Door, owner: str, visit: str) -> None:
    """Forget model and key."""
    await door.own_models.drop(owner, visit)
