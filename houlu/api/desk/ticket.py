"""How one case stands in the desk's JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy.engine import Connection

from houlu.api.bodies import MessageOut
from houlu.api.desk.shapes import stamp
from houlu.api.state import State
from houlu.conversations import store
from houlu.conversations.records import Message
from houlu.desk import belongings, callback
from houlu.desk.belongings import Callback, Note
from houlu.desk.digest import Digest, digest_of
from houlu.desk.tickets import Ticket
from houlu.knowledge import current
from houlu.people import accounts


async def case_json(parts: State, ticket: Ticket, since: int = 0) -> dict[str, Any]:
    """Everything on one screen, for whoever may read it; the messages after a sequence number."""

    def read(c: Connection) -> tuple[tuple[Message, ...], list[Note], Callback | None, dict[str, str]]:
        titles = {one.name: one.title for one in accounts.everybody(c)}
        return (store.history(c, ticket.conversation), belongings.notes_of(c, ticket),
                belongings.callback(c, ticket.conversation), titles)

    said, notes, call, titles = await parts.database.reading(read)
    if ticket.closed_seq is not None:
        said = tuple(one for one in said if one.seq <= (ticket.closed_seq or 0))
    if ticket.state == "closed":
        call = None
    knowledge = current.of(parts.settings.knowledge).knowledge
    digest = await asyncio.to_thread(digest_of, said, knowledge)
    hidden = parts.keys.open(call.number) if call else None
    return {
        "ticket": ticket_json(ticket), "summary": _summary(digest, ticket),
        "messages": [message_json(one, ticket) for one in said if one.seq > since],
        "notes": [note_json(one, titles.get(one.by, one.by)) for one in notes],
        "draft": {"text": ticket.draft},
        "callback": {"number": callback.masked(hidden or ""), "asked_at": stamp(call.asked_at)} if call else None,
    }


def ticket_json(ticket: Ticket) -> dict[str, Any]:
    """The ticket itself."""
    return {
        "id": ticket.id, "state": ticket.state, "reason": ticket.opened_for, "urgent": ticket.urgent,
        "alarms": ticket.alarms, "opened_at": stamp(ticket.opened_at), "claimed_at": stamp(ticket.claimed_at),
        "claimed_by": ticket.claimed_by, "first_answered_at": stamp(ticket.first_answered_at),
        "closed_at": stamp(ticket.closed_at), "closed_for": ticket.closed_for, "rating": ticket.rating,
        "question": ticket.question, "returned": ticket.returned,
    }


def message_json(message: Message, ticket: Ticket) -> dict[str, Any]:
    """As in the public contract; an expert's own id and name, and pictures where the desk may fetch them."""
    told: dict[str, Any] = json.loads(MessageOut.of(message).json(by_alias=True))
    if picture := message.custom.get("picture"):
        told["image"] = f"/api/desk/v1/tickets/{ticket.id}/pictures/{picture['id']}"
    if message.sender == "expert":
        told["custom"]["by"] = message.custom.get("by")
        told["id"] = (message.client_id or "").split(":", 2)[-1] or None
    return told


def note_json(note: Note, title: str) -> dict[str, Any]:
    """An internal note."""
    return {"id": note.id, "at": stamp(note.at), "by": note.by, "title": title, "text": note.text}


def _summary(digest: Digest, ticket: Ticket) -> dict[str, Any]:
    known = [f"{what}：{said}" for what, said in digest.facts if said is not None]
    return {
        "facts": [{"what": what, "said": said} for what, said in digest.facts],
        "text": "\n".join(known) or ticket.summary,
        "step": {"id": digest.step[0], "title": digest.step[1]} if digest.step else None,
        "red_flags": [{**vars(one), "at": stamp(one.at)} for one in digest.red_flags],
        "bot_said": [vars(one) for one in digest.bot_said],
    }
