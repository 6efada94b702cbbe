"""What the routes share, as FastAPI dependencies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from houlu.brain import Brain
from houlu.conversations.database import Database
from houlu.conversations.limits import RateLimit
from houlu.conversations.service import Conversations, Visitor
from houlu.desk.hours import OfficeHours
from houlu.knowledge.phrases import Phrases
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
    visit_rate: RateLimit
    now: Callable[[], datetime]


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
