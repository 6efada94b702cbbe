"""Wake-ups between the processes of one installation, through Redis: who changed, who types. Never anybody's words.

A lost one costs little: every process also looks into the database once a second. Only typing is told nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import NamedTuple, NoReturn

import redis.asyncio as redis
from redis.exceptions import RedisError

from houlu import log

_CHANNEL = "houlu"
_KEPT = 1000  # signals that wait while Redis is slow; later ones are dropped
_TIMEOUT_SECONDS = 1
_LISTEN_SECONDS = 5  # after which an idle connection is looked at
_RETRY_SECONDS = 2
_log = logging.getLogger(__name__)


class Signal(NamedTuple):
    """Something happened in a conversation; typing: who began to write (user, bot, expert), when it was only that."""

    conversation: str
    typing: str | None


class Signals:
    """Sends to all other processes and hears them. Without an address nothing leaves the process."""

    def __init__(self, url: str | None) -> None:
        self.listeners: list[Callable[[Signal], None]] = []
        self._url, self._own = url, secrets.token_hex(8)
        self._waiting: asyncio.Queue[Signal] = asyncio.Queue(_KEPT)
        self._down: set[str] = set()

    def send(self, conversation: str, typing: str | None = None) -> None:
        """Tell the others, soon."""
        if self._url is not None and not self._waiting.full():
            self._waiting.put_nowait(Signal(conversation, typing))

    async def run(self) -> None:
        """Carry signals until cancelled."""
        if self._url is not None:
            await asyncio.gather(self._again("sending", self._speak), self._again("hearing", self._hear))

    async def problems(self) -> list[str]:
        """What an operator should know, in a sentence; empty when all is well."""
        if self._url is None:
            return []
        try:
            async with self._redis() as client:
                await asyncio.wait_for(client.ping(), _TIMEOUT_SECONDS)
        except (RedisError, OSError, asyncio.TimeoutError):
            return ["redis: it cannot be reached; meanwhile each process counts rate limits by itself, and typing is "
                    "not passed on between them"]
        return []

    def _redis(self) -> redis.Redis:
        return redis.from_url(
            self._url, decode_responses=True, socket_connect_timeout=_TIMEOUT_SECONDS,
            health_check_interval=_LISTEN_SECONDS)

    async def _again(self, what: str, work: Callable[[redis.Redis], Awaitable[NoReturn]]) -> None:
        """Do it for ever. An outage is logged once, and its end."""
        while True:
            try:
                async with self._redis() as client:
                    await client.ping()
                    self._is_up(what)
                    await work(client)
            except (RedisError, OSError, asyncio.TimeoutError) as error:
                self._is_down(what, error)
            await asyncio.sleep(_RETRY_SECONDS)

    async def _speak(self, client: redis.Redis) -> NoReturn:
        while not self._waiting.empty():  # from before: who typed then types no more
            self._waiting.get_nowait()
        while True:
            signal = await self._waiting.get()
            told = client.publish(_CHANNEL, json.dumps([self._own, *signal]))
            await asyncio.wait_for(told, _TIMEOUT_SECONDS)

    async def _hear(self, client: redis.Redis) -> NoReturn:
        async with client.pubsub(ignore_subscribe_messages=True) as heard:
            await heard.subscribe(_CHANNEL)
            while True:
                message = await heard.get_message(timeout=_LISTEN_SECONDS)
                if message is not None:
                    self._pass_on(message["data"])

    def _pass_on(self, data: str) -> None:
        sender, conversation, typing = json.loads(data)
        for listener in self.listeners if sender != self._own else ():
            listener(Signal(conversation, typing))

    def _is_down(self, what: str, error: Exception) -> None:
        if what not in self._down:
            log.event(_log, logging.WARNING, "redis_failed", what=what, error=type(error).__name__)
        self._down.add(what)

    def _is_up(self, what: str) -> None:
        if what in self._down:
            log.event(_log, logging.INFO, "redis_back", what=what)
        self._down.discard(what)
