"""The desk live, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from sqlalchemy.engine import Connection
from sse_starlette import EventSourceResponse, ServerSentEvent

from houlu.api.desk.guard import COOKIE, Expert
from houlu.api.desk.ticket import message_json
from houlu.api.state import Parts, State
from houlu.conversations import store
from houlu.conversations.errors import DatabaseDown
from houlu.desk import tickets
from houlu.desk.errors import DeskError
from houlu.desk.rules import find
from houlu.desk.watch import Event, Stream, counts, differences
from houlu.people.errors import PeopleError

_PING_SECONDS = 15
router = APIRouter()


@router.get("/events", response_class=StreamingResponse)
async def follow(request: Request, session: Expert, parts: Parts) -> EventSourceResponse:
    """What changes; an open stream is also presence."""
    token = request.cookies.get(COOKIE, "")
    return EventSourceResponse(_events(parts, token, session.person.name), ping=_PING_SECONDS, sep="\n")


async def _events(parts: State, token: str, name: str) -> AsyncIterator[ServerSentEvent]:
    with parts.desk_feed.stream(name) as stream:
        stream.view = await parts.desk_feed.refresh()
        yield _sent("hello", counts(stream.view))
        loop = asyncio.get_running_loop()
        checked = loop.time()
        while True:
            await stream.wait(_check_seconds(parts))
            for event in await _news(parts, stream):
                yield event
            if loop.time() - checked >= _check_seconds(parts):
                checked = loop.time()
                if not await _still_signed_in(parts, token):
                    yield _sent("bye", {})
                    return


def _check_seconds(parts: State) -> float:
    return min(_PING_SECONDS, parts.settings.desk_away_seconds / 4)


async def _still_signed_in(parts: State, token: str) -> bool:
    """Looking up the session also says that its person is here, unless their page says so itself."""
    try:
        session = await asyncio.to_thread(parts.people.session, token, active=False, stream=True)
    except PeopleError:
        return False
    except DatabaseDown:
        return True
    return session.person.role != "admin" and not session.person.must_change


async def _news(parts: State, stream: Stream) -> list[ServerSentEvent]:
    typing, stream.typing = stream.typing, set()
    before, stream.view = stream.view, parts.desk_feed.latest
    found = [_sent("typing", {"ticket": ticket}) for ticket in typing]
    for event in differences(before, stream.view, stream.name):
        try:
            found += await parts.database.reading(lambda c: _told(c, event, stream.name))  # noqa: B023 (awaited here)
        except DatabaseDown:
            continue  # the page asks again by itself
    return found


def _told(c: Connection, event: Event, name: str) -> list[ServerSentEvent]:
    if event.name == "message":
        return _messages(c, event, name)
    if event.data.get("why") == "gone":
        number = int(event.data["ticket"].removeprefix("H-"))
        why = "closed" if tickets.by_number(c, number) else "erased"
        return [_sent("lost", {**event.data, "why": why})]
    return [_sent(event.name, event.data)]


def _messages(c: Connection, event: Event, name: str) -> list[ServerSentEvent]:
    try:
        ticket = find(c, event.data["ticket"])
    except DeskError:
        return []
    if ticket.claimed_by != name:  # handed on meanwhile
        return []
    said = store.history(c, ticket.conversation, event.since)
    return [_sent("message", {"ticket": ticket.id, "message": message_json(one, ticket)}) for one in said]


def _sent(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
