"""Puts the door together: `create_app(settings, brain)`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sse_starlette.sse import AppStatus

from houlu import log
from houlu.api import docs, pages
from houlu.api.errors import Errors
from houlu.api.gate import Gate
from houlu.api.media import Pictures
from houlu.api.routes import config, conversations, events, health, knowledge, messages, page, visit
from houlu.api.state import State
from houlu.brain import Brain
from houlu.conversations.danger import RedFlags
from houlu.conversations.database import Database
from houlu.conversations.engine import Engine
from houlu.conversations.errors import DatabaseDown
from houlu.conversations.feed import Feed
from houlu.conversations.limits import RateLimit
from houlu.conversations.service import Conversations
from houlu.conversations.store import utc_now
from houlu.conversations.visit_links import Links
from houlu.conversations.voice import Voice
from houlu.desk.hours import OfficeHours
from houlu.desk.notes import Notes
from houlu.desk.queue import Queue
from houlu.knowledge import current
from houlu.knowledge.phrases import Phrases
from houlu.settings import Settings
from houlu.visit import wording

STATIC = Path(__file__).parent / "static"
_SWEEP_SECONDS = 3600
_RETRY_SECONDS = 3
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
    app.add_middleware(Gate, errors=errors, headers=_headers(settings))
    return app


def public_api() -> FastAPI:
    """The routes and their OpenAPI document alone."""
    app = FastAPI(
        title="Houlu", version="1", description="The one public door.", lifespan=_lifespan,
        docs_url=None, redoc_url=None)
    for topic in (conversations, messages, events, config, health, visit, page, knowledge):
        app.include_router(topic.router)
    docs.attach(app)
    return app


def _state(
    settings: Settings, brain: Brain, phrases: Phrases, red_flags: RedFlags, now: Callable[[], datetime]
) -> State:
    database = Database(settings.database_url)
    hours = OfficeHours.parse(settings.office_hours)
    voice = Voice(phrases, settings.phone)
    queue = Queue(phrases, Notes(phrases, hours, settings.phone))
    service = Conversations(
        database, Engine(brain, voice, settings.turn_timeout), voice, queue, red_flags, Feed(database),
        RateLimit(settings.rate_limit), RateLimit("off" if settings.rate_limit == "off" else settings.open_limit),
        Links(settings.public_url, now))
    return State(settings, phrases, database, hours, brain, service, RateLimit(settings.rate_limit), now)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: State = app.state.houlu
    # sse_starlette keeps this for the whole process, but it belongs to the event loop of one server.
    AppStatus.should_exit, AppStatus.should_exit_event = False, None
    with suppress(DatabaseDown):
        state.database.migrate()
    tasks = [
        asyncio.create_task(_keep_house(state)),
        asyncio.create_task(current.of(state.settings.knowledge).watch()),
    ]
    yield
    for task in tasks:
        task.cancel()
    state.database.close()


async def _keep_house(state: State) -> None:
    """Bring up the database when it was down at the start; erase what is too old, every hour."""
    while True:
        try:
            await asyncio.to_thread(state.database.migrate)
            await state.conversations.sweep(state.settings.retention_days)
            await asyncio.sleep(_SWEEP_SECONDS)
        except DatabaseDown:
            await asyncio.sleep(_RETRY_SECONDS)
        except Exception as error:
            log.event(_log, logging.ERROR, "sweep_failed", error=log.where(error))
            await asyncio.sleep(_SWEEP_SECONDS)


def _headers(settings: Settings) -> dict[str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {settings.frame_ancestors}")
    return {
        "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
