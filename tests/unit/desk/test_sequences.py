"""Unanswered is a defect: whatever patients and experts do, in whatever order, however often the process restarts, and
whichever of two processes does it.

After every step: who may speak is exactly one; no message is lost, doubled or out of order; every ticket is answered,
closed with a reason or visible in the queue. On a real SQLite file.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from houlu.api.app import create_app
from houlu.api.state import State
from houlu.conversations import store
from houlu.conversations.database import Database
from houlu.conversations.tables import conversations, messages
from houlu.conversations.visitor import Said, Visitor
from houlu.desk import tickets
from houlu.desk.errors import DeskError
from houlu.people import accounts, presence
from houlu.people.tables import presence as presence_table
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules

EXPERTS = st.sampled_from(["li", "wang"])
WORDS = st.sampled_from(["你好", "找专家", "坏了", "咯血了", "不等了", "5"])
_AWAY = 120
_OWNER = {"open": "waiting", "claimed": "human"}


@cache
def _template() -> Path:
    """A database with its tables and two experts, to be copied."""
    file = Path(tempfile.mkdtemp(prefix="houlu-sequences-")) / "houlu.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    for name in ("li", "wang"):
        database.write(lambda c, name=name: accounts.add(c, name, name, "expert", "", False))
    database.scrub()
    database.close()
    return file


class Desk(RuleBasedStateMachine):
    """Two experts and some patients."""

    families = Bundle("families")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.settings = Settings(
            _env_file=None, database_url=f"sqlite:///{Path(self.folder.name) / 'houlu.db'}", rate_limit="off")
        shutil.copy(_template(), Path(self.folder.name) / "houlu.db")
        self.state, self.other = self._process(), self._process()
        self.said: dict[str, list[tuple[str, str]]] = {}  # by conversation: (side, words) as they were accepted
        self.erased: set[str] = set()

    def _process(self) -> State:
        state: State = create_app(self.settings, EchoBrain(), Rules()).state.houlu
        return state

    def teardown(self) -> None:
        for one in (self.state, self.other):
            one.database.close()
        self.folder.cleanup()

    @initialize()
    def people_come(self) -> None:
        for name in ("li", "wang"):
            self.state.database.write(lambda c, name=name: presence.touch(c, name))

    # Patients.

    @rule(target=families)
    def opens(self) -> Visitor:
        opened = asyncio.run(self.state.conversations.open(True))
        self.said[opened.conversation] = []
        return Visitor(opened.conversation, opened.token)

    @rule(family=families, words=WORDS, twice=st.booleans())
    def writes(self, family: Visitor, words: str, twice: bool) -> None:
        said = Said.words(uuid.uuid4().hex, words)
        owner = self._owner(family)
        answered = asyncio.run(self.state.conversations.say(family, said))
        self.said[family.conversation].append(("user", words))
        assert answered.replies or owner == "human"
        if "咯血" in words:
            assert answered.replies[0].custom["kind"] == "emergency"
        elif owner == "human" and words != "5":
            assert answered.replies == ()
        if twice:  # the answer was lost on the way, and the page sends again
            assert asyncio.run(self.state.conversations.say(family, said)).seq == answered.seq

    @rule(family=families, since=st.integers(0, 20))
    def comes_back(self, family: Visitor, since: int) -> None:
        found, _ = asyncio.run(self.state.conversations.history(family.conversation, since))
        assert [one.seq for one in found] == list(range(since + 1, since + 1 + len(found)))

    @rule(family=families)
    def wants_a_call(self, family: Visitor) -> None:
        asyncio.run(self.state.conversations.call_back(family, self.state.keys.hide("13812345678")))

    @rule(family=consumes(families))
    def erases(self, family: Visitor) -> None:
        asyncio.run(self.state.conversations.erase(family.conversation))
        self.erased.add(family.conversation)

    # Experts.

    @rule(family=families, name=EXPERTS)
    def claims(self, family: Visitor, name: str) -> None:
        before = self._ticket(family)
        if before is None:
            return
        with suppress(DeskError):
            self.state.desk.claim(before.id, name)
            assert before.state == "open" or before.claimed_by == name
            return
        assert before.claimed_by not in (None, name)

    @rule(name=EXPERTS)
    def claims_the_next(self, name: str) -> None:
        with suppress(DeskError):
            self.state.desk.next(name)
            return
        assert not [one for one in self.state.desk.list() if one.state == "open"]

    @rule(family=families, name=EXPERTS, words=st.sampled_from(["好", "去查一下"]), twice=st.booleans())
    def answers(self, family: Visitor, name: str, words: str, twice: bool) -> None:
        ticket = self._ticket(family)
        if ticket is None:
            return
        sent = uuid.uuid4().hex
        with suppress(DeskError):
            self.state.desk.say(ticket.id, name, sent, words)
            assert ticket.claimed_by == name
            self.said[family.conversation].append(("expert", words))
            if twice:
                self.state.desk.say(ticket.id, name, sent, words)
            return
        assert ticket.claimed_by != name

    @rule(family=families, name=EXPERTS, to=EXPERTS)
    def hands_on(self, family: Visitor, name: str, to: str) -> None:
        if ticket := self._ticket(family):
            with suppress(DeskError):
                self.state.desk.hand_on(ticket.id, name, to)

    @rule(family=families, name=EXPERTS)
    def returns(self, family: Visitor, name: str) -> None:
        if ticket := self._ticket(family):
            with suppress(DeskError):
                self.state.desk.give_back(ticket.id, name)

    @rule(family=families, name=EXPERTS, reason=st.sampled_from(["answered", "other"]), offer=st.booleans())
    def closes(self, family: Visitor, name: str, reason: str, offer: bool) -> None:
        if ticket := self._ticket(family):
            with suppress(DeskError):
                self.state.desk.close(ticket.id, name, reason, offer, held=True)

    @rule(name=EXPERTS)
    def goes_offline(self, name: str) -> None:
        long_ago = store.utc_now() - timedelta(seconds=_AWAY + 1)
        aged = sa.update(presence_table).where(presence_table.c.name == name).values(seen_at=long_ago)
        self.state.database.write(lambda c: c.execute(aged))
        asyncio.run(self.state.give_back_gone(name))
        held = self.state.database.read(lambda c: tickets.held_by(c, name))
        assert held == []
        self.state.database.write(lambda c: presence.touch(c, name))

    @rule()
    def the_process_restarts(self) -> None:
        self.state.database.close()
        self.state = self._process()

    @rule()
    def another_process_goes_on(self) -> None:
        self.state, self.other = self.other, self.state

    # What must hold.

    @invariant()
    def exactly_one_may_speak(self) -> None:
        def read(c: Any) -> list[Any]:
            return list(c.execute(sa.select(conversations.c.id, conversations.c.owner)))

        states = {one.conversation: one.state for one in self.state.desk.list()}
        for row in self.state.database.read(read):
            assert row.owner == (_OWNER[states[row.id]] if row.id in states else "bot")

    @invariant()
    def nobody_is_forgotten(self) -> None:
        queue = {one.id for one in self.state.desk.list()}
        for ticket in self.state.desk.list(closed=True):
            if ticket.state == "closed":
                assert ticket.closed_for
                assert ticket.closed_at
            else:
                assert ticket.id in queue
                assert (ticket.state == "claimed") == (ticket.claimed_by is not None)

    @invariant()
    def nothing_is_lost_doubled_or_out_of_order(self) -> None:
        def read(c: Any) -> dict[str, list[Any]]:
            found: dict[str, list[Any]] = {}
            for row in c.execute(sa.select(messages).order_by(messages.c.conversation, messages.c.seq)):
                found.setdefault(row.conversation, []).append(row)
            return found

        stored = self.state.database.read(read)
        assert not self.erased & stored.keys()
        for conversation, rows in stored.items():
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
            told = [(row.sender, row.text) for row in rows if row.sender in ("user", "expert")]
            assert told == self.said[conversation]

    @invariant()
    def the_log_is_whole(self) -> None:
        assert self.state.database.read(self.state.audit.verify).broken_at is None

    def _owner(self, family: Visitor) -> str:
        return self.state.database.read(lambda c: store.find(c, family.conversation).owner)

    def _ticket(self, family: Visitor) -> tickets.Ticket | None:
        return self.state.database.read(lambda c: tickets.current(c, family.conversation))


TestSequences = Desk.TestCase
TestSequences.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
