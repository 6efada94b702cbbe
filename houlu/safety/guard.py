"""Red flags at the door: the rules over the normalised text, and the reply from the content files."""

from __future__ import annotations

from typing import Protocol

from houlu.knowledge.table import Knowledge
from houlu.replies import Reply
from houlu.safety.red_flags import Flag, RedFlags
from houlu.understanding.normalise import Normaliser


class Tables(Protocol):
    """Where the rules and tables in use are found (`houlu.knowledge.current.Current`)."""

    @property
    def knowledge(self) -> Knowledge:
        """The tables."""
        ...

    @property
    def rules(self) -> RedFlags:
        """The rules."""
        ...


class Guard:
    """Finds danger in a patient's words as they were typed, and says what to do now. It needs no model."""

    def __init__(self, tables: Tables, normalise: Normaliser) -> None:
        self._tables = tables
        self._normalise = normalise

    def find(self, text: str) -> Flag | None:
        """The most serious danger sign in a text."""
        return self._tables.rules.find(self._normalise(text).text)

    def reply(self, topic: str) -> Reply:
        """What to do now."""
        knowledge = self._tables.knowledge
        row = knowledge.emergency(topic)
        custom = {"sources": knowledge.cite(row.sources), "knowledge_version": knowledge.version}
        return Reply("emergency", topic, row.text, custom=custom)
