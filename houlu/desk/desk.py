"""What experts do with tickets. Works on the database alone, so any process may do it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from houlu.conversations import store
from houlu.conversations.database import Database
from houlu.conversations.records import Draft, Message
from houlu.conversations.text import clean
from houlu.desk import tickets
from houlu.desk.notes import NEEDS
from houlu.desk.tickets import Ticket
from houlu.knowledge.phrases import Phrases

_NUMBER = re.compile(r"(?:H-?)?0*([1-9]\d{0,8})", re.IGNORECASE)


class DeskError(Exception):
    """Why it cannot be done. `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Case:
    """A ticket with its place in the queue and its whole conversation."""

    ticket: Ticket
    ahead: int
    transcript: tuple[Message, ...]


class Desk:
    """The queue as experts see it."""

    def __init__(self, database: Database, phrases: Phrases) -> None:
        phrases.require(NEEDS)
        self._database = database
        self._text = phrases.text

    def list(self, closed: bool = False) -> list[Ticket]:
        """Tickets in the order of the queue. Raises DatabaseDown."""
        return self._database.read(lambda c: tickets.listed(c, closed))

    def show(self, ticket: str) -> Case:
        """One case with all that was said. Raises DeskError, DatabaseDown."""
        return self._database.read(lambda c: _case(c, _find(c, ticket)))

    def claim(self, ticket: str, name: str) -> Case:
        """Take a case: the bot falls silent, the patient is told. Raises DeskError, DatabaseDown."""

        def work(c: Connection) -> Case:
            found = _lock(c, ticket)
            self._claim(c, found, name)
            return _case(c, _find(c, ticket))

        return self._database.write(work)

    def answer(self, ticket: str, name: str, text: str) -> Case:
        """Write to the patient; an unclaimed case is claimed first. Raises DeskError, DatabaseDown."""
        words = clean(text)
        if not words:
            raise DeskError("empty_text", "the answer is empty")

        def work(c: Connection) -> Case:
            found = _lock(c, ticket)
            self._claim(c, found, name)
            _write(c, found, Draft("expert", words))
            return _case(c, _find(c, ticket))

        return self._database.write(work)

    def close(self, ticket: str, name: str, reason: str) -> Case:
        """End a case: the bot is back, the patient is told. Raises DeskError, DatabaseDown."""

        def work(c: Connection) -> Case:
            found = _lock(c, ticket)
            _refuse_other(found, name)
            tickets.close(c, found, clean(reason))
            store.set_owner(c, found.conversation, "bot")
            _write(c, found, Draft("system", self._text("desk.ticket.closed")))
            return _case(c, _find(c, ticket))

        return self._database.write(work)

    def _claim(self, c: Connection, ticket: Ticket, name: str) -> None:
        _refuse_other(ticket, name)
        if ticket.state == "claimed":
            return
        tickets.claim(c, ticket, name)
        store.set_owner(c, ticket.conversation, "human")
        _write(c, ticket, Draft("system", self._text("desk.ticket.claimed")))


def _find(c: Connection, ticket: str) -> Ticket:
    match = _NUMBER.fullmatch(ticket.strip())
    found = tickets.by_number(c, int(match[1])) if match else None
    if found is None:
        raise DeskError("unknown_ticket", f"there is no ticket {ticket}")
    return found


def _lock(c: Connection, ticket: str) -> Ticket:
    store.lock(c, _find(c, ticket).conversation)
    return _find(c, ticket)


def _refuse_other(ticket: Ticket, name: str) -> None:
    if ticket.state == "closed":
        raise DeskError("closed", f"{ticket.id} is closed ({ticket.closed_for})")
    if ticket.state == "claimed" and ticket.claimed_by != name:
        raise DeskError("claimed_by_other", f"{ticket.id} is claimed by {ticket.claimed_by}")


def _case(c: Connection, ticket: Ticket) -> Case:
    return Case(ticket, tickets.ahead_of(c, ticket), store.history(c, ticket.conversation))


def _write(c: Connection, ticket: Ticket, draft: Draft) -> None:
    standing = store.standing(c, ticket.conversation)
    custom = {**standing, "kind": None, "topic": None, "ticket": ticket.id}
    store.append(c, ticket.conversation, [Draft(draft.sender, draft.text, custom=custom)])
