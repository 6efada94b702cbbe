"""What an expert writes: to the patient, to colleagues, and not sent yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

from houlu.conversations import store, tokens
from houlu.conversations.records import Draft, Message
from houlu.conversations.text import clean
from houlu.desk import belongings, rules, tickets
from houlu.desk.acts import Acts, Case, write
from houlu.desk.errors import DeskError
from houlu.desk.tickets import Ticket
from houlu.people import presence

LONGEST_ANSWER, LONGEST_NOTE = 4000, 2000


class Speaking(Acts):
    """Words."""

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

    def _say(self, c: Connection, ticket: Ticket, name: str, draft: Draft) -> Message:
        tickets.answered(c, ticket)
        presence.touch(c, name)
        self._note(c, name, "answered", ticket)
        return write(c, ticket, draft, by=name, **draft.custom)
