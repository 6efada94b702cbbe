"""The clinicians' page, where the hospital has switched it on."""

from __future__ import annotations

import asyncio
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from houlu.api.state import Parts

router = APIRouter(include_in_schema=False)


@router.get("/knowledge")
async def knowledge(request: Request, parts: Parts) -> HTMLResponse:
    """Everything as patients get it, and a case to try out."""
    if parts.settings.knowledge_page == "off":
        raise HTTPException(404)
    # The dialogue's library takes seconds to import, which no start shall wait for that has no such page.
    from houlu.clinician import page
    from houlu.knowledge import current

    tables = current.of(parts.settings.knowledge).knowledge
    html = await asyncio.to_thread(page.html_of, tables, request.query_params, date.today())
    return HTMLResponse(html, headers={"Content-Security-Policy": page.POLICY, "X-Robots-Tag": "noindex"})
