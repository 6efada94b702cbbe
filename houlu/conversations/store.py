"""Reading and writing conversations inside somebody's transaction (`Database.read` or `Database.write`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations import tokens
from houlu.conversations.errors import UnknownConversation
from houlu.conversations.records import Conversation, Draft, Message, Offered, StoredTurn
from houlu.conversations.tables import choices, conversations, messages, metadata
from houlu.replies import Choice, Owner, Reply

_FACTS = tuple(conversations.c[each.name] for each in fields(Conversation))
# Built once: each message asks these.
_FIND = sa.select(*_FACTS).where(conversations.c.id == sa.bindparam("id"))
_LOCK = _FIND.with_for_update()
_TURN_OF = sa.select(messages.c.seq, messages.c.fingerprint).where(
    messages.c.conversation == sa.bindparam("id"), messages.c.client_id == sa.bindparam("client_id"))
_OF_THIS = choices.c.conversation == sa.bindparam("id")
_LATEST = sa.select(choices.c.title, choices.c.means).where(
    _OF_THIS, choices.c.seq == sa.select(sa.func.max(choices.c.seq)).where(_OF_THIS).scalar_subquery()
).order_by(choices.c.position)
_SAY, _OFFER = sa.insert(messages), sa.insert(choices)
# Whatever belongs to a conversation, what hangs on other things of it first.
_BELONGINGS = [table for table in reversed(metadata.sorted_tables) if "conversation" in table.c]
_AROUND = ("handoff", "emergency", "refusal", "smalltalk", "clarify")
_LOOKED_BACK = 10
_CHUNK = 500  # ids in one query


def utc_now() -> datetime:
    """Now, as the tables hold it: UTC without a zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def add(c: Connection, conversation: str, token_hash: str, consent: bool) -> Conversation:
    """Open a conversation that belongs to the bot."""
    made = Conversation(conversation, "bot", consent, 0, token_hash)
    c.execute(sa.insert(conversations).values(**asdict(made), touched_at=utc_now()))
    return made


def find(c: Connection, conversation: str) -> Conversation:
    """The conversation as it stands. Raises UnknownConversation."""
    return _conversation(c.execute(_FIND, {"id": conversation}).first())


def lock(c: Connection, conversation: str) -> Conversation:
    """The conversation, which nobody else writes to until this transaction ends. Raises UnknownConversation."""
    return _conversation(c.execute(_LOCK, {"id": conversation}).first())


def token_exists(c: Connection, hashed: str) -> bool:
    """Whether a token with this hash opens any conversation."""
    return c.execute(sa.select(conversations.c.id).where(conversations.c.token_hash == hashed)).first() is not None


def standings(c: Connection, ids: Sequence[str]) -> dict[str, tuple[int, Owner]]:
    """Last sequence number and owner of those conversations that still exist."""
    found: dict[str, tuple[int, Owner]] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = conversations.c.id.in_(ids[start:start + _CHUNK])
        query = sa.select(conversations.c.id, conversations.c.last_seq, conversations.c.owner).where(chunk)
        found.update((row.id, (row.last_seq, row.owner)) for row in c.execute(query))
    return found


def untouched_since(c: Connection, moment: datetime) -> list[str]:
    """Conversations in which nothing was written since then."""
    return list(c.execute(sa.select(conversations.c.id).where(conversations.c.touched_at < moment)).scalars())


def set_owner(c: Connection, conversation: str, owner: Owner) -> None:
    """Give the conversation to the bot, the queue or a human."""
    c.execute(sa.update(conversations).where(conversations.c.id == conversation).values(owner=owner))


def set_consent(c: Connection, conversation: str, consent: bool) -> None:
    """Note whether the person agreed to keep what is written."""
    c.execute(sa.update(conversations).where(conversations.c.id == conversation).values(consent=consent))


def append(
    c: Connection, conversation: str, drafts: Sequence[Draft], answers: bool = False, memory: str | None = None
) -> tuple[Message, ...]:
    """Write messages after the last one. The caller holds the lock.

    answers: the first is a patient's message and the others reply to it. memory: the dialogue's from now on; None
    leaves it as it was.
    """
    first, now = find(c, conversation).last_seq + 1, utc_now()
    rows: list[dict[str, Any]] = []
    offers: list[dict[str, Any]] = []
    written: list[Message] = []
    for seq, draft in enumerate(drafts, first):
        rows.append({
            "conversation": conversation, "seq": seq, "at": now, "sender": draft.sender, "client_id": draft.client_id,
            "fingerprint": draft.fingerprint, "reply_to": first if answers and seq > first else None,
            "text": draft.text, "image": draft.image, "custom": draft.custom,
        })
        buttons = tuple(Offered(tokens.new_choice_id(), choice.title) for choice in draft.choices)
        offers += [{"conversation": conversation, "id": button.id, "seq": seq, "position": position,
                    "title": button.title, "means": choice.means}
                   for position, (button, choice) in enumerate(zip(buttons, draft.choices, strict=True))]
        written.append(
            Message(seq, now, draft.sender, draft.client_id, draft.text, buttons, draft.image, draft.custom))
    if rows:
        c.execute(_SAY, rows)
    if offers:
        c.execute(_OFFER, offers)
    position = {"last_seq": first - 1 + len(rows), "touched_at": now, **({"memory": memory} if memory else {})}
    c.execute(sa.update(conversations).where(conversations.c.id == conversation).values(**position))
    return tuple(written)


