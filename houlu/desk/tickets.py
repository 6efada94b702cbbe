"""Tickets: a patient's request for a human, in the order of the queue. Works inside somebody's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.store import utc_now
from houlu.conversations.tables import tickets

OpenedFor = Literal["asked", "outside_scope", "misunderstood", "failure", "emergency", "picture", "callback"]
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
    waiting_since: datetime | None = None
    claimed_at: datetime | None = None
    first_answered_at: datetime | None = None
    closed_at: datetime | None = None
    closed_seq: int | None = None
    returned: int = 0
    alarms: int = 0
    rating: int | None = None
    draft: str = ""

    @property
    def id(self) -> str:
        """What patient and expert call it, such as H-0042."""
        return name_of(self.number)


def name_of(number: int) -> str:
    """What patient and expert call a ticket."""
    return f"H-{number:04d}"


def open_ticket(
    c: Connection, conversation: str, opened_for: OpenedFor, summary: str, question: str, urgent: bool = False
) -> Ticket:
    """Put a request at the end of the queue. The conversation has no other open one."""
    now = utc_now()
    row = {"conversation": conversation, "state": "open", "opened_at": now, "waiting_since": now,
           "opened_for": opened_for, "urgent": urgent, "alarms": int(urgent), "summary": summary, "question": question}
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


def of(c: Connection, conversation: str) -> list[Ticket]:
    """All tickets of a conversation."""
    rows = c.execute(sa.select(tickets).where(tickets.c.conversation == conversation).order_by(tickets.c.number))
    return [Ticket(**row._mapping) for row in rows]


def listed(c: Connection, closed: bool = False) -> list[Ticket]:
    """Tickets in the order of the queue; closed ones only when asked for."""
    query = sa.select(tickets).order_by(*_QUEUE)
    rows = c.execute(query if closed else query.where(tickets.c.state != "closed"))
    return [Ticket(**row._mapping) for row in rows]


def waiting(c: Connection) -> list[Ticket]:
    """Those that nobody holds, in the order of the queue."""
    rows = c.execute(sa.select(tickets).where(tickets.c.state == "open").order_by(*_QUEUE))
    return [Ticket(**row._mapping) for row in rows]


def ahead_of(c: Connection, ticket: Ticket) -> int:
    """How many wait before this ticket."""
    if ticket.state != "open":
        return 0
    older, urgent = tickets.c.number < ticket.number, tickets.c.urgent.is_(True)
    before = sa.and_(urgent, older) if ticket.urgent else sa.or_(urgent, older)
    query = sa.select(sa.func.count()).select_from(tickets).where(tickets.c.state == "open", before)
    return int(c.execute(query).scalar_one())


def first_waiting(c: Connection, limit: int) -> list[str]:
    """The ids at the head of the queue."""
    query = sa.select(tickets.c.number).where(tickets.c.state == "open").order_by(*_QUEUE).limit(limit)
    return [name_of(number) for number in c.execute(query).scalars()]


def held_by(c: Connection, name: str) -> list[Ticket]:
    """Tickets somebody has claimed, the oldest first."""
    mine = tickets.c.claimed_by == name
    rows = c.execute(sa.select(tickets).where(mine, tickets.c.state == "claimed").order_by(tickets.c.number))
    return [Ticket(**row._mapping) for row in rows]


def holders(c: Connection) -> dict[str, int]:
    """How many tickets each holder has."""
    query = sa.select(tickets.c.claimed_by, sa.func.count()).where(tickets.c.state == "claimed")
    return {row[0]: row[1] for row in c.execute(query.group_by(tickets.c.claimed_by))}


def closed_by(c: Connection, name: str, limit: int) -> list[Ticket]:
    """Tickets somebody has closed, the newest first."""
    mine = tickets.c.claimed_by == name
    query = sa.select(tickets).where(mine, tickets.c.state == "closed").order_by(tickets.c.closed_at.desc())
    return [Ticket(**row._mapping) for row in c.execute(query.limit(limit))]


def claim(c: Connection, ticket: Ticket, name: str) -> None:
    """An expert takes it, from the queue or from a colleague."""
    _update(c, ticket, state="claimed", claimed_by=name, claimed_at=utc_now())


def give_back(c: Connection, ticket: Ticket) -> None:
    """Into the queue again, at the place of its age."""
    since = utc_now() if ticket.first_answered_at else ticket.waiting_since
    _update(c, ticket, state="open", claimed_by=None, claimed_at=None, waiting_since=since,
            returned=ticket.returned + 1)


def answered(c: Connection, ticket: Ticket) -> None:
    """An expert has written; the draft is used up."""
    _update(c, ticket, first_answered_at=ticket.first_answered_at or utc_now(), draft="")


def keep_draft(c: Connection, ticket: Ticket, text: str) -> None:
    """What is written but not sent."""
    _update(c, ticket, draft=text)


def close(c: Connection, ticket: Ticket, reason: str, last_seq: int | None = None) -> None:
    """It is done. last_seq: where the expert's part of the conversation ends."""
    _update(c, ticket, state="closed", closed_for=reason, closed_at=utc_now(), closed_seq=last_seq, draft="")


def rate(c: Connection, conversation: str, number: int, score: int) -> None:
    """The patient's opinion, 1 to 5; the latest counts."""
    mine = (tickets.c.number == number, tickets.c.conversation == conversation)
    c.execute(sa.update(tickets).where(*mine).values(rating=score))


def alarm(c: Connection, ticket: Ticket) -> None:
    """A danger sign was written: it goes first."""
    _update(c, ticket, urgent=True, alarms=ticket.alarms + 1)


def _update(c: Connection, ticket: Ticket, **values: Any) -> None:
    c.execute(sa.update(tickets).where(tickets.c.number == ticket.number).values(**values))


def _ticket(row: Any) -> Ticket | None:
    return Ticket(**row._mapping) if row else None
