"""What the store gives back and takes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from houlu.replies import Choice, Owner, Reply

Sender = Literal["user", "bot", "expert", "system"]


@dataclass(frozen=True)
class Conversation:
    """One conversation as it stands in a transaction."""

    id: str
    owner: Owner
    consent: bool
    last_seq: int
    token_hash: str
    memory: str | None = None


@dataclass(frozen=True)
class Offered:
    """A quick reply as the client sees it: its meaning stays here."""

    id: str
    title: str


@dataclass(frozen=True)
class Message:
    """One stored message."""

    seq: int
    at: datetime
    sender: Sender
    client_id: str | None
    text: str
    choices: tuple[Offered, ...]
    image: str | None
    custom: dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A message before it has a sequence number."""

    sender: Sender
    text: str
    client_id: str | None = None
    fingerprint: str | None = None
    choices: tuple[Choice, ...] = ()
    image: str | None = None
    custom: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, reply: Reply, ticket: str | None) -> Draft:
        """A bot message in the shape of the public contract."""
        custom = {**reply.custom, "kind": reply.kind, "topic": reply.topic, "ticket": ticket}
        return cls("bot", reply.text, choices=reply.choices, image=reply.image, custom=custom)


@dataclass(frozen=True)
class StoredTurn:
    """A patient's message that was answered before, with its answer."""

    seq: int
    fingerprint: str | None
    replies: tuple[Message, ...]


@dataclass(frozen=True)
class Opened:
    """A new conversation; the token is told this once."""

    conversation: str
    token: str
    owner: Owner
    replies: tuple[Message, ...]


@dataclass(frozen=True)
class Answered:
    """The patient's sequence number and what came back."""

    seq: int
    owner: Owner
    replies: tuple[Message, ...]
