"""Accounts in memory."""

from __future__ import annotations

from interviewlab.errors import BadInput
from interviewlab.types import Account


class ScriptedAccounts:
    """AccountStore that forgets everybody when the process ends."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._tokens: dict[str, tuple[str, float]] = {}

    async def add_account(self, account: Account) -> None:
        """Keep a new account; raises BadInput where the name is taken."""
        if await self.find_account(account.name) is not None:
            raise name_taken(account.name)
        self._accounts[account.id] = account

    async def find_account(self, name: str) -> Account | None:
        """By name, as it is kept."""
        return next((account for account in self._accounts.values() if account.name == name), None)

    async def get_account(self, account_id: str) -> Account | None:
        """By id."""
        return self._accounts.get(account_id)

    async def delete_account(self, account_id: str) -> None:
        """With its tokens; one that is not there is left alone."""
        self._accounts.pop(account_id, None)
        self._forget(account_id)

    async def change_password(self, account_id: str, password_hash: str) -> None:
        """Keep another hash, and forget every token of the account."""
        account = self._accounts[account_id]
        self._accounts[account_id] = account.model_copy(update={"password_hash": password_hash})
        self._forget(account_id)

    async def add_token(self, digest: str, account_id: str, expires_at: float, now: float) -> None:
        """A token that is good until ``expires_at``, Unix seconds; those that ran out by ``now`` go."""
        self._tokens = {name: kept for name, kept in self._tokens.items() if kept[1] > now}
        self._tokens[digest] = (account_id, expires_at)

    async def find_owner(self, digest: str, now: float) -> str | None:
        """The account of a token that is still good."""
        account_id, until = self._tokens.get(digest, (None, 0.0))
        return account_id if until > now else None

    async def delete_token(self, digest: str) -> None:
        """Sign out; one that is not there is left alone."""
        self._tokens.pop(digest, None)

    def _forget(self, account_id: str) -> None:
        self._tokens = {name: kept for name, kept in self._tokens.items() if kept[0] != account_id}


def name_taken(name: str) -> BadInput:
    """Somebody else has this name."""
    return BadInput(f"The name {name} is taken.", "Choose another one, or sign in.")
