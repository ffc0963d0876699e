"""What every AccountStore must do, held against each adapter, and accounts on top of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interviewlab.accounts import Accounts
from interviewlab.errors import BadInput, NotSignedIn
from interviewlab.store.accounts import SqlAccounts, open_account_store
from interviewlab.store.scripted_accounts import ScriptedAccounts
from interviewlab.types import Account

Store = SqlAccounts | ScriptedAccounts
ADA = Account(id="a1", name="ada", password_hash="hash", created_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(params=["scripted", "sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "scripted":
        yield ScriptedAccounts()
        return
    url = f"sqlite+aiosqlite:///{tmp_path / 'accounts.sqlite'}"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_postgres")
    async with open_account_store(url) as opened:
        yield opened


async def test_an_account_comes_back_and_its_name_is_given_once(store: Store) -> None:
    await store.add_account(ADA)
    assert await store.find_account("ada") == await store.get_account("a1") == ADA
    with pytest.raises(BadInput, match="taken"):
        await store.add_account(ADA.model_copy(update={"id": "a2"}))
    assert await store.find_account("bob") is None


async def test_a_token_is_good_until_it_runs_out_or_its_account_goes(store: Store) -> None:
    await store.add_account(ADA)
    await store.add_token("d1", "a1", 100.0, now=0.0)
    assert await store.find_owner("d1", 99.0) == "a1"
    assert await store.find_owner("d1", 100.0) is None
    await store.add_token("d2", "a1", 300.0, now=150.0)
    assert await store.find_owner("d1", 50.0) is None
    await store.delete_token("d2")
    assert await store.find_owner("d2", 200.0) is None
    await store.add_token("d3", "a1", 300.0, now=150.0)
    await store.delete_account("a1")
    assert await store.find_owner("d3", 200.0) is None
    assert await store.get_account("a1") is None


async def test_another_password_signs_out_everywhere(store: Store) -> None:
    await store.add_account(ADA)
    await store.add_token("d1", "a1", 100.0, now=0.0)
    await store.change_password("a1", "other")
    assert await store.find_owner("d1", 1.0) is None
    found = await store.get_account("a1")
    assert found is not None
    assert found.password_hash == "other"


async def test_signing_in_needs_the_password_and_keeps_neither_it_nor_the_token() -> None:
    store = ScriptedAccounts()
    accounts = Accounts(store, days=1.0, clock=lambda: 0.0)
    token = await accounts.sign_up(" Ada ", "correct horse battery")
    owner = await accounts.owner_of(token)
    assert owner == await accounts.owner_of(await accounts.sign_in("ada", "correct horse battery"))
    for name, password in (("ada", "wrong horse battery"), ("nobody", "correct horse battery")):
        with pytest.raises(NotSignedIn, match="do not belong together"):
            await accounts.sign_in(name, password)
    kept = repr(vars(store))
    assert "$argon2id$" in kept
    assert "correct horse" not in kept
    assert token not in kept


@pytest.mark.parametrize(
    ("name", "password"), [("a", "x" * 12), ("<b>", "x" * 12), ("ada", "short"), ("ada", "my-ada-is-in-it")]
)
async def test_a_name_or_password_that_cannot_be_is_one_sentence(name: str, password: str) -> None:
    with pytest.raises(BadInput):
        await Accounts(ScriptedAccounts(), days=1.0).sign_up(name, password)
