"""Tells open streams that their conversation changed, whichever process changed it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from houlu.conversations import store
from houlu.conversations.database import Database
from houlu.conversations.errors import DatabaseDown
from houlu.conversations.signals import Signals
from houlu.replies import Owner

_POLL_SECONDS = 1.0


class Watch:
    """One stream's view of one conversation."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._typing: str | None = None

    def wake(self, typing: str | None = None) -> None:
        """Something happened, or somebody (bot or expert) began to write."""
        self._typing = typing or self._typing
        self._woken.set()

    async def next(self) -> str | None:
        """Wait until something happens; who began to write, if anybody."""
        await self._woken.wait()
        self._woken.clear()
        typing, self._typing = self._typing, None
        return typing


class Feed:
    """One query a second for all streams together, and none while there is no stream."""

    def __init__(self, database: Database, signals: Signals | None = None) -> None:
        self._database = database
        self._signals = signals
        self._watches: dict[str, set[Watch]] = {}
        self._seen: dict[str, tuple[int, Owner]] = {}
        self._poller: asyncio.Task[None] | None = None
        self.listeners: list[Callable[[], None]] = []

    @contextmanager
    def watch(self, conversation: str) -> Iterator[Watch]:
        """Follow a conversation."""
        mine = Watch()
        self._watches.setdefault(conversation, set()).add(mine)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.get_running_loop().create_task(self._poll())
        try:
            yield mine
        finally:
            self._leave(conversation, mine)

    def wake(self, conversation: str, typing: str | None = None) -> None:
        """Tell the streams of this process at once, and the other processes."""
        self.heard(conversation, typing)
        if self._signals:
            self._signals.send(conversation, typing)

    def heard(self, conversation: str, typing: str | None = None) -> None:
        """Tell the streams of this process alone, and who else listens when it was more than typing."""
        for listener in () if typing else self.listeners:
            listener()
        for watch in self._watches.get(conversation, ()):
            watch.wake(typing)

    def close(self) -> None:
        """Ask the database nothing more."""
        if self._poller is not None:
            self._poller.cancel()

    def _leave(self, conversation: str, mine: Watch) -> None:
        self._watches[conversation].discard(mine)
        if not self._watches[conversation]:
            del self._watches[conversation]
            self._seen.pop(conversation, None)

    async def _poll(self) -> None:
        while self._watches:
            await asyncio.sleep(_POLL_SECONDS)
            ids = list(self._watches)
            try:
                found = await self._database.reading(lambda c: store.standings(c, ids))  # noqa: B023 (awaited here)
            except DatabaseDown:
                continue
            for conversation in ids:
                self._compare(conversation, found.get(conversation))

    def _compare(self, conversation: str, standing: tuple[int, Owner] | None) -> None:
        if standing is None or self._seen.get(conversation) != standing:
            self.heard(conversation)
        if standing is not None and conversation in self._watches:
            self._seen[conversation] = standing
