"""The messages that Houlu was unsure of, out of the conversation store, masked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.tables import choices, conversations, messages
from houlu.learning.mask import mask

Reason = Literal["three_misunderstandings", "clarify", "hand_over"]
_ORDER: tuple[Reason, ...] = ("three_misunderstandings", "clarify", "hand_over")
_MISSES = 3


@dataclass(frozen=True)
class Spoken:
    """A typed message and the (kind, topic) of each reply to it."""

    seq: int
    text: str
    replies: list[tuple[str | None, str | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Unsure:
    """Words to label. keys: of the messages with these words, none of which tells whose it is. text: masked."""

    keys: tuple[str, ...]
    reason: Reason
    text: str


def unsure(c: Connection, since: date, done: frozenset[str] = frozenset()) -> list[Unsure]:
    """What is to be labelled, the most telling first, each text once.

    since: only conversations that began on this day or later, with consent. done: keys to leave out.
    """
    found: dict[str, Unsure] = {}
    for conversation in _agreed(c, since):
        for spoken, reason in missed(_spoken(c, conversation)):
            key = key_of(conversation, spoken.seq)
            if key not in done:
                text = mask(spoken.text)
                before = found.get(text, Unsure((), reason, text))
                found[text] = replace(before, keys=(*before.keys, key))
    return sorted(found.values(), key=lambda one: _ORDER.index(one.reason))


def missed(talk: Iterable[Spoken]) -> Iterator[tuple[Spoken, Reason]]:
    """The messages of one conversation that were not understood, and how it showed."""
    misses = 0
    for spoken in talk:
        reason = _reason(spoken.replies, misses)
        misses = misses + 1 if reason and ("handoff", "ask_expert") not in spoken.replies else 0
        if reason:
            yield spoken, reason


def key_of(conversation: str, seq: int) -> str:
    """Stands for a message in the list of those that were reviewed; it means nothing once they are erased."""
    return hashlib.sha256(f"{conversation}/{seq}".encode()).hexdigest()[:16]


def _reason(replies: Sequence[tuple[str | None, str | None]], misses: int) -> Reason | None:
    kinds = {kind for kind, _ in replies}
    if "emergency" in kinds:
        return None
    if ("handoff", "ask_expert") in replies:  # asked for, unless misunderstandings led to it
        return "three_misunderstandings" if misses >= _MISSES - 1 else None
    if "clarify" in kinds:
        return "clarify"
    given = {topic for kind, topic in replies if kind == "handoff"} - {"phone"}
    return "hand_over" if given else None


def _agreed(c: Connection, since: date) -> list[str]:
    began = sa.select(messages.c.conversation).group_by(messages.c.conversation)
    began = began.having(sa.func.min(messages.c.at) >= datetime.combine(since, time()))
    query = sa.select(conversations.c.id).where(conversations.c.consent, conversations.c.id.in_(began))
    return list(c.execute(query.order_by(conversations.c.touched_at.desc())).scalars())


def _spoken(c: Connection, conversation: str) -> list[Spoken]:
    """The typed messages in order; a tapped choice is no words of the patient's."""
    offered = set(c.execute(sa.select(choices.c.title).where(choices.c.conversation == conversation)).scalars())
    query = sa.select(messages).where(messages.c.conversation == conversation).order_by(messages.c.seq)
    found: dict[int, Spoken] = {}
    for row in c.execute(query):
        if row.sender == "user" and row.text and row.text not in offered:
            found[row.seq] = Spoken(row.seq, row.text)
        elif row.reply_to in found:
            found[row.reply_to].replies.append((row.custom.get("kind"), row.custom.get("topic")))
    return list(found.values())
