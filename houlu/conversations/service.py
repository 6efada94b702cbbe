"""The way of a conversation: opened, spoken in, read, erased. Channels call this and nothing below it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from weakref import WeakValueDictionary

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from houlu.conversations import pictures, store, tokens
from houlu.conversations.danger import Flag, RedFlags
from houlu.conversations.database import Database
from houlu.conversations.engine import Engine
from houlu.conversations.errors import (
    BrainNotReady,
    DatabaseDown,
    ForeignToken,
    NoToken,
    OtherContent,
    TooMany,
    UnknownChoice,
    UnknownConversation,
)
from houlu.conversations.feed import Feed
from houlu.conversations.limits import RateLimit
from houlu.conversations.pictures import Picture, cleaned
from houlu.conversations.records import Conversation, Draft, Message, StoredTurn
from houlu.conversations.text import patient_text
from houlu.conversations.visit_links import Links, Visit
from houlu.conversations.voice import Voice
from houlu.desk import belongings, tickets
from houlu.desk.queue import Queue
from houlu.desk.tickets import OpenedFor
from houlu.replies import Choice, Incoming, Owner, Reply, Turn

_OVERTAKEN = 5  # so often somebody may close just when a patient writes


@dataclass(frozen=True)
class Visitor:
    """Somebody who showed the token of a conversation."""

    conversation: str
    token: str

    @classmethod
    def claimed(cls, conversation: str, token: str | None) -> Visitor:
        """Somebody whose token is still to be compared. Raises NoToken or UnknownConversation for what can be none."""
        if token is None or not tokens.is_token(token):
            raise NoToken
        if not tokens.is_id(conversation):
            raise UnknownConversation
        return cls(conversation, token)


@dataclass(frozen=True)
class Said:
    """One message of a patient: words, the id of a quick reply, or a picture (its text stands in for it)."""

    client_id: str
    text: str | None = None
    choice: str | None = None
    picture: Picture | None = None

    @classmethod
    def words(cls, client_id: str, text: str) -> Said:
        """A typed message. Raises EmptyText or TextTooLong."""
        return cls(client_id, text=patient_text(text))

    def fingerprint(self, token: str) -> str:
        """The same for the same content only."""
        if self.picture is not None:
            return tokens.fingerprint(token, f"picture:{self.picture.digest}")
        return tokens.fingerprint(token, f"text:{self.text}" if self.choice is None else f"choice:{self.choice}")


@dataclass(frozen=True)
class Opened:
    """A new conversation; the token is told this once."""

    conversation: str
    token: str
    owner: Owner
    replies: tuple[Message, ...]


@dataclass(frozen=True)
class Answered:
    """The patient's sequence number and what came back."""

    seq: int
    owner: Owner
    replies: tuple[Message, ...]


@dataclass(frozen=True)
class _Heard:
    """A message, understood as far as the store can."""

    conversation: Conversation
    text: str
    choice: Choice | None
    latest: tuple[Choice, ...]
    earlier: StoredTurn | None
    picture: Picture | None = None
    ratings: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class _Outcome:
    """What a message leads to, before it is stored."""

    turn: Turn
    opened_for: OpenedFor = "asked"
    consent: bool | None = None
    rating: tuple[int, int] | None = None


class _OvertakenError(Exception):
    """The human gave the conversation back while a message to them was on its way: the bot must answer it."""


