"""What the routes share, as FastAPI dependencies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.engine import Connection

from houlu.brain import Brain
from houlu.conversations.database import Database
from houlu.conversations.limits import RateLimit
from houlu.conversations.service import Conversations
from houlu.conversations.signals import Signal, Signals
from houlu.conversations.visitor import Visitor
from houlu.desk.canned import CannedAnswers
from houlu.desk.desk import Case, Desk
from houlu.desk.hours import OfficeHours
from houlu.desk.targets import Targets
from houlu.desk.watch import DeskFeed
from houlu.keys import Keys
from houlu.knowledge.phrases import Phrases
from houlu.people import presence
from houlu.people.audit import Audit
from houlu.people.people import People
from houlu.settings import Settings


@dataclass(frozen=True)
class State:
    """The parts of a running service; `app.state.houlu`. now: the time in UTC without a zone."""

    settings: Settings
    phrases: Phrases
    database: Database
    hours: OfficeHours
    brain: Brain
    conversations: Conversations
    signals: Signals
    visit_rate: RateLimit
    now: Callable[[], datetime]
    keys: Keys
    people: People
    audit: Audit
    desk: Desk
    desk_feed: DeskFeed
    targets: Targets
    canned: CannedAnswers
    login_rate: RateLimit

    async def give_back_all(self, name: str, why: str) -> None:
        """Somebody is gone: what they hold goes back to the queue, and everybody is told. Raises DatabaseDown."""
        self.woke(await asyncio.to_thread(self.desk.give_back_all, name, why))

    async def give_back_gone(self, name: str) -> None:
        """The same, unless they have just come back."""
        away = self.settings.desk_away_seconds

        def still(c: Connection) -> bool:
            return name in presence.gone(c, {name}, away)

        self.woke(await asyncio.to_thread(self.desk.give_back_all, name, "away", still))

    def heard(self, signal: Signal) -> None:
        """Another process told that something happened: so do the pages of this one learn it."""
        if signal.typing == "user":
            self.desk_feed.typed(signal.conversation)
        else:
            self.conversations.feed.heard(signal.conversation, signal.typing)

    def woke(self, cases: Sequence[Case]) -> None:
        """Tell the patients' and the experts' pages."""
        for case in cases:
            self.conversations.feed.wake(case.ticket.conversation)


async def get_state(request: Request) -> State:  # async: FastAPI gives the others a thread for each request
    """The parts of this service."""
    return cast(State, request.app.state.houlu)


Parts = Annotated[State, Depends(get_state)]
_bearer = HTTPBearer(auto_error=False, description="the token that opening the conversation returned")
_Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def get_visitor(conversation: str, parts: Parts, credentials: _Credentials) -> Visitor:
    """Who shows the right token. Raises NoToken, ForeignToken, UnknownConversation, DatabaseDown."""
    return await parts.conversations.admit(conversation, credentials.credentials if credentials else None)


async def get_claimed_visitor(conversation: str, credentials: _Credentials) -> Visitor:
    """Who shows something that may be a token; whoever is given it checks it. Raises NoToken, UnknownConversation."""
    return Visitor.claimed(conversation, credentials.credentials if credentials else None)


KnownVisitor = Annotated[Visitor, Depends(get_visitor)]
ClaimedVisitor = Annotated[Visitor, Depends(get_claimed_visitor)]
