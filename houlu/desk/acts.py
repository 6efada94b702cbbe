"""What every act of an expert is made of: one transaction with the conversation locked and the act noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from houlu.conversations import store
from houlu.conversations.database import Database
from houlu.conversations.records import Draft, Message
from houlu.desk import rules, tickets
from houlu.desk.notes import NEEDS
from houlu.desk.tickets import Ticket
from houlu.knowledge.phrases import Phrases
from houlu.people import presence
from houlu.people.audit import Audit
from houlu.replies import Choice, Owner

Result = TypeVar("Result")


@dataclass(frozen=True)
class Case:
    """A ticket with its place in the queue and its whole conversation."""

    ticket: Ticket
    ahead: int
    transcript: tuple[Message, ...]


class Acts:
    """For the classes of the desk's topics. Every method raises DeskError and DatabaseDown."""

    def __init__(self, database: Database, phrases: Phrases, audit: Audit | None = None) -> None:
        phrases.require(NEEDS)
        self._database = database
        self._text = phrases.text
        self._audit = audit

    def _on(self, ticket: str, work: Callable[[Connection, Ticket], Result]) -> Result:
        return self._database.write(lambda c: work(c, rules.lock(c, ticket)))

    def _at(self, ticket: str, work: Callable[[Connection, Ticket], object]) -> Case:
        def and_show(c: Connection, found: Ticket) -> Case:
            work(c, found)
            return case_of(c, rules.find(c, ticket))

        return self._on(ticket, and_show)

    def _claim(self, c: Connection, ticket: Ticket, name: str) -> None:
        rules.refuse_other(ticket, name)
        if ticket.state == "claimed":
            return
        tickets.claim(c, ticket, name)
        presence.touch(c, name)
        self._tell(c, ticket, "human", "desk.ticket.claimed")
        self._note(c, name, "claimed", ticket)

    def _tell(
        self, c: Connection, ticket: Ticket, owner: Owner, key: str, choices: tuple[Choice, ...] = ()
    ) -> Message:
        store.set_owner(c, ticket.conversation, owner)
        text = self._text(key) + (f"\n{self._text('desk.rating.question')}" if choices else "")
        return write(c, ticket, Draft("system", text, choices=choices))

    def _note(self, c: Connection, who: str, what: str, ticket: Ticket | None, detail: str = "") -> None:
        if self._audit is not None:
            self._audit.note(c, who, what, ticket.id if ticket else None, detail[:128])


def case_of(c: Connection, ticket: Ticket) -> Case:
    """The case as it stands."""
    return Case(ticket, tickets.ahead_of(c, ticket), store.history(c, ticket.conversation))


def write(c: Connection, ticket: Ticket, draft: Draft, **custom: Any) -> Message:
    """Put words into the conversation, beside where the journey stands."""
    standing = store.standing(c, ticket.conversation)
    payload = {**standing, **custom, "kind": None, "topic": None, "ticket": ticket.id}
    whole = Draft(draft.sender, draft.text, draft.client_id, draft.fingerprint, draft.choices, custom=payload)
    return store.append(c, ticket.conversation, [whole])[0]
