"""Saying something, and reading what was said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from houlu.api.bodies import AnsweredOut, HistoryOut, MessageOut, SayBody, answered
from houlu.api.docs import errors
from houlu.api.state import ClaimedVisitor, KnownVisitor, Parts
from houlu.conversations.visitor import Said

router = APIRouter(prefix="/api/v1/conversations/{conversation}/messages", tags=["messages"])
Since = Annotated[int, Query(ge=0, le=2**31 - 1, description="a sequence number; what came after it is told")]


# The answer is ready-made: checking it against its own model again costs as much as all the rest of this layer.
@router.post("", response_model=AnsweredOut, responses=errors(400, 401, 403, 404, 409, 413, 422, 429, 503))
async def say(visitor: ClaimedVisitor, parts: Parts, body: SayBody) -> JSONResponse:
    """Say something. The same id with the same content again returns the same replies and changes nothing."""
    said = Said(body.id, choice=body.choice) if body.text is None else Said.words(body.id, body.text)
    return JSONResponse(answered(await parts.conversations.say(visitor, said)))


@router.get("", responses=errors(400, 401, 403, 404, 413, 503))
async def read(visitor: KnownVisitor, parts: Parts, since: Since = 0) -> HistoryOut:
    """Everything after a sequence number, both sides, in order."""
    messages, owner = await parts.conversations.history(visitor.conversation, since, visitor.token)
    return HistoryOut(messages=[MessageOut.of(message) for message in messages], owner=owner)
