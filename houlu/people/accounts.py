"""Accounts: made, changed, disabled. Works inside somebody's transaction; hashing passwords does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.store import utc_now
from houlu.people.errors import PeopleError
from houlu.people.tables import people, sessions

Role = Literal["expert", "lead", "admin"]
ROLES: tuple[Role, ...] = ("expert", "lead", "admin")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


@dataclass(frozen=True)
class Person:
    """One account. title: what colleagues read, such as 李护士."""

    name: str
    title: str
    role: Role
    password: str
    must_change: bool
    totp: str | None
    totp_step: int | None
    disabled: bool
    made_at: datetime


def add(c: Connection, name: str, title: str, role: str, password_hash: str, must_change: bool) -> Person:
    """Make an account. Raises PeopleError conflict, bad_request or unknown_choice."""
    if not _NAME.fullmatch(name):
        raise PeopleError("bad_request", "a name has 2 to 32 of a-z 0-9 . _ -")
    _require_role(role)
    if find(c, name) is not None:
        raise PeopleError("conflict", f"{name} exists already")
    row = {"name": name, "title": _title(title) or name, "role": role, "password": password_hash,
           "must_change": must_change, "disabled": False, "made_at": utc_now()}
    c.execute(sa.insert(people).values(**row))
    return get(c, name)


def find(c: Connection, name: str) -> Person | None:
    """The account of a name."""
    row = c.execute(sa.select(people).where(people.c.name == name)).first()
    return Person(**row._mapping) if row else None


def get(c: Connection, name: str) -> Person:
    """The account of a name. Raises PeopleError unknown_person."""
    found = find(c, name)
    if found is None:
        raise PeopleError("unknown_person", f"there is no {name}")
    return found


def everybody(c: Connection) -> list[Person]:
    """All accounts by name."""
    return [Person(**row._mapping) for row in c.execute(sa.select(people).order_by(people.c.name))]


def change(c: Connection, name: str, **values: Any) -> Person:
    """Set some fields; a new role, password or code, or being disabled, ends all sessions.

    Raises PeopleError unknown_person or unknown_choice.
    """
    get(c, name)
    if "role" in values:
        _require_role(values["role"])
    if "title" in values:
        values["title"] = _title(values["title"]) or name
    if values:
        c.execute(sa.update(people).where(people.c.name == name).values(**values))
    if values.keys() & {"role", "password", "totp"} or values.get("disabled"):
        end_sessions(c, name)
    return get(c, name)


def end_sessions(c: Connection, name: str, but: str = "") -> None:
    """Log somebody out everywhere. but: the hash of the session that stays."""
    c.execute(sa.delete(sessions).where(sessions.c.person == name, sessions.c.token_hash != but))


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise PeopleError("unknown_choice", f"a role is one of {', '.join(ROLES)}")


def _title(title: str) -> str:
    return " ".join("".join(char for char in title if char.isprintable()).split())[:64]
