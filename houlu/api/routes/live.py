"""What surrounds a talk with a human: typing, and asking to be called."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import Field, StrictStr

from houlu.api.bodies import AnsweredOut, In
from houlu.api.docs import errors
from houlu.api.state import KnownVisitor, Parts
from houlu.conversations.errors import BadNumber
from houlu.desk.callback import number_of

router = APIRouter(prefix="/api/v1/conversations/{conversation}", tags=["expert"])


class CallbackBody(In):
    """A telephone number."""

    number: StrictStr = Field(max_length=64)


@router.post("/typing", status_code=204, responses=errors(401, 403, 404, 413, 503))
async def typing(visitor: KnownVisitor, parts: Parts) -> Response:
    """The patient is writing: shown to the expert who owns the conversation, to nobody else."""
    parts.desk_feed.typed(visitor.conversation)
    parts.signals.send(visitor.conversation, typing="user")
    return Response(status_code=204)


@router.post("/callback", responses=errors(400, 401, 403, 404, 413, 422, 429, 503))
async def call_me(visitor: KnownVisitor, parts: Parts, body: CallbackBody) -> AnsweredOut:
    """Ask to be called; the number is encrypted and deleted after the call."""
    number = number_of(body.number)
    if number is None:
        raise BadNumber
    return AnsweredOut.of(await parts.conversations.call_back(visitor, parts.keys.hide(number)))


@router.delete("/callback", status_code=204, responses=errors(401, 403, 404, 413, 503))
async def do_not_call(visitor: KnownVisitor, parts: Parts) -> Response:
    """Delete the number."""
    await parts.conversations.forget_number(visitor.conversation)
    return Response(status_code=204)
