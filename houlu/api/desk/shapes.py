"""How times and people stand in the desk's JSON."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from houlu.people.accounts import Person


def stamp(moment: datetime | None) -> str | None:
    """UTC, such as 2026-11-22T10:00:00Z; a naive time is UTC."""
    if moment is None:
        return None
    utc = moment.astimezone(timezone.utc) if moment.tzinfo else moment
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def account(one: Person, online: bool = False, seen_at: datetime | None = None) -> dict[str, Any]:
    """An account as an admin sees it."""
    return {
        "name": one.name, "title": one.title, "role": one.role, "disabled": one.disabled, "totp": one.totp is not None,
        "must_change": one.must_change, "online": online, "made_at": stamp(one.made_at), "seen_at": stamp(seen_at),
    }
