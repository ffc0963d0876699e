"""Accounts in the same database as what they own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from interviewlab.errors import StoreUnavailable
from interviewlab.store.engine import begin, open_engine
from interviewlab.store.schema import accounts, to_text, tokens
from interviewlab.store.scripted_accounts import name_taken
from interviewlab.types import Account


@asynccontextmanager
async def open_account_store(url: str) -> AsyncIterator[SqlAccounts]:
    """Accounts at a SQLAlchemy URL, migrated, closed at the end. Raises StoreUnavailable, DataTooNew."""
    async with open_engine(url) as engine:
        yield SqlAccounts(engine)


class SqlAccounts:
    """AccountStore in one database; every method may raise StoreUnavailable."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add_account(self, account: Account) -> None:
        """Keep a new account; raises BadInput where the name is taken."""
        row = {**account.model_dump(exclude={"created_at"}), "created_at": to_text(account.created_at)}
        try:
            await self._change(insert(accounts).values(row))
        except StoreUnavailable as error:
            if isinstance(error.__cause__, IntegrityError):
                raise name_taken(account.name) from None
            raise

    async def find_account(self, name: str) -> Account | None:
        """By name, as it is kept."""
        row = await self._one(select(accounts).where(accounts.c.name == name))
        return _to_account(row) if row is not None else None

    async def get_account(self, account_id: str) -> Account | None:
        """By id."""
        row = await self._one(select(accounts).where(accounts.c.id == account_id))
        return _to_account(row) if row is not None else None

    async def delete_account(self, account_id: str) -> None:
        """With its tokens; one that is not there is left alone."""
        await self._change(delete(accounts).where(accounts.c.id == account_id))

    async def change_password(self, account_id: str, password_hash: str) -> None:
        """Keep another hash, and forget every token of the account."""
        async with self._write() as connection:
            changed = update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash)
            await connection.execute(changed)
            await connection.execute(delete(tokens).where(tokens.c.account_id == account_id))

    async def add_token(self, digest: str, account_id: str, expires_at: float, now: float) -> None:
        """A token that is good until ``expires_at``, Unix seconds; those that ran out by ``now`` go."""
        async with self._write() as connection:
            await connection.execute(delete(tokens).where(tokens.c.expires_at <= now))
            row = {"digest": digest, "account_id": account_id, "expires_at": expires_at}
            await connection.execute(insert(tokens).values(row))

    async def find_owner(self, digest: str, now: float) -> str | None:
        """The account of a token that is still good."""
        row = await self._one(select(tokens.c.account_id).where(tokens.c.digest == digest, tokens.c.expires_at > now))
        return str(row.account_id) if row is not None else None

    async def delete_token(self, digest: str) -> None:
        """Sign out; one that is not there is left alone."""
        await self._change(delete(tokens).where(tokens.c.digest == digest))

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with begin(self._engine, "BEGIN IMMEDIATE") as connection:
            yield connection

    async def _change(self, statement: Any) -> None:
        async with self._write() as connection:
            await connection.execute(statement)

    async def _one(self, query: Any) -> Row[Any] | None:
        async with begin(self._engine, "BEGIN") as connection:
            return (await connection.execute(query)).first()


def _to_account(row: Row[Any]) -> Account:
    return Account(**{**row._mapping, "created_at": datetime.fromisoformat(row.created_at)})
