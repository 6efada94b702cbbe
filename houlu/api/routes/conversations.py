"""Opening, consent, erasure."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from houlu.api.bodies import AnsweredOut, Consent, OpenedOut
from houlu.api.docs import errors
from houlu.api.state import KnownVisitor, Parts

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


@router.post("", status_code=201, responses=errors(400, 413, 429, 503))
async def open_conversation(request: Request, parts: Parts, body: Consent) -> OpenedOut:
    """Open a conversation. The token is shown this once; the server makes the id."""
    client = request.client.host if request.client else ""
    return OpenedOut.of(await parts.conversations.open(body.consent, client))


@router.post("/{conversation}/consent", responses=errors(400, 401, 403, 404, 413, 503))
async def change_consent(visitor: KnownVisitor, parts: Parts, body: Consent) -> AnsweredOut:
    """Give consent, or withdraw it: then all content is erased, and id and token stay."""
    return AnsweredOut.of(await parts.conversations.consent(visitor, body.consent))


@router.delete("/{conversation}", status_code=204, responses=errors(401, 403, 404, 413, 503))
async def erase_conversation(visitor: KnownVisitor, parts: Parts) -> Response:
    """Erase the conversation everywhere it is stored."""
    await parts.conversations.erase(visitor.conversation)
    return Response(status_code=204)
