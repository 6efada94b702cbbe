"""How often somebody may knock."""

from __future__ import annotations

import math
import time

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class RateLimit:
    """A limit such as "30/minute" for each key, or "off"."""

    def __init__(self, rule: str) -> None:
        self._items = [] if rule == "off" else parse_many(rule)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, key: str) -> int:
        """Count one knock; the whole seconds to wait when it was one too many, else 0."""
        refused = [item for item in self._items if not self._limiter.hit(item, key)]
        if not refused:
            return 0
        reset = max(self._limiter.get_window_stats(item, key).reset_time for item in refused)
        return max(1, math.ceil(float(reset) - time.time()))
