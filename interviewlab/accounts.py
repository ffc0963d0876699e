"""Who is who on a shared server: names, passwords by argon2, and tokens of which only the digest is kept."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from interviewlab.errors import BadInput, NotSignedIn
from interviewlab.ports import AccountStore
from interviewlab.types import Account

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
_DAY_S = 86_400.0
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_WRONG = "Name and password do not belong together."
_AT_ONCE = 2
"""Passwords that are hashed at the same time: each takes 64 MiB."""


class Accounts:
    """Sign up, sign in, sign out. Made by ``open_accounts``."""

    def __init__(self, store: AccountStore, days: float, clock: Callable[[], float] = time.time) -> None:
        self._store, self._days, self._clock = store, days, clock
        self._hasher = PasswordHasher()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._nobody = ""

    async def sign_up(self, name: str, password: str) -> str:
        """A new account; gives a token. Raises BadInput."""
        kept = _to_name(name)
        if not SHORTEST <= len(password) <= LONGEST:
            raise BadInput("The password is too short or too long.", f"Take {SHORTEST} to {LONGEST} characters.")
        if kept in password.lower():
            raise BadInput("The password holds the name.", "Choose another password.")
        account = Account(
            id=uuid4().hex, name=kept, password_hash=await self._hash(password), created_at=datetime.now(UTC)
        )
        await self._store.add_account(account)
        return await self.new_token(account.id)

    async def sign_in(self, name: str, password: str) -> str:
        """A token for this account. Raises NotSignedIn, in the same words and time whichever of both is wrong."""
        return await self.new_token((await self.check(name, password)).id)

    async def check(self, name: str, password: str) -> Account:
        """The account, if the password is its own. Raises NotSignedIn."""
        account = await self._store.find_account(name.strip().lower())
        self._nobody = self._nobody or await self._hash(secrets.token_hex())
        known = account.password_hash if account else self._nobody
        if not await self._is_right(known, password) or account is None:
            raise NotSignedIn(_WRONG, "Try again, or sign up.")
        return account

    async def new_token(self, account_id: str) -> str:
        """Another token for somebody who is signed in, for another browser or a program."""
        token, now = secrets.token_urlsafe(32), self._clock()
        await self._store.add_token(_digest(token), account_id, now + self._days * _DAY_S, now)
        return token

    async def owner_of(self, token: str) -> str | None:
        """Whose token this is; None for one that is unknown or out of date."""
        return await self._store.find_owner(_digest(token), self._clock()) if token else None

    async def find(self, name: str) -> Account | None:
        """By name."""
        return await self._store.find_account(name.strip().lower())

    async def name_of(self, account_id: str) -> str:
        """The name of an account; empty for one that is not there."""
        account = await self._store.get_account(account_id)
        return account.name if account else ""

    async def sign_out(self, token: str) -> None:
        """This token opens nothing any more."""
        await self._store.delete_token(_digest(token))

    async def delete(self, account_id: str) -> None:
        """The account and its tokens; what it owns is deleted by its library."""
        await self._store.delete_account(account_id)

    async def _hash(self, password: str) -> str:
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _is_right(self, known: str, password: str) -> bool:
        try:
            async with self._places:
                return await asyncio.to_thread(self._hasher.verify, known, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False


def _to_name(name: str) -> str:
    kept = name.strip().lower()
    if not _NAME.fullmatch(kept):
        raise BadInput("That cannot be a name.", "Take 3 to 40 letters, digits, dots, '-' or '_'.")
    return kept


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
