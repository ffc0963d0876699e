"""``interviewlab forget``: delete everything about somebody."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from interviewlab.errors import NotFound
from interviewlab.settings import Settings, read_settings


def forget_owner(
    account: Annotated[str, typer.Option(help="On a shared server: the account, by its name.")] = "",
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete every interview, recording, CV, job and report, and the account they belong to."""
    settings = read_settings()
    if not is_sure:
        typer.confirm(f"Delete everything of {account or 'yours'} for good?", abort=True)
    asyncio.run(_forget(settings, account))
    typer.echo("Everything is deleted.")


async def _forget(settings: Settings, account: str) -> None:
    from interviewlab.bootstrap import open_accounts, open_library

    if not account:
        async with open_library(settings) as library:
            return await library.delete_everything()
    async with open_accounts(settings) as accounts:
        found = await accounts.find(account)
        if found is None:
            raise NotFound(f"There is no account '{account}'.", "Check the name.")
        async with open_library(settings, owner=found.id) as library:
            await library.delete_everything()
        await accounts.delete(found.id)
