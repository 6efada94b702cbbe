"""What belongs to a ticket beside the conversation: notes, the number to call, offered answers. In transactions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations import store
from houlu.conversations.store import utc_now
from houlu.conversations.tables import callbacks, notes, offers
from houlu.conversations.upsert import upsert
from houlu.desk.tickets import Ticket


@dataclass(frozen=True)
class Note:
    """For colleagues only."""

    id: int
    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Callback:
    """A number to call, still encrypted."""

    asked_at: datetime
    number: str


@dataclass(frozen=True)
class Offer:
    """An expert's answer for the knowledge base."""

    id: int
    ticket: int
    at: datetime
    by: str
    question: str
    answer: str


def add_note(c: Connection, ticket: Ticket, name: str, text: str) -> Note:
    """Write one."""
    row = {"at": utc_now(), "by": name, "text": text}
    made = c.execute(sa.insert(notes).values(**row, conversation=ticket.conversation, ticket=ticket.number))
    return Note(made.inserted_primary_key[0], **row)  # type: ignore[arg-type]


def notes_of(c: Connection, ticket: Ticket) -> list[Note]:
    """The oldest first."""
    query = sa.select(notes.c.id, notes.c.at, notes.c.by, notes.c.text).where(notes.c.ticket == ticket.number)
    return [Note(**row._mapping) for row in c.execute(query.order_by(notes.c.id))]


def keep_callback(c: Connection, conversation: str, hidden: str) -> None:
    """One number a conversation, the latest."""
    upsert(c, callbacks, {"conversation": conversation}, {"asked_at": utc_now(), "number": hidden})


def callback(c: Connection, conversation: str) -> Callback | None:
    """The number to call, if any."""
    row = c.execute(sa.select(callbacks).where(callbacks.c.conversation == conversation)).first()
    return Callback(row.asked_at, row.number) if row else None


def drop_callback(c: Connection, conversation: str) -> bool:
    """The call was made, or is not wanted any more. Whether there was a number."""
    return bool(c.execute(sa.delete(callbacks).where(callbacks.c.conversation == conversation)).rowcount)


def to_call(c: Connection) -> set[str]:
    """Conversations that want a call."""
    return set(c.execute(sa.select(callbacks.c.conversation)).scalars())


def offer_answers(c: Connection, ticket: Ticket, name: str) -> None:
    """The expert's own answers of a ticket, for a clinician to look at. They go with an erasure."""
    said = [one.text for one in store.history(c, ticket.conversation)
            if one.sender == "expert" and one.custom.get("ticket") == ticket.id and one.custom.get("by") == name]
    if said:
        c.execute(sa.insert(offers).values(
            conversation=ticket.conversation, ticket=ticket.number, at=utc_now(), by=name, question=ticket.question,
            answer="\n".join(said)))


def offered(c: Connection) -> list[Offer]:
    """What experts offered, the oldest first."""
    columns = [offers.c[name] for name in ("id", "ticket", "at", "by", "question", "answer")]
    return [Offer(**row._mapping) for row in c.execute(sa.select(*columns).order_by(offers.c.id))]


def drop_offer(c: Connection, offer: int) -> bool:
    """A clinician has dealt with it."""
    return bool(c.execute(sa.delete(offers).where(offers.c.id == offer)).rowcount)
