"""Rasa's tracker in the database of the conversations: one row a conversation, the dialogue's state and nothing else.

Rasa's own SQL store keeps every event of every turn and reads the session back each time, so that a turn costs more
the longer the talk (and it holds patients' words a second time). Here each turn begins with a tracker of three events:
whatever the dialogue must remember is in the one slot `case`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
import sqlalchemy.pool
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

_metadata = sa.MetaData()
_states = sa.Table(
    "dialogue_states",
    _metadata,
    sa.Column("conversation", sa.String(64), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
)


class StateStore(TrackerStore, SerializedTrackerAsText):
    """Stores the slot `case`. A database that is down raises: the caller apologises, nothing is forgotten silently."""

    def __init__(self, domain: Domain, url: str) -> None:
        self._engine = _engine(url)
        _metadata.create_all(self._engine)
        super().__init__(domain, None)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """The tracker of a conversation, known or new, at the beginning of its turn."""
        with self._engine.connect() as connection:
            query = sa.select(_states.c.state).where(_states.c.conversation == sender_id)
            state = connection.execute(query).scalar()
        tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for event in (SessionStarted(), SlotSet("case", json.loads(state) if state else None)):
            tracker.update(event)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the state after the turn."""
        row = {"conversation": tracker.sender_id, "state": json.dumps(tracker.get_slot("case"), ensure_ascii=False)}
        with self._engine.begin() as connection:
            known = _states.c.conversation == tracker.sender_id
            if not connection.execute(_states.update().where(known).values(row)).rowcount:
                connection.execute(_states.insert().values(row))

    async def delete(self, sender_id: str) -> None:
        """Erase what is kept of one conversation."""
        with self._engine.begin() as connection:
            connection.execute(_states.delete().where(_states.c.conversation == sender_id))

    async def keys(self) -> Iterable[str]:
        """The conversations that have a state."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(_states.c.conversation)).scalars())


def _engine(url: str) -> Any:
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, future=True)
    arguments = {"check_same_thread": False, "timeout": 20}
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args=arguments, future=True)
    sa.event.listen(engine, "connect", _like_the_conversations)
    return engine


def _like_the_conversations(connection: Any, record: Any) -> None:
    """Wait for the other writer, and erase for good. The journal's mode is set by houlu.conversations.database alone:
    two that set it at the same time lock each other out."""
    for pragma in ("busy_timeout=20000", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
