"""What a front end needs before the first message."""

from __future__ import annotations

from datetime import datetime, timezone

from fastapi import APIRouter

from houlu.api.bodies import ConfigOut
from houlu.api.state import Parts

router = APIRouter(prefix="/api/v1/config", tags=["operation"])
_TITLES = ("unknown", "skip", "back", "restart", "ask_expert", "phone")
NEEDS: dict[str, tuple[str, ...]] = {
    "door.ai_label": (), "door.consent.text": (), **{f"door.titles.{name}": () for name in _TITLES}}


@router.get("")
async def config(parts: Parts) -> ConfigOut:
    """Helpline, office hours, AI label, consent text, fixed titles."""
    text = parts.phrases.text
    return ConfigOut(
        phone=parts.settings.phone,
        office_open=parts.hours.is_open(datetime.now(timezone.utc)),
        office_hours=parts.settings.office_hours,
        ai_label=text("door.ai_label"),
        consent_text=text("door.consent.text"),
        titles={name: text(f"door.titles.{name}") for name in _TITLES},
    )
