"""Whatever happens in whatever order: no gap in the numbers, repeats change nothing, one owner."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houlu.api.state import State
from houlu.conversations.errors import ConversationError
from houlu.conversations.records import Opened
from houlu.conversations.visitor import Said, Visitor
from houlu.desk import tickets
from houlu.desk.desk import Desk, DeskError

TEXTS = ("你好", "找专家", "坏了", "咯血", "不等了", "同意", "不同意", "哑了")
SAY = st.tuples(st.just("say"), st.integers(0, 5), st.sampled_from(TEXTS))
OTHER = st.tuples(st.sampled_from(["claim", "answer", "close", "agree", "withdraw"]), st.just(0), st.just(""))
STEPS = st.lists(st.one_of(SAY, SAY, OTHER), max_size=12)


class Run:
    """One conversation, and what must hold after every step."""

    def __init__(self, state: State, opened: Opened) -> None:
        self.state = state
        self.service = state.conversations
        self.desk = Desk(state.database, state.phrases)
        self.visitor = Visitor(opened.conversation, opened.token)

    async def step(self, what: str, number: int, text: str) -> None:
        if what == "say":
            await self._say(Said.words(str(number), text))
        elif what in ("agree", "withdraw"):
            await self.service.consent(self.visitor, what == "agree")
        else:
            with suppress(DeskError):
                await asyncio.to_thread(self._at_the_desk, what)

    async def check(self) -> None:
        messages, owner = await self.service.history(self.visitor.conversation, 0)
        seqs = [message.seq for message in messages]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
        ticket = await self.state.database.reading(lambda c: tickets.current(c, self.visitor.conversation))
        assert owner == {"open": "waiting", "claimed": "human"}[ticket.state] if ticket else owner == "bot"

    async def _say(self, said: Said) -> None:
        with suppress(ConversationError):
            first = await self.service.say(self.visitor, said)
            before = await self.service.history(self.visitor.conversation, 0)
            assert await self.service.say(self.visitor, said) == first
            assert await self.service.history(self.visitor.conversation, 0) == before
            assert first.replies or first.owner == "human" or _answered_before(first, before[0])

    def _at_the_desk(self, what: str) -> None:
        ticket: Any = self.state.database.read(lambda c: tickets.current(c, self.visitor.conversation))
        if ticket is None:
            return
        arguments = {"claim": (), "answer": ("好",), "close": ("done",)}[what]
        getattr(self.desk, what)(ticket.id, "li", *arguments)


def _answered_before(answered: Any, messages: Any) -> bool:
    """A repeat of what was said to a human, after the bot came back, has no replies either."""
    return answered.seq < messages[-1].seq


@given(consent=st.booleans(), steps=STEPS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence(state: State, consent: bool, steps: list[tuple[str, int, str]]) -> None:
    async def run() -> None:
        one = Run(state, await state.conversations.open(consent))
        for step in steps:
            await one.step(*step)
            await one.check()

    asyncio.run(run())


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_at_once(state: State, steps: list[tuple[str, int, str]]) -> None:
    async def run() -> None:
        one = Run(state, await state.conversations.open(True))
        said = [one.service.say(one.visitor, Said.words(f"{place}", text))
                for place, (what, _, text) in enumerate(steps) if what == "say"]
        others = [one.step(*step) for step in steps if step[0] in ("claim", "answer", "close")]
        await asyncio.gather(*said, *others)
        await one.check()

    asyncio.run(run())
