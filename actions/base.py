"""What all actions share: the tracker into a message, the response into events."""

from __future__ import annotations

from abc import ABC
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from houlu.dialogue.respond import respond
from houlu.dialogue.scene import Message
from houlu.dialogue.state import State
from houlu.dialogue.summary import summary
from houlu.knowledge import current
from houlu.settings import get_settings
from houlu.understanding.recognise import Entity


class DialogueAction(Action, ABC):
    """An action whose words come from the handler `act` of houlu.dialogue."""

    act = ""

    def name(self) -> str:
        return f"action_{self.act}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        knowledge = current.knowledge()
        state = State.from_dict(tracker.get_slot("case"))
        response = respond(
            self.act,
            state,
            message_of(tracker),
            knowledge,
            today=date.today(),
            phone=get_settings().phone,
        )
        for reply in response.replies:
            dispatcher.utter_message(text=reply.text, json_message={"reply": reply.to_dict()})
        dispatcher.utter_message(
            json_message={
                "turn": {
                    "effect": response.effect,
                    "question": response.question,
                    "summary": summary(response.state, knowledge),
                }
            }
        )
        # Every rule ends here: named at once, the policy need not be asked again.
        return [SlotSet("case", response.state.to_dict()), FollowupAction("action_listen")]


def message_of(tracker: Tracker) -> Message:
    """The latest message as the dialogue takes it."""
    latest = tracker.latest_message
    given = latest.get("metadata") or {}
    return Message(
        text=latest.get("text") or "",
        intent=latest["intent"]["name"] or "nlu_fallback",
        confidence=float(latest["intent"].get("confidence") or 0),
        ranking=tuple((r["name"], float(r["confidence"])) for r in latest.get("intent_ranking") or ()),
        asked=tuple((name, float(sure)) for name, sure in latest.get("asked") or ()),
        entities=tuple(Entity(**e["houlu"]) for e in latest.get("entities") or () if "houlu" in e),
        choice=given.get("choice"),
        owner=given.get("owner", "bot"),
    )