class Conversations:
    """The conversations of patients with the bot and with experts."""

    def __init__(
        self, database: Database, engine: Engine, voice: Voice, queue: Queue, red_flags: RedFlags, feed: Feed,
        rate: RateLimit, open_rate: RateLimit, links: Links | None = None,
        before_erasure: Callable[[Connection, str], None] = lambda _c, _conversation: None,
    ) -> None:
        self._before_erasure = before_erasure
        self.feed = feed
        self._database = database
        self._engine = engine
        self._voice = voice
        self._queue = queue
        self._red_flags = red_flags
        self._rate = rate
        self._open_rate = open_rate
        self._links = links or Links(None)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, consent: bool, client: str = "") -> Opened:
        """Begin a conversation for a client address. Raises TooMany or DatabaseDown."""
        if seconds := self._open_rate.wait(client):
            raise TooMany(seconds)
        conversation, token = tokens.new_id(), tokens.new_token()
        greeting: tuple[Reply, ...] = (self._voice.greeting(), self._voice.consent("question"))
        if consent:
            greeting = await self._engine.greeting(conversation)

        def save(c: Connection) -> tuple[Message, ...]:
            store.add(c, conversation, tokens.hashed(token), consent)
            return store.append(c, conversation, self._drafts(c, conversation, greeting, None))

        return Opened(conversation, token, "bot", await self._database.writing(save))

    async def admit(self, conversation: str, token: str | None) -> Visitor:
        """Check a token. Raises NoToken, ForeignToken, UnknownConversation or DatabaseDown."""
        visitor = Visitor.claimed(conversation, token)
        await self._database.reading(partial(_admitted, visitor))
        return visitor

    async def show(self, visitor: Visitor, client_id: str, content: bytes) -> Answered:
        """Take a picture for the expert; as `say`. Raises BadPicture, too."""
        picture = await asyncio.to_thread(cleaned, content)
        return await self.say(visitor, Said(client_id, self._voice.picture_text(), picture=picture))

    async def call_back(self, visitor: Visitor, hidden_number: str) -> Answered:
        """Keep an encrypted number for the expert to call; opens a ticket when there is none.

        Raises UnknownConversation, TooMany or DatabaseDown.
        """
        async with self._one_at_a_time(visitor.conversation):
            if seconds := self._rate.wait(visitor.conversation):
                raise TooMany(seconds)
            now = await self._database.reading(partial(_find, visitor.conversation))
            if not now.consent:
                outcome = _Outcome(Turn((self._voice.consent("again"),)))
                return await self._keep(now.id, outcome, partial(self._save, now.id, outcome, token=visitor.token))
            work = partial(self._queue.call_back, now.id, hidden_number)
            replies, owner = await self._database.writing(work)
            self.feed.wake(now.id)
            return Answered(0, owner, replies)

    async def forget_number(self, conversation: str) -> None:
        """The patient does not want to be called any more. Raises DatabaseDown."""
        await self._database.writing(lambda c: belongings.drop_callback(c, conversation))
        self.feed.wake(conversation)

    async def picture(self, conversation: str, picture: str) -> bytes | None:
        """A picture of the conversation, as JPEG. Raises DatabaseDown."""
        return await self._database.reading(lambda c: pictures.jpeg(c, conversation, picture))

    async def say(self, visitor: Visitor, said: Said) -> Answered:
        """Answer one message; a repeated one gets the stored answer again. The token is checked here: one reading
        less for each message.

        Raises NoToken, ForeignToken, UnknownConversation, UnknownChoice, OtherContent, TooMany, BrainNotReady or
        DatabaseDown.
        """
        try:
            async with self._one_at_a_time(visitor.conversation):
                return await self._say(visitor, said)
        except DatabaseDown:
            return self.say_unsaved(said)

    def say_unsaved(self, said: Said) -> Answered:
        """The answer to an emergency while the database is down. Raises DatabaseDown for everything else."""
        flag = self._red_flags.find(said.text) if said.text else None
        if flag is None:
            raise DatabaseDown
        reply = self._red_flags.reply(flag.topic)
        standing: dict[str, object] = {
            "step": None, "profile": {}, "sources": [], "knowledge_version": self._engine.knowledge_version}
        custom = {**standing, **Draft.of(reply, None).custom}
        return Answered(0, "bot", (Message(0, store.utc_now(), "bot", None, reply.text, (), reply.image, custom),))

    async def consent(self, visitor: Visitor, agreed: bool) -> Answered:
        """Give consent, or withdraw it: then everything said is erased. Raises UnknownConversation, DatabaseDown."""
        async with self._one_at_a_time(visitor.conversation):
            now = await self._database.reading(partial(_find, visitor.conversation))
            outcome = await self._on_consent(now, agreed, "withdrawn")
            save = partial(self._save, visitor.conversation, outcome, token=visitor.token)
            return await self._keep(visitor.conversation, outcome, save)

    async def history(self, conversation: str, since: int, token: str = "") -> tuple[tuple[Message, ...], Owner]:
        """Everything after a sequence number, and the owner. Raises UnknownConversation, DatabaseDown.

        token: the conversation's, for the link to the visit sheet.
        """

        def read(c: Connection) -> tuple[tuple[Message, ...], Owner]:
            owner = store.find(c, conversation).owner
            return self._links.shown(c, conversation, token, store.history(c, conversation, since)), owner

        return await self._database.reading(read)

    async def visit(self, token: str) -> Visit | None:
        """The case behind the link to a visit sheet; None when the link is unknown or dead. Raises DatabaseDown."""
        return await self._database.reading(lambda c: self._links.open(c, token))

    async def erase(self, conversation: str) -> None:
        """Delete the conversation everywhere. Raises DatabaseDown."""
        async with self._one_at_a_time(conversation):

            def delete(c: Connection) -> None:
                with suppress(UnknownConversation):
                    store.lock(c, conversation)  # first, as everybody does who locks more than that
                self._before_erasure(c, conversation)
                store.delete(c, conversation)

            await self._database.writing(delete)
            await self._scrub()
        self.feed.wake(conversation)

    async def sweep(self, retention_days: int) -> None:
        """Erase what is older than the retention. Raises DatabaseDown."""
        oldest = store.utc_now() - timedelta(days=retention_days)
        for conversation in await self._database.reading(lambda c: store.untouched_since(c, oldest)):
            await self.erase(conversation)
        await self._database.writing(self._links.sweep)
        await self._scrub()

    # One message, step by step.

    async def _say(self, visitor: Visitor, said: Said) -> Answered:
        for _ in range(_OVERTAKEN):
            try:
                return await self._say_once(visitor, said)
            except _OvertakenError:
                continue
        raise BrainNotReady

    async def _say_once(self, visitor: Visitor, said: Said) -> Answered:
        heard = await self._database.glancing(partial(_hear, visitor, said))
        if heard.earlier is not None:
            again = _replay(heard.earlier, heard.conversation.owner, said.fingerprint(visitor.token))
            return await self._database.reading(partial(self._with_link, visitor.conversation, visitor.token, again))
        outcome = await self._decide(heard, self._red_flags.find(heard.text))
        save = partial(self._save, visitor.conversation, outcome, token=visitor.token, said=said, heard=heard)
        return await self._keep(visitor.conversation, outcome, save)

    async def _decide(self, heard: _Heard, flag: Flag | None) -> _Outcome:
        seconds = self._rate.wait(heard.conversation.id)
        if flag is not None and (seconds or not heard.conversation.consent or not self._reaches_brain(heard)):
            return _Outcome(Turn((self._red_flags.reply(flag.topic),)))
        if seconds:
            raise TooMany(seconds)
        if not heard.conversation.consent:
            return await self._without_consent(heard)
        agreed = _consent_meant(heard.choice)
        if agreed is not None:
            return await self._on_consent(heard.conversation, agreed, "withdrawn")
        rating = _rating_meant(heard)
        if rating is not None:
            again = await self._database.reading(lambda c: store.open_question(c, heard.conversation.id))
            return _Outcome(Turn((self._voice.thanks_for_rating(), *again)), rating=rating)
        if heard.conversation.owner == "human":
            return _Outcome(Turn(()))
        if heard.picture is not None:
            return _Outcome(Turn((self._voice.picture(),)))
        return await self._ask_brain(heard, flag)

    def _reaches_brain(self, heard: _Heard) -> bool:
        return heard.conversation.owner != "human" and self._engine.ready

    async def _without_consent(self, heard: _Heard) -> _Outcome:
        agreed = _consent_meant(heard.choice)
        if agreed is None:
            agreed = self._voice.typed_consent(heard.text)
        if agreed is not None:
            return await self._on_consent(heard.conversation, agreed, "declined")
        asks_phone = self._voice.asks_phone(heard.text)
        return _Outcome(Turn((self._voice.phone() if asks_phone else self._voice.consent("again"),)))

    async def _on_consent(self, conversation: Conversation, agreed: bool, refusal: str) -> _Outcome:
        if not agreed:
            return _Outcome(Turn((self._voice.consent(refusal),)), consent=False)
        if conversation.consent:
            return _Outcome(Turn((self._voice.thanks_for_consent(),)))
        return _Outcome(Turn(await self._engine.greeting(conversation.id)), consent=True)

    async def _ask_brain(self, heard: _Heard, flag: Flag | None) -> _Outcome:
        if not self._engine.ready:
            raise BrainNotReady
        now = heard.conversation
        means = heard.choice.means if heard.choice else None
        message = Incoming(heard.text, means, now.owner, flag.topic if flag else None, heard.latest, now.memory)
        self.feed.wake(now.id, typing="bot")
        turn = await self._engine.answer(now.id, message)
        if flag is not None:
            return _Outcome(self._emergency_first(turn, flag))
        if turn is None:
            apology = Turn((self._voice.apology(),), "open_ticket", heard.text, self._voice.no_summary())
            return _Outcome(apology, opened_for="failure")
        return _Outcome(turn)

    def _emergency_first(self, turn: Turn | None, flag: Flag) -> Turn:
        if turn is not None and turn.replies[0].kind == "emergency":
            return turn
        emergency = self._red_flags.reply(flag.topic)
        return replace(turn, replies=(emergency, *turn.replies)) if turn else Turn((emergency,))

    # Storing it.

    async def _keep(self, conversation: str, outcome: _Outcome, save: Callable[[Connection], Answered]) -> Answered:
        try:
            answered = await self._database.writing(save)
        except IntegrityError:  # another process stored the same message first
            answered = await self._database.writing(save)
        if outcome.consent is False:
            await self._scrub()
        self.feed.wake(conversation)
        return answered

    def _save(
        self, conversation: str, outcome: _Outcome, c: Connection, token: str = "", said: Said | None = None,
        heard: _Heard | None = None,
    ) -> Answered:
        now = store.lock(c, conversation)
        written = said and heard and now.last_seq != heard.conversation.last_seq  # meanwhile; this very message?
        if said and written and (earlier := store.turn_of(c, conversation, said.client_id)):
            return self._with_link(conversation, token, _replay(earlier, now.owner, said.fingerprint(token)), c)
        if not outcome.turn.replies and now.owner != "human":
            raise _OvertakenError
        if outcome.rating is not None:
            tickets.rate(c, conversation, *outcome.rating)
        if outcome.consent is False:
            self._before_erasure(c, conversation)
        now = _change_consent(c, now, outcome.consent)
        turn = _heard_by(now, outcome.turn)
        replies, ticket = self._queue.settle(c, now, turn, outcome.opened_for)
        drafts = self._drafts(c, conversation, replies, ticket.id if ticket else None)
        if said and heard:
            # Without consent no words are kept, only that there was a message.
            words = heard.text if now.consent else ""
            mine = Draft("user", words, said.client_id, said.fingerprint(token))
            drafts = [_with_picture(c, mine, conversation, heard.picture) if now.consent else mine, *drafts]
        memory = turn.memory if now.consent else None
        stored = store.append(c, conversation, drafts, answers=said is not None, memory=memory)
        seq, said_back = (stored[0].seq, stored[1:]) if said else (now.last_seq, stored)
        said_back = self._links.shown(c, conversation, token, said_back, make=True)
        return Answered(seq, store.find(c, conversation).owner if turn.effect else now.owner, said_back)

    def _with_link(self, conversation: str, token: str, answered: Answered, c: Connection) -> Answered:
        return replace(answered, replies=self._links.shown(c, conversation, token, answered.replies))

    def _drafts(
        self, c: Connection, conversation: str, replies: tuple[Reply, ...], ticket: str | None
    ) -> list[Draft]:
        if all("step" in reply.custom for reply in replies):  # the brain's: they say themselves where it stands
            return [Draft.of(reply, ticket) for reply in replies]
        standing = store.standing(c, conversation)
        standing["knowledge_version"] = standing["knowledge_version"] or self._engine.knowledge_version
        return [Draft.of(replace(reply, custom={**standing, **reply.custom}), ticket) for reply in replies]

    async def _scrub(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._database.scrub)

    def _one_at_a_time(self, conversation: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation, asyncio.Lock())


