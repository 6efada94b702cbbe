"""The case on one screen: what is known in plain words, the step, the danger signs, what the bot has said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from houlu.conversations.records import Message
from houlu.knowledge.files import KnowledgeError

if TYPE_CHECKING:
    from houlu.knowledge.table import Knowledge

_LINE = 80
#: What the bot says to steer tells an expert nothing.
_TOLD = ("answer", "strategies", "refusal", "emergency", "question", "clarify")


@dataclass(frozen=True)
class Flag:
    """A danger sign that was answered."""

    topic: str
    title: str
    at: datetime
    seq: int


@dataclass(frozen=True)
class Said:
    """One thing the bot said: its first line."""

    seq: int
    kind: str
    topic: str
    title: str
    line: str


@dataclass(frozen=True)
class Digest:
    """facts: (what, said), None for a gap. step: (id, title)."""

    facts: tuple[tuple[str, str | None], ...]
    step: tuple[str, str] | None
    red_flags: tuple[Flag, ...]
    bot_said: tuple[Said, ...]


def digest_of(messages: Sequence[Message], knowledge: Knowledge) -> Digest:
    """From the conversation so far."""
    from houlu.dialogue.state import State
    from houlu.dialogue.summary import facts
    from houlu.understanding.profile import Profile

    words = _Words(knowledge)
    bot = [one for one in messages if one.sender == "bot"]
    last: dict[str, Any] = next((one.custom for one in reversed(messages) if one.custom.get("profile")), {})
    unknown = knowledge.phrases.text("dialogue.fact.unknown")
    told = facts(State(profile=Profile.from_dict(last.get("profile") or {})), knowledge)
    step = next((one.custom["step"] for one in reversed(bot) if one.custom.get("step")), None)
    return Digest(
        tuple((what, None if said == unknown else said) for what, said in told),
        (step, words.text(f"experts.step.{step}", step)) if step else None,
        tuple(
            Flag(one.custom["topic"], words.emergency(one.custom["topic"]), one.at, one.seq)
            for one in bot if one.custom.get("kind") == "emergency"),
        tuple(_said(one, words) for one in bot if one.custom.get("kind") in _TOLD))


def _said(message: Message, words: _Words) -> Said:
    kind, topic = str(message.custom["kind"]), str(message.custom.get("topic"))
    first = message.text.partition("\n")[0]
    line = first if len(first) <= _LINE else f"{first[:_LINE]}…"
    title = words.emergency(topic) if kind == "emergency" else words.topic(kind, topic)
    return Said(message.seq, kind, topic, title, line)


class _Words:
    def __init__(self, knowledge: Knowledge) -> None:
        self._phrases = knowledge.phrases

    def text(self, key: str, otherwise: str) -> str:
        try:
            return self._phrases.text(key)
        except KnowledgeError:
            return otherwise

    def emergency(self, topic: str) -> str:
        return self.text(f"experts.emergency.{topic}", self.text("experts.kind.emergency", topic))

    def topic(self, kind: str, topic: str) -> str:
        return self.text(f"dialogue.topic.{topic}", self.text(f"experts.kind.{kind}", kind))
