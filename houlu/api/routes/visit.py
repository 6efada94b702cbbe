"""The visit sheet behind its private link: a page, and the same as a PDF."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from houlu.api.bodies import ErrorOut
from houlu.api.docs import errors
from houlu.api.state import Parts, State
from houlu.conversations import tokens
from houlu.conversations.errors import DatabaseDown
from houlu.conversations.visit_links import Visit
from houlu.visit.wording import Words

if TYPE_CHECKING:
    from houlu.visit.sheet import Sheet

_CHINA = timezone(timedelta(hours=8))
_LIVE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}
_PAGE = {"text/html": {"schema": {"type": "string"}}}
_JSON = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorOut.__name__}"}}}
_NO_SHEET: dict[int | str, dict[str, Any]] = {
    404: {"description": "unknown, expired or erased", "content": {**_PAGE, **_JSON}},
    413: {"description": errors(413)[413]["description"], "content": _JSON},
    429: {"description": "too many", "headers": errors(429)[429]["headers"], "content": _PAGE},
    503: {"description": "the database is down", "content": _PAGE},
}
router = APIRouter(prefix="/visit", tags=["visit sheet"])
Render = Callable[[State, Visit, str], Response]


class PdfResponse(Response):
    """A PDF."""

    media_type = "application/pdf"


# The PDF stands first: the other path would match it too. "path": a mistyped link with a slash gets the kind page too.
@router.get("/{token:path}.pdf", response_class=PdfResponse, responses=_NO_SHEET)
async def visit_pdf(token: str, parts: Parts) -> Response:
    """The visit sheet to print or to keep."""
    return await _answer(token, parts, _pdf)


@router.get("/{token:path}", response_class=HTMLResponse, responses=_NO_SHEET)
async def visit_page(token: str, parts: Parts, size: str = "0") -> Response:
    """The visit sheet on a phone. size: of the text, 0, 1 or 2 as on the chat's page; anything else is 0."""
    return await _answer(token, parts, partial(_page, size=size))


async def _answer(token: str, parts: State, render: Render) -> Response:
    try:
        visit = await parts.conversations.visit(token)
    except DatabaseDown:
        return _notice(parts, 503, "unavailable")
    if visit is None:
        return _notice(parts, 404, "not_found")
    if seconds := await parts.visit_rate.wait(tokens.hashed(token)):
        return _notice(parts, 429, "too_many", {"Retry-After": str(seconds)}, seconds=seconds)
    return await asyncio.to_thread(render, parts, visit, token)


# What follows imports what it needs when it is needed: neither the dialogue nor the PDF library delays the start.


def _page(parts: State, visit: Visit, token: str, size: str) -> Response:
    from houlu.visit import page

    html = page.html_of(
        _sheet(parts, visit), Words(parts.phrases), f"/visit/{token}.pdf", _day(visit.expires_at), page.size_of(size))
    return HTMLResponse(html, headers={**_LIVE, "Content-Security-Policy": page.policy()})


def _pdf(parts: State, visit: Visit, _token: str) -> Response:
    from houlu.knowledge import current
    from houlu.visit import pdf

    knowledge = current.of(parts.settings.knowledge).knowledge
    content = pdf.pdf_of(
        _sheet(parts, visit), Words(parts.phrases),
        lambda: f"{knowledge.strategies}{knowledge.visit}{knowledge.sources}{knowledge.lexicon.drugs}")
    return PdfResponse(content, headers={**_LIVE, "Content-Disposition": 'inline; filename="jiuzhen-qingdan.pdf"'})


def _sheet(parts: State, visit: Visit) -> Sheet:
    from houlu.knowledge import current
    from houlu.understanding.profile import Profile
    from houlu.visit.sheet import sheet_of

    knowledge = current.of(parts.settings.knowledge).knowledge
    return sheet_of(Profile.from_dict(visit.profile), knowledge, _day(parts.now()))


def _notice(
    parts: State, status: int, key: str, headers: dict[str, str] | None = None, **values: object
) -> Response:
    from houlu.visit import page

    words = Words(parts.phrases)
    html = page.notice(words(f"{key}.title"), words(f"{key}.text", **values))
    return HTMLResponse(html, status, {**_LIVE, **(headers or {}), "Content-Security-Policy": page.policy()})


def _day(moment: datetime) -> date:
    """The day in China of a moment in UTC."""
    return moment.replace(tzinfo=timezone.utc).astimezone(_CHINA).date()
