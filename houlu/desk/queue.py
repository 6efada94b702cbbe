"""What a turn does to the queue of tickets, and what the patient is told of it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.engine import Connection

from houlu.conversations import store
from houlu.conversations.records import Conversation, Draft, Message
from houlu.desk import belongings, tickets
from houlu.desk.notes import Notes
from houlu.desk.question import question_of
from houlu.desk.tickets import OpenedFor, Ticket
from houlu.knowledge.phrases import Phrases
from houlu.replies import Owner, Reply, Turn


class Queue:
    """Opens and cancels tickets inside the transaction that stores the turn."""

    def __init__(self, phrases: Phrases, notes: Notes) -> None:
        self._text = phrases.text
        self._notes = notes

    def settle(
        self, c: Connection, conversation: Conversation, turn: Turn, opened_for: OpenedFor
    ) -> tuple[tuple[Reply, ...], Ticket | None]:
        """Do what the turn asks of the desk; its replies with the desk's words, and the ticket they belong to."""
        ticket = tickets.current(c, conversation.id) if conversation.owner != "bot" else None
        replies = turn.replies
        if ticket and any(reply.kind == "emergency" for reply in replies):
            tickets.alarm(c, ticket)
        if turn.effect == "open_ticket":
            return self._open(c, conversation, turn, ticket, opened_for)
        if turn.effect == "cancel_ticket" and ticket and ticket.state == "open":
            tickets.close(c, ticket, "cancelled", conversation.last_seq)
            store.set_owner(c, conversation.id, "bot")
        return replies, ticket

    def call_back(self, conversation: str, hidden_number: str, c: Connection) -> tuple[tuple[Message, ...], Owner]:
        """Keep a number; whoever has no ticket gets one. The messages that say so, and whose the conversation is."""
        now = store.lock(c, conversation)
        ticket = tickets.current(c, conversation)
        belongings.keep_callback(c, conversation, hidden_number)
        said: list[Draft] = []
        if ticket is None:
            wish = self._text("desk.callback.question")
            reply = Reply("handoff", "ask_expert", self._text("desk.callback.handed_over"))
            turn = Turn((reply,), "open_ticket", question_of(c, conversation, "") or wish, wish)
            (reply, *_), ticket = self._open(c, now, turn, None, "callback")
            said.append(Draft.of(reply, ticket.id))
        said.append(Draft("system", self._text("desk.callback.noted"), custom={"kind": None, "topic": None}))
        standing = {**store.standing(c, conversation), "ticket": ticket.id}
        written = store.append(c, conversation, [replace(one, custom={**standing, **one.custom}) for one in said])
        return written, store.find(c, conversation).owner

    def _open(
        self, c: Connection, conversation: Conversation, turn: Turn, ticket: Ticket | None, opened_for: OpenedFor
    ) -> tuple[tuple[Reply, ...], Ticket]:
        if ticket is not None:
            note = self._notes.waiting(ticket, tickets.ahead_of(c, ticket))
            return self._noted(turn.replies, note), ticket
        danger = any(reply.kind == "emergency" for reply in turn.replies)
        why = "emergency" if danger else _reason(c, conversation.id) if opened_for == "asked" else opened_for
        question = turn.question if opened_for == "failure" else question_of(c, conversation.id, turn.question)
        ticket = tickets.open_ticket(c, conversation.id, why, turn.summary, question, urgent=why == "emergency")
        store.set_owner(c, conversation.id, "waiting")
        return self._noted(turn.replies, self._notes.opened(ticket, tickets.ahead_of(c, ticket))), ticket

    def _noted(self, replies: tuple[Reply, ...], note: str) -> tuple[Reply, ...]:
        for place, reply in enumerate(replies):
            if reply.kind == "handoff":
                return (*replies[:place], replace(reply, text=f"{reply.text}\n{note}"), *replies[place + 1:])
        return (*replies, Reply("handoff", "ask_expert", f"{self._text('desk.handed_over')}\n{note}"))


def _reason(c: Connection, conversation: str) -> OpenedFor:
    """Why somebody asks, told by what the bot said just before."""
    before = store.last_customs(c, conversation, "bot", 3)
    if not before:
        return "asked"
    kind, topic = before[0].get("kind"), before[0].get("topic")
    if kind == "emergency":
        return "emergency"
    if any(one.get("picture") for one in store.last_customs(c, conversation, "user", 1)):
        return "picture"
    if kind == "clarify" or (topic == "ask_expert" and any(one.get("kind") == "clarify" for one in before)):
        return "misunderstood"
    outside = kind in ("refusal", "handoff") and topic not in ("ask_expert", "phone")
    return "outside_scope" if outside else "asked"