def _find(conversation: str, c: Connection) -> Conversation:
    return store.find(c, conversation)


def _admitted(visitor: Visitor, c: Connection) -> Conversation:
    found = store.find(c, visitor.conversation)
    if tokens.matches(visitor.token, found.token_hash):
        return found
    raise ForeignToken if store.token_exists(c, tokens.hashed(visitor.token)) else NoToken


def _hear(visitor: Visitor, said: Said, c: Connection) -> _Heard:
    conversation = visitor.conversation
    now = _admitted(visitor, c)
    earlier = store.turn_of(c, conversation, said.client_id)
    latest = store.latest_choices(c, conversation)
    ratings: tuple[Choice, ...] = ()
    if latest and "rate" in latest[0].means:  # the question before it is still open
        ratings, latest = latest, store.latest_choices(c, conversation, "bot")
    if said.choice is None:
        return _Heard(now, said.text or "", None, latest, earlier, said.picture, ratings)
    choice = store.choice(c, conversation, said.choice) if tokens.is_choice_id(said.choice) else None
    if choice is None and earlier is None:
        raise UnknownChoice
    return _Heard(now, choice.title if choice else "", choice, latest, earlier)


def _replay(earlier: StoredTurn, owner: Owner, fingerprint: str) -> Answered:
    if earlier.fingerprint != fingerprint:
        raise OtherContent
    return Answered(earlier.seq, owner, earlier.replies)


