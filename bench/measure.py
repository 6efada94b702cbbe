"""One comparison: both bots started, then measured in turns, so that what else the machine does meets both."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bots import Bot, Houlu, Peer, Running, Say
from load import Burst, Long, burst, long
from messages import MESSAGES
from programs import BenchError
from report import Numbers, numbers

TOTAL_SECONDS = 690
_TRAIN_SECONDS = 400
_START_SECONDS = 150
_BURST_SECONDS = 60
_LONG_SECONDS = 75


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    starts: int = 2
    rounds: int = 3
    messages: int = len(MESSAGES)
    users: int = 10
    conversations: int = 3
    late: int = 300

    @classmethod
    def quick(cls) -> Plan:
        """Enough to see that everything works."""
        return cls(starts=1, rounds=1, messages=10, conversations=1, late=40)


@dataclass
class Seen:
    """All that was measured of one bot."""

    training_seconds: float = 0
    trained_on: str = ""
    ready: list[float] = field(default_factory=list)
    first_answer: list[float] = field(default_factory=list)
    megabytes_ready: float = 0
    megabytes_loaded: float = 0
    alone: list[Burst] = field(default_factory=list)
    together: list[Burst] = field(default_factory=list)
    long: list[Long] = field(default_factory=list)


class Comparison:
    """Runs the plan within TOTAL_SECONDS."""

    def __init__(self, plan: Plan, scratch: Path, say: Say) -> None:
        self._plan = plan
        self._say = say
        self._bots: tuple[Bot, ...] = (Houlu(scratch), Peer(scratch))
        self._seen = {bot.name: Seen() for bot in self._bots}
        self._deadline = time.monotonic() + TOTAL_SECONDS

    def run(self, anew: bool) -> dict[str, Numbers]:
        """The numbers of each bot by its name. Raises BenchError."""
        models = {}
        for bot in self._bots:
            trained = bot.trained(anew, self._seconds(_TRAIN_SECONDS), self._say)
            models[bot.name] = trained.model
            seen = self._seen[bot.name]
            seen.training_seconds, seen.trained_on = trained.seconds, trained.on
        for turn in range(self._plan.starts):
            with ExitStack() as stack:
                both = [self._start(bot, models[bot.name], stack) for bot in self._bots]
                if turn == self._plan.starts - 1:
                    self._measure(both)
        return {name: numbers(seen, self._plan.late) for name, seen in self._seen.items()}

    def plan(self) -> dict[str, int]:
        """What was asked for, for the record."""
        return asdict(self._plan)

    def _start(self, bot: Bot, model: Path, stack: ExitStack) -> Running:
        begun = time.monotonic()
        running = stack.enter_context(bot.running(model, self._seconds(_START_SECONDS)))
        burst(running, 1, 1, self._seconds(_BURST_SECONDS))
        seen = self._seen[bot.name]
        seen.ready.append(running.ready_seconds)
        seen.first_answer.append(time.monotonic() - begun)
        seen.megabytes_ready = running.megabytes()
        self._say(f"{bot.title}: ready after {seen.ready[-1]:.1f} s, first answer after {seen.first_answer[-1]:.1f} s")
        return running

    def _measure(self, both: list[Running]) -> None:
        plan = self._plan
        for running in both:
            burst(running, 1, min(10, plan.messages), self._seconds(_BURST_SECONDS))  # warm-up, not counted
        for turn in range(plan.rounds):
            for users in (1, plan.users):
                for running in both:
                    self._burst(running, users, f"round {turn + 1} of {plan.rounds}")
        for running in both:
            self._seen[running.bot.name].megabytes_loaded = running.megabytes()
        ahead = plan.conversations * len(both)
        for turn in range(plan.conversations):
            for running in both:
                # When time is short, each of those that are still ahead gets its part of it.
                seconds = min(_LONG_SECONDS, (self._deadline - time.monotonic()) / ahead)
                self._long(running, f"long conversation {turn + 1} of {plan.conversations}", seconds)
                ahead -= 1

    def _burst(self, running: Running, users: int, what: str) -> None:
        result = burst(running, users, self._plan.messages, self._seconds(_BURST_SECONDS))
        seen = self._seen[running.bot.name]
        (seen.alone if users == 1 else seen.together).append(result)
        self._say(f"{running.bot.title}: {what}, {users} user(s): {result.throughput:.1f} messages/s")

    def _long(self, running: Running, what: str, seconds: float) -> None:
        result = long(running, self._plan.late, seconds)
        self._seen[running.bot.name].long.append(result)
        self._say(f"{running.bot.title}: {what}: {result.reached} turns")

    def _seconds(self, most: float) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise BenchError(f"not finished after {TOTAL_SECONDS / 60:.1f} minutes: is the machine busy?")
        return min(most, left)
