"""The private link to a visit sheet: one token a conversation, of which only the hash is stored."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations import store, tokens
from houlu.conversations.records import Message
from houlu.conversations.tables import visits

DAYS = 30
#: Where the journey must stand for a sheet to be worth taking along.
_STEPS = ("strategy", "advice", "done")


@dataclass(frozen=True)
class Link:
    """The contract's `visit_sheet`."""

    url: str
    expires_at: datetime

    def to_dict(self) -> dict[str, str]:
        """As it stands in a reply."""
        expires = self.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"url": self.url, "pdf": f"{self.url}.pdf", "expires_at": expires}


@dataclass(frozen=True)
class Visit:
    """What a link leads to."""

    profile: dict[str, Any]
    expires_at: datetime


class Links:
    """Makes, finds and opens links inside somebody's transaction.

    The token is derived from the conversation's bearer token, which is not stored either: whoever shows the bearer
    token gets the same link again, and nobody can make one from the database.
    """

    def __init__(self, public_url: str | None, now: Callable[[], datetime] = store.utc_now) -> None:
        self._base = (public_url or "").rstrip("/")
        self.now = now

    def shown(
        self, c: Connection, conversation: str, bearer: str, messages: Sequence[Message], make: bool = False
    ) -> tuple[Message, ...]:
        """The messages, their pictures under the public address, those of the bot with the link where they may have
        it. Neither is stored with them: the address may change.

        make: make a link when there is none yet; the caller holds the conversation's lock.
        """
        messages = [replace(one, image=f"{self._base}{one.image}") if one.image else one for one in messages]
        row = None
        if bearer and any(map(_far_enough, messages)):
            row = self._row(c, conversation) or (self._make(c, conversation, bearer) if make else None)
        if row is None:
            return tuple(messages)
        token = tokens.visit_token(bearer, row.salt)
        sheet = Link(f"{self._base}/visit/{token}", row.expires_at).to_dict()
        return tuple(
            replace(one, custom={**one.custom, "visit_sheet": sheet}) if _far_enough(one) else one for one in messages)

    def open(self, c: Connection, token: str) -> Visit | None:
        """The latest known case behind a token; None when it is unknown, expired or erased."""
        if not tokens.is_token(token):
            return None
        mine = sa.select(visits).where(visits.c.token_hash == tokens.hashed(token), visits.c.expires_at > self.now())
        row = c.execute(mine).first()
        return Visit(store.told(c, row.conversation), row.expires_at) if row else None

    def sweep(self, c: Connection) -> None:
        """Delete what has expired."""
        c.execute(sa.delete(visits).where(visits.c.expires_at <= self.now()))

    def _make(self, c: Connection, conversation: str, bearer: str) -> Any:
        salt = secrets.token_hex(16)
        hashed = tokens.hashed(tokens.visit_token(bearer, salt))
        c.execute(sa.delete(visits).where(visits.c.conversation == conversation))
        c.execute(sa.insert(visits).values(
            conversation=conversation, token_hash=hashed, salt=salt, expires_at=self.now() + timedelta(days=DAYS)))
        return self._row(c, conversation)

    def _row(self, c: Connection, conversation: str) -> Any:
        mine = sa.select(visits).where(visits.c.conversation == conversation, visits.c.expires_at > self.now())
        return c.execute(mine).first()


def _far_enough(message: Message) -> bool:
    return message.sender == "bot" and message.custom.get("step") in _STEPS