def _rating_meant(heard: _Heard) -> tuple[int, int] | None:
    """Ticket and score of a tapped or typed rating."""
    typed = heard.text.strip().rstrip("。.!！分")
    chosen = heard.choice or next(
        (one for one in heard.ratings if typed in (one.title, str(one.means["score"]))), None)
    return (chosen.means["rate"], chosen.means["score"]) if chosen and "rate" in chosen.means else None


def _with_picture(c: Connection, draft: Draft, conversation: str, picture: Picture | None) -> Draft:
    if picture is None:
        return draft
    made = pictures.add(c, conversation, picture)
    shown = {"id": made, "width": picture.width, "height": picture.height}
    return replace(draft, image=f"/api/v1/conversations/{conversation}/pictures/{made}", custom={"picture": shown})


def _consent_meant(choice: Choice | None) -> bool | None:
    return choice.means.get("consent") if choice else None


def _change_consent(c: Connection, now: Conversation, consent: bool | None) -> Conversation:
    if consent is False:
        store.erase_content(c, now.id)
        return replace(now, consent=False, owner="bot")
    if consent:
        store.set_consent(c, now.id, True)
        return replace(now, consent=True)
    return now


def _heard_by(now: Conversation, turn: Turn) -> Turn:
    """What may be said now: an expert may have claimed, or consent have gone, while the brain was speaking."""
    if now.owner == "human":
        return Turn(tuple(reply for reply in turn.replies if reply.kind == "emergency"))
    return turn
