"""What a message leads to: an emergency before all else, then consent, a rating, a human's silence, or the brain."""

from __future__ import annotations

from dataclasses import dataclass

from houlu.conversations import store
from houlu.conversations.danger import RedFlags
from houlu.conversations.database import Database
from houlu.conversations.engine import Engine
from houlu.conversations.errors import BrainNotReady, TooMany
from houlu.conversations.feed import Feed
from houlu.conversations.hearing import Heard
from houlu.conversations.limits import RateLimit
from houlu.conversations.records import Conversation
from houlu.conversations.voice import Voice
from houlu.desk.tickets import OpenedFor
from houlu.replies import Incoming, Turn


@dataclass(frozen=True)
class Outcome:
    """What a message leads to, before it is stored."""

    turn: Turn
    opened_for: OpenedFor = "asked"
    consent: bool | None = None
    rating: tuple[int, int] | None = None


class Decider:
    """Decides on messages; stores nothing."""

    def __init__(
        self, database: Database, engine: Engine, voice: Voice, red_flags: RedFlags, feed: Feed, rate: RateLimit,
    ) -> None:
        self._database = database
        self._engine = engine
        self._voice = voice
        self._red_flags = red_flags
        self._feed = feed
        self._rate = rate

    async def decide(self, heard: Heard) -> Outcome:
        """Raises TooMany, BrainNotReady or DatabaseDown; never for an emergency that the rules hear."""
        now = heard.conversation
        if seconds := await self._rate.wait(now.id):
            if danger := self._by_rules(heard):
                return self._emergency(danger)
            raise TooMany(seconds)
        alone = not now.consent or now.owner == "human" or not self._engine.ready  # the brain will not be asked
        if alone and (danger := await self._engine.danger(heard.text, self._by_rules(heard))):
            return self._emergency(danger)
        if not now.consent:
            return await self._without_consent(heard)
        if heard.consent_meant is not None:
            return await self.on_consent(now, heard.consent_meant, "withdrawn")
        if (rating := heard.rating_meant) is not None:
            again = await self._database.reading(lambda c: store.open_question(c, now.id))
            return Outcome(Turn((self._voice.thanks_for_rating(), *again)), rating=rating)
        if now.owner == "human":
            return Outcome(Turn(()))
        if heard.picture is not None:
            return Outcome(Turn((self._voice.picture(),)))
        return await self._ask_brain(heard)

    async def on_consent(self, conversation: Conversation, agreed: bool, refusal: str) -> Outcome:
        """Consent given, or not.

        refusal: what to say when it is not: declined or withdrawn.
        """
        if not agreed:
            return Outcome(Turn((self._voice.consent(refusal),)), consent=False)
        if conversation.consent:
            return Outcome(Turn((self._voice.thanks_for_consent(),)))
        return Outcome(Turn(await self._engine.greeting(conversation.id)), consent=True)

    async def _without_consent(self, heard: Heard) -> Outcome:
        agreed = heard.consent_meant
        if agreed is None:
            agreed = self._voice.typed_consent(heard.text)
        if agreed is not None:
            return await self.on_consent(heard.conversation, agreed, "declined")
        asks_phone = self._voice.asks_phone(heard.text)
        return Outcome(Turn((self._voice.phone() if asks_phone else self._voice.consent("again"),)))

    async def _ask_brain(self, heard: Heard) -> Outcome:
        if not self._engine.ready:
            raise BrainNotReady
        now = heard.conversation
        means = heard.choice.means if heard.choice else None
        self._feed.wake(now.id, typing="bot")
        turn = await self._engine.answer(now.id, Incoming(heard.text, means, now.owner, heard.latest, now.memory))
        if turn is not None:
            return Outcome(turn)
        if danger := self._by_rules(heard):
            return self._emergency(danger)
        apology = Turn((self._voice.apology(),), "open_ticket", heard.text, self._voice.no_summary())
        return Outcome(apology, opened_for="failure")

    def _by_rules(self, heard: Heard) -> str | None:
        """What the rules hear by themselves; the brain has weighed them already where it answers."""
        flag = self._red_flags.find(heard.text)
        return flag.topic if flag else None

    def _emergency(self, topic: str) -> Outcome:
        return Outcome(Turn((self._red_flags.reply(topic),)))
