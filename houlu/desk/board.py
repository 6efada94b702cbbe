"""What stands on the desk: who waits, what somebody holds, who is there. No patient's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.tables import messages
from houlu.desk import belongings, tickets
from houlu.desk.targets import Targets, Wait
from houlu.desk.tickets import Ticket
from houlu.people import accounts, presence


@dataclass(frozen=True)
class Waiting:
    """A place in the queue; position counts from 1."""

    ticket: Ticket
    position: int
    wait: Wait
    callback: bool


@dataclass(frozen=True)
class Held:
    """A case in somebody's hands. unanswered_since: the oldest words of the patient without an answer."""

    ticket: Ticket
    last_seq: int
    last_at: datetime
    last_from: str
    unanswered_since: datetime | None
    callback: bool


@dataclass(frozen=True)
class Colleague:
    """Somebody who may hold tickets."""

    name: str
    title: str
    role: str
    online: bool
    tickets: int


def waiting(c: Connection, targets: Targets, now: datetime) -> list[Waiting]:
    """The queue in its order."""
    calls = belongings.to_call(c)
    return [
        Waiting(one, place, targets.wait(one, now), one.conversation in calls)
        for place, one in enumerate(tickets.waiting(c), 1)]


def held(c: Connection, name: str) -> list[Held]:
    """What somebody holds, the oldest first."""
    calls = belongings.to_call(c)
    return [_held(c, one, one.conversation in calls) for one in tickets.held_by(c, name)]


def colleagues(c: Connection, away_seconds: int) -> list[Colleague]:
    """Experts and leads who are not disabled."""
    online, counts = presence.online(c, away_seconds), tickets.holders(c)
    return [
        Colleague(one.name, one.title, one.role, one.name in online, counts.get(one.name, 0))
        for one in accounts.everybody(c) if one.role != "admin" and not one.disabled]


def _held(c: Connection, ticket: Ticket, callback: bool) -> Held:
    spoken = sa.select(messages.c.seq, messages.c.at, messages.c.sender).where(
        messages.c.conversation == ticket.conversation)
    last = c.execute(spoken.order_by(messages.c.seq.desc()).limit(1)).first()
    return Held(
        ticket, last.seq if last else 0, last.at if last else ticket.opened_at, last.sender if last else "system",
        _unanswered(c, ticket), callback)


def _unanswered(c: Connection, ticket: Ticket) -> datetime | None:
    if ticket.first_answered_at is None:
        return ticket.waiting_since or ticket.opened_at
    mine = messages.c.conversation == ticket.conversation
    answered = sa.select(sa.func.max(messages.c.seq)).where(mine, messages.c.sender == "expert").scalar_subquery()
    query = sa.select(sa.func.min(messages.c.at)).where(mine, messages.c.sender == "user", messages.c.seq > answered)
    found: datetime | None = c.execute(query).scalar()
    return found
