"""Tells open pages of the desk what changed, whichever process changed it: one small query a second for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu import log
from houlu.conversations.database import Database
from houlu.conversations.errors import DatabaseDown
from houlu.conversations.tables import conversations
from houlu.conversations.tables import tickets as table
from houlu.desk import belongings, tickets
from houlu.desk.targets import Level, Targets

_POLL_SECONDS = 1.0
_BREATH_SECONDS = 0.2  # between two looks, however much happens
_LOOK = sa.select(
    *(table.c[name] for name in (
        "number", "conversation", "state", "claimed_by", "urgent", "alarms", "waiting_since", "opened_at")),
    conversations.c.last_seq,
).join(conversations, conversations.c.id == table.c.conversation).where(table.c.state != "closed")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """One ticket that is not closed."""

    ticket: str
    conversation: str
    holder: str | None
    urgent: bool
    alarms: int
    last_seq: int
    level: Level
    callback: bool


View = dict[int, Standing]


@dataclass(frozen=True)
class Event:
    """What a page is told. since: for `message`, the last sequence number it knows."""

    name: str
    data: dict[str, Any]
    since: int = 0


def look(c: Connection, targets: Targets, now: datetime) -> View:
    """All tickets that are not closed."""
    calls = belongings.to_call(c)
    return {row.number: _standing(row, row.conversation in calls, targets, now) for row in c.execute(_LOOK)}


def _standing(row: Any, callback: bool, targets: Targets, now: datetime) -> Standing:
    since = row.waiting_since or row.opened_at
    level = targets.waited(since, row.urgent, now).level if row.state == "open" else "ok"
    return Standing(
        tickets.name_of(row.number), row.conversation, row.claimed_by, row.urgent, row.alarms, row.last_seq, level,
        callback)


def differences(before: View, after: View, name: str) -> list[Event]:
    """What somebody is told of a change: the queue, then the alarms, then the own tickets."""
    events = _queue(before, after)
    for number, now in after.items():
        if now.alarms > (before[number].alarms if number in before else 0):
            state = "claimed" if now.holder else "open"
            events.append(Event("emergency", {"ticket": now.ticket, "mine": now.holder == name, "state": state}))
    for number in before.keys() | after.keys():
        events += _own(before.get(number), after.get(number), name)
    return events


def _queue(before: View, after: View) -> list[Event]:
    old = {number: one for number, one in before.items() if one.holder is None}
    new = {number: one for number, one in after.items() if one.holder is None}
    if old.keys() == new.keys() and all(_shown(old[one]) == _shown(new[one]) for one in new):
        return []
    raised = [
        {"ticket": one.ticket, "level": one.level} for number, one in new.items()
        if one.level != "ok" and (number not in old or old[number].level != one.level)]
    return [Event("queue", {
        **counts(after), "added": [new[one].ticket for one in new.keys() - old.keys()],
        "removed": [old[one].ticket for one in old.keys() - new.keys()], "escalated": raised})]


def counts(view: View) -> dict[str, int]:
    """How many wait, and how many of them are urgent."""
    waiting = [one for one in view.values() if one.holder is None]
    return {"waiting": len(waiting), "urgent": sum(one.urgent for one in waiting)}


def _shown(one: Standing) -> tuple[Any, ...]:
    return one.urgent, one.level, one.callback


def _own(before: Standing | None, after: Standing | None, name: str) -> list[Event]:
    had, has = before is not None and before.holder == name, after is not None and after.holder == name
    if has and after is not None:
        events = [] if had else [Event("given", {"ticket": after.ticket})]
        if before is None:
            return events
        if after.last_seq > before.last_seq:  # also what was written between the claim and this look
            events.append(Event("message", {"ticket": after.ticket}, before.last_seq))
        if had and (after.callback, after.urgent) != (before.callback, before.urgent):
            events.append(Event("changed", {"ticket": after.ticket}))
        return events
    if had and before is not None:
        why = "gone" if after is None else "handed_on" if after.holder else "returned"
        return [Event("lost", {"ticket": before.ticket, "why": why})]
    return []


class Stream:
    """One open page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.view: View = {}
        self.typing: set[str] = set()
        self.woken = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until something may have changed, or so long."""
        try:
            await asyncio.wait_for(self.woken.wait(), seconds)
        except asyncio.TimeoutError:
            return
        self.woken.clear()


class DeskFeed:
    """The pages that are open in this process, and the view they share."""

    def __init__(self, database: Database, targets: Targets, now: Callable[[], datetime]) -> None:
        self._database, self._targets, self._now = database, targets, now
        self._streams: set[Stream] = set()
        self._view: View = {}
        self._poked, self._looking = asyncio.Event(), asyncio.Lock()
        self._poller: asyncio.Task[None] | None = None

    @contextmanager
    def stream(self, name: str) -> Iterator[Stream]:
        """Follow the desk as somebody."""
        mine = Stream(name)
        self._streams.add(mine)
        if self._poller is None or self._poller.done():
            self._poked, self._looking = asyncio.Event(), asyncio.Lock()
            self._poller = asyncio.get_running_loop().create_task(self._poll())
        try:
            yield mine
        finally:
            self._streams.discard(mine)

    async def refresh(self) -> View:
        """The desk now; pages are told when it is another. Raises DatabaseDown."""
        async with self._looking:  # an older look must not replace a newer one
            view = await self._database.reading(lambda c: look(c, self._targets, self._now()))
            if view != self._view:
                self._view = view
                for stream in self._streams:
                    stream.woken.set()
            return view

    @property
    def latest(self) -> View:
        """As the pages know it."""
        return self._view

    def poke(self) -> None:
        """Something changed in this process: look at once."""
        self._poked.set()

    def typed(self, conversation: str) -> None:
        """A patient writes; told to the pages of whoever holds the ticket, in this process."""
        mine = next((one for one in self._view.values() if one.conversation == conversation), None)
        for stream in self._streams if mine else ():
            if mine and stream.name == mine.holder:
                stream.typing.add(mine.ticket)
                stream.woken.set()

    async def _poll(self) -> None:
        while self._streams:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._poked.wait(), _POLL_SECONDS)
            self._poked.clear()
            try:
                await self.refresh()
            except DatabaseDown:
                continue
            except Exception as error:
                log.event(_log, logging.ERROR, "desk_look_failed", error=log.where(error))
            await asyncio.sleep(_BREATH_SECONDS)
