"""Red flags at the door: the rules over the normalised text, and the reply from the content files."""

from __future__ import annotations

from houlu.knowledge.table import Knowledge
from houlu.replies import Reply
from houlu.safety.red_flags import Flag, RedFlags
from houlu.understanding.normalise import Normaliser


class Guard:
    """Finds danger in a patient's words as they were typed, and says what to do now. It needs no model."""

    def __init__(self, rules: RedFlags, normalise: Normaliser, knowledge: Knowledge) -> None:
        self._rules = rules
        self._normalise = normalise
        self._knowledge = knowledge

    def find(self, text: str) -> Flag | None:
        """The most serious danger sign in a text."""
        return self._rules.find(self._normalise(text).text)

    def reply(self, topic: str) -> Reply:
        """What to do now."""
        row = self._knowledge.emergency(topic)
        return Reply("emergency", topic, row.text, custom={"sources": self._knowledge.cite(row.sources)})
