"""What processes tell each other through a real Redis, and what they do without it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from houlu.conversations.limits import RateLimit
from houlu.conversations.signals import Signal, Signals
from tests.support.redis_server import RedisServer, redis_server

__all__ = ["redis_server"]


class Process:
    """One that hears signals."""

    def __init__(self, url: str) -> None:
        self.signals, self.heard = Signals(url), list[Signal]()
        self.signals.listeners.append(self.heard.append)
        self.running = asyncio.create_task(self.signals.run())


@pytest.fixture
async def pair(redis_server: RedisServer) -> AsyncIterator[tuple[Process, Process]]:
    both = Process(redis_server.url), Process(redis_server.url)
    await _until(lambda: _both_hear(both))
    for one in both:
        one.heard.clear()
    yield both
    for one in both:
        one.running.cancel()


def _both_hear(both: tuple[Process, Process]) -> bool:
    for one in both:
        one.signals.send("are you there?")
    return all(one.heard for one in both)


async def _until(true: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        await asyncio.sleep(0.05)


async def test_a_signal_reaches_the_others_and_not_its_sender(pair: tuple[Process, Process]) -> None:
    one, other = pair
    one.signals.send("a")
    one.signals.send("b", typing="expert")
    await _until(lambda: other.heard[-2:] == [Signal("a", None), Signal("b", "expert")])
    assert Signal("a", None) not in one.heard
    assert await one.signals.problems() == []


async def test_when_redis_goes_it_is_a_problem_and_when_it_is_back_none(
    pair: tuple[Process, Process], redis_server: RedisServer
) -> None:
    one, other = pair
    redis_server.stop()
    assert "redis" in (await one.signals.problems())[0]
    one.signals.send("typed before", typing="user")
    await asyncio.sleep(0.2)
    redis_server.start()
    await _until(lambda: _both_hear(pair), 20)
    assert await one.signals.problems() == []
    assert Signal("typed before", "user") not in other.heard


async def test_processes_count_rate_limits_together(redis_server: RedisServer) -> None:
    limits = [RateLimit("3/minute", "messages", redis_server.url) for _ in range(2)]
    waits = [await limits[n % 2].wait("a") for n in range(4)]
    assert waits[:3] == [0, 0, 0]
    assert 0 < waits[3] <= 60
    assert await limits[0].wait("b") == 0
    assert await RateLimit("3/minute", "opened", redis_server.url).wait("a") == 0


async def test_without_redis_each_process_counts_by_itself(redis_server: RedisServer) -> None:
    redis_server.stop()
    limit = RateLimit("2/minute", "messages", redis_server.url)
    waits = [await limit.wait("a") for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert waits[2] > 0
