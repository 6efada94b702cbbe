"""The dialogue engine as the conversations use it: in time, never silent, and its failures without anybody's words."""

from __future__ import annotations

import asyncio
import logging
import secrets

from houlu import log
from houlu.brain import Brain
from houlu.conversations.voice import Voice
from houlu.replies import Incoming, Reply, Turn

_log = logging.getLogger(__name__)


class Engine:
    """Asks the brain, and says what the voice says when the brain does not answer."""

    def __init__(self, brain: Brain, voice: Voice, timeout: float) -> None:
        self._brain = brain
        self._voice = voice
        self._timeout = timeout

    @property
    def ready(self) -> bool:
        """Whether it can answer now."""
        return not self._brain.problems()

    @property
    def knowledge_version(self) -> str:
        """The version of the knowledge, when the brain tells it."""
        return str(getattr(self._brain, "knowledge_version", ""))

    async def greeting(self, conversation: str) -> tuple[Reply, ...]:
        """The first words of a conversation, from the phrases when the brain cannot speak."""
        if self.ready:
            try:
                turn = await asyncio.wait_for(self._brain.start(conversation), self._timeout)
                if turn.replies:
                    return turn.replies
            except Exception as error:
                self._report("greeting_failed", conversation, error)
        return (self._voice.greeting(),)

    async def answer(self, conversation: str, message: Incoming) -> Turn | None:
        """The brain's turn; None when it failed, took too long or had nothing to say."""
        try:
            turn = await asyncio.wait_for(self._brain.turn(conversation, message), self._timeout)
        except Exception as error:
            self._report("turn_failed", conversation, error)
            return None
        if not turn.replies:
            log.event(_log, logging.ERROR, "turn_empty", conversation=conversation)
            return None
        return turn

    async def danger(self, text: str, by_rules: str | None) -> str | None:
        """The emergency topic that the brain hears in a text; what the rules found when it cannot listen."""
        if not self.ready:
            return by_rules
        try:
            return await asyncio.wait_for(self._brain.danger(text), self._timeout)
        except Exception as error:
            self._report("danger_failed", "", error)
            return by_rules

    def _report(self, name: str, conversation: str, error: Exception) -> None:
        reference = secrets.token_hex(4)
        log.event(_log, logging.ERROR, name, conversation=conversation, reference=reference, error=log.where(error))
