"""For the operator's monitoring."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy import text

from houlu.api.bodies import StatusOut
from houlu.api.state import Parts
from houlu.conversations.errors import DatabaseDown

router = APIRouter(tags=["operation"])


@router.get("/health")
async def health() -> StatusOut:
    """The process is up."""
    return StatusOut(status="ok", problems=[])


@router.get("/ready", responses={503: {"model": StatusOut, "description": "not ready"}})
async def ready(parts: Parts, response: Response) -> StatusOut:
    """Whether model, dictionary, knowledge and database are loaded and work; warnings do not make it 503."""
    problems = parts.brain.problems()
    try:
        await parts.database.reading(lambda c: c.execute(text("SELECT 1 FROM conversations WHERE 1 = 0")))
    except DatabaseDown:
        problems = [*problems, "database: it cannot be reached, or its tables are missing"]
    if problems:
        response.status_code = 503
        return StatusOut(status="unavailable", problems=problems)
    return StatusOut(status="ok", problems=[*parts.brain.warnings(), *await parts.signals.problems()])
