"""What a message leads to: an emergency before all else, then consent, a rating, a human's silence, or the brain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from houlu.conversations import store
from houlu.conversations.danger import Flag, RedFlags
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
        flag = self._red_flags.find(heard.text)
        seconds = await self._rate.wait(heard.conversation.id)
        if flag is not None and (seconds or not heard.conversation.consent or not self._reaches_brain(heard)):
            return Outcome(Turn((self._red_flags.reply(flag.topic),)))
        if seconds:
            raise TooMany(seconds)
        if not heard.conversation.consent:
            return await self._without_consent(heard)
        if heard.consent_meant is not None:
            return await self.on_consent(heard.conversation, heard.consent_meant, "withdrawn")
        if (rating := heard.rating_meant) is not None:
            again = await self._database.reading(lambda c: store.open_question(c, heard.conversation.id))
            return Outcome(Turn((self._voice.thanks_for_rating(), *again)), rating=rating)
        if heard.conversation.owner == "human":
            return Outcome(Turn(()))
        if heard.picture is not None:
            return Outcome(Turn((self._voice.picture(),)))
        return await self._ask_brain(heard, flag)

    async def on_consent(self, conversation: Conversation, agreed: bool, refusal: str) -> Outcome:
        """Consent given, or not.

        refusal: what to say when it is not: declined or withdrawn.
        """
        if not agreed:
            return Outcome(Turn((self._voice.consent(refusal),)), consent=False)
        if conversation.consent:
            return Outcome(Turn((self._voice.thanks_for_consent(),)))
        return Outcome(Turn(await self._engine.greeting(conversation.id)), consent=True)

    def _reaches_brain(self, heard: Heard) -> bool:
        return heard.conversation.owner != "human" and self._engine.ready

    async def _without_consent(self, heard: Heard) -> Outcome:
        agreed = heard.consent_meant
        if agreed is None:
            agreed = self._voice.typed_consent(heard.text)
        if agreed is not None:
            return await self.on_consent(heard.conversation, agreed, "declined")
        asks_phone = self._voice.asks_phone(heard.text)
        return Outcome(Turn((self._voice.phone() if asks_phone else self._voice.consent("again"),)))

    async def _ask_brain(self, heard: Heard, flag: Flag | None) -> Outcome:
        if not self._engine.ready:
            raise BrainNotReady
        now = heard.conversation
        means = heard.choice.means if heard.choice else None
        message = Incoming(heard.text, means, now.owner, flag.topic if flag else None, heard.latest, now.memory)
        self._feed.wake(now.id, typing="bot")
        turn = await self._engine.answer(now.id, message)
        if flag is not None:
            return Outcome(self._emergency_first(turn, flag))
        if turn is None:
            apology = Turn((self._voice.apology(),), "open_ticket", heard.text, self._voice.no_summary())
            return Outcome(apology, opened_for="failure")
        return Outcome(turn)

    def _emergency_first(self, turn: Turn | None, flag: Flag) -> Turn:
        if turn is not None and turn.replies[0].kind == "emergency":
            return turn
        emergency = self._red_flags.reply(flag.topic)
        return replace(turn, replies=(emergency, *turn.replies)) if turn else Turn((emergency,))
