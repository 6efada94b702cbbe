"""What only shows below HTTP: retention, lost races, cheap streams, migrations."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from houlu.api.app import create_app
from houlu.api.state import State
from houlu.conversations import store
from houlu.conversations.errors import UnknownConversation
from houlu.conversations.feed import Feed
from houlu.conversations.tables import conversations, metadata
from houlu.conversations.visitor import Said, Visitor
from houlu.desk.desk import Desk
from tests.support.brain import EchoBrain, Flag, Rules


def test_the_migrations_make_the_tables_of_the_code(state: State) -> None:
    differences = state.database.read(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert [one for one in differences if "sqlite_sequence" not in str(one)] == []


async def test_the_sweep_erases_what_is_old(state: State) -> None:
    old, young = [await state.conversations.open(True) for _ in range(2)]
    long_ago = store.utc_now() - timedelta(days=31)
    age = sa.update(conversations).where(conversations.c.id == old.conversation).values(touched_at=long_ago)
    await state.database.writing(lambda c: c.execute(age))
    await state.conversations.sweep(30)
    await state.conversations.history(young.conversation, 0)
    with pytest.raises(UnknownConversation):
        await state.conversations.history(old.conversation, 0)


async def test_a_claim_while_the_bot_speaks_silences_it(state: State) -> None:
    opened = await state.conversations.open(True)
    visitor = Visitor(opened.conversation, opened.token)
    ticket = (await state.conversations.say(visitor, Said("1", "找专家"))).replies[0].custom["ticket"]
    speaking = asyncio.create_task(state.conversations.say(visitor, Said("2", "慢")))
    await asyncio.sleep(0.1)
    await asyncio.to_thread(Desk(state.database, state.phrases).claim, ticket, "li")
    answered = await speaking
    assert (answered.owner, answered.replies) == ("human", ())


async def test_two_processes_get_the_same_message_once(state: State) -> None:
    other: State = create_app(state.settings, EchoBrain(), Rules()).state.houlu
    opened = await state.conversations.open(True)
    visitor = Visitor(opened.conversation, opened.token)
    said = [Said(str(number // 4), f"慢{number // 4}") for number in range(12)]
    services = [state.conversations, other.conversations]
    answers = await asyncio.gather(*(services[n % 2].say(visitor, one) for n, one in enumerate(said)))
    assert len({answer.seq for answer in answers}) == 3
    messages, _ = await state.conversations.history(opened.conversation, 0)
    assert [message.seq for message in messages] == list(range(1, 8))
    other.database.close()


async def test_two_processes_lose_nothing_of_one_dialogue(state: State) -> None:
    """Each answers from what the dialogue remembers: whoever is second answers again from what the first stored."""
    other: State = create_app(state.settings, EchoBrain(), Rules()).state.houlu
    opened = await state.conversations.open(True)
    visitor = Visitor(opened.conversation, opened.token)
    services = [state.conversations, other.conversations]
    said = [Said(str(number), f"慢{number}。") for number in range(4)]
    await asyncio.gather(*(services[n % 2].say(visitor, one) for n, one in enumerate(said)))
    memory = await state.database.reading(lambda c: store.find(c, opened.conversation).memory)
    messages, _ = await state.conversations.history(opened.conversation, 0)
    mine = [one.text for one in messages if one.sender == "user"]
    assert sorted(mine) == [one.text for one in said]
    assert (memory or "").split() == mine
    other.database.close()


async def test_many_idle_streams_cost_one_query_a_second(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [(await state.conversations.open(True)).conversation for _ in range(20)]
    asked: list[list[str]] = []
    standings = store.standings
    monkeypatch.setattr(store, "standings", lambda c, some: asked.append(some) or standings(c, some))
    feed = Feed(state.database)
    watches = [feed.watch(conversation) for conversation in ids]
    for watch in watches:
        watch.__enter__()
    await asyncio.sleep(1.5)
    for watch in watches:
        watch.__exit__(None, None, None)
    assert len(asked) == 1
    assert len(asked[0]) == 20


async def test_a_message_to_a_human_who_has_just_gone_is_answered_by_the_bot(state: State) -> None:
    desk = Desk(state.database, state.phrases)
    opened = await state.conversations.open(True)
    visitor = Visitor(opened.conversation, opened.token)
    ticket = (await state.conversations.say(visitor, Said("1", "找专家"))).replies[0].custom["ticket"]
    desk.claim(ticket, "li")

    class Leaving(Rules):
        """The rules are asked after the message was heard and before it is stored: just then the expert closes."""

        gone = False

        def find(self, text: str) -> Flag | None:
            if not self.gone:
                self.gone = True
                desk.close(ticket, "li", "answered")
            return super().find(text)

    app: State = create_app(state.settings, EchoBrain(), Leaving()).state.houlu
    answered = await app.conversations.say(visitor, Said("2", "您还在吗"))
    assert (answered.owner, answered.replies[0].text) == ("bot", "您说：您还在吗")
    messages, _ = await app.conversations.history(opened.conversation, 0)
    assert [one.text for one in messages if one.sender == "user"] == ["找专家", "您还在吗"]
    app.database.close()
