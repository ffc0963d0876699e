"""Delete everything about somebody: what they keep, what they sent, and who they are here."""

from __future__ import annotations

from interviewlab.bootstrap import open_accounts, open_library
from interviewlab.ui.door.doorkeeper import Door


async def forget(door: Door, owner: str) -> None:
    """Interviews, recordings, papers, working state, uploads and the account. Raises StoreUnavailable."""
    async with open_library(door.settings, owner=owner) as library:
        await library.delete_everything()
    door.belongings.forget(owner)
    await door.own_models.forget(owner)
    if door.settings.whose == "accounts":
        async with open_accounts(door.settings) as accounts:
            await accounts.delete(owner)
