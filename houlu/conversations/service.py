"""The way of a conversation: opened, spoken in, read, erased. Channels call this and nothing below it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial
from weakref import WeakValueDictionary

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from houlu.conversations import pictures, store, tokens
from houlu.conversations.danger import RedFlags
from houlu.conversations.database import Database
from houlu.conversations.deciding import Decider, Outcome
from houlu.conversations.engine import Engine
from houlu.conversations.errors import BrainNotReady, DatabaseDown, TooMany, UnknownConversation
from houlu.conversations.feed import Feed
from houlu.conversations.hearing import Heard, admitted, hear, replay
from houlu.conversations.keeping import Erasure, Keeper, OvertakenError
from houlu.conversations.limits import RateLimit
from houlu.conversations.pictures import cleaned
from houlu.conversations.records import Answered, Draft, Message, Opened
from houlu.conversations.visit_links import Links, Visit
from houlu.conversations.visitor import Said, Visitor
from houlu.conversations.voice import Voice
from houlu.desk import belongings
from houlu.desk.queue import Queue
from houlu.replies import Owner, Reply, Turn

_OVERTAKEN = 5  # so often somebody may close just when a patient writes


class Conversations:
    """The conversations of patients with the bot and with experts."""

    def __init__(
        self, database: Database, engine: Engine, voice: Voice, queue: Queue, red_flags: RedFlags, feed: Feed,
        rate: RateLimit, open_rate: RateLimit, links: Links | None = None,
        before_erasure: Erasure = lambda _c, _conversation: None,
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
        self._decider = Decider(database, engine, voice, red_flags, feed, rate)
        self._keeper = Keeper(engine, queue, self._links, before_erasure)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, consent: bool, client: str = "") -> Opened:
        """Begin a conversation for a client address. Raises TooMany or DatabaseDown."""
        if seconds := await self._open_rate.wait(client):
            raise TooMany(seconds)
        conversation, token = tokens.new_id(), tokens.new_token()
        greeting: tuple[Reply, ...] = (self._voice.greeting(), self._voice.consent("question"))
        if consent:
            greeting = await self._engine.greeting(conversation)

        def save(c: Connection) -> tuple[Message, ...]:
            store.add(c, conversation, tokens.hashed(token), consent)
            return store.append(c, conversation, self._keeper.drafts(c, conversation, greeting, None))

        return Opened(conversation, token, "bot", await self._database.writing(save))

    async def admit(self, conversation: str, token: str | None) -> Visitor:
        """Check a token. Raises NoToken, ForeignToken, UnknownConversation or DatabaseDown."""
        visitor = Visitor.claimed(conversation, token)
        await self._database.reading(partial(admitted, visitor))
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
            if seconds := await self._rate.wait(visitor.conversation):
                raise TooMany(seconds)
            now = await self._database.reading(lambda c: store.find(c, visitor.conversation))
            if not now.consent:
                return await self._keep(visitor, Outcome(Turn((self._voice.consent("again"),))))
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
            now = await self._database.reading(lambda c: store.find(c, visitor.conversation))
            return await self._keep(visitor, await self._decider.on_consent(now, agreed, "withdrawn"))

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
            except OvertakenError:
                continue
        raise BrainNotReady

    async def _say_once(self, visitor: Visitor, said: Said) -> Answered:
        heard = await self._database.glancing(partial(hear, visitor, said))
        if heard.earlier is not None:
            again = replay(heard.earlier, heard.conversation.owner, said.fingerprint(visitor.token))
            linked = partial(self._keeper.with_link, visitor.conversation, visitor.token, again)
            return await self._database.reading(linked)
        return await self._keep(visitor, await self._decider.decide(heard), said, heard)

    async def _keep(
        self, visitor: Visitor, outcome: Outcome, said: Said | None = None, heard: Heard | None = None
    ) -> Answered:
        save = partial(self._keeper.save, visitor.conversation, outcome, visitor.token, said, heard)
        try:
            answered = await self._database.writing(save)
        except IntegrityError:  # another process stored the same message first
            answered = await self._database.writing(save)
        if outcome.consent is False:
            await self._scrub()
        self.feed.wake(visitor.conversation)
        return answered

    async def _scrub(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._database.scrub)

    def _one_at_a_time(self, conversation: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation, asyncio.Lock())
