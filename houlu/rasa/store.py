"""Rasa's tracker for the length of one turn.

What the dialogue must remember is in the one slot `case`; between turns it is kept with the conversation, in the same
transaction as the messages (houlu.conversations).

Rasa's own SQL store keeps every event of every turn and reads the session back each time, so that a turn costs more
the longer the talk (and it holds patients' words a second time). Here each turn begins with a tracker of three events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker


@dataclass
class Kept:
    """The memory of a turn: at first the given one, in the end the new one."""

    memory: str | None


class MemoryStore(TrackerStore, SerializedTrackerAsText):
    """Knows the conversations that are being answered, and no other."""

    def __init__(self, domain: Domain) -> None:
        self._turns: dict[str, Kept] = {}
        super().__init__(domain, None)

    @contextmanager
    def remembering(self, conversation: str, memory: str | None) -> Iterator[Kept]:
        """For one turn. The caller lets a conversation have one turn at a time."""
        kept = self._turns[conversation] = Kept(memory)
        try:
            yield kept
        finally:
            del self._turns[conversation]

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """The tracker of a conversation at the beginning of its turn."""
        kept = self._turns.get(sender_id)
        case = json.loads(kept.memory) if kept and kept.memory else None
        tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for event in (SessionStarted(), SlotSet("case", case), ActionExecuted(ACTION_LISTEN_NAME)):
            tracker.update(event)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Take the new memory out of the tracker."""
        if kept := self._turns.get(tracker.sender_id):
            kept.memory = json.dumps(tracker.get_slot("case"), ensure_ascii=False)

    async def delete(self, sender_id: str) -> None:
        """Nothing is kept here."""

    async def keys(self) -> Iterable[str]:
        """The conversations that are being answered."""
        return list(self._turns)
