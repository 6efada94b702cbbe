"""What the bot says, before it has a sequence number: the reply payload of the public contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["answer", "question", "strategies", "clarify", "refusal", "handoff", "emergency", "smalltalk"]
Owner = Literal["bot", "waiting", "human"]


@dataclass(frozen=True)
class Choice:
    """A quick reply.

    title: what the button says and what counts as the patient's words when it is tapped.
    means: what it does, for the dialogue only (for example {"slot": "pattern", "value": "oligo"}). It is kept by the
        server under an opaque id and never leaves it.
    """

    title: str
    means: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """One message of the bot. `custom` holds the contract's keys beside kind and topic (step, profile, sources ...)."""

    kind: Kind
    topic: str
    text: str
    choices: tuple[Choice, ...] = ()
    image: str | None = None
    custom: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able copy, as it travels from an action through Rasa to the channel."""
        return {
            "kind": self.kind,
            "topic": self.topic,
            "text": self.text,
            "image": self.image,
            "custom": self.custom,
            "choices": [{"title": c.title, "means": c.means} for c in self.choices],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """The inverse of `to_dict`."""
        choices = tuple(Choice(c["title"], c.get("means") or {}) for c in data.get("choices") or ())
        return cls(data["kind"], data["topic"], data["text"], choices, data.get("image"), data.get("custom") or {})


@dataclass(frozen=True)
class Incoming:
    """What the dialogue is told of one message.

    text: the patient's words (a tapped choice's title when it was a choice).
    choice: what the tapped choice means, or None for free text.
    owner: who owns the conversation now ("bot" or "waiting"; "human" never reaches the dialogue but for emergencies).
    latest: titles and meanings of the latest choices offered, so that a typed title or number counts as a tap.
    memory: what the last turn of this conversation gave to remember; None at its beginning.
    """

    text: str
    choice: dict[str, Any] | None = None
    owner: Owner = "bot"
    latest: tuple[Choice, ...] = ()
    memory: str | None = None


@dataclass(frozen=True)
class Turn:
    """What the dialogue answers: the replies, and what the desk shall do.

    effect: "open_ticket" (the patient asked for a human or accepted the offer), "cancel_ticket" (「不等了」) or None.
    question: what the patient wants to ask the expert, when an effect opens a ticket.
    summary: the case in plain Chinese for the expert, always.
    memory: what the engine must know at the next message. It is stored with the turn, or not at all, and gone with the
        conversation; None leaves what was stored.
    """

    replies: tuple[Reply, ...]
    effect: Literal["open_ticket", "cancel_ticket"] | None = None
    question: str = ""
    summary: str = ""
    memory: str | None = None