def history(c: Connection, conversation: str, since: int = 0) -> tuple[Message, ...]:
    """All messages after a sequence number, in order."""
    return _messages(c, conversation, messages.c.seq > since)


def turn_of(c: Connection, conversation: str, client_id: str) -> StoredTurn | None:
    """The earlier turn of a client's message id."""
    row = c.execute(_TURN_OF, {"id": conversation, "client_id": client_id}).first()
    if row is None:
        return None
    return StoredTurn(row.seq, row.fingerprint, _messages(c, conversation, messages.c.reply_to == row.seq))


def standing(c: Connection, conversation: str) -> dict[str, Any]:
    """Where the journey stands after the bot's last message, for messages that the dialogue engine did not make."""
    query = sa.select(messages.c.custom).where(messages.c.conversation == conversation, messages.c.sender == "bot")
    last = c.execute(query.order_by(messages.c.seq.desc()).limit(1)).scalar() or {}
    return {
        "step": last.get("step"), "profile": last.get("profile") or {}, "sources": [],
        "knowledge_version": last.get("knowledge_version") or "",
    }


def told(c: Connection, conversation: str) -> dict[str, Any]:
    """The profile as the bot's last message has it."""
    return dict(standing(c, conversation)["profile"])


def choice(c: Connection, conversation: str, choice_id: str) -> Choice | None:
    """A quick reply this conversation once offered."""
    query = sa.select(choices.c.title, choices.c.means)
    row = c.execute(query.where(choices.c.conversation == conversation, choices.c.id == choice_id)).first()
    return Choice(row.title, row.means) if row else None


def last_customs(c: Connection, conversation: str, sender: str, limit: int) -> list[dict[str, Any]]:
    """`custom` of somebody's last messages, the newest first."""
    query = sa.select(messages.c.custom).where(messages.c.conversation == conversation, messages.c.sender == sender)
    return [dict(row.custom) for row in c.execute(query.order_by(messages.c.seq.desc()).limit(limit))]


def latest_choices(c: Connection, conversation: str, sender: str | None = None) -> tuple[Choice, ...]:
    """The quick replies that anybody, or a certain side, offered last."""
    if sender is None:
        return tuple(Choice(row.title, row.means) for row in c.execute(_LATEST, {"id": conversation}))
    mine = choices.c.conversation == conversation
    theirs = sa.select(messages.c.seq).where(messages.c.conversation == conversation, messages.c.sender == sender)
    offered = sa.select(sa.func.max(choices.c.seq)).where(mine, choices.c.seq.in_(theirs))
    query = sa.select(choices.c.title, choices.c.means).where(mine, choices.c.seq == offered.scalar_subquery())
    return tuple(Choice(row.title, row.means) for row in c.execute(query.order_by(choices.c.position)))


def open_question(c: Connection, conversation: str) -> tuple[Reply, ...]:
    """The journey's last question with its quick replies, when nothing but talk around it came after it."""
    mine = sa.select(messages).where(messages.c.conversation == conversation, messages.c.sender == "bot")
    for row in c.execute(mine.order_by(messages.c.seq.desc()).limit(_LOOKED_BACK)):
        if row.custom.get("kind") in _AROUND:
            continue
        if row.custom.get("kind") != "question" or row.custom.get("topic") == "consent":
            return ()
        offered = sa.select(choices.c.title, choices.c.means).where(
            choices.c.conversation == conversation, choices.c.seq == row.seq).order_by(choices.c.position)
        again = tuple(Choice(one.title, one.means) for one in c.execute(offered))
        custom = {key: value for key, value in row.custom.items() if key not in ("kind", "topic", "ticket")}
        return (Reply("question", row.custom["topic"], row.text, again, row.image, custom),)
    return ()


def erase_content(c: Connection, conversation: str) -> None:
    """Delete all that was said; the id and the token stay, without consent, with the bot."""
    for table in _BELONGINGS:
        c.execute(sa.delete(table).where(table.c.conversation == conversation))
    kept = sa.update(conversations).where(conversations.c.id == conversation)
    c.execute(kept.values(owner="bot", consent=False, memory=None))


def delete(c: Connection, conversation: str) -> None:
    """Delete the conversation and all that belongs to it."""
    erase_content(c, conversation)
    c.execute(sa.delete(conversations).where(conversations.c.id == conversation))


def _conversation(row: Any) -> Conversation:
    if row is None:
        raise UnknownConversation
    return Conversation(**row._mapping)


def _messages(c: Connection, conversation: str, which: Any) -> tuple[Message, ...]:
    mine = messages.c.conversation == conversation
    rows = c.execute(sa.select(messages).where(mine, which).order_by(messages.c.seq)).all()
    offered = _choices_of(c, conversation, [row.seq for row in rows if row.sender in ("bot", "system")])
    return tuple(
        Message(row.seq, row.at, row.sender, row.client_id, row.text, tuple(offered.get(row.seq, ())), row.image,
                dict(row.custom))
        for row in rows
    )


def _choices_of(c: Connection, conversation: str, seqs: list[int]) -> dict[int, list[Offered]]:
    found: dict[int, list[Offered]] = {}
    if not seqs:
        return found
    query = sa.select(choices.c.seq, choices.c.id, choices.c.title).where(
        choices.c.conversation == conversation, choices.c.seq.between(seqs[0], seqs[-1]))
    for row in c.execute(query.order_by(choices.c.seq, choices.c.position)):
        found.setdefault(row.seq, []).append(Offered(row.id, row.title))
    return found
