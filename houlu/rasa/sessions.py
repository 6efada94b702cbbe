"""Sessions bounded by length, so that a turn costs the same on the first day and after a year of talk.

Rasa starts a new session by time only. Here it is started when the present one has grown: it carries the one slot that
holds the dialogue's state, and the tracker store forgets the session before."""

from __future__ import annotations

from typing import Any

from rasa.core.actions import action as rasa_actions
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

#: About ten turns of this dialogue.
EVENTS = 80


class StartSession(rasa_actions.ActionSessionStart):
    """Starts a session with the present value of the slot, not with every value it ever had."""

    async def run(self, output_channel: Any, nlg: Any, tracker: DialogueStateTracker, domain: Any) -> list[Event]:
        return [SessionStarted(), SlotSet("case", tracker.get_slot("case")), ActionExecuted(ACTION_LISTEN_NAME)]


def bound(processor: MessageProcessor) -> None:
    """Make this processor start a new session when the old one is long."""
    start, original = StartSession(), processor._get_action
    processor._has_session_expired = lambda tracker: len(tracker.events) > EVENTS
    processor._get_action = lambda name: start if name == start.name() else original(name)
