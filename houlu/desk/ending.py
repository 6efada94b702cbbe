"""How a ticket ends, what becomes of its answers and of the number to call."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from houlu.conversations.text import clean
from houlu.desk import belongings, rules, tickets
from houlu.desk.acts import Acts, Case
from houlu.desk.errors import DeskError
from houlu.desk.tickets import Ticket
from houlu.people.audit import SYSTEM
from houlu.replies import Choice

#: Why an expert ends a ticket; the titles are in data/knowledge/phrases/experts.yaml.
CLOSE_REASONS = ("answered", "see_doctor", "emergency", "called", "no_reply", "out_of_scope", "other")
SCORES = (5, 4, 3, 2, 1)


class Ending(Acts):
    """The call, the end, and what is kept."""

    def reveal_callback(self, ticket: str, name: str) -> str:
        """The encrypted number, for the holder to call."""

        def work(c: Connection, found: Ticket) -> str:
            rules.require_held(found, name)
            call = belongings.callback(c, found.conversation)
            if call is None:
                raise DeskError("not_found", "there is no number")
            self._note(c, name, "revealed_number", found)
            return call.number

        return self._on(ticket, work)

    def drop_callback(self, ticket: str, name: str) -> None:
        """The call was made: the number is deleted."""

        def work(c: Connection, found: Ticket) -> None:
            rules.require_held(found, name)
            if belongings.drop_callback(c, found.conversation):
                self._note(c, name, "deleted_number", found)

        self._on(ticket, work)

    def close(self, ticket: str, name: str, reason: str, offer: bool = False, held: bool = False) -> Case:
        """End a case: the bot is back, the patient is told and asked for a rating.

        offer: the own answers go to the list for the knowledge base. held: only the holder's.
        """

        def work(c: Connection, found: Ticket) -> None:
            (rules.require_held if held else rules.refuse_other)(found, name)
            if offer:
                belongings.offer_answers(c, found, name)
            belongings.drop_callback(c, found.conversation)
            told = self._tell(c, found, "bot", "desk.ticket.closed", self._rating(found))
            tickets.close(c, found, clean(reason)[:200], told.seq)
            self._note(c, name, "closed", found, reason if reason in CLOSE_REASONS else "other")

        return self._at(ticket, work)

    def offers(self) -> Sequence[belongings.Offer]:
        """Answers that experts offered for the knowledge base."""
        return self._database.read(belongings.offered)

    def drop_offer(self, offer: int, who: str) -> bool:
        """A clinician has dealt with it."""

        def work(c: Connection) -> bool:
            found = belongings.drop_offer(c, offer)
            if found:
                self._note(c, who, "deleted_offer", None, str(offer))
            return found

        return self._database.write(work)

    def note_erasure(self, c: Connection, conversation: str) -> None:
        """Somebody erases what they said: the log keeps that there was a ticket, and nothing of it."""
        for ticket in tickets.of(c, conversation):
            self._note(c, SYSTEM, "erased", ticket)

    def _rating(self, ticket: Ticket) -> tuple[Choice, ...]:
        if ticket.first_answered_at is None:
            return ()
        return tuple(
            Choice(self._text(f"desk.rating.score_{score}"), {"rate": ticket.number, "score": score})
            for score in SCORES)
