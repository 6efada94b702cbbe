"""Pictures for the expert: taken, cleaned, and shown only to those who may."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from houlu.api.bodies import AnsweredOut, ErrorOut
from houlu.api.docs import errors
from houlu.api.state import KnownVisitor, Parts

router = APIRouter(prefix="/api/v1/conversations/{conversation}/pictures", tags=["pictures"])
MessageId = Annotated[str, Query(
    min_length=1, max_length=128, regex=r"^[^\u0000-\u001f\u007f-\u009f]+$", description="the client's own message id")]
_BINARY = {"type": "string", "format": "binary"}
_TAKEN = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BINARY}}}}
_ERROR = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorOut.__name__}"}}}
_SHOWN: dict[int | str, dict[str, Any]] = {
    200: {"description": "the picture", "content": {"image/jpeg": {"schema": _BINARY}}},
    **{code: {"description": told["description"], "content": _ERROR}
       for code, told in errors(401, 403, 404, 413, 503).items()},
}


class JpegResponse(Response):
    """A picture."""

    media_type = "image/jpeg"


@router.post("", responses=errors(400, 401, 403, 404, 409, 413, 422, 429, 503), openapi_extra=_TAKEN)
async def show(visitor: KnownVisitor, parts: Parts, request: Request, id: MessageId) -> AnsweredOut:
    """Show the expert a picture: a JPEG, PNG or WebP of at most 8 MiB. The bot says that it does not read it."""
    try:
        id.encode()
    except UnicodeEncodeError:
        raise HTTPException(400) from None
    return AnsweredOut.of(await parts.conversations.show(visitor, id, await request.body()))


@router.get("/{picture}", response_class=JpegResponse, responses=_SHOWN)
async def look(visitor: KnownVisitor, parts: Parts, picture: str) -> Response:
    """An own picture, as it was kept."""
    content = await parts.conversations.picture(visitor.conversation, picture)
    if content is None:
        raise HTTPException(404)
    return JpegResponse(content)
