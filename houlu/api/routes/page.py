"""The chat page, and the script that puts it on another site."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

from houlu.api import pages
from houlu.api.state import Parts
from houlu.pages.build import BUILT

router = APIRouter(include_in_schema=False)


@router.get("/")
async def page(parts: Parts) -> Response:
    """The page a patient opens."""
    return pages.page("index.html", parts.phrases)


@router.get("/embed.js")
async def embed() -> FileResponse:
    """The launcher for a hospital's own pages. Its name never changes, so browsers ask again after an hour."""
    file = BUILT / "embed.js"
    if not file.exists():
        raise HTTPException(404)
    return FileResponse(file, media_type="text/javascript", headers={"Cache-Control": "public, max-age=3600"})
