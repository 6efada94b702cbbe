"""Whose a ticket is: claimed, handed on, back in the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from sqlalchemy.engine import Connection

from houlu.desk import rules, tickets
from houlu.desk.acts import Acts, Case, case_of
from houlu.desk.errors import DeskError
from houlu.desk.tickets import Ticket
from houlu.people.audit import SYSTEM

_TRIED = 5


class Holding(Acts):
    """Taking and giving."""

    def claim(self, ticket: str, name: str) -> Case:
        """Take a case: the bot falls silent, the patient is told."""
        return self._at(ticket, lambda c, found: self._claim(c, found, name))

    def next(self, name: str) -> Case:
        """Take the first of the queue."""
        while waiting := self._database.read(lambda c: tickets.first_waiting(c, _TRIED)):
            for first in waiting:
                with suppress(DeskError):  # somebody else was faster, or the patient has gone
                    return self.claim(first, name)
        raise DeskError("nobody_waits", "nobody is waiting")

    def give_back(self, ticket: str, name: str, why: str = "", anybodys: bool = False) -> Case:
        """Into the queue again: the bot is back, the patient is told. anybodys: also a colleague's."""

        def work(c: Connection, found: Ticket) -> None:
            rules.require_claimed(found, name, anybodys)
            tickets.give_back(c, found)
            self._tell(c, found, "waiting", "desk.ticket.returned")
            self._note(c, name, "returned", found, why or str(found.claimed_by))

        return self._at(ticket, work)

    def give_back_all(
        self, name: str, why: str, still: Callable[[Connection], bool] = lambda _: True
    ) -> Sequence[Case]:
        """All that somebody holds, because they are gone. still: whether that is so, asked again inside."""

        def work(c: Connection, found: Ticket) -> Case | None:
            if found.state != "claimed" or found.claimed_by != name or not still(c):
                return None
            tickets.give_back(c, found)
            self._tell(c, found, "waiting", "desk.ticket.returned")
            self._note(c, SYSTEM, "returned", found, f"{name} {why}")
            return case_of(c, rules.find(c, found.id))

        given = []
        for held in self._database.read(lambda c: tickets.held_by(c, name)):
            with suppress(DeskError):  # erased meanwhile
                given.append(self._on(held.id, work))
        return [one for one in given if one is not None]

    def hand_on(self, ticket: str, name: str, to: str, anybodys: bool = False) -> Case:
        """Give it to a colleague, who holds it at once. anybodys: also a colleague's or a waiting one."""

        def work(c: Connection, found: Ticket) -> None:
            if not (anybodys and found.state == "open"):
                rules.require_claimed(found, name, anybodys)
            if found.claimed_by == to:
                return
            tickets.claim(c, found, to)
            self._tell(c, found, "human", "desk.ticket.claimed" if found.state == "open" else "desk.ticket.handed_on")
            self._note(c, name, "handed_on", found, to)

        return self._at(ticket, work)
