"""The patients: each with a connection of its own that is kept, speaking as soon as the last answer is there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import httpx
from bots import Running
from messages import MESSAGES, PROBES
from programs import BenchError

EARLY = 5
AROUND = len(PROBES) // 2  # turns on each side of the one that is asked for
_ANSWER_SECONDS = 30


@dataclass
class Turns:
    """How long each turn took, in seconds, and what came of it."""

    took: list[float] = field(default_factory=list)
    silent: int = 0
    by_action: int = 0


@dataclass(frozen=True)
class Burst:
    """Some users at once; the processor time is the bot's, the client's is a share of the time that passed."""

    turns: Turns
    seconds: float
    cpu_seconds: float
    client_cpu: float

    @property
    def throughput(self) -> float:
        """Messages a second."""
        return len(self.turns.took) / self.seconds


@dataclass(frozen=True)
class Long:
    """One long conversation: seconds around an early and a late turn; late is empty when time ran out."""

    early: list[float]
    late: list[float]
    reached: int


def burst(bot: Running, users: int, messages: int, seconds: float) -> Burst:
    """Each user says so many messages in one conversation, or fewer when the time is over."""
    return asyncio.run(_burst(bot, users, messages, seconds))


def long(bot: Running, late: int, seconds: float) -> Long:
    """One user speaks until after the late turn, or until the time is over."""
    return asyncio.run(_long(bot, late, seconds))


async def _burst(bot: Running, users: int, messages: int, seconds: float) -> Burst:
    turns = Turns()
    clients = [_client(bot) for _ in range(users)]
    try:
        conversations = [await bot.bot.open(client) for client in clients]
        begun, cpu, client_cpu = time.perf_counter(), bot.cpu_seconds(), time.process_time()
        await asyncio.gather(*(
            # Each begins elsewhere in the list, so that never all say the same at once.
            _speak(bot, client, conversation, _rotated(i * len(MESSAGES) // users, messages), begun + seconds, turns)
            for i, (client, conversation) in enumerate(zip(clients, conversations, strict=True))
        ))
        took = time.perf_counter() - begun
        return Burst(turns, took, bot.cpu_seconds() - cpu, (time.process_time() - client_cpu) / took)
    finally:
        for client in clients:
            await client.aclose()


async def _long(bot: Running, late: int, seconds: float) -> Long:
    turns = Turns()
    last = late + AROUND
    async with _client(bot) as client:
        conversation = await bot.bot.open(client)
        texts = (_text(turn, late) for turn in range(1, last + 1))
        await _speak(bot, client, conversation, texts, time.perf_counter() + seconds, turns)
    early = turns.took[EARLY - AROUND - 1:EARLY + AROUND]
    reached = len(turns.took)
    return Long(early, turns.took[late - AROUND - 1:] if reached == last else [], reached)


async def _speak(
    bot: Running, client: httpx.AsyncClient, conversation: object, texts: Iterable[str], deadline: float, turns: Turns,
) -> None:
    for text in texts:
        begun = time.perf_counter()
        if begun > deadline:
            return
        try:
            response = await bot.bot.say(client, conversation, text)
            turns.took.append(time.perf_counter() - begun)
            answer = bot.bot.read(response)
        except httpx.HTTPError as error:
            raise BenchError(f"{bot.bot.title} did not answer: {error or type(error).__name__}") from error
        turns.silent += not answer.replies
        turns.by_action += answer.by_action


def _client(bot: Running) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=300)
    return httpx.AsyncClient(base_url=bot.url, limits=limits, timeout=_ANSWER_SECONDS, trust_env=False)


def _rotated(start: int, count: int) -> list[str]:
    return [MESSAGES[(start + i) % len(MESSAGES)] for i in range(count)]


def _text(turn: int, late: int) -> str:
    for centre in (EARLY, late):
        if abs(turn - centre) <= AROUND:
            return PROBES[turn - centre + AROUND]
    return MESSAGES[turn % len(MESSAGES)]
