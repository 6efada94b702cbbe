"""Puts the door together: `create_app(settings, brain)`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sse_starlette.sse import AppStatus

from houlu import log
from houlu.api import docs, pages
from houlu.api.compress import Compressed
from houlu.api.desk import events as desk_events
from houlu.api.desk import lead as desk_lead
from houlu.api.desk import page as desk_page
from houlu.api.desk import people as desk_people
from houlu.api.desk import queue as desk_queue
from houlu.api.desk import session as desk_session
from houlu.api.desk import tickets as desk_tickets
from houlu.api.errors import Errors
from houlu.api.gate import Gate
from houlu.api.media import Pictures
from houlu.api.routes import (
    config,
    conversations,
    events,
    health,
    knowledge,
    live,
    messages,
    page,
    pictures,
    visit,
)
from houlu.api.state import State
from houlu.brain import Brain
from houlu.conversations.danger import RedFlags
from houlu.conversations.database import Database
from houlu.conversations.engine import Engine
from houlu.conversations.errors import DatabaseDown
from houlu.conversations.feed import Feed
from houlu.conversations.limits import RateLimit
from houlu.conversations.service import Conversations
from houlu.conversations.signals import Signals
from houlu.conversations.store import utc_now
from houlu.conversations.visit_links import Links
from houlu.conversations.voice import Voice
from houlu.desk import tickets
from houlu.desk.canned import CannedAnswers
from houlu.desk.desk import Desk
from houlu.desk.hours import OfficeHours
from houlu.desk.notes import Notes
from houlu.desk.queue import Queue
from houlu.desk.targets import Targets
from houlu.desk.watch import DeskFeed
from houlu.knowledge import current
from houlu.knowledge.phrases import Phrases
from houlu.people import audit as audit_log
from houlu.people import presence
from houlu.people.audit import Audit
from houlu.people.people import People, Rules
from houlu.settings import Settings
from houlu.visit import wording

STATIC = Path(__file__).parent / "static"
_SWEEP_SECONDS = 3600
_RETRY_SECONDS = 3
_DESK_SECONDS = 5
_LOGINS = "20/minute"
_log = logging.getLogger(__name__)


def create_app(
    settings: Settings, brain: Brain, red_flags: RedFlags, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    """The web application. now: the time in UTC without a zone, by which links expire.

    Raises KnowledgeError; a database that is down does not stop it.
    """
    phrases = current.of(settings.knowledge).phrases
    phrases.require(config.NEEDS)
    phrases.require(pages.NEEDS)
    phrases.require(wording.NEEDS)
    app = public_api()
    app.state.houlu = _state(settings, brain, phrases, red_flags, now)
    app.mount("/media", Pictures(directory=settings.media, check_dir=False), name="media")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    pages.mount(app)
    errors = Errors(phrases)
    errors.attach(app)
    app.add_middleware(Compressed)
    app.add_middleware(Gate, errors=errors, headers=_headers(settings))
    return app


def public_api() -> FastAPI:
    """The routes and their OpenAPI document alone."""
    app = FastAPI(
        title="Houlu", version="1", description="The one public door.", lifespan=_lifespan,
        docs_url=None, redoc_url=None)
    topics = (
        conversations, messages, pictures, live, events, config, health, visit, page, knowledge, desk_page)
    for topic in topics:
        app.include_router(topic.router)
    for topic in (desk_session, desk_people, desk_queue, desk_tickets, desk_events, desk_lead):
        app.include_router(topic.router, prefix="/api/desk/v1", include_in_schema=False)
    docs.attach(app)
    return app


def _state(
    settings: Settings, brain: Brain, phrases: Phrases, red_flags: RedFlags, now: Callable[[], datetime]
) -> State:
    database = Database(settings.database_url)
    hours = OfficeHours.parse(settings.office_hours)
    voice = Voice(phrases, settings.phone)
    queue = Queue(phrases, Notes(phrases, hours, settings.phone))
    keys = settings.keys()
    audit = Audit(keys.audit)
    desk = Desk(database, phrases, audit)
    signals = Signals(settings.redis_url)

    def limit(rule: str, name: str) -> RateLimit:
        return RateLimit("off" if settings.rate_limit == "off" else rule, name, settings.redis_url)

    service = Conversations(
        database, Engine(brain, voice, settings.turn_timeout), voice, queue, red_flags, Feed(database, signals),
        limit(settings.rate_limit, "messages"), limit(settings.open_limit, "opened"),
        Links(settings.public_url, now), desk.note_erasure)
    rules = Rules(
        timedelta(hours=settings.desk_session_hours), timedelta(minutes=settings.desk_idle_minutes),
        settings.desk_away_seconds)
    targets = Targets(hours, settings.desk_warn_minutes, settings.desk_escalate_minutes)
    state = State(
        settings, phrases, database, hours, brain, service, signals, limit(settings.rate_limit, "visits"), now,
        keys, People(database, keys, audit, rules, now), audit, desk,
        DeskFeed(database, targets, now), targets, CannedAnswers.load(settings.desk_answers),
        limit(_LOGINS, "logins"))
    signals.listeners.append(state.heard)
    service.feed.listeners.append(state.desk_feed.poke)
    return state


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: State = app.state.houlu
    # sse_starlette keeps this for the whole process, but it belongs to the event loop of one server.
    AppStatus.should_exit, AppStatus.should_exit_event = False, None
    with suppress(DatabaseDown):
        state.database.migrate()
    tasks = [
        asyncio.create_task(_keep_house(state)),
        asyncio.create_task(_keep_desk(state)),
        asyncio.create_task(state.signals.run()),
        asyncio.create_task(current.of(state.settings.knowledge).watch()),
    ]
    yield
    for task in tasks:
        task.cancel()
    state.conversations.feed.close()
    state.database.close()


async def _keep_house(state: State) -> None:
    """Bring up the database when it was down at the start; erase what is too old, every hour."""
    while True:
        try:
            await asyncio.to_thread(state.database.migrate)
            await state.conversations.sweep(state.settings.retention_days)
            number, mac = await state.database.reading(audit_log.head)
            log.event(_log, logging.INFO, "audit_head", entry=f"{number}:{mac}")
            await asyncio.sleep(_SWEEP_SECONDS)
        except DatabaseDown:
            await asyncio.sleep(_RETRY_SECONDS)
        except Exception as error:
            log.event(_log, logging.ERROR, "sweep_failed", error=log.where(error))
            await asyncio.sleep(_SWEEP_SECONDS)


async def _keep_desk(state: State) -> None:
    """Give back what experts hold who are gone. After a start everybody has time to come back first."""
    away = state.settings.desk_away_seconds
    await asyncio.sleep(away)
    while True:
        try:
            for name in await state.database.reading(lambda c: presence.gone(c, set(tickets.holders(c)), away)):
                await state.give_back_gone(name)
        except DatabaseDown:
            pass
        except Exception as error:
            log.event(_log, logging.ERROR, "desk_sweep_failed", error=log.where(error))
        await asyncio.sleep(min(_DESK_SECONDS, away / 4))


def _headers(settings: Settings) -> dict[str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data: blob: https:; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {settings.frame_ancestors}")
    return {
        "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
