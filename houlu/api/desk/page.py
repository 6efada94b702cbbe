"""The page of the expert desk. It holds nothing: what it shows comes from calls behind the log-in."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from houlu.api import pages
from houlu.api.state import Parts

# Unlike the chat page, no other site may ever show it in a frame: one click there would act in an expert's name.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'")
router = APIRouter(include_in_schema=False)


@router.get("/desk")
async def page(parts: Parts) -> Response:
    """The page of nurses and doctors."""
    return pages.page("desk.html", parts.phrases, {"Content-Security-Policy": _POLICY})
