"""Tickets: a patient's request for a human, in the order of the queue. Works inside somebody's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.store import utc_now
from houlu.conversations.tables import tickets

OpenedFor = Literal["asked", "failure"]
State = Literal["open", "claimed", "closed"]
_QUEUE = (tickets.c.urgent.desc(), tickets.c.number)


@dataclass(frozen=True)
class Ticket:
    """One request. The transcript is the conversation itself."""

    number: int
    conversation: str
    state: State
    opened_at: datetime
    opened_for: OpenedFor
    urgent: bool
    claimed_by: str | None
    closed_for: str | None
    summary: str
    question: str

    @property
    def id(self) -> str:
        """What patient and expert call it, such as H-0042."""
        return f"H-{self.number:04d}"


def open_ticket(
    c: Connection, conversation: str, opened_for: OpenedFor, summary: str, question: str, urgent: bool = False
) -> Ticket:
    """Put a request at the end of the queue. The conversation has no other open one."""
    row = {"conversation": conversation, "state": "open", "opened_at": utc_now(), "opened_for": opened_for,
           "urgent": urgent, "summary": summary, "question": question}
    number = c.execute(sa.insert(tickets).values(**row)).inserted_primary_key[0]
    found = by_number(c, number)
    assert found is not None
    return found


def by_number(c: Connection, number: int) -> Ticket | None:
    """The ticket of a number."""
    return _ticket(c.execute(sa.select(tickets).where(tickets.c.number == number)).first())


def current(c: Connection, conversation: str) -> Ticket | None:
    """The conversation's ticket that is not closed."""
    query = sa.select(tickets).where(tickets.c.conversation == conversation, tickets.c.state != "closed")
    return _ticket(c.execute(query).first())


def listed(c: Connection, closed: bool = False) -> list[Ticket]:
    """Tickets in the order of the queue; closed ones only when asked for."""
    query = sa.select(tickets).order_by(*_QUEUE)
    rows = c.execute(query if closed else query.where(tickets.c.state != "closed"))
    return [Ticket(**row._mapping) for row in rows]


def ahead_of(c: Connection, ticket: Ticket) -> int:
    """How many wait before this ticket."""
    waiting = [row.number for row in listed(c) if row.state == "open"]
    return waiting.index(ticket.number) if ticket.number in waiting else 0


def claim(c: Connection, ticket: Ticket, name: str) -> None:
    """An expert takes it."""
    _update(c, ticket, state="claimed", claimed_by=name)


def close(c: Connection, ticket: Ticket, reason: str) -> None:
    """It is done."""
    _update(c, ticket, state="closed", closed_for=reason)


def mark_urgent(c: Connection, ticket: Ticket) -> None:
    """A danger sign was written: it goes first."""
    _update(c, ticket, urgent=True)


def _update(c: Connection, ticket: Ticket, **values: Any) -> None:
    c.execute(sa.update(tickets).where(tickets.c.number == ticket.number).values(**values))


def _ticket(row: Any) -> Ticket | None:
    return Ticket(**row._mapping) if row else None
