"""How often somebody may knock."""

from __future__ import annotations

import asyncio
import math
import time

from limits import parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

_TIMEOUT_SECONDS = 0.5
_PAUSE_SECONDS = 5  # without Redis after it failed: not every patient shall wait for it


class RateLimit:
    """A limit such as "30/minute" for each key, or "off". Counts in this process, or with the others in Redis."""

    def __init__(self, rule: str, name: str = "", redis_url: str | None = None) -> None:
        """name: what is limited; limits of different names never count together."""
        self._items = [] if rule == "off" else parse_many(rule)
        self._name = name
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_shared_storage(redis_url)) if redis_url else None
        self._paused_until = 0.0

    async def wait(self, key: str) -> int:
        """Count one knock; the whole seconds to wait when it was one too many, else 0."""
        if self._shared is None or not self._items or time.monotonic() < self._paused_until:
            return self._count(self._own, key)
        try:
            return await asyncio.to_thread(self._count, self._shared, key)
        except StorageError:
            self._paused_until = time.monotonic() + _PAUSE_SECONDS
            return self._count(self._own, key)

    def _count(self, limiter: MovingWindowRateLimiter, key: str) -> int:
        refused = [item for item in self._items if not limiter.hit(item, self._name, key)]
        if not refused:
            return 0
        reset = max(limiter.get_window_stats(item, self._name, key).reset_time for item in refused)
        return max(1, math.ceil(float(reset) - time.time()))


def _shared_storage(url: str) -> object:
    return storage_from_string(
        url, wrap_exceptions=True, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS)
