"""Storing what was said and answered: one transaction for the message, its answers, the ticket and the consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.engine import Connection

from houlu.conversations import pictures, store
from houlu.conversations.deciding import Outcome
from houlu.conversations.engine import Engine
from houlu.conversations.hearing import Heard, replay
from houlu.conversations.pictures import Picture
from houlu.conversations.records import Answered, Conversation, Draft, Message
from houlu.conversations.visit_links import Links
from houlu.conversations.visitor import Said
from houlu.desk import tickets
from houlu.desk.queue import Queue
from houlu.replies import Reply, Turn

Erasure = Callable[[Connection, str], None]


class OvertakenError(Exception):
    """Meanwhile the human gave the conversation back, or another process answered in it: the bot must answer anew."""


class Keeper:
    """Writes turns. Its methods are to be called inside a transaction."""

    def __init__(self, engine: Engine, queue: Queue, links: Links, before_erasure: Erasure) -> None:
        self._engine = engine
        self._queue = queue
        self._links = links
        self._before_erasure = before_erasure

    def save(
        self, conversation: str, outcome: Outcome, token: str, said: Said | None, heard: Heard | None, c: Connection,
    ) -> Answered:
        """Store one turn; said and heard are None for what the patient did without a message.

        Raises UnknownConversation, OtherContent or OvertakenError.
        """
        now = store.lock(c, conversation)
        written = said and heard and now.last_seq != heard.conversation.last_seq  # meanwhile; this very message?
        if said and written and (earlier := store.turn_of(c, conversation, said.client_id)):
            return self.with_link(conversation, token, replay(earlier, now.owner, said.fingerprint(token)), c)
        if not outcome.turn.replies and now.owner != "human":
            raise OvertakenError
        if heard and outcome.turn.memory is not None and now.memory != heard.conversation.memory:
            raise OvertakenError  # the dialogue is not where the brain saw it
        if outcome.rating is not None:
            tickets.rate(c, conversation, *outcome.rating)
        if outcome.consent is False:
            self._before_erasure(c, conversation)
        now = _change_consent(c, now, outcome.consent)
        turn = _heard_by(now, outcome.turn)
        replies, ticket = self._queue.settle(c, now, turn, outcome.opened_for)
        drafts = self.drafts(c, conversation, replies, ticket.id if ticket else None)
        if said and heard:
            drafts = [_patients_draft(c, now, said, heard, token), *drafts]
        memory = turn.memory if now.consent else None
        stored = store.append(c, conversation, drafts, answers=said is not None, memory=memory)
        seq, said_back = (stored[0].seq, stored[1:]) if said else (now.last_seq, stored)
        said_back = self._links.shown(c, conversation, token, said_back, make=True)
        return Answered(seq, store.find(c, conversation).owner if turn.effect else now.owner, said_back)

    def with_link(self, conversation: str, token: str, answered: Answered, c: Connection) -> Answered:
        """The same answer with the link to the visit sheet as this token opens it."""
        replies: tuple[Message, ...] = self._links.shown(c, conversation, token, answered.replies)
        return replace(answered, replies=replies)

    def drafts(
        self, c: Connection, conversation: str, replies: tuple[Reply, ...], ticket: str | None
    ) -> list[Draft]:
        """Replies in the shape of the contract; those of the door say where the conversation stood before."""
        if all("step" in reply.custom for reply in replies):  # the brain's: they say themselves where it stands
            return [Draft.of(reply, ticket) for reply in replies]
        standing = store.standing(c, conversation)
        standing["knowledge_version"] = standing["knowledge_version"] or self._engine.knowledge_version
        return [Draft.of(replace(reply, custom={**standing, **reply.custom}), ticket) for reply in replies]


def _patients_draft(c: Connection, now: Conversation, said: Said, heard: Heard, token: str) -> Draft:
    fingerprint = said.fingerprint(token)
    if not now.consent:  # no words are kept, only that there was a message
        return Draft("user", "", said.client_id, fingerprint)
    return _with_picture(c, Draft("user", heard.text, said.client_id, fingerprint), now.id, heard.picture)


def _with_picture(c: Connection, draft: Draft, conversation: str, picture: Picture | None) -> Draft:
    if picture is None:
        return draft
    made = pictures.add(c, conversation, picture)
    shown = {"id": made, "width": picture.width, "height": picture.height}
    return replace(draft, image=f"/api/v1/conversations/{conversation}/pictures/{made}", custom={"picture": shown})


def _change_consent(c: Connection, now: Conversation, consent: bool | None) -> Conversation:
    if consent is False:
        store.erase_content(c, now.id)
        return replace(now, consent=False, owner="bot")
    if consent:
        store.set_consent(c, now.id, True)
        return replace(now, consent=True)
    return now


def _heard_by(now: Conversation, turn: Turn) -> Turn:
    """What may be said now: an expert may have claimed, or consent have gone, while the brain was speaking."""
    if now.owner == "human":
        return Turn(tuple(reply for reply in turn.replies if reply.kind == "emergency"))
    return turn
