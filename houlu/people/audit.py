"""Who did what at the desk and when: a chain of codes that shows every later change. Never anybody's words."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.store import utc_now
from houlu.people.tables import audit, audit_head

SYSTEM = "-"
_PAGE = 1000


@dataclass(frozen=True)
class Entry:
    """One act. detail: from a closed list of words of the program (a reason, a role, a colleague's name)."""

    number: int
    at: datetime
    who: str
    what: str
    ticket: str | None
    detail: str
    mac: str


@dataclass(frozen=True)
class Verdict:
    """broken_at: the first entry that is not what was written; None when all are."""

    entries: int
    broken_at: int | None
    head: str


class Audit:
    """Appends inside somebody's transaction: the act and its entry are stored together or not at all."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def note(self, c: Connection, who: str, what: str, ticket: str | None = None, detail: str = "") -> None:
        """Add an entry. The last thing a transaction locks."""
        head = c.execute(sa.select(audit_head).with_for_update()).one()
        made = Entry(head.number + 1, utc_now(), who, what, ticket, detail, "")
        code = self._code(head.mac, made)
        c.execute(sa.insert(audit).values({**vars(made), "mac": code}))
        c.execute(sa.update(audit_head).values(number=made.number, mac=code))

    def verify(self, c: Connection, known_head: tuple[int, str] | None = None) -> Verdict:
        """Walk the whole chain. known_head: number and code of an entry kept elsewhere (`audit_head` in the log)."""
        before, expected = "", 1
        for entry in _walk(c):
            if entry.number != expected or not hmac.compare_digest(entry.mac, self._code(before, entry)):
                return Verdict(expected, expected, before)
            if known_head and entry.number == known_head[0] and entry.mac != known_head[1]:
                return Verdict(expected, expected, before)
            before, expected = entry.mac, expected + 1
        length, mac = head(c)
        longest = max(length, known_head[0] if known_head else 0)
        cut = (length, mac) != (expected - 1, before) or longest >= expected
        return Verdict(expected - 1, min(length, expected - 1) + 1 if cut else None, before)

    def _code(self, before: str, entry: Entry) -> str:
        told = [before, entry.number, entry.at.isoformat(), entry.who, entry.what, entry.ticket, entry.detail]
        return hmac.new(self._key, json.dumps(told).encode(), hashlib.sha256).hexdigest()


def head(c: Connection) -> tuple[int, str]:
    """Number and code of the last entry, to be kept where nobody at the database can change it."""
    row = c.execute(sa.select(audit_head)).one()
    return row.number, row.mac


def latest(c: Connection, before: int | None, limit: int) -> list[Entry]:
    """The newest entries first."""
    query = sa.select(audit).order_by(audit.c.number.desc()).limit(limit)
    rows = c.execute(query if before is None else query.where(audit.c.number < before))
    return [Entry(**row._mapping) for row in rows]


def _walk(c: Connection) -> list[Entry]:
    found: list[Entry] = []
    while True:
        last = found[-1].number if found else -1
        rows = c.execute(sa.select(audit).where(audit.c.number > last).order_by(audit.c.number).limit(_PAGE)).all()
        if not rows:
            return found
        found += [Entry(**row._mapping) for row in rows]
