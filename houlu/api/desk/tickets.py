"""What the holder of a ticket does with it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from pydantic import Field, StrictBool, StrictStr, root_validator
from sqlalchemy.engine import Connection

from houlu.api.bodies import In
from houlu.api.desk.guard import Expert
from houlu.api.desk.ticket import case_json, message_json, note_json, ticket_json
from houlu.api.routes.messages import Since
from houlu.api.state import Parts, State
from houlu.conversations import pictures, store
from houlu.desk.desk import CLOSE_REASONS
from houlu.desk.errors import DeskError
from houlu.desk.suggest import Suggestion, suggestions
from houlu.desk.tickets import Ticket
from houlu.knowledge import current

router = APIRouter()


class SayBody(In):
    """Exactly one of words, a strategy row and a canned answer."""

    id: StrictStr = Field(min_length=1, max_length=64)
    text: StrictStr | None = None
    strategy: StrictStr | None = None
    answer: StrictStr | None = None

    @root_validator(skip_on_failure=True)
    @classmethod
    def _exactly_one(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(values[key] is not None for key in ("text", "strategy", "answer")) != 1:
            raise ValueError("exactly one of text, strategy and answer")
        return values


class TextBody(In):
    """Some words."""

    text: StrictStr


class CloseBody(In):
    """Why it ends."""

    reason: StrictStr
    offer: StrictBool = False


@router.get("/tickets/{ticket}")
async def show(ticket: str, session: Expert, parts: Parts, since: Since = 0) -> Response:
    """The case."""
    name = session.person.name
    found = await asyncio.to_thread(parts.desk.read, ticket, name, note=since == 0)
    return JSONResponse(await case_json(parts, found, since))


@router.post("/tickets/{ticket}/messages")
async def say(ticket: str, session: Expert, parts: Parts, body: SayBody) -> dict[str, Any]:
    """Write to the patient."""
    name = session.person.name
    found = await asyncio.to_thread(parts.desk.opened, ticket, name)
    text, custom = await _words(parts, found, body)
    message = await asyncio.to_thread(parts.desk.say, ticket, name, body.id, text, custom)
    parts.conversations.feed.wake(found.conversation)
    return {"message": message_json(message, found)}


@router.get("/tickets/{ticket}/suggestions")
async def suggest(ticket: str, session: Expert, parts: Parts) -> Response:
    """Rows of the strategy table that fit this case."""
    found = await asyncio.to_thread(parts.desk.opened, ticket, session.person.name)
    options, cautions = await _suggestions(parts, found)
    return JSONResponse(
        {"strategies": [_row_json(one) for one in options], "cautions": [_row_json(one) for one in cautions]})


@router.put("/tickets/{ticket}/draft", status_code=204)
async def draft(ticket: str, session: Expert, parts: Parts, body: TextBody) -> Response:
    """Keep what is not sent yet."""
    await asyncio.to_thread(parts.desk.draft, ticket, session.person.name, body.text)
    return Response(status_code=204)


@router.post("/tickets/{ticket}/typing", status_code=204)
async def typing(ticket: str, session: Expert, parts: Parts) -> Response:
    """I am writing."""
    found = await asyncio.to_thread(parts.desk.opened, ticket, session.person.name)
    if found.state == "claimed":
        parts.conversations.feed.wake(found.conversation, typing="expert")
    return Response(status_code=204)


@router.post("/tickets/{ticket}/notes", status_code=201)
async def note(ticket: str, session: Expert, parts: Parts, body: TextBody) -> dict[str, Any]:
    """For colleagues only."""
    made = await asyncio.to_thread(parts.desk.note, ticket, session.person.name, body.text)
    return note_json(made, session.person.title)


@router.get("/tickets/{ticket}/pictures/{picture}")
async def picture(ticket: str, picture: str, session: Expert, parts: Parts) -> Response:
    """A picture of the patient."""
    found = await asyncio.to_thread(parts.desk.opened, ticket, session.person.name)
    shown = found.closed_seq

    def read(c: Connection) -> bytes | None:
        said = any((one.custom.get("picture") or {}).get("id") == picture and (shown is None or one.seq <= shown)
                   for one in store.history(c, found.conversation))
        return pictures.jpeg(c, found.conversation, picture) if said else None

    content = await parts.database.reading(read)
    if content is None:
        raise DeskError("not_found", "no such picture")
    return Response(content, media_type="image/jpeg")


@router.post("/tickets/{ticket}/callback/reveal")
async def reveal(ticket: str, session: Expert, parts: Parts) -> dict[str, Any]:
    """The whole number."""
    hidden = await asyncio.to_thread(parts.desk.reveal_callback, ticket, session.person.name)
    number = parts.keys.open(hidden)
    if number is None:
        raise DeskError("not_found", "the number was hidden with another HOULU_SECRET_KEY")
    return {"number": number}


@router.delete("/tickets/{ticket}/callback", status_code=204)
async def called(ticket: str, session: Expert, parts: Parts) -> Response:
    """The call was made."""
    await asyncio.to_thread(parts.desk.drop_callback, ticket, session.person.name)
    parts.desk_feed.poke()
    return Response(status_code=204)


@router.post("/tickets/{ticket}/close")
async def close(ticket: str, session: Expert, parts: Parts, body: CloseBody) -> dict[str, Any]:
    """End it: the bot is back."""
    if body.reason not in CLOSE_REASONS:
        await asyncio.to_thread(parts.desk.opened, ticket, session.person.name)
        raise DeskError("unknown_choice", f"a reason is one of {', '.join(CLOSE_REASONS)}")
    case = await asyncio.to_thread(parts.desk.close, ticket, session.person.name, body.reason, body.offer, True)
    parts.woke([case])
    return {"ticket": ticket_json(case.ticket)}


@router.get("/answers")
async def answers(
    _session: Expert, parts: Parts, q: Annotated[str, Query(max_length=100)] = ""
) -> dict[str, Any]:
    """Canned answers."""
    found = await asyncio.to_thread(lambda: parts.canned.search(q))
    knowledge = current.of(parts.settings.knowledge).knowledge
    return {"answers": [
        {"id": one.id, "title": one.title, "group": one.group, "text": one.text,
         "sources": knowledge.cite([source for source in one.sources if source in knowledge.sources])}
        for one in found]}


async def _words(parts: State, ticket: Ticket, body: SayBody) -> tuple[str, dict[str, Any]]:
    if body.text is not None:
        return body.text, {}
    if body.answer is not None:
        row = parts.canned.rows.get(body.answer)
        if row is None:
            raise DeskError("unknown_choice", "no such canned answer")
        knowledge = current.of(parts.settings.knowledge).knowledge
        return row.text, {"sources": knowledge.cite([one for one in row.sources if one in knowledge.sources])}
    options, cautions = await _suggestions(parts, ticket)
    chosen = next((one for one in (*options, *cautions) if one.payload["id"] == body.strategy), None)
    if chosen is None:
        raise DeskError("unknown_choice", "this row does not fit the case")
    return chosen.text, {"sources": chosen.sources, "strategies": [chosen.payload]}


async def _suggestions(parts: State, ticket: Ticket) -> tuple[list[Suggestion], list[Suggestion]]:
    profile = await parts.database.reading(lambda c: store.told(c, ticket.conversation))
    return await asyncio.to_thread(suggestions, profile, current.of(parts.settings.knowledge).knowledge)


def _row_json(one: Suggestion) -> dict[str, Any]:
    shown = {key: value for key, value in one.payload.items() if key != "source_ids"}
    return {**shown, "sources": one.sources, "text": one.text}
