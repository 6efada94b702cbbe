"""The queue as experts see it. Works on the database alone, so any process may do it."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from houlu.desk import rules, tickets
from houlu.desk.acts import Case, case_of
from houlu.desk.ending import CLOSE_REASONS, Ending
from houlu.desk.errors import DeskError
from houlu.desk.holding import Holding
from houlu.desk.speaking import Speaking
from houlu.desk.tickets import Ticket

__all__ = ["CLOSE_REASONS", "Case", "Desk", "DeskError"]


class Desk(Holding, Speaking, Ending):
    """All that experts do with tickets, each act noted in the same transaction."""

    def show(self, ticket: str, who: str) -> Case:
        """One case with all that was said; who: the operator that looks at it, which is noted."""

        def work(c: Connection) -> Case:
            found = rules.find(c, ticket)
            self._note(c, who, "opened", found)
            return case_of(c, found)

        return self._database.write(work)

    def opened(self, ticket: str, name: str) -> Ticket:
        """A ticket that somebody may read: held by them now, or closed by them."""
        return self._database.read(lambda c: rules.readable(c, ticket, name))

    def list(self, closed: bool = False) -> list[Ticket]:
        """Tickets in the order of the queue."""
        return self._database.read(lambda c: tickets.listed(c, closed))

    def exported(self, who: str, what: str, count: int) -> None:
        """Patients' words left the desk: what they were and how many."""
        self._database.write(lambda c: self._note(c, who, "exported", None, f"{what} {count}"))

    def read(self, ticket: str, name: str, note: bool) -> Ticket:
        """`opened`, and whoever looks is noted. note: whether this is a look at the whole."""
        if not note:
            return self.opened(ticket, name)

        def work(c: Connection) -> Ticket:
            found = rules.readable(c, ticket, name)
            self._note(c, name, "opened", found)
            return found

        return self._database.write(work)

    def require_movable(self, ticket: str, name: str, anybodys: bool) -> None:
        """Whether somebody may hand it on at all."""
        found = self._database.read(lambda c: rules.find(c, ticket))
        if not (anybodys and found.state == "open"):
            rules.require_claimed(found, name, anybodys)
