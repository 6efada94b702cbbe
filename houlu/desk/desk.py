"""What experts do with tickets. Works on the database alone, so any process may do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from houlu.conversations import store, tokens
from houlu.conversations.database import Database
from houlu.conversations.records import Draft, Message
from houlu.conversations.text import clean
from houlu.desk import belongings, rules, tickets
from houlu.desk.errors import DeskError
from houlu.desk.notes import NEEDS
from houlu.desk.tickets import Ticket
from houlu.knowledge.phrases import Phrases
from houlu.people import presence
from houlu.people.audit import SYSTEM, Audit
from houlu.replies import Choice, Owner

__all__ = ["CLOSE_REASONS", "Case", "Desk", "DeskError"]
Result = TypeVar("Result")

#: Why an expert ends a ticket; the titles are in data/knowledge/phrases/experts.yaml.
CLOSE_REASONS = ("answered", "see_doctor", "emergency", "called", "no_reply", "out_of_scope", "other")
SCORES = (5, 4, 3, 2, 1)
LONGEST_ANSWER, LONGEST_NOTE = 4000, 2000
_TRIED = 5


@dataclass(frozen=True)
class Case:
    """A ticket with its place in the queue and its whole conversation."""

    ticket: Ticket
    ahead: int
    transcript: tuple[Message, ...]


class Desk:
    """The queue as experts see it. Every method raises DeskError and DatabaseDown.

    audit: where every act is noted in the same transaction; without one nothing is (tests).
    """

    def __init__(self, database: Database, phrases: Phrases, audit: Audit | None = None) -> None:
        phrases.require(NEEDS)
        self._database = database
        self._text = phrases.text
        self._audit = audit

    # Looking.

    def show(self, ticket: str) -> Case:
        """One case with all that was said."""
        return self._database.read(lambda c: _case(c, rules.find(c, ticket)))

    def opened(self, ticket: str, name: str) -> Ticket:
        """A ticket that somebody may read: held by them now, or closed by them."""
        return self._database.read(lambda c: rules.readable(c, ticket, name))

    def list(self, closed: bool = False) -> list[Ticket]:
        """Tickets in the order of the queue."""
        return self._database.read(lambda c: tickets.listed(c, closed))

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

    # Whose it is.

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
            return _case(c, rules.find(c, found.id))

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

    # Speaking.

    def answer(self, ticket: str, name: str, text: str) -> Case:
        """Write to the patient; an unclaimed case is claimed first."""
        words = rules.words(text, LONGEST_ANSWER, "answer")

        def work(c: Connection, found: Ticket) -> None:
            self._claim(c, found, name)
            self._say(c, found, name, Draft("expert", words))

        return self._at(ticket, work)

    def say(self, ticket: str, name: str, client_id: str, text: str, custom: dict[str, Any] | None = None) -> Message:
        """Write to the patient in a held case; the same id with the same words again changes nothing."""
        words = rules.words(text, LONGEST_ANSWER, "answer")
        own_id = f"desk:{name}:{client_id}"
        draft = Draft("expert", words, own_id, tokens.fingerprint(name, words), custom=custom or {})

        def work(c: Connection, found: Ticket) -> Message:
            earlier = store.turn_of(c, found.conversation, own_id)
            if earlier is not None and earlier.fingerprint != draft.fingerprint:
                raise DeskError("conflict", "the same id with other words")
            if earlier is not None:
                return store.history(c, found.conversation, earlier.seq - 1)[0]
            rules.require_held(found, name)
            return self._say(c, found, name, draft)

        return self._on(ticket, work)

    def note(self, ticket: str, name: str, text: str) -> belongings.Note:
        """For colleagues only."""
        words = rules.words(text, LONGEST_NOTE, "note")

        def work(c: Connection, found: Ticket) -> belongings.Note:
            rules.require_held(found, name)
            self._note(c, name, "noted", found)
            return belongings.add_note(c, found, name, words)

        return self._on(ticket, work)

    def draft(self, ticket: str, name: str, text: str) -> None:
        """Keep what is not sent yet."""
        words = clean(text)
        if len(words) > LONGEST_ANSWER:
            raise DeskError("too_long", f"at most {LONGEST_ANSWER} characters")

        def work(c: Connection, found: Ticket) -> None:
            rules.require_held(found, name)
            tickets.keep_draft(c, found, words)

        self._on(ticket, work)

    # The number to call.

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

    # Ending.

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

    def drop_offer(self, offer: int) -> bool:
        """A clinician has dealt with it."""
        return self._database.write(lambda c: belongings.drop_offer(c, offer))

    def note_erasure(self, c: Connection, conversation: str) -> None:
        """Somebody erases what they said: the log keeps that there was a ticket, and nothing of it."""
        for ticket in tickets.of(c, conversation):
            self._note(c, SYSTEM, "erased", ticket)

    # Inside a transaction.

    def _on(self, ticket: str, work: Callable[[Connection, Ticket], Result]) -> Result:
        return self._database.write(lambda c: work(c, rules.lock(c, ticket)))

    def _at(self, ticket: str, work: Callable[[Connection, Ticket], object]) -> Case:
        def and_show(c: Connection, found: Ticket) -> Case:
            work(c, found)
            return _case(c, rules.find(c, ticket))

        return self._on(ticket, and_show)

    def _claim(self, c: Connection, ticket: Ticket, name: str) -> None:
        rules.refuse_other(ticket, name)
        if ticket.state == "claimed":
            return
        tickets.claim(c, ticket, name)
        presence.touch(c, name)
        self._tell(c, ticket, "human", "desk.ticket.claimed")
        self._note(c, name, "claimed", ticket)

    def _say(self, c: Connection, ticket: Ticket, name: str, draft: Draft) -> Message:
        tickets.answered(c, ticket)
        presence.touch(c, name)
        self._note(c, name, "answered", ticket)
        return _write(c, ticket, draft, by=name, **draft.custom)

    def _tell(
        self, c: Connection, ticket: Ticket, owner: Owner, key: str, choices: tuple[Choice, ...] = ()
    ) -> Message:
        store.set_owner(c, ticket.conversation, owner)
        text = self._text(key) + (f"\n{self._text('desk.rating.question')}" if choices else "")
        return _write(c, ticket, Draft("system", text, choices=choices))

    def _rating(self, ticket: Ticket) -> tuple[Choice, ...]:
        if ticket.first_answered_at is None:
            return ()
        return tuple(
            Choice(self._text(f"desk.rating.score_{score}"), {"rate": ticket.number, "score": score})
            for score in SCORES)

    def _note(self, c: Connection, who: str, what: str, ticket: Ticket, detail: str = "") -> None:
        if self._audit is not None:
            self._audit.note(c, who, what, ticket.id, detail[:128])


def _case(c: Connection, ticket: Ticket) -> Case:
    return Case(ticket, tickets.ahead_of(c, ticket), store.history(c, ticket.conversation))


def _write(c: Connection, ticket: Ticket, draft: Draft, **custom: Any) -> Message:
    standing = store.standing(c, ticket.conversation)
    payload = {**standing, **custom, "kind": None, "topic": None, "ticket": ticket.id}
    whole = Draft(draft.sender, draft.text, draft.client_id, draft.fingerprint, draft.choices, custom=payload)
    return store.append(c, ticket.conversation, [whole])[0]
