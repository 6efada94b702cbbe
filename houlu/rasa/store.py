"""Rasa's tracker in the same database as the conversations; it keeps the present session only, and can forget."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
import sqlalchemy.pool
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import make_url


class TrackerStore(SQLTrackerStore):
    """SQLTrackerStore by URL, with erasure."""

    def __init__(self, domain: Domain, url: str) -> None:
        parts = make_url(url)
        super().__init__(
            domain=domain,
            dialect=parts.drivername,
            host=parts.host,
            port=parts.port,
            db=parts.database or "",
            username=parts.username,
            password=parts.password,
            query=dict(parts.query),
        )
        if parts.drivername.startswith("sqlite"):
            self._pool(url)

    def _pool(self, url: str) -> None:
        """Keep the connections: Rasa opens and closes one for each query of an SQLite file."""
        arguments = {"check_same_thread": False}
        self.engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args=arguments)
        sa.event.listen(self.engine, "connect", _like_the_conversations)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new; a new session makes the one before superfluous."""
        await super().save(tracker)
        starts = [e.timestamp for e in tracker.events if isinstance(e, SessionStarted)]
        if len(starts) > 1:
            self._delete(self.SQLEvent.sender_id == tracker.sender_id, self.SQLEvent.timestamp < starts[-1])

    async def delete(self, sender_id: str) -> None:
        """Erase everything of one conversation."""
        self._delete(self.SQLEvent.sender_id == sender_id)

    def _delete(self, *conditions: Any) -> None:
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(*conditions).delete(synchronize_session=False)
            session.commit()


def _like_the_conversations(connection: Any, record: Any) -> None:
    """The same settings as houlu.conversations.database: wait for the other writer, and erase for good."""
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
