"""The chat page. It loads nothing from anywhere else."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

STATIC = Path(__file__).resolve().parents[1] / "static"
router = APIRouter(include_in_schema=False)


@router.get("/")
async def page() -> FileResponse:
    """The page a patient opens."""
    return FileResponse(STATIC / "chat.html", headers={"Cache-Control": "no-cache"})
