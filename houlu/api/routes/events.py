"""The conversation live, as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from houlu.api.bodies import MessageOut
from houlu.api.docs import errors
from houlu.api.routes.messages import Since
from houlu.api.state import KnownVisitor, Parts
from houlu.conversations.errors import DatabaseDown, UnknownConversation
from houlu.conversations.service import Conversations
from houlu.conversations.visitor import Visitor
from houlu.replies import Owner

_PING_SECONDS = 20
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"description": "an endless stream", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}
router = APIRouter(prefix="/api/v1/conversations/{conversation}/events", tags=["messages"])


@router.get("", response_class=StreamingResponse, responses={**_STREAM, **errors(400, 401, 403, 404, 413, 503)})
async def follow(
    visitor: KnownVisitor, parts: Parts, since: Since = 0, last_event_id: Annotated[str | None, Header()] = None
) -> EventSourceResponse:
    """Messages, changes of the owner and the bot's typing as they happen. Last-Event-ID wins when it is larger."""
    start = max(since, _number(last_event_id))
    return EventSourceResponse(_events(parts.conversations, visitor, start), ping=_PING_SECONDS, sep="\n")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _events(service: Conversations, visitor: Visitor, seen: int) -> AsyncIterator[ServerSentEvent]:
    told: Owner | None = None
    with suppress(UnknownConversation), service.feed.watch(visitor.conversation) as watch:
        while True:
            with suppress(DatabaseDown):  # it may be back at the next change
                messages, owner = await service.history(visitor.conversation, seen, visitor.token)
                for message in messages:
                    seen = message.seq
                    yield _event("message", seen, MessageOut.of(message).json(by_alias=True, ensure_ascii=False))
                if owner != told:
                    told = owner
                    yield _event("owner", seen, f'{{"owner": "{owner}"}}')
            if who := await watch.next():
                yield _event("typing", seen, f'{{"from": "{who}"}}')


def _event(name: str, seq: int, data: Any) -> ServerSentEvent:
    return ServerSentEvent(data, event=name, id=str(seq))
