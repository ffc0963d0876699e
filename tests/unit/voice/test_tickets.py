"""Tickets are good once, for a while, for one interview."""

from __future__ import annotations

from interviewlab.voice.tickets import OWNER, TICKET_S, Grant, Tickets

GRANT = Grant("interview", "owner")
HERS, ANOTHERS = {OWNER: "owner"}, {OWNER: "eve"}


def test_ticket_is_good_once() -> None:
    tickets = Tickets()
    ticket = tickets.mint(GRANT)
    assert tickets.redeem(ticket, HERS) == GRANT
    assert tickets.redeem(ticket, HERS) is None


def test_ticket_is_good_for_its_owner_alone_and_stays_good_for_them() -> None:
    tickets = Tickets()
    ticket = tickets.mint(GRANT)
    assert tickets.redeem(ticket, ANOTHERS) is None
    assert tickets.redeem(ticket, HERS) == GRANT


def test_unknown_ticket_grants_nothing() -> None:
    assert Tickets().redeem("guessed", HERS) is None


def test_ticket_runs_out() -> None:
    now = [0.0]
    tickets = Tickets(lambda: now[0])
    ticket, other = tickets.mint(GRANT), tickets.mint(GRANT)
    now[0] = TICKET_S - 1
    assert tickets.redeem(ticket, HERS) == GRANT
    now[0] = TICKET_S
    assert tickets.redeem(other, HERS) is None
