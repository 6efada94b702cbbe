"""Who is at the desk now. Works inside somebody's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.store import utc_now
from houlu.conversations.upsert import upsert
from houlu.people.tables import people, presence

#: A name of the command line without an account is taken for gone after so long.
TERMINAL = timedelta(minutes=30)


def touch(c: Connection, name: str) -> None:
    """Somebody was heard of."""
    upsert(c, presence, {"name": name}, {"seen_at": utc_now()})


def leave(c: Connection, name: str) -> None:
    """Somebody logged out."""
    c.execute(sa.delete(presence).where(presence.c.name == name))


def last(c: Connection, name: str) -> datetime | None:
    """When somebody was last heard of."""
    found: datetime | None = c.execute(sa.select(presence.c.seen_at).where(presence.c.name == name)).scalar()
    return found


def seen(c: Connection) -> dict[str, datetime]:
    """When everybody was last heard of."""
    return {row.name: row.seen_at for row in c.execute(sa.select(presence))}


def online(c: Connection, away_seconds: int) -> set[str]:
    """Who was heard of within that time."""
    since = utc_now() - timedelta(seconds=away_seconds)
    return set(c.execute(sa.select(presence.c.name).where(presence.c.seen_at >= since)).scalars())


def gone(c: Connection, names: set[str], away_seconds: int) -> set[str]:
    """Those of the names who are away; a name without an account has `TERMINAL`, who may hold no tickets no time."""
    heard, now = seen(c), utc_now()
    barred = sa.or_(people.c.disabled.is_(True), people.c.role == "admin")
    accounts = {row.name: row.barred for row in c.execute(sa.select(people.c.name, barred.label("barred")))}
    allowed = {name: timedelta(seconds=away_seconds) if name in accounts else TERMINAL for name in names}
    return {
        name for name in names
        if accounts.get(name) or name not in heard or now - heard[name] > allowed[name]
    }
